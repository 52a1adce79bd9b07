"""How the facts of a card are said on a page: when, where, how much, and why it fits.

Takes card documents as they are kept and never asks a database. What a card does not say is not
made up: the line says to ask the club.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from registry.directory.cards import places_of
from registry.directory.categories import Category, category, first_level
from registry.directory.queries import Hit, SearchResult
from registry.directory.search_request import SearchRequest, ages_in_words
from registry.geography.queries import SearchPoint
from registry.timetable import saying
from registry.timetable.council_terms import school_calendar
from registry.timetable.recurrence import Recurrence
from registry.timetable.saying import days_in_words
from registry.web.formats import in_words, miles, money, plural

Document = Mapping[str, Any]


class Line(NamedTuple):
    """A fact in a few words, and what else there is to say about it."""

    title: str
    note: str = ""
    time: str = ""


class SessionLine(NamedTuple):
    """One row of the week: “Tuesdays”, “4.30pm to 5.30pm”, “Term time”."""

    day: str
    time: str
    season: str


class MarkLine(NamedTuple):
    """What the club says of one kind of support: `answer` is yes, ask or no."""

    answer: str
    said: str
    label: str
    icon: str


class Fit(NamedTuple):
    """A found card with all that its place among the results shows."""

    document: Document
    href: str
    look: Category
    when: Line
    where: Line
    cost: Line
    tag: str = ""
    miles: float | None = None
    reasons: tuple[str, ...] = ()


def card_line(document: Document, place_name: str, place: int = 0) -> Fit:
    """How a card is shown; `place` is the number of the place to name: the main one, if none."""
    outside = _place(document, place).get("outside_area")
    return Fit(
        document=document,
        href=f"/activities/{document['slug']}",
        look=look_of(document),
        when=when_line(document),
        where=where_line(document, place),
        cost=cost_line(document),
        tag=f"Outside {place_name}" if outside else "",
    )


def fit(hit: Hit, result: SearchResult, place_name: str) -> Fit:
    """How one hit is shown among the results of a search."""
    return card_line(hit.document, place_name, hit.place)._replace(
        miles=hit.miles, reasons=tuple(reasons(hit, result))
    )


def look_of(document: Document) -> Category:
    """The first-level category whose icon and tint the card wears: that of its main category."""
    codes = [str(told.get("code", "")) for told in document.get("categories") or ()]
    return first_level(codes[0] if codes else "")


def when_line(document: Document) -> Line:
    """“Mondays and Thursdays, 5pm to 6pm, all year”; “Every other Tuesday, 5pm to 6pm”."""
    sessions = document.get("sessions")
    if not sessions:
        return Line("Ask the club when")
    told = saying.told_together(sessions)
    return Line(told.days, _sentence(told.season), told.time)


def session_lines(document: Document) -> list[SessionLine]:
    """The sessions of an activity, through the week from Monday on."""
    told = map(saying.told, saying.in_order(document.get("sessions") or ()))
    return [SessionLine(t.days, t.time or "Ask the club", _sentence(t.season)) for t in told]


def where_line(document: Document, place: int = 0) -> Line:
    """One place as far as it is public, its part of the city, and how many more there are."""
    line = _where(_place(document, place))
    others = len(places_of(document)) - 1
    if not others:
        return line
    more = f"and {plural(others, 'more place', 'more places')}"
    return Line(line.title, f"{line.note}, {more}" if line.note else more)


def _where(venue: Document) -> Line:
    if venue.get("online"):
        return Line("Online")
    area = str(venue.get("ward") or venue.get("area_label") or "")
    if venue.get("various"):
        return Line("Various places", area)
    if venue.get("hidden"):
        return Line(area or "Ask the club where", "Address kept private")
    if venue.get("name"):
        return Line(str(venue["name"]), area)
    return Line(area or "Ask the club where")


def _place(document: Document, number: int) -> Document:
    places = places_of(document)
    return places[number] if number < len(places) else places[0]


def cost_line(document: Document) -> Line:
    """“£3.50 a session”, “Free”, and what the club adds."""
    cost = document.get("cost") or {}
    kind, note = cost.get("kind"), str(cost.get("note") or "")
    pence = int(cost.get("pence") or 0)
    if kind == "haf":
        return Line("Free with a HAF code", note)
    if kind == "donation":
        return Line("Give what you can", note or (f"About {money(pence)}" if pence else ""))
    if kind == "free" or pence == 0:
        return Line("Free" if kind else "Ask the club", note)
    unit = str(cost.get("unit_label") or "a session")
    return Line(f"{money(pence)} {unit}", note or ("For members" if kind == "membership" else ""))


def parent_line(document: Document) -> str:
    """Whether a parent stays."""
    said = {"yes": "A parent or carer stays", "optional": "Parents can stay"}
    return said.get(str(document.get("parent_stays")), "")


def reasons(hit: Hit, result: SearchResult) -> list[str]:
    """Why this card fits: a few words for each thing that was asked for."""
    request, document = result.request, hit.document
    found = []
    if request.q:
        found.append(f"fits “{request.q}”")
    if request.ages:
        found.append(f"right for {_age_in_words(_shared_ages(document, request))}")
    found.extend(_shared_categories(document, request))
    days = sorted(_weekdays(document) & set(request.days))
    if days:
        found.append(f"on {days_in_words(days)}")
    if result.place:
        found.append(_distance(hit, result.place))
    return found


def heading(result: SearchResult) -> str:
    """The title of the results: how many there are."""
    if result.total:
        return plural(result.total, "activity", "activities")
    if result.request.asks_for_nothing:
        return "Nothing is on the list yet"
    return "Nothing matches all of that yet"


def asked_in_words(result: SearchResult) -> str:
    """“for age 8, on Tuesdays, within 2 miles of WV10 0BB”. Nothing for nothing asked."""
    request = result.request
    said = []
    if request.q:
        said.append(f"for “{request.q}”")
    if request.ages:
        said.append(f"for {_age_in_words(request.ages)}")
    if request.categories:
        said.append(f"in {in_words(map(category_label, request.categories), last='or')}")
    if request.days:
        said.append(f"on {days_in_words(request.days, last='or')}")
    if result.place:
        said.append(near_in_words(result))
    return ", ".join(said)


def near_in_words(result: SearchResult) -> str:
    """“within 2 miles of WV10 0BB”; for an area, of its middle."""
    place, far = result.place, result.request.miles
    if place is None:
        return ""
    label = place.label if place.exact else f"the middle of {place.label}"
    return f"nearest to {label}" if far is None else f"within {miles(far)} of {label}"


def category_label(code: str) -> str:
    """What people call a kind of activity."""
    found = category(code)
    return found.label if found else code


def mark_lines(marks: Iterable[Document] | None) -> list[MarkLine]:
    """Support or access, what is there first: the club's own answer, each one."""
    said = {
        "yes": ("Yes", "tick"),
        "ask": ("Ask us", "talk"),
        "no": ("No", "cross"),
    }
    lines = []
    for answer, (words, icon) in said.items():
        for mark in marks or ():
            if mark.get("answer") == answer:
                label = _small_first(str(mark.get("label", "")))
                note = f" ({mark['note']})" if mark.get("note") else ""
                lines.append(MarkLine(answer, words, f"{label}{note}", icon))
    return lines


