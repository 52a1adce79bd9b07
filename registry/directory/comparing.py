"""What a shortlist says of each activity, so that several can be held against each other."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from registry.cards.record import places_of
from registry.directory import lines
from registry.directory.coming import Coming, coming, has_calendar_file
from registry.directory.shortlist import Shortlist
from registry.directory.telling import per_session_line

Document = Mapping[str, Any]


class Answers(NamedTuple):
    """What a club says of several points at once: “Ask us” and the points it says that of."""

    said: str
    icon: str
    labels: tuple[str, ...]


class Compared(NamedTuple):
    """One activity of a shortlist, a field for each thing that is compared."""

    document: Document
    href: str
    remove_href: str
    when: lines.Line
    coming: Coming | None
    where: lines.Line
    postcode: str
    parents: str
    cost: lines.Line
    per_session: str
    support: tuple[Answers, ...]
    access: tuple[Answers, ...]
    booking_link: str

    @property
    def has_dates(self) -> bool:
        """Whether a calendar file can have its dates."""
        return bool(self.coming and self.coming.has_file)


def compared(document: Document, shortlist: Shortlist) -> Compared:
    """One of the activities on a shortlist."""
    slug = str(document["slug"])
    booking = document.get("booking") or {}
    return Compared(
        document=document,
        href=shortlist.listing_address(slug),
        remove_href=shortlist.removing(slug).address(),
        when=lines.when_line(document),
        coming=coming(document),
        where=lines.where_line(document),
        postcode=_postcode(document),
        parents=lines.parent_line(document),
        cost=lines.cost_line(document),
        per_session=per_session_line(document),
        support=_answers(document.get("support")),
        access=_answers(document.get("access")),
        booking_link=_link(booking),
    )


def with_dates(listed: Sequence[tuple[Document, int]]) -> list[tuple[Document, int]]:
    """Those that a calendar file can hold."""
    return [(document, version) for document, version in listed if has_calendar_file(document)]


def _answers(marks: Sequence[Document] | None) -> tuple[Answers, ...]:
    """The points of each answer together, what is there first."""
    found: dict[tuple[str, str], list[str]] = {}
    for mark in lines.mark_lines(marks):
        found.setdefault((mark.said, mark.icon), []).append(mark.label)
    return tuple(Answers(*said, tuple(labels)) for said, labels in found.items())


def _link(booking: Document) -> str:
    """Where to book on the web, if that is how."""
    is_by_link = booking.get("kind") == "link"
    return lines.web_address(str(booking.get("link") or "")) if is_by_link else ""


def _postcode(document: Document) -> str:
    """The postcode of its one place, where that is public."""
    places = places_of(document)
    if len(places) > 1 or places[0].get("hidden"):
        return ""
    return str(places[0].get("postcode") or "")
