"""What a club is told on its pages when the questions change while it is answering them."""

from dataclasses import dataclass
from datetime import date

from registry import clock
from registry.assessments.evaluating import edition_of, profile_of
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment
from registry.criteria.content import Edition, Question
from registry.criteria.evaluation import applies
from registry.criteria.loading import edition_on, known_editions, load_edition
from registry.criteria.moving_on import differences, last_day_of


@dataclass(frozen=True)
class EditionNews:
    """Other questions, from a day on. `send_by` is the last day for the old ones, if it is ahead.

    `added` and `altered` are the questions for this club, and `went` how many are no longer asked.
    """

    number: str
    in_force_on: date
    send_by: date | None
    added: tuple[Question, ...]
    altered: tuple[Question, ...]
    went: int


def edition_news(assessment: Assessment, today: date) -> EditionNews | None:
    """What is new for somebody who is filling in a draft; None where nothing is."""
    if assessment.status != Status.DRAFT:
        return None
    answering = edition_of(assessment)
    if last_day := last_day_of(answering.number):
        return _news(assessment, answering, load_edition(_after(answering.number)), last_day)
    begun = edition_on(clock.local(assessment.begun_at).date())
    if begun.number == answering.number:
        return None
    return _news(assessment, begun, answering, None)


def _news(
    assessment: Assessment, before: Edition, after: Edition, send_by: date | None
) -> EditionNews:
    profile = profile_of(assessment)
    changed = [
        one
        for one in differences(before, after)
        if isinstance(one.question, Question) and applies(one.question, profile)
    ]
    return EditionNews(
        number=after.number,
        in_force_on=next(k.in_force_on for k in known_editions() if k.number == after.number),
        send_by=send_by,
        added=tuple(one.after for one in changed if one.kind == "added"),  # type: ignore[misc]
        altered=tuple(one.after for one in changed if one.before and one.after),  # type: ignore[misc]
        went=sum(one.kind == "removed" for one in changed),
    )


def _after(number: str) -> str:
    numbers = [one.number for one in known_editions()]
    return numbers[numbers.index(number) + 1]
