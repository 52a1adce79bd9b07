"""Pages of data protection: wrong files and breaches, retention, requests, and who read what."""

from typing import TypeVar

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry import clock
from registry.data_protection import queries
from registry.data_protection.forms import (
    AnswerForm,
    BreachForm,
    LookUpForm,
    PlainForm,
    RequestForm,
    SubjectAccessForm,
    WrongFileForm,
    answers_of,
)
from registry.data_protection.models import DataRequest, LostPaper
from registry.data_protection.services import requests, retention, subject_access, wrong_files
from registry.data_protection.wording import KINDS, REASONS
from registry.errors import NotAllowedNow, NotFound, NotYours
from registry.organisations.models import Organisation
from registry.organisations.queries import organisation_for
from registry.permissions import P, can
from registry.web import shelf
from registry.web.acting import done, form_page
from registry.web.guard import requires
from registry.web.identifiers import sent_number

blueprint = Blueprint("data_protection", __name__)


# Wrong files.


@blueprint.route("/council/papers/<id:file_id>/wrong", methods=["GET", "POST"])
@requires(P.ERASE_WRONG_FILE, on=queries.suspect)
def wrong_file(suspect: queries.Suspect) -> ResponseReturnValue:
    """Erase a paper that should never have been sent. Asked twice."""
    if suspect.file.erased_at is not None:
        raise NotAllowedNow("This file is erased already.")
    form = WrongFileForm(shelf.form_data())
    if form.validate_on_submit():
        breach = wrong_files.erase(suspect, current_user, form.reason.data)
        shelf.clear()
        flash("The file is erased. The club and the data protection officer are told.")
        case = next(
            (
                one.assessment_id
                for one in breach.papers
                if one.assessment_id and one.organisation_id == suspect.organisation_id
            ),
            None,
        )
        return redirect(f"/council/cases/{case}" if case else "/council", 303)
    return form_page("data_protection/wrong_file.html", form, suspect=suspect)


@blueprint.route("/council/lost-papers/<id:lost_paper_id>", methods=["GET", "POST"])
@requires(P.ERASE_WRONG_FILE, on=queries.lost_paper)
def lost_paper(paper: LostPaper) -> ResponseReturnValue:
    """A club whose paper was erased because another club had sent the same: ask it for another."""
    form = PlainForm()
    if form.validate_on_submit():
        wrong_files.ask_again(paper, current_user)
        flash(f"{paper.organisation.name} is told, and asked for another paper.")
        return redirect(url_for(".lost_paper", lost_paper_id=paper.id), 303)
    return render_template(
        "data_protection/lost_paper.html", paper=paper, reason=REASONS[paper.breach.reason]
    )


@blueprint.get("/admin/breaches")
@requires(P.READ_DATA_PROTECTION)
def breaches() -> ResponseReturnValue:
    """Every wrong file, those that wait for the data protection officer first."""
    return render_template(
        "data_protection/breaches.html", breaches=queries.breaches(), reasons=REASONS
    )


@blueprint.route("/admin/breaches/<id:breach_id>", methods=["GET", "POST"])
@requires(P.READ_DATA_PROTECTION)
def breach(breach_id: int) -> ResponseReturnValue:
    """One of them: the facts, and what the officer found."""
    found = _there(queries.breach(breach_id))
    form = BreachForm(
        shelf.form_data(),
        data={
            "is_a_risk": found.is_a_risk,
            "told_regulator_on": found.told_regulator_on,
            "told_people_on": found.told_people_on,
            "words": found.words,
        },
    )
    if form.is_submitted() and not can(current_user, P.ANSWER_DATA_REQUEST):
        raise NotYours()
    if form.validate_on_submit() and done(
        form,
        lambda: wrong_files.settle_breach(
            found,
            current_user,
            is_a_risk=form.is_a_risk.data,
            told_regulator_on=form.told_regulator_on.data,
            told_people_on=form.told_people_on.data,
            words=form.words.data,
        ),
    ):
        shelf.clear()
        flash("It is written down.")
        return redirect(url_for(".breaches"), 303)
    return form_page(
        "data_protection/breach.html",
        form,
        breach=found,
        reasons=REASONS,
        may_settle=can(current_user, P.ANSWER_DATA_REQUEST),
    )


# Retention.


@blueprint.get("/admin/retention")
@requires(P.READ_DATA_PROTECTION)
def retention_report() -> ResponseReturnValue:
    """What is kept how long, and what goes tonight. Looking changes nothing."""
    with_holds = "auditor" in current_user.roles
    return render_template(
        "data_protection/retention.html",
        found=retention.report(clock.today(), with_holds=with_holds),
        today=clock.today(),
        to_review=retention.to_review(clock.today()),
        may_review=can(current_user, P.ANSWER_DATA_REQUEST),
        most=retention.MOST_AT_ONCE,
    )


@blueprint.post("/admin/retention/reviewed/<id:assessment_id>")
@requires(P.ANSWER_DATA_REQUEST)
def reviewed(assessment_id: int) -> ResponseReturnValue:
    """An old reference was looked at, and may go."""
    retention.forget_reviewed(assessment_id, current_user, clock.today())
    flash("It is erased. The number of the case stays.")
    return redirect(url_for(".retention_report"), 303)


# What people ask.


