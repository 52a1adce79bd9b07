"""What Outpost exports: its CSV, where the rows of one service follow each other, and its JSON."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from registry.importing.cells import items, number_as_text
from registry.importing.pieces import Pieces, Place, Times

_HEADINGS = {"import_id", "import_id_reference", "name", "organisation", "service_taxonomies"}
_TRUE = ("true", "1", "yes")


def is_outpost_header(header: Sequence[str]) -> bool:
    """Whether a table has the columns of Outpost."""
    return {one.strip().lower() for one in header} >= _HEADINGS


def is_outpost_item(item: Mapping[str, Any]) -> bool:
    """Whether an item has the shape of an Outpost service."""
    return "name" in item and ("regular_schedules" in item or "local_offer" in item)


def pieces_of_rows(rows: Iterable[tuple[int, list[str]]]) -> Iterator[Pieces]:
    """Every service of the CSV, with the rows that say more of it: those that name its import_id.
    They stand right below it, as Outpost writes them."""
    found = iter(rows)
    _, header = next(found)
    names = [one.strip().lower() for one in header]
    current: Pieces | None = None
    for number, row in found:
        cell = dict(zip(names, (one.strip() for one in row), strict=False))
        reference = cell.get("import_id_reference", "")
        if reference and current is not None and reference == current.key:
            _more(current, cell)
            continue
        if current is not None:
            yield current
            current = None
        if reference:
            stray = Pieces(number, key=f"row {number}", organisation_key=f"row {number}")
            stray.broke(
                "import_id_reference",
                f"is {reference[:40]}, but the service with this number is not right above. Put "
                "the rows of one service below each other",
            )
            yield stray
            continue
        current = _service(number, cell)
        if len(row) > len(names) and any(one.strip() for one in row[len(names) :]):
            current.broke("", f"This row has {len(row)} cells and the heading {len(names)}")
    if current is not None:
        yield current


def _service(number: int, cell: Mapping[str, str]) -> Pieces:
    pieces = Pieces(
        number,
        key=cell.get("import_id", ""),
        organisation_name=cell.get("organisation", ""),
        organisation_website=cell.get("url", ""),
        name=cell.get("name", ""),
        description=cell.get("description", ""),
        minimum_age=cell.get("min_age", ""),
        maximum_age=cell.get("max_age", ""),
        categories=items(cell.get("service_taxonomies", "")),
        called=dict(_CALLED),
    )
    _more(pieces, cell)
    return pieces


def _more(pieces: Pieces, cell: Mapping[str, str]) -> None:
    """What a row says besides: a contact, a place, a price, a time."""
    _contact(pieces, cell.get("contact_email", ""), cell.get("contact_phone", ""))
    if cell.get("location_name") or cell.get("location_address_1") or cell.get("location_postcode"):
        street = [cell.get("location_address_1", ""), cell.get("location_city", "")]
        pieces.places.append(
            Place(
                cell.get("location_name", ""),
                ", ".join(part for part in street if part),
                cell.get("location_postcode", ""),
                is_hidden=cell.get("mask_exact_address", "").lower() in _TRUE
                or cell.get("location_visible", "").lower() == "false",
            )
        )
        pieces.marks += items(cell.get("location_accessibilities", ""))
    if cell.get("free"):
        pieces.is_free = pieces.is_free or cell["free"]
    if cell.get("cost_amount") and not pieces.price:
        pieces.price, pieces.price_per = cell["cost_amount"], cell.get("cost_type", "")
        pieces.price_note = cell.get("cost_option", "")
    if cell.get("scheduled_weekday"):
        pieces.times.append(
            Times(
                cell["scheduled_weekday"],
                cell.get("schedules_opens_at", ""),
                cell.get("schedules_closes_at", ""),
            )
        )


def pieces_of_items(found: Iterable[tuple[int, Any]]) -> Iterator[Pieces]:
    """Every service of the JSON."""
    for number, item in found:
        yield _of_item(number, item)


def _of_item(number: int, item: Any) -> Pieces:
    if not isinstance(item, dict):
        stray = Pieces(number, key=f"item {number}", organisation_key=f"item {number}")
        stray.broke("", "is no service")
        return stray
    organisation = _object(item.get("organisation"))
    pieces = Pieces(
        number,
        key=said(item.get("id")),
        organisation_key=said(organisation.get("id")),
        organisation_name=said(organisation.get("name")),
        organisation_description=said(organisation.get("description")),
        organisation_website=said(organisation.get("url")) or said(item.get("url")),
        organisation_email=said(organisation.get("email")),
        name=said(item.get("name")),
        description=said(item.get("description")),
        minimum_age=said(item.get("min_age")),
        maximum_age=said(item.get("max_age")),
        is_free=said(item.get("free")),
        categories=[said(one.get("name")) for one in objects(item.get("taxonomies"))],
    )
    for place in objects(item.get("locations")):
        street = [said(place.get("address_1")), said(place.get("city"))]
        pieces.places.append(
            Place(
                said(place.get("name")),
                ", ".join(part.strip() for part in street if part.strip()),
                said(place.get("postal_code")),
                is_hidden=place.get("mask_exact_address") is True,
            )
        )
        pieces.marks += [
            said(one.get("name") or one.get("label"))
            for one in objects(place.get("accessibilities"))
        ]
    for times in objects(item.get("regular_schedules")):
        pieces.times.append(
            Times(
                said(times.get("weekday")),
                said(times.get("opens_at")),
                said(times.get("closes_at")),
            )
        )
    for contact in objects(item.get("contacts")):
        _contact(pieces, said(contact.get("email")), _first_phone(contact))
    for cost in objects(item.get("cost_options"))[:1]:
        pieces.price = said(cost.get("amount"))
        pieces.price_per = said(cost.get("cost_type"))
        pieces.price_note = said(cost.get("option"))
    return pieces


def said(value: Any) -> str:
    """A plain value as somebody would type it; nothing for what is none."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number_as_text(value)
    return value if isinstance(value, str) else ""


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; nothing for what is none."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _first_phone(contact: Mapping[str, Any]) -> str:
    phones = [said(one.get("number")) for one in objects(contact.get("phones"))]
    return next(iter([*phones, said(contact.get("phone"))]), "")


def _contact(pieces: Pieces, email: str, phone: str) -> None:
    """The first of each. None is shown to the public before the club says so."""
    pieces.organisation_email = pieces.organisation_email or email
    pieces.organisation_phone = pieces.organisation_phone or phone


_CALLED = {
    "organisation_name": "organisation",
    "organisation_website": "url",
    "organisation_phone": "contact_phone",
    "organisation_email": "contact_email",
    "name": "name",
    "description": "description",
    "minimum_age": "min_age",
    "maximum_age": "max_age",
    "categories": "service_taxonomies",
    "marks": "location_accessibilities",
    "postcode": "location_postcode",
    "venue_name": "location_name",
    "address": "location_address_1",
    "times": "scheduled_weekday and its times",
    "price": "cost_amount",
    "price_per": "cost_type",
    "price_note": "cost_option",
    "is_free": "free",
}
