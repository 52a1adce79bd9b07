"""When an activity happens: its sessions, and the single days on which they differ.

A session is plain JSON here (registry.timetable says what it means): what a club wants may have to
wait for the council, so these read and write the sessions as facts, and never a row.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, time, timedelta
from itertools import pairwise
from secrets import token_hex
from typing import Any, TypedDict, Unpack

from registry.audit.services import record
from registry.errors import BadInput, NotFound
from registry.organisations.facts import fact
from registry.organisations.keeping import wanted_facts
from registry.organisations.models import Activity
from registry.organisations.services.activities import may_change, offer_when_complete
from registry.organisations.services.changing import claim, keep
from registry.timetable.council_terms import school_calendar
from registry.timetable.recurrence import (
    NTH,
    PATTERNS,
    Extra,
    Off,
    Recurrence,
    dates_between,
    last_date,
)
from registry.timetable.saying import in_order
from registry.timetable.terms import ALL_YEAR, BREAKS, HOLIDAYS, SEASONS

__all__ = [
    "SessionFields",
    "add_extra",
    "add_off",
    "add_session",
    "change_session",
    "over_on",
    "recurrences_of",
    "remove_exception",
    "remove_session",
    "session_facts",
    "session_named",
]

MOST_SESSIONS = 60
MOST_DATES = 100
MOST_RUNS = 12
MOST_EXCEPTIONS = 100
LONGEST_AWAY = timedelta(days=366)

SessionFact = dict[str, Any]


class SessionFields(TypedDict, total=False):
    """What a club says of one session. Which of these a pattern needs, registry.timetable says."""

    pattern: str
    days: Iterable[int]
    starts: time
    ends: time
    season: str
    anchor: date | None
    nth: int
    dates: Iterable[date]
    runs: Iterable[tuple[date, date]]


def session_facts(activity: Activity) -> list[SessionFact]:
    """The sessions as the club wants them, through the week from Monday on."""
    return list(wanted_facts(activity, ("sessions",))["sessions"])


def recurrences_of(activity: Activity) -> list[Recurrence]:
    """The sessions as the club wants them, ready to be computed with."""
    return [Recurrence.from_record(one) for one in session_facts(activity)]


def over_on(activity: Activity) -> date | None:
    """The last day on which it happens: the one that its club gave, or that of the last of its
    dates where all of them come to an end. None where it goes on."""
    ends = last_date(map(Recurrence.from_record, fact(activity, "sessions")), school_calendar())
    days = [day for day in (activity.last_on, ends) if day is not None]
    return min(days) if days else None


def session_named(activity: Activity, key: str) -> SessionFact:
    """One session. Raises NotFound."""
    found = next((one for one in session_facts(activity) if one["key"] == key), None)
    if found is None:
        raise NotFound()
    return found


def add_session(
    activity: Activity, actor: Any, *, version: int | None = None, **told: Unpack[SessionFields]
) -> SessionFact:
    """Add a session. The same one twice is one; two that overlap are two groups."""
    may_change(activity, actor)
    there = session_facts(activity)
    new = _checked(Recurrence(**_given(told), key=_free_key(there)))
    for one in there:
        if _rule(one) == _rule(new):
            return one
    if len(there) >= MOST_SESSIONS:
        raise BadInput("That is as many sessions as one activity can have.")
    _keep(activity, actor, "add_session", new["key"], [*there, new], version)
    return new


def change_session(
    activity: Activity,
    key: str,
    actor: Any,
    *,
    version: int | None = None,
    **told: Unpack[SessionFields],
) -> bool:
    """Change what is said of a session; its single days stay. Answers whether anything changed.

    Raises NotFound, and StaleVersion.
    """
    may_change(activity, actor)
    before = session_named(activity, key)
    kept = Recurrence.from_record(before)
    given = Recurrence(**_given(told), key=key, off=kept.off, extra=kept.extra)
    after = _checked(given)
    if after == before:
        return False
    _replace(activity, actor, "change_session", key, lambda _: after, version)
    return True


def remove_session(activity: Activity, key: str, actor: Any, *, version: int | None = None) -> None:
    """Take a session away. One that has gone already is gone."""
    may_change(activity, actor)
    there = session_facts(activity)
    rest = [one for one in there if one["key"] != key]
    if len(rest) < len(there):
        _keep(activity, actor, "remove_session", key, rest, version)


def add_off(
    activity: Activity,
    keys: Iterable[str],
    actor: Any,
    *,
    first: date,
    last: date | None = None,
    why: str = "",
    version: int | None = None,
) -> list[date]:
    """Say on which days sessions do not happen, and why in a line. Answers those days.

    Only days on which one of them would happen are kept. Raises BadInput where there is none.
    """
    may_change(activity, actor)
    last = last or first
    if not first <= last <= first + LONGEST_AWAY:
        raise BadInput("The last day must not be before the first, nor more than a year later.")
    wanted, days = set(keys), set[date]()

    def with_off(one: SessionFact) -> SessionFact:
        if one["key"] not in wanted:
            return one
        recurrence = Recurrence.from_record(one)
        usual = Recurrence.from_record({**one, "extra": []})
        missed = {found.on for found in dates_between(usual, school_calendar(), first, last)}
        # Somebody who is not there is not there for an extra date either.
        extra = tuple(e for e in recurrence.extra if not first <= e.on <= last)
        days.update(missed, (e.on for e in recurrence.extra if first <= e.on <= last))
        off = (*recurrence.off, *(Off(day, why) for day in sorted(missed)))
        return _with_exceptions(recurrence, off, extra)

    sessions = [with_off(one) for one in session_facts(activity)]
    if not days:
        raise BadInput("You do not meet on any of those days. Check the date.")
    _keep(activity, actor, "add_off_days", "", sessions, version)
    return sorted(days)


def add_extra(
    activity: Activity,
    key: str,
    actor: Any,
    *,
    on: date,
    starts: time,
    ends: time,
    why: str = "",
    version: int | None = None,
) -> None:
    """Say on which day a session happens besides the rule."""
    may_change(activity, actor)
    if ends <= starts:
        raise BadInput("The end must be later than the start, on the same day.")
    one = session_named(activity, key)
    recurrence = Recurrence.from_record(one)
    there = dates_between(recurrence, school_calendar(), on, on)
    if any(found.starts == starts for found in there):
        raise BadInput("You already meet on that day at that time.")
    extra = (*recurrence.extra, Extra(on, starts, ends, why))
    after = _with_exceptions(recurrence, recurrence.off, extra)
    _replace(activity, actor, "add_extra_day", key, lambda _: after, version)


def remove_exception(
    activity: Activity, on: date, actor: Any, *, version: int | None = None
) -> None:
    """Let a day be as the rule has it again, for every session."""
    may_change(activity, actor)

    def usual(one: SessionFact) -> SessionFact:
        recurrence = Recurrence.from_record(one)
        return _with_exceptions(
            recurrence,
            tuple(off for off in recurrence.off if off.on != on),
            tuple(extra for extra in recurrence.extra if extra.on != on),
        )

    before = session_facts(activity)
    after = [usual(one) for one in before]
    if after != before:
        _keep(activity, actor, "remove_exception", "", after, version)


def _replace(
    activity: Activity,
    actor: Any,
    action: str,
    key: str,
    changed: Callable[[SessionFact], SessionFact],
    version: int | None,
) -> None:
    sessions = [changed(one) if one["key"] == key else one for one in session_facts(activity)]
    _keep(activity, actor, action, key, sessions, version)


def _keep(
    activity: Activity,
    actor: Any,
    action: str,
    key: str,
    sessions: list[SessionFact],
    version: int | None,
) -> None:
    """Write the sessions, or let them wait; the history has the session's key, and no words."""
    claim(activity, version)
    keep(activity, {"sessions": [dict(one) for one in in_order(sessions)]}, actor)
    offer_when_complete(activity)
    record(action, activity, actor, details={"session": key} if key else {})


