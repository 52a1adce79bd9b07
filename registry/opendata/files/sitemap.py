"""Where every page is that a search engine may keep (sitemaps.org): an index, and its parts.

A part has at most 50,000 addresses. Only what is public now has one, as everywhere.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import count
from typing import NamedTuple
from xml.sax.saxutils import escape

from sqlalchemy import Select, func, select

from registry.cards.models import Card, CardDates
from registry.database import db
from registry.opendata.published import is_published

MIME = "application/xml; charset=utf-8"
MOST = 50_000
PAGES, ACTIVITIES, ORGANISATIONS = "pages", "activities", "organisations"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

Row = tuple[str, datetime | None]


class Part(NamedTuple):
    """One file of the sitemap: of which pages, the how many-th, and when any of them changed."""

    of: str
    number: int
    changed_at: datetime | None

    @property
    def path(self) -> str:
        """Where it is."""
        return f"/sitemaps/{self.of}-{self.number}.xml"


def parts(most: int = MOST) -> list[Part]:
    """Every part that there is now."""
    found = [Part(PAGES, 1, None)]
    for of in (ACTIVITIES, ORGANISATIONS):
        for number in count(1):
            rows = _rows(of, number, most).subquery()
            how_many, at = db.session.execute(select(func.count(), func.max(rows.c.at))).one()
            if how_many:
                found.append(Part(of, number, at))
            if how_many < most:
                break
    return found


def rows_of(of: str, number: int, most: int = MOST) -> list[Row]:
    """The addresses of one part: a path, and when that page changed. None: no such part."""
    if number < 1:
        return []
    return [(f"/{of}/{slug}", at) for slug, at in db.session.execute(_rows(of, number, most))]


def index_of(found: Iterable[Part], public_url: str) -> str:
    """The index of these parts."""
    lines = [
        f"<sitemap><loc>{escape(public_url + part.path)}</loc>{_changed(part.changed_at)}</sitemap>"
        for part in found
    ]
    return "\n".join([f'{_HEAD}<sitemapindex xmlns="{_SPACE}">', *lines, "</sitemapindex>\n"])


def part_of(rows: Iterable[Row], public_url: str) -> Iterator[str]:
    """One part, an address at a time."""
    yield f'{_HEAD}<urlset xmlns="{_SPACE}">\n'
    for path, at in rows:
        yield f"<url><loc>{escape(public_url + path)}</loc>{_changed(at)}</url>\n"
    yield "</urlset>\n"


def _rows(of: str, number: int, most: int) -> Select[str, datetime | None]:
    asked = _of_activities() if of == ACTIVITIES else _of_organisations()
    return asked.offset((number - 1) * most).limit(most)


def _of_activities() -> Select[str, datetime | None]:
    return (
        select(Card.slug, CardDates.changed_at.label("at"))
        .join_from(Card, CardDates, CardDates.activity_id == Card.activity_id, isouter=True)
        .where(is_published())
        .order_by(Card.activity_id)
    )


def _of_organisations() -> Select[str, datetime | None]:
    return (
        select(Card.organisation_slug, func.max(CardDates.changed_at).label("at"))
        .join_from(Card, CardDates, CardDates.activity_id == Card.activity_id, isouter=True)
        .where(is_published())
        .group_by(Card.organisation_id, Card.organisation_slug)
        .order_by(Card.organisation_id)
    )


def _changed(at: datetime | None) -> str:
    return f"<lastmod>{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</lastmod>" if at else ""