def paragraphs(text: str) -> list[str]:
    """What a club wrote, a paragraph for each block of lines."""
    return [block.strip() for block in re.split(r"\n\s*\n", text.strip()) if block.strip()]


def web_address(text: str) -> str:
    """An address that a link may go to, or nothing: only the web, and only with a name in it."""
    given = text.strip()
    address = given if re.match(r"(?i)[a-z][a-z0-9+.-]*:", given) else f"https://{given}"
    try:
        parts = urlsplit(address)
        named = bool(parts.hostname) and "." in str(parts.hostname)
    except ValueError:
        return ""
    plain = address.isprintable() and " " not in address and "\\" not in address
    return address if parts.scheme in ("http", "https") and named and plain else ""


def shown_address(text: str) -> str:
    """An address as people say it: without https:// and a last slash."""
    return re.sub(r"(?i)^https?://(www\.)?", "", text.strip()).rstrip("/")


def _distance(hit: Hit, place: SearchPoint) -> str:
    venue = _place(hit.document, hit.place)
    if hit.miles is None and venue.get("various"):
        return "at various places"
    if hit.miles is None:
        return "online, so any distance" if venue.get("online") else "ask the club how far it is"
    rough = venue.get("hidden") or not place.exact
    return f"{'about ' if rough else ''}{miles(hit.miles)} from {place.label}"


def _shared_ages(document: Document, request: SearchRequest) -> Sequence[int]:
    ages = document["ages"]
    youngest, oldest = ages["min_months"] // 12, ages["max_months"] // 12
    return [age for age in request.ages if youngest <= age <= oldest]


def _shared_categories(document: Document, request: SearchRequest) -> list[str]:
    held = [str(told.get("code", "")) for told in document.get("categories") or ()]
    held += [code.partition(".")[0] for code in held]
    return [category_label(code) for code in request.categories if code in held]


def _age_in_words(ages: Iterable[int]) -> str:
    words = ages_in_words(ages)
    return f"age {words}" if words.isdigit() else f"ages {words}"


def _weekdays(document: Document) -> set[int]:
    """The days of the week on which it happens as a rule, whatever the pattern."""
    sessions = map(Recurrence.from_record, document.get("sessions") or ())
    return {day for one in sessions for day in one.weekdays(school_calendar())}


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small_first(text: str) -> str:
    """“No steps” is “no steps” inside a line, and “BSL” stays as it is."""
    first = text.split(" ", 1)[0]
    return text if first != first.capitalize() else text[:1].lower() + text[1:]