def _with_exceptions(
    recurrence: Recurrence, off: Iterable[Off], extra: Iterable[Extra]
) -> SessionFact:
    """A session with these single days; the last that was said of a day counts."""
    kept_off = {one.on: one for one in off}
    kept_extra = {(one.on, one.starts): one for one in extra}
    if len(kept_off) + len(kept_extra) > MOST_EXCEPTIONS:
        raise BadInput("That is as many single days as one session can have.")
    record = recurrence.as_record()
    told = Recurrence(
        recurrence.pattern, off=tuple(kept_off.values()), extra=tuple(kept_extra.values())
    ).as_record()
    plain = {name: value for name, value in record.items() if name not in ("off", "extra")}
    return plain | {name: told[name] for name in ("off", "extra") if name in told}


def _given(told: Mapping[str, Any]) -> dict[str, Any]:
    """What was told, as a recurrence takes it."""
    unknown = set(told) - set(SessionFields.__annotations__)
    if unknown:
        raise TypeError(f"cannot be set: {', '.join(sorted(unknown))}")
    given = {"pattern": "weekly", "season": "term", **told}
    for name in ("days", "dates", "runs"):
        given[name] = tuple(dict.fromkeys(given.get(name) or ()))
    if given["pattern"] == "fortnightly" and given.get("anchor"):
        given["days"] = (given["anchor"].weekday(),)
    if given["pattern"] == "dates":
        given["season"] = ALL_YEAR
    return given


