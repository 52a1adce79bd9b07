"""Every dated thing of a club (domain B.2): its last good day, and the one thing to do. Pure.

One list for the club's front page, for reminders, and for what the clock asks.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from registry.criteria.answers import risk_check_dates, risk_check_rows
from registry.criteria.dates import add_months, written_date

__all__ = ["CONTACT", "LISTED", "DatedThing", "RunningOut", "dated_things", "running_out"]

SOON = timedelta(days=30)
# Less than this until the decision is a year old: a whole new self-check is worth more.
WORTH_A_DATE = timedelta(days=60)
STAYS = "You stay on the list."
LISTED, CONTACT = "listed", "contact"
CONTACT_MONTHS, LEAD_MONTHS, RISK_CHECK_MONTHS = 6, 24, 12


@dataclass(frozen=True, order=True)
class DatedThing:
    """One dated thing: `on` is its last good day, `key` its name in the register.

    `do` is the one thing to do, `page` where that is done (below the club's desk), `then` what
    happens when nobody does it.
    """

    on: date
    key: str
    what: str
    do: str
    page: str
    then: str


@dataclass(frozen=True)
class RunningOut:
    """A dated thing that has not ended yet, as the front page shows it."""

    on: date
    what: str
    then: str
    days: int
    do: str = ""
    page: str = ""

    @property
    def is_soon(self) -> bool:
        """Whether it is near enough to be marked."""
        return self.days <= SOON.days


@dataclass(frozen=True)
class _Dated:
    """A question whose answer holds a date that runs out."""

    key: str
    part: str
    months: int
    what: str
    do: str
    then: str


_DATED = (
    _Dated(
        "hs_employers",
        "ends_on",
        0,
        "Employers’ liability insurance",
        "Renew it. Then send us the new paper.",
        "The law asks for it. We will ask you for the new paper the day after.",
    ),
    _Dated(
        "hs_public",
        "ends_on",
        0,
        "Public liability insurance",
        "Renew it. Then send us the new end date.",
        STAYS,
    ),
    _Dated(
        "hs_first_aid",
        "ends_on",
        0,
        "First aid training",
        "Book a course. Then send us the new end date.",
        STAYS,
    ),
    _Dated(
        "sg_lead_training",
        "date",
        LEAD_MONTHS,
        "Your lead’s safeguarding training",
        "Book a course. Then send us the date of it.",
        STAYS,
    ),
)


def dated_things(
    answers: Mapping[str, Mapping[str, Any]],
    asked: Collection[str],
    activities: Mapping[int, str],
    listed_until: date,
    decided_on: date | None,
) -> list[DatedThing]:
    """What runs out, the nearest first.

    `answers` are those in force and `asked` the questions that concern this club now: a date
    that nobody asks for any more is nobody's worry. `activities` are those that run, by name.
    """
    return sorted(
        [
            _listing(listed_until, decided_on),
            *_dated_answers(answers, asked),
            *_risk_checks(answers, activities),
        ]
    )


def contact_check(confirmed_on: date) -> DatedThing:
    """A club looks at its public contact every six months: one reminder."""
    return DatedThing(
        add_months(confirmed_on, CONTACT_MONTHS),
        CONTACT,
        "Your phone and email for families",
        "Look at them. Tell us that they are still right.",
        "contact-check",
        STAYS,
    )


def running_out(things: Collection[DatedThing], today: date) -> list[RunningOut]:
    """Those that have not ended yet, the nearest first."""
    return [
        RunningOut(one.on, one.what, one.then, (one.on - today).days, one.do, one.page)
        for one in sorted(things)
        if one.on >= today
    ]


def _listing(listed_until: date, decided_on: date | None) -> DatedThing:
    """The last day on the list. Where the plan's own date sets it, a new date is enough."""
    whole_year = decided_on is None or listed_until + WORTH_A_DATE >= add_months(decided_on, 12)
    do = "Renew your self-check." if whole_year else "Check your safeguarding plan again."
    return DatedThing(
        listed_until,
        LISTED,
        "Your time on the list",
        do,
        "" if whole_year else "tell/plan",
        "This takes you off the list.",
    )


def _dated_answers(
    answers: Mapping[str, Mapping[str, Any]], asked: Collection[str]
) -> Iterator[DatedThing]:
    for one in _DATED:
        day = written_date((answers.get(one.key) or {}).get(one.part))
        if day is not None and one.key in asked:
            on = add_months(day, one.months) if one.months else day
            yield DatedThing(on, one.key, one.what, one.do, f"tell/answer/{one.key}", one.then)


def _risk_checks(
    answers: Mapping[str, Mapping[str, Any]], activities: Mapping[int, str]
) -> Iterator[DatedThing]:
    days = risk_check_dates(answers)
    for activity, file in risk_check_rows(answers).items():
        if activity in activities and file in days:
            name = activities[activity]
            yield DatedThing(
                add_months(days[file], RISK_CHECK_MONTHS),
                f"risk_check:{activity}",
                f"The risk check of {name}",
                "Look at it again. Then send us the new date.",
                f"activities/{activity}/risk-check",
                f"{name} comes off the list.",
            )