@blueprint.get("/admin/data-requests")
@requires(P.READ_DATA_PROTECTION)
def data_requests() -> ResponseReturnValue:
    """What people asked about their data, by the day it is due."""
    today = clock.today()
    return render_template(
        "data_protection/requests.html",
        rows=[(one, queries.is_late(one, today)) for one in queries.requests()],
        kinds=KINDS,
        may_answer=can(current_user, P.ANSWER_DATA_REQUEST),
    )


@blueprint.route("/admin/data-requests/new", methods=["GET", "POST"])
@requires(P.ANSWER_DATA_REQUEST)
def new_request() -> ResponseReturnValue:
    """Write down what somebody asks."""
    form = RequestForm(shelf.form_data(), data={"received_on": clock.today()})
    made: list[DataRequest] = []
    if form.validate_on_submit() and done(
        form,
        lambda: made.append(
            requests.open_request(
                current_user,
                kind=form.kind.data,
                name=form.name.data,
                reach=form.reach.data,
                words=form.words.data or "",
                received_on=form.received_on.data,
            )
        ),
    ):
        shelf.clear()
        return redirect(url_for(".data_request", request_id=made[0].id), 303)
    return form_page("data_protection/new_request.html", form)


@blueprint.route("/admin/data-requests/<id:request_id>", methods=["GET", "POST"])
@requires(P.READ_DATA_PROTECTION)
def data_request(request_id: int) -> ResponseReturnValue:
    """One of them, and how it was answered."""
    asked = _there(queries.request(request_id))
    form = AnswerForm(shelf.form_data(), data=answers_of(asked))
    may_answer = can(current_user, P.ANSWER_DATA_REQUEST)
    if form.is_submitted() and not may_answer:
        raise NotYours()
    if form.validate_on_submit() and done(
        form,
        lambda: requests.settle_request(
            asked,
            current_user,
            version=sent_number(form.seen_version.data) or 0,
            acknowledged_on=form.acknowledged_on.data,
            settled_on=form.settled_on.data,
            outcome=form.outcome.data or "",
        ),
    ):
        shelf.clear()
        flash("It is written down.")
        return redirect(url_for(".data_requests"), 303)
    return form_page(
        "data_protection/request.html",
        form,
        asked=asked,
        kinds=KINDS,
        may_answer=may_answer,
        late=queries.is_late(asked, clock.today()),
    )


@blueprint.route("/admin/subject-access", methods=["GET", "POST"])
@requires(P.ANSWER_DATA_REQUEST)
def subject_access_requests() -> ResponseReturnValue:
    """Somebody asks to see what is held about them: write it down, then look."""
    form = SubjectAccessForm(shelf.form_data(), data={"received_on": clock.today()})
    made: list[DataRequest] = []
    if form.validate_on_submit() and done(
        form,
        lambda: made.append(
            requests.open_request(
                current_user,
                kind="access",
                name=form.name.data,
                reach=form.reach.data or "",
                words="",
                received_on=form.received_on.data,
            )
        ),
    ):
        shelf.clear()
        return redirect(url_for(".subject_access_pack", request_id=made[0].id), 303)
    rows = [one for one in queries.requests() if one.kind == "access"]
    return form_page("data_protection/subject_access.html", form, rows=rows)


@blueprint.route("/admin/subject-access/<id:request_id>", methods=["GET", "POST"])
@requires(P.ANSWER_DATA_REQUEST)
def subject_access_pack(request_id: int) -> ResponseReturnValue:
    """What is in the pack and what is left out, and the button that makes it."""
    asked = _there(queries.access_request(request_id))
    form = PlainForm()
    pack = subject_access.what_is_held(asked.name, asked.reach if "@" in asked.reach else "")
    if not form.validate_on_submit():
        return render_template(
            "data_protection/pack.html", asked=asked, pack=pack, left_out=subject_access.LEFT_OUT
        )
    packed, number = subject_access.packed(pack, asked), asked.id
    # The entry comes before the pack: no entry, no pack.
    requests.was_packed(asked, current_user)
    answer = send_file(
        packed,
        mimetype="application/zip",
        as_attachment=True,
        download_name=f"what-we-hold-{number}.zip",
        conditional=False,
        etag=False,
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


# Who read what.


@blueprint.get("/admin/reads")
@requires(P.SEE_WHO_READ)
def reads() -> ResponseReturnValue:
    """Look for a club or a person."""
    form = LookUpForm(request.args)
    wanted = form.q.data or ""
    clubs = [c for c in queries.clubs_called(wanted) if can(current_user, P.SEE_WHO_READ, c)]
    return render_template(
        "data_protection/reads.html",
        form=form,
        wanted=wanted,
        clubs=clubs,
        people=queries.people_called(wanted),
    )


@blueprint.get("/admin/reads/organisations/<id:organisation_id>")
@requires(P.SEE_WHO_READ, on=organisation_for)
def reads_of_club(organisation: Organisation) -> ResponseReturnValue:
    """Who opened what of one club."""
    return render_template(
        "data_protection/looks.html",
        title=organisation.name,
        looks=queries.looks_at(organisation.id),
        of_person=False,
    )


@blueprint.get("/admin/reads/people/<id:account_id>")
@requires(P.SEE_WHO_READ)
def reads_of_person(account_id: int) -> ResponseReturnValue:
    """What one person opened."""
    found = _there(queries.person(account_id))
    return render_template(
        "data_protection/looks.html",
        title=found.name,
        looks=queries.looks_of(current_user, found.id),
        of_person=True,
    )


Found = TypeVar("Found")


def _there(found: Found | None) -> Found:
    """Raises NotFound where there is none."""
    if found is None:
        raise NotFound()
    return found