def _checked(session: Recurrence) -> SessionFact:
    """The session, if it says all that its pattern needs and nothing that it does not know."""
    pattern = session.pattern
    if pattern not in PATTERNS or session.season not in SEASONS:
        raise BadInput("Choose one of the answers on the page.")
    if session.starts is None or session.ends is None or session.ends <= session.starts:
        raise BadInput("The end must be later than the start, on the same day.")
    if not set(session.days) <= set(range(7)):
        raise BadInput("Choose a day of the week.")
    if len(session.days) != 1 and pattern in ("fortnightly", "monthly"):
        raise BadInput("Choose one day of the week.")
    if not session.days and pattern != "dates":
        raise BadInput("Choose a day of the week.")
    if pattern == "fortnightly" and session.anchor is None:
        raise BadInput("Give one date on which it happens.")
    if pattern == "monthly" and session.nth not in NTH:
        raise BadInput("Choose which one in the month.")
    if pattern == "dates" and not 0 < len(session.dates) <= MOST_DATES:
        raise BadInput(f"Give the dates, {MOST_DATES} at most.")
    _check_runs(session)
    return session.as_record()


def _check_runs(session: Recurrence) -> None:
    if len(session.runs) > MOST_RUNS or any(last < first for first, last in session.runs):
        raise BadInput("The last date must not be before the first.")
    runs = sorted(session.runs)
    if any(after[0] <= before[1] for before, after in pairwise(runs)):
        raise BadInput("Some of these dates are in two lines. Give each day once.")
    if session.pattern == "course" and len(session.runs) != 1:
        raise BadInput("Give the first and the last date.")
    if session.pattern not in ("course", "all_day") and session.runs:
        raise BadInput("Choose one of the answers on the page.")
    in_holidays = session.season in (*BREAKS, HOLIDAYS)
    if session.pattern == "all_day" and not session.runs and not in_holidays:
        raise BadInput("Choose the holidays, or give the dates.")


def _rule(one: SessionFact) -> SessionFact:
    """What makes two sessions the same: all but their names and their single days."""
    return {name: one[name] for name in one if name not in ("key", "off", "extra")}


def _free_key(there: Iterable[SessionFact]) -> str:
    taken = {one["key"] for one in there}
    key = token_hex(4)
    return key if key not in taken else _free_key(there)
