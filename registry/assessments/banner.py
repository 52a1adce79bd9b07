"""Where an organisation stands today, in plain words for its own people.

A quiet hold never shows here (domain B.5), and a recommendation reads as any other case.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from registry import clock
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment, Hold
from registry.assessments.services.after import DAYS_TO_MEND
from registry.web.formats import long_date, plural, short_date
from registry.working_days import add_working_days

__all__ = ["Banner", "TimeBar", "banner_of"]

RUNNING_OUT = timedelta(days=30)
RENEWAL_OPENS = timedelta(days=60)
ANSWER_IN = "We answer within 20 working days."
WROTE_TO_YOU = (
    "We wrote to you to say why, and what you can do. Call us if our letter did not come."
)


@dataclass(frozen=True)
class TimeBar:
    """A year on the list, drawn: where today and the renewal lie, from 0 to 700."""

    starts_on: date
    renew_on: date
    ends_on: date
    today_at: int
    renew_at: int
    words: str


@dataclass(frozen=True)
class Banner:
    """One sentence of truth. kind: `on`, `soon`, `wait` or `off`, as the looks have them."""

    kind: str
    title: str
    text: str
    bar: TimeBar | None = None


def banner_of(
    open_one: Assessment | None,
    standing: Assessment | None,
    latest: Assessment | None,
    holds: Sequence[Hold],
    returned: int,
    today: date,
) -> Banner:
    """The banner of an organisation with these attempts. `returned` counts questions sent back."""
    if standing is not None and standing.status == Status.SUSPENDED:
        return Banner("off", "You are off the list for now", WROTE_TO_YOU)
    if standing is not None and standing.listed_until and standing.listed_until >= today:
        return _on_the_list(standing, standing.listed_until, holds, today)
    if open_one is not None:
        return _under_way(open_one, latest, returned)
    if standing is not None or (latest is not None and latest.status == Status.LAPSED):
        return _lapsed(standing or latest)
    return _ended(latest)


def _on_the_list(standing: Assessment, last: date, holds: Sequence[Hold], today: date) -> Banner:
    if any(hold.takes_listing_off and hold.kind != "quiet" for hold in holds):
        return Banner(
            "off",
            "You are off the list for now",
            "Do the one thing that we wrote to you about. Then we put you back.",
        )
    left = (last - today).days
    away = "Today is the last day." if left == 0 else f"That is {plural(left, 'day', 'days')} away."
    return Banner(
        "soon" if left <= RUNNING_OUT.days else "on",
        f"You are on the list until {long_date(last)}",
        f"{away} Parents can find you.",
        _bar(standing, today),
    )


def _under_way(one: Assessment, latest: Assessment | None, returned: int) -> Banner:
    sent = f"You sent it on {long_date(one.submitted_at)}." if one.submitted_at else ""
    match one.status:
        case Status.SUBMITTED:
            return Banner(
                "wait",
                "We have your self-check",
                f"{sent} {ANSWER_IN} You are not on the list yet.",
            )
        case Status.IN_REVIEW | Status.RECOMMENDED:
            return Banner(
                "wait",
                "We are reading your self-check",
                f"{sent} {ANSWER_IN} You are not on the list yet.",
            )
        case Status.RETURNED:
            return Banner(
                "soon",
                f"We sent back {plural(returned, 'question', 'questions')}",
                "Mend what we ask about, then send it again. Your other answers stay as they "
                f"are. You have until {long_date(_time_to_mend(one))}.",
            )
    text = "Carry on with your self-check. You can stop and come back at any time."
    return Banner("off", "You are not on the list yet", text)


def _time_to_mend(one: Assessment) -> date:
    """The last day before a return is given up."""
    return add_working_days(clock.local(one.status_since).date(), DAYS_TO_MEND)


def _lapsed(one: Assessment | None) -> Banner:
    last = one.listed_until if one else None
    when = f" Your last day was {long_date(last)}." if last else ""
    return Banner(
        "off",
        "You are not on the list now",
        f"Your time on the list ran out.{when} Begin again to come back.",
    )


def _ended(latest: Assessment | None) -> Banner:
    status = latest.status if latest else ""
    if status in (Status.REFUSED, Status.REVOKED):
        return Banner("off", "You are not on the list", WROTE_TO_YOU)
    if status == Status.ABANDONED:
        return Banner(
            "off",
            "Your self-check was left for too long",
            "So we put it away. Your answers are still here.",
        )
    if status == Status.CLOSED:
        return Banner(
            "off", "You are not on the list", "You closed your self-check. You can begin again."
        )
    return Banner(
        "off",
        "You are not on the list yet",
        "Tell us how you keep children safe. It takes about 2 hours, in as many goes as you like.",
    )


def _bar(standing: Assessment, today: date) -> TimeBar | None:
    first, last = standing.decided_on, standing.listed_until
    if first is None or last is None or last <= first:
        return None
    renew = max(first, last - RENEWAL_OPENS)
    whole = (last - first).days

    def along(day: date) -> int:
        return round(700 * min(max((day - first).days, 0), whole) / whole)

    return TimeBar(
        first,
        renew,
        last,
        along(today),
        along(renew),
        f"Time line. Listed {short_date(first)}. Today {short_date(clock.today())}. "
        f"Renew from {short_date(renew)}. Ends {short_date(last)}.",
    )
