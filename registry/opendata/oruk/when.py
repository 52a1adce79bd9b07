"""When a service happens, as schedules: the rule for computers, and a sentence for people.

Times are those of a clock in London; where they are not public there are none. What a rule cannot
say (in term time only, a single day off) stands in words beside it.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from registry.opendata.addresses import web_uri
from registry.opendata.oruk.context import Context, Document, Thing
from registry.opendata.oruk.saying import told
from registry.timetable import saying
from registry.timetable.terms import ALL_YEAR, TERM

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MOST_STRETCHES = 6
# How far ahead the stretches of holidays are told.
_AHEAD_YEARS = 2


def schedules_of(document: Document, service_id: str, to: Context) -> list[Thing]:
    """Each session's rule and each of its dates that follows none."""
    sessions = saying.in_order(document.get("sessions") or ())
    link = web_uri(str((document.get("booking") or {}).get("link") or ""))
    rules = (rule for session in sessions for rule in _rules(session, document, to))
    return [
        told(
            id=to.part(service_id, "schedule", number),
            service_id=service_id,
            schedule_link=link,
            **rule,
        )
        for number, rule in enumerate(rules)
    ]


def _rules(session: Document, document: Document, to: Context) -> Iterator[Thing]:
    said = told(
        description=_sentence(saying.sentence(session)),
        notes=_notes(session, to.today),
        **_clock(session),
    )
    if session["pattern"] == "dates":
        yield from ({**said, **_single(day)} for day in sorted(session["dates"]))
    else:
        rule = {**said, **_rule(session)}
        yield from ({**rule, **ends} for ends in _stretches(session, document, to))
    for extra in session.get("extra") or ():
        yield told(
            description=_sentence(f"Also on {saying.day_in_words(extra['on'], to.today)}"),
            notes=extra.get("why"),
            **_single(extra["on"]),
            **_clock(extra),
        )


def _rule(session: Document) -> Thing:
    days = [_DAYS[day] for day in session.get("days") or ()]
    pattern = session["pattern"]
    if pattern == "monthly":
        nth = session["nth"]
        return told(freq="MONTHLY", interval=1, byday=",".join(f"{nth}{day}" for day in days))
    return told(
        freq="WEEKLY",
        interval=2 if pattern == "fortnightly" else 1,
        byday=",".join(days),
        dtstart=session.get("anchor"),
    )


def _stretches(session: Document, document: Document, to: Context) -> Iterator[Thing]:
    """Between which days the rule holds: the runs of a course, the holidays to come, or the whole
    time. Term time is told in words: each half of a term by itself would hide the rule."""
    last = document.get("last_on")
    season = session.get("season") or ALL_YEAR
    runs: list[Any] = sorted(session.get("runs") or ())
    if not runs and season not in (ALL_YEAR, TERM):
        until = date(to.today.year + _AHEAD_YEARS, 12, 31)
        spans = list(to.calendar.spans(season, to.today, until))[:_MOST_STRETCHES]
        runs = [(first.isoformat(), end.isoformat()) for first, end in spans]
    for first, end in runs:
        yield told(valid_from=first, valid_to=min(filter(None, (end, last))))
    if not runs:
        yield told(valid_to=last)


def _single(day: str) -> Thing:
    return {"dtstart": day, "valid_from": day, "valid_to": day}


def _clock(session: Document) -> Thing:
    return told(opens_at=_seconds(session.get("start")), closes_at=_seconds(session.get("end")))


def _seconds(clock: Any) -> str:
    return f"{clock}:00" if clock else ""


def _notes(session: Document, today: date) -> str:
    season = session.get("season")
    lines = [
        "In school term time only" if season == TERM else "",
        *(one.said for one in saying.exceptions([{**session, "extra": ()}], today)),
    ]
    return ". ".join(filter(None, lines))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
