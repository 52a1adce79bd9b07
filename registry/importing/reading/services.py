"""A service of Open Referral UK v3, with everything nested in it, as the pieces of an activity."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from registry.importing.pieces import Pieces, Place, Times
from registry.importing.reading.outpost import objects, said

_DAYS = {"MO": "monday", "TU": "tuesday", "WE": "wednesday", "TH": "thursday", "FR": "friday",
         "SA": "saturday", "SU": "sunday"}  # fmt: skip


def is_oruk_item(item: Mapping[str, Any]) -> bool:
    """Whether an item has the shape of an Open Referral UK service."""
    return "name" in item and "id" in item and ("organization" in item or "status" in item)


def pieces_of_services(found: Iterable[tuple[int, Any]]) -> Iterator[Pieces]:
    """Every service."""
    for number, item in found:
        yield service(number, item)


def service(number: int, item: Any) -> Pieces:
    """One service. What is not as the standard has it is left out, or is a mistake of its row."""
    if not isinstance(item, dict):
        stray = Pieces(number, key=f"item {number}", organisation_key=f"item {number}")
        stray.broke("", "is no service")
        return stray
    organisation = item.get("organization")
    organisation = organisation if isinstance(organisation, dict) else {}
    pieces = Pieces(
        number,
        key=said(item.get("id")),
        organisation_key=said(organisation.get("id")) or said(item.get("organization_id")),
        organisation_name=said(organisation.get("name")),
        organisation_description=said(organisation.get("description")),
        organisation_website=said(organisation.get("website")) or said(item.get("url")),
        organisation_email=said(organisation.get("email")) or said(item.get("email")),
        name=said(item.get("name")),
        description=said(item.get("description")),
        minimum_age=said(item.get("minimum_age")),
        maximum_age=said(item.get("maximum_age")),
        price_note=said(item.get("fees")),
    )
    if said(item.get("status")) in ("inactive", "defunct"):
        pieces.broke("The status", f"is “{item['status']}”: it does not run any more")
    _where(pieces, item)
    _when(pieces, item)
    _rest(pieces, item)
    return pieces


def _where(pieces: Pieces, item: Mapping[str, Any]) -> None:
    for at_location in objects(item.get("service_at_locations")):
        location = at_location.get("location")
        if not isinstance(location, dict) or said(location.get("location_type")) == "virtual":
            continue
        address = next(iter(objects(location.get("addresses"))), {})
        street = [said(address.get("address_1")), said(address.get("city"))]
        pieces.places.append(
            Place(
                said(location.get("name")),
                ", ".join(part.strip() for part in street if part.strip()),
                said(address.get("postal_code")),
            )
        )
        pieces.marks += [
            said(one.get("accessibility")) or said(one.get("description"))
            for one in objects(location.get("accessibility"))
        ]


def _when(pieces: Pieces, item: Mapping[str, Any]) -> None:
    for schedule in objects(item.get("schedules")):
        if said(schedule.get("freq")) not in ("WEEKLY", ""):
            continue
        days = [_DAYS.get(one.strip()[-2:].upper(), "") for one in
                said(schedule.get("byday")).split(",")]  # fmt: skip
        pieces.times.append(
            Times(
                ";".join(day for day in days if day),
                said(schedule.get("opens_at")),
                said(schedule.get("closes_at")),
            )
        )


def _rest(pieces: Pieces, item: Mapping[str, Any]) -> None:
    for cost in objects(item.get("cost_options"))[:1]:
        pieces.price = said(cost.get("amount"))
        pieces.price_per = said(cost.get("amount_description"))
        pieces.price_note = said(cost.get("option")) or pieces.price_note
    for contact in objects(item.get("contacts")):
        pieces.organisation_email = pieces.organisation_email or said(contact.get("email"))
        for phone in objects(contact.get("phones"))[:1]:
            pieces.organisation_phone = pieces.organisation_phone or said(phone.get("number"))
    for attribute in objects(item.get("attributes")):
        term = attribute.get("taxonomy_term")
        if isinstance(term, dict) and said(term.get("name")):
            pieces.categories.append(said(term.get("name")))
    pieces.languages += [
        said(one.get("name")) for one in objects(item.get("languages")) if said(one.get("name"))
    ]
