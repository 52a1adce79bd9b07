"""What a club may alter of each record, as plain JSON: the same shape kept, compared and shown.

A field is a fact. Whatever is edited on a page goes through here, so that what waits for the
council can be kept beside the working record, and written into it later exactly as it was told.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.database import db
from registry.geography.places import format_postcode
from registry.geography.queries import find_postcode
from registry.organisations.models import (
    Activity,
    ActivityCategory,
    ActivityMark,
    ActivityVenue,
    Organisation,
    Session,
    Venue,
)
from registry.timetable.recurrence import Recurrence
from registry.timetable.saying import in_order

__all__ = [
    "Record",
    "fact",
    "facts_of",
    "fields_of",
    "postcode_as_kept",
    "session_fact",
    "set_facts",
    "split_about",
]

Record = Organisation | Venue | Activity
ABOUT = "about."
# What a session keeps as it is told, and what each is where nothing is.
_SESSION_LISTS: dict[str, Callable[[], Any]] = {
    **dict.fromkeys(("key", "pattern", "season"), str),
    "nth": int,
    **dict.fromkeys(("days", "dates", "runs", "off", "extra"), list),
}


@dataclass(frozen=True)
class Field:
    """How one fact is read from a record and written into it."""

    read: Callable[[Any], Any]
    write: Callable[[Any, Any], None]


def fact(record: Record, name: str) -> Any:
    """One fact of a record as plain JSON. `about.p_trips` is one profile answer of an activity."""
    if name.startswith(ABOUT):
        return record.about.get(name.removeprefix(ABOUT))
    return _FIELDS[type(record)][name].read(record)


def facts_of(record: Record) -> dict[str, Any]:
    """Every fact of a record."""
    return {name: fact(record, name) for name in fields_of(record)}


def fields_of(record: Record) -> tuple[str, ...]:
    """The names of its facts, the profile answers that it has included."""
    about = tuple(ABOUT + key for key in sorted(record.about)) if _has_about(record) else ()
    return tuple(_FIELDS[type(record)]) + about


def set_facts(record: Record, values: Mapping[str, Any]) -> None:
    """Write facts into a record. Nobody is asked: whoever calls has done that."""
    for name in _in_order(record, values):
        if name.startswith(ABOUT):
            _set_about(record, name.removeprefix(ABOUT), values[name])
        else:
            _FIELDS[type(record)][name].write(record, values[name])
    db.session.flush()


def split_about(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with the profile answers one by one."""
    split = {name: value for name, value in values.items() if name != "about"}
    return split | {ABOUT + key: parts for key, parts in values.get("about", {}).items()}


def _in_order(record: Record, values: Mapping[str, Any]) -> Iterable[str]:
    """As the table has them: a place's privacy before its postcode, which it may empty."""
    known = [name for name in _FIELDS[type(record)] if name in values]
    return [*known, *(name for name in values if name.startswith(ABOUT))]


def _has_about(record: Record) -> bool:
    return isinstance(record, Activity)


def _set_about(record: Any, key: str, parts: Any) -> None:
    rest = {name: value for name, value in record.about.items() if name != key}
    record.about = rest if parts is None else {**rest, key: parts}


def _plain(*names: str) -> dict[str, Field]:
    """Facts that are columns of text, numbers, or yes and no."""
    return {name: Field(_reader(name), _writer(name)) for name in names}


def _reader(name: str) -> Callable[[Any], Any]:
    return lambda record: getattr(record, name)


def _writer(name: str) -> Callable[[Any, Any], None]:
    return lambda record, value: setattr(record, name, value)


def _day(name: str) -> dict[str, Field]:
    """A fact that is a date, or nothing."""

    def read(record: Any) -> str | None:
        day = getattr(record, name)
        return day.isoformat() if day else None

    def write(record: Any, value: str | date | None) -> None:
        setattr(record, name, date.fromisoformat(value) if isinstance(value, str) else value)

    return {name: Field(read, write)}


def postcode_as_kept(typed: str) -> str:
    """A postcode in the one way in which it is written; one that nobody knows as it was typed."""
    found = find_postcode(typed)
    return format_postcode(found.postcode) if found else typed.upper()[:10]


