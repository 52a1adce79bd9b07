"""The register as plain files. They read cards and nothing else, and write nothing."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, time
from typing import Any, TypeVar

from flask import Response

from registry import clock, csv_files
from registry.cards.queries import register_version
from registry.config import settings
from registry.errors import NotFound
from registry.opendata.blueprint import blueprint
from registry.opendata.files import finding, geojson, newest, sitemap, table
from registry.opendata.files.streaming import streamed
from registry.opendata.files.table import Known
from registry.opendata.identifiers import identifier
from registry.opendata.licence import OGL, PLACES, attribution
from registry.opendata.published import PublishedCard, published_cards
from registry.opendata.sharing import for_every_site
from registry.web.caching import unchanged_since
from registry.web.guard import public

View = TypeVar("View", bound=Callable[..., Any])

CSV, METADATA = "/data/activities.csv", "/data/activities.csv-metadata.json"
# What a search engine may keep besides what is listed. Help is for nobody's history to show.
PAGES = (
    "/", "/activities", "/young-people", "/about", "/easy-read", "/criteria",
    "/what-you-will-need", "/model-texts", "/data", "/privacy", "/cookies", "/accessibility",
)  # fmt: skip


@blueprint.get(CSV)
@public
@unchanged_since(register_version)
def activities_table() -> Response:
    """Every activity as a line of a table."""
    answer = streamed(_lines(published_cards(), _known()), csv_files.MIME, "activities.csv")
    described = f'<{METADATA}>; rel="describedby"; type="{csv_files.METADATA_MIME}"'
    answer.headers.add("Link", described)
    return answer


def _lines(cards: Iterable[PublishedCard], known: Known) -> Iterator[str]:
    yield csv_files.header_of(table.COLUMNS)
    for card in cards:
        yield csv_files.line_of(table.COLUMNS, table.cells_of(card, known))


@blueprint.get(METADATA)
@public
@unchanged_since(register_version)
def activities_metadata() -> Response:
    """What each column of it means (CSV on the Web)."""
    told = {
        "dc:title": f"{settings().scheme_name}: activities for children",
        "dc:description": _what_this_is(),
        "dc:publisher": settings().council_name,
        "dc:license": {"@id": OGL.address},
        "dc:rights": f"{attribution()} {PLACES}",
        "dc:source": {"@id": f"{settings().public_url}/data"},
    }
    described = csv_files.table_of("activities.csv", table.COLUMNS, table.PRIMARY_KEY, told)
    return _json({"@context": csv_files.CONTEXT, **described}, csv_files.METADATA_MIME)


@blueprint.get("/data/activities.geojson")
@public
@unchanged_since(register_version)
def activities_points() -> Response:
    """Every activity as a feature of a map."""
    told = {
        "title": f"{settings().scheme_name}: activities for children",
        "description": _what_this_is(),
        "license": OGL.address,
        "attribution": f"{attribution()} {PLACES}",
    }
    pieces = geojson.collection(published_cards(), _known(), told)
    return streamed(pieces, geojson.MIME, "activities.geojson")


@blueprint.get(newest.PATH)
@public
@unchanged_since(register_version)
def new_activities() -> Response:
    """What came on the list last."""
    about = newest.About(
        title=f"New on the {settings().scheme_name} list",
        author=settings().council_name,
        since=datetime.combine(clock.today(), time(), UTC),
    )
    return Response(newest.feed(newest.newest(), _known(), about), content_type=newest.MIME)


@blueprint.get("/sitemap.xml")
@public
@for_every_site
@unchanged_since(register_version)
def sitemap_index() -> Response:
    """Where the parts of the sitemap are."""
    text = sitemap.index_of(sitemap.parts(), settings().public_url)
    return Response(text, content_type=sitemap.MIME)


@blueprint.get("/sitemaps/<any(pages,activities,organisations):of>-<id:number>.xml")
@public
@for_every_site
@unchanged_since(register_version)
def sitemap_part(of: str, number: int) -> Response:
    """One part of the sitemap."""
    rows = _pages(number) if of == sitemap.PAGES else sitemap.rows_of(of, number)
    if not rows:
        raise NotFound()
    return streamed(sitemap.part_of(rows, settings().public_url), sitemap.MIME)


def _pages(number: int) -> list[sitemap.Row]:
    """The pages that are always there."""
    return [(path, None) for path in PAGES] if number == 1 else []


@blueprint.get("/opensearch.xml")
@public
@for_every_site
@unchanged_since(register_version)
def search_description() -> Response:
    """How a browser searches here by itself."""
    chosen = settings()
    text = finding.search_description(
        chosen.scheme_name,
        chosen.place_name,
        chosen.public_url,
        attribution(),
        chosen.council_email,
    )
    return Response(text, content_type=finding.MIME)


@blueprint.get("/robots.txt")
@public
@for_every_site
@unchanged_since(register_version)
def robots() -> Response:
    """What crawlers may keep, and where the sitemap is."""
    chosen = settings()
    text = finding.robots(chosen.public_url, is_demonstration=chosen.demonstration)
    return Response(text, content_type="text/plain; charset=utf-8")


def _known() -> Known:
    return Known(settings().public_url, identifier, attribution())


def _what_this_is() -> str:
    return (
        "Every activity that is on the list today. The council read each club’s own answers and "
        "papers. Not listed does not mean unsafe: many good clubs have not joined. A text that "
        "begins like a formula has an apostrophe before it."
    )


def _json(told: Any, content_type: str) -> Response:
    return Response(json.dumps(told, ensure_ascii=False, indent=1), content_type=content_type)
