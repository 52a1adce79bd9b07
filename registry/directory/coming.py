"""When a listed activity happens next, from its card and today: in words, and as a file to keep."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from registry import clock
from registry.config import settings
from registry.directory.lines import Document, where_line
from registry.licence import OGL, attribution
from registry.timetable import saying
from registry.timetable.calendar_file import Entry, Happening, Terms, calendar_of_several
from registry.timetable.council_terms import school_calendar
from registry.timetable.recurrence import NextDates, Occurrence, Recurrence, next_dates
from registry.web.formats import time_range

# How many dates a page shows, and how many where nobody could count them out from the words alone.
MOST_DATES, MOST_UNEVEN_DATES = 3, 6
_EVEN = ("weekly", "drop_in")
_NEAR = ("Today", "Tomorrow")


class DateLine(NamedTuple):
    """One date to come: “Tuesday 24 November”, “Tomorrow”, “4.30pm to 5.30pm”, what is special."""

    day: str
    near: str
    time: str
    why: str


class Coming(NamedTuple):
    """The next date in a line, the dates to come, the single days that differ, and whether there
    is a file to keep. `follows_terms` says that the council's term dates decide when it happens.
    """

    next: str
    dates: list[DateLine]
    different: list[saying.Different]
    has_file: bool
    follows_terms: bool


def coming(document: Document) -> Coming | None:
    """What a page says of the dates to come; None where the club did not say when it happens."""
    sessions = document.get("sessions") or ()
    if not sessions:
        return None
    today, found = clock.today(), coming_dates(document)
    is_even = all(one["pattern"] in _EVEN for one in sessions)
    shown = found.dates[: MOST_DATES if is_even else MOST_UNEVEN_DATES]
    return Coming(
        next=saying.next_in_words(found, today),
        dates=[_date_line(one, today) for one in shown],
        different=saying.exceptions(sessions, today),
        has_file=has_calendar_file(document) and bool(found.dates),
        follows_terms=any(one.follows_terms() for one in recurrences_of(document)),
    )


def coming_dates(document: Document) -> NextDates:
    """The dates to come, as many as any page shows."""
    # By the hour, as the page's ETag has it: what is on now is the next until the hour is over.
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    recurrences = recurrences_of(document)
    return next_dates(recurrences, school_calendar(), hour, MOST_UNEVEN_DATES, last_on(document))


def _date_line(one: Occurrence, today: date) -> DateLine:
    days = (one.on - today).days
    return DateLine(
        day=saying.day_in_words(one.on, today),
        near=_NEAR[days] if days < len(_NEAR) else "",
        time=time_range(one.starts, one.ends) if one.has_times else one.part_of_day,
        why=one.why,
    )


def has_calendar_file(document: Document) -> bool:
    """Whether its clock times are public: a file of dates cannot do without them."""
    return not document.get("hide_times") and bool(document.get("sessions"))


def calendar_file_of(document: Document, version: int) -> bytes:
    """The dates of a listed activity for a calendar. `version` is that of its card."""
    path = f"/activities/{document['slug']}.ics"
    return calendar_file_of_several(document["name"], [(document, version)], path)


def calendar_file_of_several(name: str, listed: Iterable[tuple[Document, int]], path: str) -> bytes:
    """The dates of several listed activities in one file, each with the version of its card.

    `path` is where the file is on this site.
    """
    entries = [
        Entry(_happening(document, version), tuple(recurrences_of(document)), last_on(document))
        for document, version in listed
    ]
    of_use = Terms(f"{settings().public_url}{path}", OGL.address, attribution())
    return calendar_of_several(name, entries, school_calendar(), clock.today(), of_use)


def _happening(document: Document, version: int) -> Happening:
    chosen = settings()
    venue, place = document["venue"], where_line(document)
    # Of several places nobody knows here which one is on which day.
    is_one = not document.get("also_at")
    lines = [*(venue.get("address_lines") or ()), venue.get("postcode")] if is_one else []
    address = f"{chosen.public_url}/activities/{document['slug']}"
    by = document["organisation"]["name"]
    return Happening(
        uid=document["slug"],
        host=urlsplit(chosen.public_url).hostname or "localhost",
        name=document["name"],
        address=address,
        description=f"{by}. Check with the club before you go. {address}",
        place=", ".join(filter(None, [place.title, *lines])),
        categories=tuple(told["label"] for told in document.get("categories") or ()),
        point=_point(venue) if is_one else None,
        sequence=version,
        stamp=datetime.combine(clock.today(), time(), UTC),
    )


def recurrences_of(document: Document) -> list[Recurrence]:
    """When it happens, in the order of the week."""
    return [Recurrence.from_record(one) for one in saying.in_order(document.get("sessions") or ())]


def last_on(document: Document) -> date | None:
    """The last day of the whole, where it has one."""
    told = document.get("last_on")
    return date.fromisoformat(told) if told else None


def _point(venue: Any) -> tuple[float, float] | None:
    """Where it is on a map; a place that is kept private has none in a file."""
    if venue.get("hidden") or venue.get("latitude") is None or venue.get("longitude") is None:
        return None
    return venue["latitude"], venue["longitude"]
