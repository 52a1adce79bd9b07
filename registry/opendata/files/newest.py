"""What is new on the list, as a feed to follow (Atom, RFC 4287)."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from sqlalchemy import select

from registry.cards.models import Card, CardDates
from registry.database import db
from registry.licence import OGL
from registry.opendata.files.table import Known
from registry.opendata.published import PublishedCard, is_published, published_among
from registry.timetable import saying

MIME = "application/atom+xml; charset=utf-8"
PATH = "/data/new-activities.atom"
MOST = 50
_ATOM = "http://www.w3.org/2005/Atom"


class About(NamedTuple):
    """The feed itself: its title, whose it is, and the moment before which nothing is known."""

    title: str
    author: str
    since: datetime


def newest(most: int = MOST) -> list[PublishedCard]:
    """What came on the list last, the newest first. What was there before anybody kept dates, or
    comes back, is not new."""
    found = (
        select(Card.activity_id)
        .join_from(Card, CardDates, CardDates.activity_id == Card.activity_id)
        .where(is_published(), CardDates.first_listed_at.is_not(None))
        .order_by(CardDates.first_listed_at.desc(), Card.activity_id.desc())
        .limit(most)
    )
    numbers = list(db.session.scalars(found))
    cards = {one.activity_id: one for one in published_among(numbers)}
    return [cards[number] for number in numbers]


def feed(cards: Iterable[PublishedCard], known: Known, about: About) -> bytes:
    """The feed of these."""
    cards = list(cards)
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": "en-GB"})
    _said(root, "id", f"urn:uuid:{known.identifier('feed', 'new-activities')}")
    _said(root, "title", about.title)
    _said(root, "updated", _instant(max((_changed(one) for one in cards), default=about.since)))
    _said(SubElement(root, "author"), "name", about.author)
    _link(root, "self", f"{known.public_url}{PATH}", "application/atom+xml")
    _link(root, "alternate", f"{known.public_url}/activities", "text/html")
    _link(root, "license", OGL.address, "text/html")
    _said(root, "rights", known.attribution)
    for card in cards:
        root.append(_entry(card, known))
    indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="utf-8")


def _entry(card: PublishedCard, known: Known) -> Element:
    document, entry = card.document, Element("entry")
    _said(entry, "id", f"urn:uuid:{known.identifier('service', card.activity_id)}")
    _said(entry, "title", card.name)
    if card.first_listed_at:
        _said(entry, "published", _instant(card.first_listed_at))
    _said(entry, "updated", _instant(_changed(card)))
    _said(SubElement(entry, "author"), "name", document["organisation"]["name"])
    _link(entry, "alternate", f"{known.public_url}/activities/{card.slug}", "text/html")
    for one in document.get("categories") or ():
        SubElement(entry, "category", {"term": one["code"], "label": one["label"]})
    _said(entry, "summary", _summary(card))
    return entry


def _summary(card: PublishedCard) -> str:
    """What it is, for whom, when and where about, in a few lines."""
    document = card.document
    when = [saying.sentence(one) for one in saying.in_order(document.get("sessions") or ())]
    told = (
        document.get("summary"),
        document["ages"].get("label"),
        *when,
        document["venue"].get("area_label"),
    )
    return "\n".join(str(one) for one in told if one)


def _changed(card: PublishedCard) -> datetime:
    at = card.changed_at or card.first_listed_at
    assert at is not None  # only those with a date are asked for
    return at


def _said(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _printable(text)


def _printable(text: str) -> str:
    """Without what XML has no place for, were it ever typed."""
    return "".join(one for one in text if one >= " " or one in "\t\n\r")


def _link(parent: Element, rel: str, href: str, kind: str) -> None:
    SubElement(parent, "link", {"rel": rel, "href": href, "type": kind})


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
