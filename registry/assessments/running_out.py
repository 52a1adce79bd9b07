"""What runs out next for a listed club: every dated thing it told us of (domain B.2). Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from registry.criteria.answers import risk_check_dates, risk_check_rows
from registry.criteria.dates import add_months, written_date

__all__ = ["RunningOut", "running_out"]

SOON = timedelta(days=30)
STAYS = "You stay on the list."


@dataclass(frozen=True)
class RunningOut:
    """One dated thing: its last good day, what it is, and what happens then."""

    on: date
    what: str
    then: str
    days: int

    @property
    def is_soon(self) -> bool:
        """Whether it is near enough to be marked."""
        return self.days <= SOON.days


def running_out(
    answers: Mapping[str, Mapping[str, Any]],
    activities: Mapping[int, str],
    listed_until: date,
    today: date,
) -> list[RunningOut]:
    """What ends, the nearest first. `activities` are those that run, with their names."""
    ends = [
        (listed_until, "Your time on the list", "This takes you off the list. Renew first."),
        *_insurance_and_training(answers),
        *_risk_checks(answers, activities),
    ]
    return [
        RunningOut(on, what, then, (on - today).days)
        for on, what, then in sorted(ends)
        if on >= today
    ]


def _insurance_and_training(
    answers: Mapping[str, Mapping[str, Any]],
) -> Iterator[tuple[date, str, str]]:
    dated = (
        (
            "hs_employers",
            "ends_on",
            0,
            "Employers’ liability insurance",
            "The law asks for it.",
        ),
        ("hs_public", "ends_on", 0, "Public liability insurance", STAYS),
        ("hs_first_aid", "ends_on", 0, "First aid training", "Book a course before then."),
        ("sg_lead_training", "date", 24, "Your lead’s safeguarding training", "Book a course."),
    )
    for key, part, months, what, then in dated:
        day = written_date(answers.get(key, {}).get(part))
        if day is not None:
            yield add_months(day, months) if months else day, what, then


def _risk_checks(
    answers: Mapping[str, Mapping[str, Any]], activities: Mapping[int, str]
) -> Iterator[tuple[date, str, str]]:
    days = risk_check_dates(answers)
    for activity, file in risk_check_rows(answers).items():
        if activity in activities and file in days:
            name = activities[activity]
            until = add_months(days[file], 12)
            yield until, f"The risk check of {name}", f"{name} comes off the list."
