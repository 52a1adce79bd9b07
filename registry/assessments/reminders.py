"""Which reminder is due today (domain B.2). Pure: no clock, no database.

A ladder of eight rungs leads from 60 days before a last good day to 30 days after it. A run that
comes late sends the newest rung only, and a rung that was told, or passed, is never told again.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from registry.assessments.dated_things import CONTACT, LISTED, DatedThing

__all__ = ["LADDER", "Due", "Told", "due_today", "rung_of"]

LADDER = (-60, -30, -14, -7, -1, 0, 1, 30)
ONCE = (0,)
# The notice of a lapse (club/lapsed) is the reminder of the day after the last day on the list.
LAPSE_NOTICE = 1
# How long the last rung may still be climbed by a late run: after that nobody wants to hear it.
STANDS_FOR = timedelta(days=14)


@dataclass(frozen=True)
class Told:
    """A reminder that went out: of what, for which last day, which rung, and on which day."""

    key: str
    ends_on: date
    rung: int
    sent_on: date


@dataclass(frozen=True)
class Due:
    """A reminder to send today."""

    thing: DatedThing
    rung: int


def rung_of(thing: DatedThing, today: date) -> int | None:
    """The newest rung whose day has come; None before the first, and long after the last."""
    ladder = ONCE if thing.key == CONTACT else LADDER
    past = [rung for rung in ladder if thing.on + timedelta(days=rung) <= today]
    if not past:
        return None
    if past[-1] == LADDER[-1] and today > thing.on + timedelta(days=past[-1]) + STANDS_FOR:
        return None
    return past[-1]


def due_today(
    things: Iterable[DatedThing],
    told: Collection[Told],
    today: date,
    *,
    renewal_is_with_us: bool = False,
) -> list[Due]:
    """The reminders to send today, all in one email; nothing on a day that had its email.

    While a renewal waits for us only the last day on the list has rungs: “we are still reading
    it” stands in for each of its reminders.
    """
    if any(one.sent_on == today for one in told):
        return []
    found = []
    for thing in sorted(things):
        if renewal_is_with_us and thing.key != LISTED:
            continue
        rung = rung_of(thing, today)
        if rung is None or _has_own_notice(thing, rung) or _was_told(thing, rung, told):
            continue
        found.append(Due(thing, rung))
    return found


def _has_own_notice(thing: DatedThing, rung: int) -> bool:
    return thing.key == LISTED and rung == LAPSE_NOTICE


def _was_told(thing: DatedThing, rung: int, told: Collection[Told]) -> bool:
    return any(
        one.key == thing.key and one.ends_on == thing.on and one.rung >= rung for one in told
    )