def _set_postcode(venue: Venue, typed: str) -> None:
    """A postcode with its point and its ward, which come from nowhere else."""
    found = find_postcode(typed)
    venue.postcode = postcode_as_kept(typed)
    for name in ("ward_code", "ward_name", "authority_code", "authority_name"):
        setattr(venue, name, getattr(found, name) if found else "")
    for name in ("latitude", "longitude"):
        setattr(venue, name, getattr(found, name) if found else None)


def _venues(activity: Activity) -> list[int]:
    return [one.venue_id for one in activity.happens_at]


def _set_venues(activity: Activity, numbers: Iterable[int]) -> None:
    """Replace them in two steps, as categories are. A place that has gone is left out."""
    places = {one.id: one for one in activity.organisation.venues}
    found = [places[number] for number in dict.fromkeys(numbers) if number in places]
    if activity.happens_at:
        activity.happens_at = []
        db.session.flush()
    activity.happens_at = [
        ActivityVenue(position=position, venue=venue) for position, venue in enumerate(found)
    ]
    db.session.flush()


def _categories(activity: Activity) -> list[str]:
    return [one.code for one in activity.categories]


def _set_categories(activity: Activity, codes: Iterable[str]) -> None:
    """Replace them in two steps: a code may move to a place that another still holds."""
    if activity.categories:
        activity.categories = []
        db.session.flush()
    activity.categories = [
        ActivityCategory(position=position, code=code) for position, code in enumerate(codes)
    ]
    db.session.flush()


def _marks(activity: Activity) -> dict[str, list[str]]:
    return {one.code: [one.answer, one.note] for one in activity.marks}


def _set_marks(activity: Activity, marks: Mapping[str, Iterable[str]]) -> None:
    kept = {one.code: one for one in activity.marks if one.code in marks}
    activity.marks = list(kept.values())
    for code, (answer, note) in marks.items():
        if code in kept:
            kept[code].answer, kept[code].note = answer, note
        else:
            activity.marks.append(ActivityMark(code=code, answer=answer, note=note))
    db.session.flush()


def session_fact(session: Session) -> dict[str, Any]:
    """One session as plain JSON: a recurrence as registry.timetable keeps them."""
    told = {name: getattr(session, name) for name in _SESSION_LISTS}
    clocks = {
        "start": session.starts.strftime("%H:%M"),
        "end": session.ends.strftime("%H:%M"),
        "anchor": session.anchor.isoformat() if session.anchor else "",
    }
    return {name: value for name, value in (told | clocks).items() if value}


def _write_session(session: Session, told: Mapping[str, Any]) -> Session:
    """Make a session say this. What is left out says nothing."""
    recurrence = Recurrence.from_record(told)
    record = recurrence.as_record()
    for name in _SESSION_LISTS:
        setattr(session, name, record.get(name, _SESSION_LISTS[name]()))
    for name in ("starts", "ends", "anchor"):
        setattr(session, name, getattr(recurrence, name))
    return session


def _sessions(activity: Activity) -> list[dict[str, Any]]:
    return [dict(one) for one in in_order(session_fact(one) for one in activity.sessions)]


def _set_sessions(activity: Activity, told: Iterable[Mapping[str, Any]]) -> None:
    """Make these its sessions. One whose key is there already stays the same row."""
    there = {row.key: row for row in activity.sessions}
    activity.sessions = [_write_session(there.get(one["key"]) or Session(), one) for one in told]
    db.session.flush()


_FIELDS: dict[type, dict[str, Field]] = {
    Organisation: _plain(
        "name",
        "description",
        "website",
        "phone",
        "email",
        "website_is_public",
        "phone_is_public",
        "email_is_public",
    ),
    Venue: {
        **_plain("name", "address", "privacy"),
        "postcode": Field(_reader("postcode"), _set_postcode),
    },
    Activity: {
        **_plain(
            "name",
            "summary",
            "description",
            "bring",
            "min_months",
            "max_months",
            "ages_said",
            "parent_stays",
            "languages",
            "place_kind",
            "place_area",
            "price_kind",
            "price_pence",
            "price_period",
            "price_note",
            "trial",
            "trial_pence",
            "booking_kind",
            "booking_link",
            "booking_note",
            "waiting_list",
            "picture",
        ),
        **_day("last_on"),
        "venues": Field(_venues, _set_venues),
        "categories": Field(_categories, _set_categories),
        "marks": Field(_marks, _set_marks),
        "sessions": Field(_sessions, _set_sessions),
    },
}
