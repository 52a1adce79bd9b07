"""The addresses of Open Referral UK 3.0, all for reading, by anybody and from any site."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, time
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from flask import Response, request
from pydantic import BaseModel

from registry import clock
from registry.cards.queries import register_version, register_version_raised_at
from registry.errors import NotFound
from registry.opendata.blueprint import blueprint
from registry.opendata.oruk import finding, shapes, telling
from registry.opendata.oruk.answers import as_json, listed, whole
from registry.opendata.oruk.asking import (
    Asked,
    BadQuestion,
    Shown,
    queries_of,
    read_question,
)
from registry.opendata.oruk.context import BASE, Context, Thing, context
from registry.opendata.oruk.faults import BELOW, bad_question, fault
from registry.opendata.oruk.openapi import document
from registry.opendata.oruk.who import organization_in_full, organization_of
from registry.opendata.published import PublishedCard, published_among, published_card
from registry.taxonomies.terms import Taxonomy
from registry.web.caching import unchanged_since
from registry.web.faults import tell_faults_otherwise
from registry.web.guard import public

View = TypeVar("View", bound=Callable[..., Response])

VERSION = "HSDS-UK-3.0"
PROFILE = "https://github.com/OpenReferralUK/uk-profile/blob/main/docs/index.md"


def _open(path: str) -> Callable[[View], View]:
    """An address below the base, with and without a slash behind it."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answered(**arguments: Any) -> Response:
            answer = view(**arguments)
            answer.headers.setdefault("Last-Modified", _http_date(_changed_at()))
            return answer

        endpoint = f"oruk_{view.__name__}"
        guarded = public(unchanged_since(register_version)(answered))
        blueprint.add_url_rule(
            f"{BASE}{path}", endpoint, guarded, methods=["GET"], strict_slashes=False
        )
        return view

    return decorate


@_open("/")
def about() -> Response:
    """What this is, and where it is described."""
    base = context().base
    return whole(
        shapes.About,
        {"version": VERSION, "profile": PROFILE, "openapi_url": f"{base}/openapi.json"},
    )


@_open("/openapi.json")
def openapi() -> Response:
    """All of this for computers."""
    return Response(document(), content_type="application/json")


@_open("/services")
def services() -> Response:
    """A page of what is listed today."""
    asked, shown = _question()
    to = context()
    tell = _tell_services(shown, to)
    return listed(finding.found(finding.SERVICES, asked, to), shown, tell)


@_open("/services/<identifier>")
def service(identifier: str) -> Response:
    """One service with everything that belongs to it."""
    card = _public(finding.service_of(_id(identifier)))
    answer = whole(shapes.Service, telling.service_in_full(card, context()))
    return _changed_with(card, answer)


@_open("/service_at_locations")
def service_at_locations() -> Response:
    """A page of services at their places."""
    asked, shown = _question()
    to = context()
    found = finding.found(finding.AT_LOCATIONS, asked, to)
    return listed(found, shown, _tell_at_locations(shown, to))


@_open("/service_at_locations/<identifier>")
def service_at_location(identifier: str) -> Response:
    """One service at one of its places."""
    number, place = finding.at_location_of(_id(identifier)) or (None, 0)
    card = _public(number)
    thing = telling.at_location_in_full(card, place, context())
    return _changed_with(card, whole(shapes.ServiceAtLocation, thing))


@_open("/organizations")
def organizations() -> Response:
    """A page of those who have something listed today."""
    asked, shown = _question()
    to = context()
    found = finding.found(finding.ORGANIZATIONS, asked, to)
    return listed(found, shown, _tell_organizations(shown, to))


@_open("/organizations/<identifier>")
def organization(identifier: str) -> Response:
    """One organisation with what it has listed today."""
    _, shown = _question()
    to = context()
    cards = published_among(finding.services_of_organization(_id(identifier), to.today))
    if not cards:
        raise NotFound()
    tell = telling.service_in_full if shown.full_service else telling.service_item
    first = cards[0]
    thing = organization_in_full(first.document, first.organisation_id, to)
    return whole(shapes.Organization, {**thing, "services": [tell(card, to) for card in cards]})


@_open("/taxonomies")
def taxonomies() -> Response:
    """A page of the lists of terms that are used here."""
    asked, shown = _question()
    to, words = context(), asked.search.casefold()
    every = [one for one in to.vocabulary.every if words in f"{one.name} {one.told}".casefold()]
    return _few(every, shown, lambda one: as_json(shapes.Taxonomy, _taxonomy(one, to)))


@_open("/taxonomies/<identifier>")
def taxonomy(identifier: str) -> Response:
    """One list of terms, with each of them."""
    to = context()
    one = to.vocabulary.taxonomies.get(_id(identifier))
    if one is None:
        raise NotFound()
    terms = [to.vocabulary.things[term] for term in one.terms]
    return whole(shapes.FullTaxonomy, {**_taxonomy(one, to), "taxonomy_terms": terms})


