"""How the facts of a card are said on a page: when, where, how much.

Takes card documents as they are kept and never asks a database. What a card does not say is not
made up: the line says to ask the club.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from registry.cards.categories import Category, first_level, kept_categories
from registry.cards.documents import worked_out
from registry.cards.record import places_of
from registry.directory.asking import in_a_line
from registry.timetable import saying
from registry.web.formats import money, plural

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
    """A found card with all that its place among the results shows.

    `reasons` are why it fits, and `unsure` what was asked for and the card does not say.
    `on_paper` is what somebody needs who has no link to press: the address and a number.
    """

    document: Document
    href: str
    look: Category
    when: Line
    where: Line
    cost: Line
    tags: tuple[str, ...] = ()
    miles: float | None = None
    reasons: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    on_paper: str = ""


def card_line(document: Document, place_name: str, place: int = 0) -> Fit:
    """How a card is shown; `place` is the number of the place to name: the main one, if none."""
    what = ("card_line", place_name, place, kept_categories())
    return worked_out(document, what, lambda: _card_line(document, place_name, place))


def _card_line(document: Document, place_name: str, place: int) -> Fit:
    outside = place_of(document, place).get("outside_area")
    return Fit(
        document=document,
        href=f"/activities/{document['slug']}",
        look=look_of(document),
        when=when_line(document),
        where=where_line(document, place),
        cost=cost_line(document),
        tags=tuple(_tags(document, f"Outside {place_name}" if outside else "")),
        on_paper=on_paper(document, place),
    )


def _tags(document: Document, outside: str) -> Iterator[str]:
    if outside:
        yield outside
    if (document.get("booking") or {}).get("waiting_list") == "yes":
        yield "Waiting list"


def on_paper(document: Document, place: int = 0) -> str:
    """“Foundry Lane, WV10 0BD. Phone 01902 555010”: only what the card says of itself."""
    where = place_of(document, place)
    address = [*(where.get("address_lines") or ()), where.get("postcode")]
    phone = (document.get("contact") or {}).get("phone")
    told = (", ".join(filter(None, address)), f"Phone {phone}" if phone else "")
    return ". ".join(filter(None, told))


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
    line = _where(place_of(document, place))
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


def place_of(document: Document, number: int) -> Document:
    """One of its places; the main one where there is none of that number."""
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
                label = in_a_line(str(mark.get("label", "")))
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


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
