"""Checking the answers, signing and sending them, and taking them back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry import clock
from registry.assessments import services
from registry.assessments.forms import CloseForm, DeclarationForm
from registry.assessments.lifecycle import Action, Status, actions_from
from registry.assessments.models import Answer, Assessment
from registry.assessments.progress import PROFILE_PAGES, Progress
from registry.assessments.queries import names_of, names_of_papers, organisation_in_view
from registry.assessments.routes.blueprint import (
    address_of,
    address_of_page,
    blueprint,
    needed,
    progress_of,
    self_check_of,
)
from registry.assessments.saying import in_words
from registry.assessments.services.submit import (
    Incomplete,
    what_is_missing,
    would_be_listed_until,
)
from registry.assessments.standing import open_assessment, standing_assessment
from registry.criteria.answers import evidence_ids
from registry.criteria.content import ProfileQuestion, Question
from registry.criteria.evaluation import wording
from registry.errors import NotAllowedNow, NotFound
from registry.matching.queries import strong_matches
from registry.organisations.models import Organisation
from registry.permissions import P, can
from registry.web import shelf
from registry.web.guard import requires


@blueprint.get("/club/<id:organisation_id>/self-check/check")
@requires(P.SEE_ORGANISATION, on=organisation_in_view)
def check(organisation: Organisation) -> ResponseReturnValue:
    """Everything asked, with what was said; what is missing is marked."""
    assessment = _self_check(organisation)
    progress = progress_of(assessment)
    missing = what_is_missing(assessment, progress.today) if progress.can_be_changed else []
    return render_template(
        "assessments/check.html",
        organisation=organisation,
        assessment=assessment,
        progress=progress,
        missing=missing,
        needed=needed(organisation, progress, missing),
        about_rows=_about_rows(organisation, progress, dict(missing)),
        groups=[
            (section, _rows(organisation, progress, section.criterion.number))
            for section in progress.sections
        ],
        may_send=can(current_user, P.SUBMIT, assessment),
    )


@blueprint.route("/club/<id:organisation_id>/self-check/declare", methods=["GET", "POST"])
@requires(P.SUBMIT, on=organisation_in_view)
def submit(organisation: Organisation) -> ResponseReturnValue:
    """The owner signs and sends."""
    assessment = _self_check(organisation)
    if Action.SUBMIT not in actions_from(assessment.status):
        return redirect(url_for(".sent", organisation_id=organisation.id))
    progress = progress_of(assessment)
    form = DeclarationForm(shelf.form_data())
    sentences = progress.edition.declaration.sentences
    form.agreed.choices = [(str(n), sentence) for n, sentence in enumerate(sentences, start=1)]
    form.process(shelf.form_data())
    if request.method == "POST" and form.validate_on_submit():
        meanwhile = _changed_since(assessment, _seen_at())
        if meanwhile:
            return _declaration(organisation, assessment, progress, form, meanwhile), 409
        try:
            services.submit(
                assessment,
                current_user,
                declared_name=form.declared_name.data,
                declared_role=form.declared_role.data,
            )
        except Incomplete:
            return _declaration(organisation, assessment, progress, form), 422
        shelf.clear()
        return redirect(url_for(".sent", organisation_id=organisation.id), 303)
    status = 422 if request.method == "POST" else 200
    return _declaration(organisation, assessment, progress, form), status


@blueprint.get("/club/<id:organisation_id>/self-check/sent")
@requires(P.SEE_ORGANISATION, on=organisation_in_view)
def sent(organisation: Organisation) -> ResponseReturnValue:
    """What happens next."""
    assessment = _self_check(organisation)
    submission = assessment.latest_submission
    if submission is None or assessment.status in (Status.DRAFT, Status.RETURNED):
        return redirect(url_for(".tasks", organisation_id=organisation.id))
    return render_template(
        "assessments/sent.html",
        organisation=organisation,
        assessment=assessment,
        submission=submission,
        listed_until=would_be_listed_until(assessment, clock.today()),
        may_take_back=Action.TAKE_BACK in actions_from(assessment.status)
        and can(current_user, P.TAKE_BACK, assessment),
        is_waiting=assessment.status in (Status.SUBMITTED, Status.IN_REVIEW, Status.RECOMMENDED),
        needs_time=bool(strong_matches(organisation.id)),
    )


@blueprint.post("/club/<id:organisation_id>/self-check/take-back")
@requires(P.TAKE_BACK, on=organisation_in_view)
def take_back(organisation: Organisation) -> ResponseReturnValue:
    """Take it back to change it, while nobody reads it."""
    services.take_back(_self_check(organisation), current_user)
    flash("You took your self-check back. Send it again when you are ready.")
    return redirect(url_for(".tasks", organisation_id=organisation.id), 303)


@blueprint.post("/club/<id:organisation_id>/self-check/reopen")
@requires(P.REOPEN, on=organisation_in_view)
def reopen(organisation: Organisation) -> ResponseReturnValue:
    """Open an abandoned one again."""
    services.reopen(_self_check(organisation), current_user)
    flash("Your self-check is open again. Your answers are as you left them.")
    return redirect(url_for(".tasks", organisation_id=organisation.id), 303)


@blueprint.route("/club/<id:organisation_id>/self-check/close", methods=["GET", "POST"])
@requires(P.CLOSE, on=organisation_in_view)
def close(organisation: Organisation) -> ResponseReturnValue:
    """Stop the open self-check or, where there is none, leave the list. Asked twice."""
    assessment = open_assessment(organisation.id) or standing_assessment(organisation.id)
    if assessment is None or Action.CLOSE not in actions_from(assessment.status):
        raise NotAllowedNow("There is nothing to close here now.")
    leaves_the_list = assessment.status == Status.APPROVED
    form = CloseForm()
    if form.validate_on_submit():
        services.close(assessment, current_user)
        flash("You left the list." if leaves_the_list else "Your self-check is closed.")
        return redirect(url_for("desk.home", organisation_id=organisation.id), 303)
    page = render_template(
        "assessments/close.html",
        organisation=organisation,
        assessment=assessment,
        leaves_the_list=leaves_the_list,
        form=form,
    )
    return page, 422 if request.method == "POST" else 200


def _self_check(organisation: Organisation) -> Assessment:
    assessment = self_check_of(organisation)
    if assessment is None:
        raise NotFound()
    return assessment


def _seen_at() -> datetime | None:
    """When the page that was signed was opened."""
    sent = shelf.form_data()
    try:
        return datetime.fromisoformat(sent.get("seen", "") if sent else "")
    except ValueError:
        return None


def _changed_since(assessment: Assessment, seen: datetime | None) -> list[Answer]:
    """The answers that somebody else saved while the owner was about to sign."""
    if seen is None or seen.tzinfo is None:
        return []
    return [
        one
        for one in assessment.answers
        if one.updated_at > seen and one.updated_by_id != current_user.id
    ]


def _told_meanwhile(
    organisation: Organisation, progress: Progress, answers: Sequence[Answer]
) -> list[dict[str, str]]:
    """Who changed what, with the way to each."""
    names = names_of({one.updated_by_id for one in answers if one.updated_by_id})
    asked = {one.key: one.short for one in progress.edition.questions}
    asked |= {one.key: one.short for one in progress.edition.profile_questions}
    return [
        {
            "by": names.get(one.updated_by_id or 0, "Somebody"),
            "text": asked.get(one.question_key, one.question_key),
            "href": url_for(".check", organisation_id=organisation.id, _anchor=one.question_key),
        }
        for one in answers
    ]


def _declaration(
    organisation: Organisation,
    assessment: Assessment,
    progress: Progress,
    form: DeclarationForm,
    meanwhile: Sequence[Answer] = (),
) -> str:
    today = clock.today()
    missing = what_is_missing(assessment, today)
    return render_template(
        "assessments/submit.html",
        organisation=organisation,
        assessment=assessment,
        progress=progress,
        form=form,
        opening=progress.edition.declaration.opening,
        today=today,
        missing=missing,
        needed=needed(organisation, progress, missing),
        listed_until=would_be_listed_until(assessment, today),
        meanwhile=_told_meanwhile(organisation, progress, meanwhile),
        seen=(clock.now() if meanwhile else _seen_at() or clock.now()).isoformat(),
        was_away=request.method == "GET" and shelf.form_data() is not None,
        kept_word=request.values.get("kept", ""),
    )


def _rows(organisation: Organisation, progress: Progress, criterion: int) -> list[dict[str, Any]]:
    """The answers of one criterion, as lines of a summary."""
    rows = []
    for question in progress.asked:
        if question.criterion != criterion:
            continue
        task = progress.task(question)
        address = address_of(organisation, question.key)
        rows.append(
            {
                "id": question.key,
                "key": wording(question, progress.profile).text,
                "value": _value(progress, question) or ["No answer yet"],
                "note": _since(progress, question)
                if task.is_done
                else _what_to_do(task.state, task.must),
                "href": address if task.is_open else "",
                "action": "Change" if task.is_done else "Answer",
                "hidden": task.short,
                "todo": not task.is_done and task.must and progress.can_be_changed,
            }
        )
    return rows


def _about_rows(
    organisation: Organisation, progress: Progress, missing: dict[str, str]
) -> list[dict[str, Any]]:
    rows = []
    for page, task in zip(PROFILE_PAGES, progress.profile_tasks, strict=True):
        address = address_of_page(organisation, page)
        for question in progress.questions_on(page):
            value, to_confirm = _value(progress, question), page in progress.unconfirmed_pages
            if not value and question.key not in missing:
                continue
            rows.append(
                {
                    "id": question.key,
                    "key": question.short,
                    "value": value or ["No answer yet"],
                    "note": _what_to_do("check", must=True)
                    if to_confirm
                    else missing.get(question.key, "") or _since(progress, question),
                    "href": address if task.is_open else "",
                    "action": "Change" if value else "Answer",
                    "hidden": question.short,
                    "todo": question.key in missing or to_confirm,
                }
            )
    return rows


def _value(progress: Progress, question: Question | ProfileQuestion) -> list[str]:
    names = {one.id: one.file.name for one in progress.assessment.evidence}
    return _lines(progress, question, progress.answers.get(question.key, {}), names)


def _since(progress: Progress, question: Question | ProfileQuestion) -> str:
    """How an answer that was looked at differs from last time's."""
    match progress.since_last_time(question):
        case "same":
            return "Same as last time."
        case "dated":
            return "New this time."
        case "new":
            return "New. You were not asked this last time."
        case "changed":
            before = progress.rows[question.key].last_time
            names = names_of_papers(evidence_ids([question], {question.key: before}))
            return f"Changed. Last time: {'. '.join(_lines(progress, question, before, names))}"
    return ""


def _lines(
    progress: Progress,
    question: Question | ProfileQuestion,
    parts: Mapping[str, Any],
    names: Mapping[int, str],
) -> list[str]:
    """An answer as the lines of a summary."""
    lines: list[str] = []
    for label, said in in_words(question, parts, progress.profile, names):
        first = f"{label.rstrip('?')}: {said[0]}" if label and len(said) == 1 else said[0]
        lines += [f"{label.rstrip('?')}:", *said] if label and len(said) > 1 else [first, *said[1:]]
    return lines


def _what_to_do(state: str, must: bool) -> str:
    words = {
        "begun": "Something is missing here.",
        "check": "From last time. Open it and say if it is still right.",
        "anew": "We ask for this again each year.",
        "sent_back": "We sent this one back.",
    }
    return words.get(state, "" if must else "Good practice. You can send without it.")
