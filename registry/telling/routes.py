"""Pages for what a club must tell us, and for looking at its public contact again."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from registry import clock
from registry.assessments.evaluating import edition_of, reviewed_on
from registry.assessments.forms import AnswerForm
from registry.assessments.in_force import answers_in_force, changed_assessment
from registry.assessments.models import Assessment, Change
from registry.assessments.queries import organisation_in_view
from registry.assessments.services.after import why_not_extend
from registry.assessments.services.evidence import Unchecked
from registry.assessments.standing import told_as_listed
from registry.changes.profiles import OF_EACH_ACTIVITY, wanted_profile
from registry.changes.queries import open_change
from registry.changes.routes.answering import AnswerOfChange, Papers
from registry.criteria.evaluation import applies, listed_until
from registry.database import db
from registry.errors import BadInput, NotAllowedNow, NotFound, StaleVersion
from registry.files.kinds import examine
from registry.organisations.models import Organisation
from registry.permissions import P
from registry.telling import services
from registry.telling.forms import (
    HelperForm,
    InsuranceForm,
    LeadForm,
    PlainForm,
    PlanForm,
    RegulatorForm,
)
from registry.telling.things import THINGS, answer_by, appoint_by, cover_by
from registry.web import shelf
from registry.web.guard import requires

blueprint = Blueprint("telling", __name__)


@blueprint.get("/club/<id:organisation_id>/tell")
@requires(P.SEE_ORGANISATION, on=organisation_in_view)
def tell(organisation: Organisation) -> str:
    """What a club must tell us, one line each."""
    assessment = changed_assessment(organisation.id, clock.today())
    if assessment is None:
        return render_template("telling/not_listed.html", organisation=organisation)
    # Somebody who works alone has no lead who leaves, and nobody else has a first helper.
    other = "lead" if services.people_of(assessment) == 1 else "helper"
    things = [one for one in THINGS if one.key != other]
    return render_template("telling/tell.html", organisation=organisation, things=things)


@blueprint.route("/club/<id:organisation_id>/tell/lead", methods=["GET", "POST"])
@requires(P.SEND_CHANGE, on=organisation_in_view)
def lead(organisation: Organisation) -> ResponseReturnValue:
    """The safeguarding lead is leaving."""
    assessment = _listed(organisation)
    if answers_in_force(assessment).get("sg_lead") is None:
        raise NotFound()
    form, today = LeadForm(shelf.form_data()), clock.today()

    def act() -> str:
        change = services.lead_leaves(organisation, current_user, cover=form.contact)
        return _until(change, "Thank you. We have told the people who read your papers.")

    owed = open_change(organisation.id, "question", 0, "sg_lead")
    return _told_or_shown(
        "telling/lead.html",
        form,
        organisation,
        act,
        owed=owed if owed and owed.due_on and owed.state != "waiting" else None,
        cover_by=cover_by(today),
        appoint_by=appoint_by(today),
    )


@blueprint.route("/club/<id:organisation_id>/tell/helper", methods=["GET", "POST"])
@requires(P.SEND_CHANGE, on=organisation_in_view)
def helper(organisation: Organisation) -> ResponseReturnValue:
    """Somebody helps who worked alone."""
    if services.people_of(_listed(organisation)) != 1:
        raise NotAllowedNow(services.NOT_ALONE)
    form = HelperForm(shelf.form_data())

    def act() -> str:
        services.somebody_helps(organisation, current_user, people=form.people.data)
        return "Thank you. Your new questions are below. Send each one when it is ready."

    return _told_or_shown(
        "telling/helper.html",
        form,
        organisation,
        act,
        lambda: f"/club/{organisation.id}/changes",
        answer_by=answer_by(clock.today()),
    )


@blueprint.route("/club/<id:organisation_id>/tell/insurance", methods=["GET", "POST"])
@requires(P.SEND_CHANGE, on=organisation_in_view)
def insurance(organisation: Organisation) -> ResponseReturnValue:
    """An insurance ends and is not renewed."""
    assessment = _listed(organisation)
    form = InsuranceForm(shelf.form_data())

    def act() -> str:
        change = services.insurance_ended(
            organisation, current_user, which=form.which.data, ended_on=form.ended_on.data
        )
        if change is None:
            return "Thank you. You employ nobody, so there is nothing to do."
        return _until(change, "Thank you. We have told the council.")

    return _told_or_shown(
        "telling/insurance.html",
        form,
        organisation,
        act,
        employees=services.employs_people(assessment),
        answer_by=answer_by(clock.today()),
    )


@blueprint.route("/club/<id:organisation_id>/tell/regulator", methods=["GET", "POST"])
@requires(P.SEND_CHANGE, on=organisation_in_view)
def regulator(organisation: Organisation) -> ResponseReturnValue:
    """A serious accident, or somebody looks into the club: a reference, and nothing else."""
    _listed(organisation)
    form = RegulatorForm(shelf.form_data())

    def act() -> str:
        words = next(one.label for one in form.who.choices if one.value == form.who.data)
        services.regulator_acts(
            organisation, current_user, who=words, reference=form.reference.data
        )
        return "Thank you. A senior at the council is told today."

    return _told_or_shown("telling/regulator.html", form, organisation, act)


@blueprint.route("/club/<id:organisation_id>/tell/plan", methods=["GET", "POST"])
@requires(P.SEND_CHANGE, on=organisation_in_view)
def plan(organisation: Organisation) -> ResponseReturnValue:
    """The safeguarding plan was checked again: a new day, on paper."""
    assessment, today = _listed(organisation), clock.today()
    problem = why_not_extend(assessment, today)
    if problem:
        page = render_template("telling/plan_too_late.html", organisation=organisation, why=problem)
        return page, 409 if request.method == "POST" else 200
    form = PlanForm(shelf.form_data())
    offered = _files_of_this_form(form)

    def act() -> str:
        services.plan_checked(
            organisation,
            current_user,
            checked_on=form.checked_on.data,
            papers=[one.storage() for one in offered],
            looked_at=request.form.getlist("checked"),
        )
        return "Thank you. The council reads the new date."

    return _told_or_shown(
        "telling/plan.html",
        form,
        organisation,
        act,
        files=offered,
        reviewed_on=reviewed_on(answers_in_force(assessment)),
        would_be_until=_would_be_until(assessment, today),
        is_listed=told_as_listed(organisation.id, today) is not None,
        waiting=open_change(organisation.id, "question", 0, "sg_review_date"),
    )


@blueprint.route("/club/<id:organisation_id>/tell/answer/<key>", methods=["GET", "POST"])
@requires(P.SEND_CHANGE, on=organisation_in_view)
def answer_anew(organisation: Organisation, key: str) -> ResponseReturnValue:
    """A new answer to one question: a new end date, a course that was done, a new paper."""
    assessment = _listed(organisation)
    if key == "sg_review_date":
        return redirect(url_for(".plan", organisation_id=organisation.id))
    question = next((one for one in edition_of(assessment).questions if one.key == key), None)
    if question is None or key in OF_EACH_ACTIVITY:
        raise NotFound()
    there = open_change(organisation.id, "question", 0, key)
    if request.method == "POST":
        # One that was opened meanwhile is another version: the page says so, and loses nothing.
        begun = AnswerOfChange(there, question) if there else None
        return (begun or AnswerAnew(_not_yet(assessment, key), question)).save()
    if there is not None:
        return redirect(
            url_for("changes.answer", organisation_id=organisation.id, change_id=there.id)
        )
    if not applies(question, wanted_profile(assessment)):
        raise NotFound()
    return AnswerAnew(_not_yet(assessment, key), question).show()


class AnswerAnew(AnswerOfChange):
    """The page of one question that the club answers of its own accord."""

    def _again(self, form: AnswerForm, papers: Papers, status: int) -> ResponseReturnValue:
        """The page once more. Nothing is kept of the change until it is sent."""
        account_id, organisation_id = current_user.id, self.change.organisation_id
        db.session.rollback()
        word = papers.offered.keep(account_id) or ""
        self.assessment = _listed(organisation_in_view(organisation_id))
        self.change = _not_yet(self.assessment, self.key)
        return self._page(form, papers.offered, word, papers.warned), status


def _not_yet(assessment: Assessment, key: str) -> Change:
    """A change that nobody has sent yet: it is never put in the database."""
    return Change(
        organisation_id=assessment.organisation_id,
        organisation=assessment.organisation,
        assessment_id=assessment.id,
        assessment=assessment,
        about="question",
        question_key=key,
        kind="question",
        record_id=0,
        state="asked",
        fields={},
        words="",
        version=0,
    )


@blueprint.route("/club/<id:organisation_id>/contact-check", methods=["GET", "POST"])
@requires(P.EDIT_ORGANISATION, on=organisation_in_view)
def contact_check(organisation: Organisation) -> ResponseReturnValue:
    """What families use to reach the club: still right?"""
    if request.method == "POST":
        services.confirm_contact(organisation, current_user)
        flash("Thank you. We ask again in 6 months.")
        return redirect(f"/club/{organisation.id}", 303)
    ways = (
        ("Phone", organisation.public_phone),
        ("Email", organisation.public_email),
        ("Website", organisation.public_website),
    )
    return render_template(
        "telling/contact_check.html",
        organisation=organisation,
        form=PlainForm(None),
        rows=[{"key": key, "value": value} for key, value in ways if value],
    )


def _listed(organisation: Organisation) -> Assessment:
    """The assessment that a change would alter. Raises NotAllowedNow for a club off the list."""
    found = changed_assessment(organisation.id, clock.today())
    if found is None:
        raise NotAllowedNow(services.NOT_LISTED)
    return found


def _would_be_until(assessment: Assessment, today: date) -> date | None:
    decided_on = assessment.decided_on
    return listed_until(decided_on, today) if decided_on else None


def _until(change: Change, sentence: str) -> str:
    if change.due_on is None or change.state == "waiting":
        return sentence
    return f"{sentence} You have until {change.due_on:%-d %B %Y}."


def _files_of_this_form(form: PlanForm) -> list[shelf.KeptFile]:
    """Files that came now, or waited on the shelf. One that may not come in is blamed at once."""
    kept = shelf.kept()
    found = list(kept.files) if kept else []
    if request.method == "POST":
        found += shelf.sent_files()
    return found


def _told_or_shown(
    template: str,
    form: Any,
    organisation: Organisation,
    act: Callable[[], str],
    onward: Callable[[], str] | None = None,
    *,
    files: list[shelf.KeptFile] | None = None,
    **shown: Any,
) -> ResponseReturnValue:
    """Do it and go on; else show the page again with all that was typed and chosen."""
    status, files = 200, files or []
    if request.method == "POST":
        status = 422
        _blame_bad_files(form, files)
        if form.validate() and not form.errors:
            try:
                sentence = act()
            except (BadInput, NotAllowedNow, StaleVersion) as refused:
                db.session.rollback()
                form.add_error(None, refused.sentence)
                status = refused.status
                shown["risks"] = refused.risks if isinstance(refused, Unchecked) else ()
            else:
                shelf.clear()
                flash(sentence)
                return redirect(onward() if onward else f"/club/{organisation.id}", 303)
    word = request.values.get("kept", "") if shelf.kept() else ""
    if files and status != 200:
        word = shelf.keep(current_user.id, request.path, MultiDict(), files)
    page = render_template(
        template,
        form=form,
        organisation=organisation,
        kept_word=word,
        kept_files=[one.filename for one in files],
        was_away=bool(word) and request.method == "GET",
        **shown,
    )
    return page, status


def _blame_bad_files(form: Any, files: list[shelf.KeptFile]) -> None:
    for one in list(files):
        try:
            examine(one.content, one.filename)
        except BadInput as bad:
            files.remove(one)
            form.form_errors = [*form.form_errors, f"{one.filename}: {bad.sentence}"]