@_open("/taxonomy_terms")
def taxonomy_terms() -> Response:
    """A page of terms, of all lists or of one."""
    asked, shown = _question()
    things = context().vocabulary.things
    every = [one for one in things.values() if _is_wanted(one, asked, shown)]
    return _few(every, shown, lambda one: as_json(shapes.TaxonomyTerm, one))


@_open("/taxonomy_terms/<identifier>")
def taxonomy_term(identifier: str) -> Response:
    """One term."""
    words = context().vocabulary
    term = words.by_id.get(_id(identifier))
    if term is None:
        raise NotFound()
    return whole(shapes.TaxonomyTerm, words.things[term])


blueprint.register_error_handler(BadQuestion, bad_question)
blueprint.record_once(lambda state: tell_faults_otherwise(state.app, BELOW, fault))  # type: ignore[arg-type]


def _question() -> tuple[Asked, Shown]:
    return read_question(queries_of(request.args))


def _id(given: str) -> str:
    """The id in an address as we write it. What is none is not here, like any other."""
    try:
        return str(UUID(given))
    except ValueError:
        raise NotFound() from None


def _public(number: int | None) -> PublishedCard:
    card = published_card(number) if number is not None else None
    if card is None:
        raise NotFound()
    return card


def _tell_services(shown: Shown, to: Context) -> Callable[[Sequence[int]], Iterator[bytes]]:
    shape: type[BaseModel] = shapes.ServiceItem
    tell = telling.service_item
    if shown.minimal:
        shape, tell = shapes.ServiceMinimal, telling.service_minimal
    elif shown.full:
        return _tell_in_full(to)
    return lambda numbers: (as_json(shape, tell(card, to)) for card in published_among(numbers))


def _tell_in_full(to: Context) -> Callable[[Sequence[int]], Iterator[bytes]]:
    def told(numbers: Sequence[int]) -> Iterator[bytes]:
        for card in published_among(numbers):
            service = as_json(shapes.Service, telling.service_but_attributes(card, to))
            terms = telling.attributes_as_json(card, to)
            yield b'%s,"attributes":[%s]}' % (service[:-1], terms) if terms else service

    return told


def _tell_at_locations(shown: Shown, to: Context) -> Callable[[Sequence[int]], Iterator[bytes]]:
    shape: type[BaseModel] = shapes.ServiceAtLocationItem
    tell = telling.at_location_item
    if shown.full:
        shape, tell = shapes.ServiceAtLocation, telling.at_location_in_full

    def told(numbers: Sequence[int]) -> Iterator[bytes]:
        pairs = [divmod(one, finding.PLACES) for one in numbers]
        cards = _by_number({number for number, _ in pairs})
        for number, place in pairs:
            if number in cards:
                yield as_json(shape, tell(cards[number], place, to))

    return told


def _tell_organizations(shown: Shown, to: Context) -> Callable[[Sequence[int]], Iterator[bytes]]:
    shape: type[BaseModel] = shapes.Organization if shown.full else shapes.OrganizationItem
    tell = organization_in_full if shown.full else organization_of

    def told(numbers: Sequence[int]) -> Iterator[bytes]:
        cards = _by_number(numbers)
        for number in numbers:
            if number in cards:
                card = cards[number]
                yield as_json(shape, tell(card.document, card.organisation_id, to))

    return told


def _by_number(numbers: Iterable[int]) -> dict[int, PublishedCard]:
    return {card.activity_id: card for card in published_among(list(numbers))}


Few = TypeVar("Few", Taxonomy, Thing)


def _few(every: list[Few], shown: Shown, tell: Callable[[Few], bytes]) -> Response:
    """A page of a list that is at hand."""
    return listed(range(len(every)), shown, lambda numbers: (tell(every[n]) for n in numbers))


def _taxonomy(one: Taxonomy, to: Context) -> Thing:
    number = to.vocabulary.taxonomy_ids[one.key]
    return {
        "id": number,
        "name": one.name,
        "description": one.told,
        "uri": one.uri or f"{to.base}/taxonomies/{number}",
        "version": str(one.number) if one.number else None,
    }


def _is_wanted(term: Thing, asked: Asked, shown: Shown) -> bool:
    parent = term.get("parent_id")
    return (
        (not asked.taxonomy_ids or term["taxonomy_id"] in asked.taxonomy_ids)
        and (not shown.top_only or parent is None)
        and (not shown.parent_id or parent == shown.parent_id)
        and asked.search.casefold() in f"{term['name']} {term['description']}".casefold()
    )


def _changed_at() -> datetime:
    """When what is public here last changed: by a step, or because a day was over."""
    today = datetime.combine(clock.today(), time(0), clock.LONDON).astimezone(UTC)
    return max(filter(None, (register_version_raised_at(), today)))


def _changed_with(card: PublishedCard, answer: Response) -> Response:
    if card.changed_at is not None:
        answer.headers["Last-Modified"] = _http_date(card.changed_at)
    return answer


def _http_date(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%a, %d %b %Y %H:%M:%S} GMT"
