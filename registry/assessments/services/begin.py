"""Beginning an attempt, leaving it, and taking it up again."""

import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from registry import clock
from registry.assessments.carrying import pointing_at, show_in
from registry.assessments.evaluating import edition_of
from registry.assessments.lifecycle import Action, Status
from registry.assessments.models import Answer, Assessment
from registry.assessments.standing import (
    latest_assessment,
    merged_assessments,
    open_assessment,
    standing_assessment,
)
from registry.assessments.steps import ask, prepare, take_step
from registry.criteria.content import ProfileQuestion, Question
from registry.criteria.dates import add_months
from registry.criteria.loading import current_edition
from registry.criteria.renewing import carried_over
from registry.database import db
from registry.errors import NotAllowedNow
from registry.organisations.models import Organisation
from registry.permissions import P

RENEWAL_OPENS = timedelta(days=60)
# No 0 or O, 1 or I, so that a reference can be read out over the telephone.
REFERENCE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def begin(organisation: Organisation, actor: Any) -> Assessment:
    """Begin an attempt; a renewal starts from last year's answers, each to be confirmed.

    Raises NotAllowedNow while another is open, before a renewal may start, or before the day
    that a revocation set.
    """
    ask(actor, P.BEGIN, organisation)
    problem = why_not_begin(organisation, clock.today())
    if problem:
        raise NotAllowedNow(problem)
    standing = standing_assessment(organisation.id)
    now = clock.now()
    assessment = Assessment(
        organisation=organisation,
        organisation_id=organisation.id,
        reference=new_reference(),
        edition=current_edition().number,
        status=Status.NONE,
        is_renewal=standing is not None,
        begun_at=now,
        begun_by_id=actor.id,
        version=0,
    )
    earlier = latest_assessment(organisation.id)
    with db.session.no_autoflush:
        take_first_step(assessment, actor)
    if earlier is not None:
        _copy_answers(earlier, assessment)
    return assessment


def take_first_step(assessment: Assessment, actor: Any) -> None:
    """From nothing to a draft: the status is set before the row is stored."""
    take_step(assessment, Action.BEGIN, actor)


def why_not_begin(organisation: Organisation, today: date) -> str:
    """The reason why an attempt cannot begin today; empty where it can."""
    if organisation.closed_at is not None:
        return "This organisation has left the register."
    if open_assessment(organisation.id):
        return "You have already begun. Carry on with the one that is open."
    standing = standing_assessment(organisation.id)
    if standing and standing.status == Status.SUSPENDED:
        return "You cannot begin a new self-check while you are off the list. Call us."
    if standing and standing.listed_until and today < standing.listed_until - RENEWAL_OPENS:
        return "You can renew from 60 days before your last day on the list."
    days = [one.not_before_on for one in merged_assessments(organisation.id)]
    not_before = max((day for day in days if day), default=None)
    if not_before and today < not_before:
        return "You can apply again later. Our letter says from when."
    return ""


def take_back(assessment: Assessment, actor: Any) -> None:
    """Take a sent self-check back to change it, while nobody reads it."""
    prepare(assessment, Action.TAKE_BACK, actor)
    take_step(assessment, Action.TAKE_BACK, actor)


def reopen(assessment: Assessment, actor: Any) -> None:
    """Open an abandoned one again, within three months and while no other is open."""
    prepare(assessment, Action.REOPEN, actor)
    left_on = clock.local(assessment.status_since).date()
    if clock.today() > add_months(left_on, 3):
        raise NotAllowedNow("This was left more than 3 months ago. Begin a new one.")
    if open_assessment(assessment.organisation_id):
        raise NotAllowedNow("Another self-check is open. Carry on with that one.")
    take_step(assessment, Action.REOPEN, actor)


def close(assessment: Assessment, actor: Any) -> None:
    """Close an attempt, or leave the list. What was sent and decided stays in the history."""
    prepare(assessment, Action.CLOSE, actor)
    take_step(assessment, Action.CLOSE, actor)


def new_reference() -> str:
    """A reference such as SAS-7KQ2MX: 30 bits of chance, nothing to guess from."""
    return "SAS-" + "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(6))


def _copy_answers(earlier: Assessment, assessment: Assessment) -> None:
    """Last answers, each to be confirmed, with the papers shown for them.

    After a time on the list, dates and counts are left out, to be given anew: what the club said
    is kept beside them as `last_time`. The papers get rows of their own in the new attempt, so
    answers that point at one point at its copy.
    """
    today, edition = clock.today(), edition_of(assessment)
    asked: dict[str, Question | ProfileQuestion] = {one.key: one for one in edition.questions}
    asked |= {one.key: one for one in edition.profile_questions}
    kept: dict[str, dict[str, Any]] = {}
    for answer in earlier.answers:
        question = asked.get(answer.question_key)
        if question is not None:
            again = earlier.listed_until is not None
            kept[question.key] = (
                carried_over(question, answer.parts, today) if again else dict(answer.parts)
            )
    copies = _copy_papers(earlier, assessment, asked, kept)

    def copy_of(number: int) -> int:
        return copies.get(number, number)

    for answer in earlier.answers:
        if answer.question_key in kept:
            db.session.add(
                Answer(
                    assessment_id=assessment.id,
                    question_key=answer.question_key,
                    parts=pointing_at(kept[answer.question_key], copy_of),
                    last_time=pointing_at({**answer.last_time, **answer.parts}, copy_of),
                    confirmed=False,
                    updated_at=clock.now(),
                    updated_by_id=answer.updated_by_id,
                )
            )
    db.session.flush()
    db.session.expire(assessment, ["answers", "evidence"])


def _copy_papers(
    earlier: Assessment,
    assessment: Assessment,
    asked: Mapping[str, Question | ProfileQuestion],
    kept: Mapping[str, Mapping[str, Any]],
) -> dict[int, int]:
    """Show the papers again, but for those that have to be new. Gives old number → its copy."""
    copies: dict[int, int] = {}
    for one in earlier.evidence:
        question = asked.get(one.question_key)
        if question is None or _must_be_new(question, kept.get(one.question_key, {})):
            continue
        copies[one.id] = show_in(assessment, one).id
    return copies


def _must_be_new(question: Question | ProfileQuestion, kept: Mapping[str, Any]) -> bool:
    """Whether the papers of a question were good until a day that is over."""
    return any(part.good_until and part.name not in kept for part in question.parts)
