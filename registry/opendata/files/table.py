"""The columns of `activities.csv`, and what stands in them for one activity. Pure."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from registry.cards.record import places_of
from registry.csv_files import Cell, Column
from registry.opendata.published import PublishedCard
from registry.timetable import saying


class Known(NamedTuple):
    """What the file needs to know besides the card: where the site is, what things are called in
    feeds, and what to write beside the data."""

    public_url: str
    identifier: Callable[..., str]
    attribution: str


# Each with what it holds, and where that comes from.
_COLUMNS: tuple[tuple[Column, Callable[[PublishedCard, Known], Cell]], ...] = (
    (
        Column("id", "Always the same: the id of the service in Open Referral.", required=True),
        lambda card, known: known.identifier("service", card.activity_id),
    ),
    (
        Column("slug", "Its name in addresses.", required=True),
        lambda card, known: card.slug,
    ),
    (
        Column("url", "Its page.", "anyURI", required=True),
        lambda card, known: f"{known.public_url}/activities/{card.slug}",
    ),
    (
        Column("name", "What it is called.", required=True),
        lambda card, known: card.name,
    ),
    (
        Column("organisation_id", "Who runs it: the id in Open Referral.", required=True),
        lambda card, known: known.identifier("organization", card.organisation_id),
    ),
    (
        Column("organisation", "Who runs it.", required=True),
        lambda card, known: _by(card)["name"],
    ),
    (
        Column("organisation_url", "The page of who runs it.", "anyURI", required=True),
        lambda card, known: f"{known.public_url}/organisations/{card.organisation_slug}",
    ),
    (
        Column("charity_number", "Its number with the Charity Commission."),
        lambda card, known: _by(card).get("charity_number"),
    ),
    (
        Column("company_number", "Its number with Companies House."),
        lambda card, known: _by(card).get("company_number"),
    ),
    (
        Column("ofsted_number", "Its number with Ofsted."),
        lambda card, known: _by(card).get("ofsted_number"),
    ),
    (
        Column("national_body", "The national body that it belongs to."),
        lambda card, known: _by(card).get("national_body"),
    ),
    (
        Column("summary", "The activity in a line, in the club’s words."),
        lambda card, known: card.document.get("summary"),
    ),
    (
        Column("description", "The activity in the club’s words."),
        lambda card, known: card.document.get("description"),
    ),
    (
        Column("category_codes", "Its kinds by their codes, the main one first.", many=True),
        lambda card, known: _each(card, "categories", "code"),
    ),
    (
        Column("categories", "The same in words.", many=True),
        lambda card, known: _each(card, "categories", "label"),
    ),
    (
        Column("minimum_age_months", "The youngest age, in months.", "integer", required=True),
        lambda card, known: card.document["ages"]["min_months"],
    ),
    (
        Column("maximum_age_months", "The oldest age, in months.", "integer", required=True),
        lambda card, known: card.document["ages"]["max_months"],
    ),
    (
        Column("ages", "The ages in words."),
        lambda card, known: card.document["ages"].get("label"),
    ),
    (
        Column("parent_stays", "Whether a parent stays: yes, no or optional."),
        lambda card, known: card.document.get("parent_stays"),
    ),
    (
        Column("when", "When it happens, each session in words.", many=True),
        lambda card, known: [saying.sentence(one) for one in _sessions(card)],
    ),
    (
        Column("last_on", "The last day of all, where there is one.", "date"),
        lambda card, known: card.document.get("last_on"),
    ),
    (
        Column(
            "place_kind",
            "at: the place is named. area: the address is private. online. various: many places.",
            required=True,
        ),
        lambda card, known: _place_kind(card.document["venue"]),
    ),
    (
        Column("place", "The name of its main place, or the part of the city."),
        lambda card, known: _venue(card, "name") or _venue(card, "area_label"),
    ),
    (
        Column("address", "The address, where everybody may know it."),
        lambda card, known: ", ".join(_venue(card, "address_lines") or ()),
    ),
    (
        Column("postcode", "The postcode, where everybody may know it."),
        lambda card, known: _venue(card, "postcode"),
    ),
    (
        Column("ward", "The ward."),
        lambda card, known: _venue(card, "ward"),
    ),
    (
        Column(
            "latitude",
            "Where it is (WGS 84). Of a private address, the middle of its ward or nothing.",
            "decimal",
        ),
        lambda card, known: _degrees(_venue(card, "latitude")),
    ),
    (
        Column("longitude", "The same.", "decimal"),
        lambda card, known: _degrees(_venue(card, "longitude")),
    ),
    (
        Column("outside_area", "Whether its main place is outside the council’s area.", "boolean"),
        lambda card, known: bool(_venue(card, "outside_area")),
    ),
    (
        Column("other_places", "Where it happens besides.", many=True),
        lambda card, known: [
            str(one.get("name") or one.get("area_label") or "") for one in places_of(card.document)
        ][1:],
    ),
    (
        Column(
            "cost_kind",
            "free, session, term, course, membership, donation or haf (paid by the holiday "
            "activities and food programme).",
        ),
        lambda card, known: _cost(card, "kind"),
    ),
    (
        Column("cost_pounds", "What it costs in pounds: a session, term or course.", "decimal"),
        lambda card, known: _pounds(card),
    ),
    (
        Column("cost_unit", "What that pays for."),
        lambda card, known: _cost(card, "unit_label"),
    ),
    (
        Column("cost_note", "The cost in the club’s words."),
        lambda card, known: _cost(card, "note"),
    ),
    (
        Column("support", "Support for children that the club says it gives.", many=True),
        lambda card, known: _said(card, "support", "yes"),
    ),
    (
        Column("support_to_ask_about", "Support that the club asks you to ask about.", many=True),
        lambda card, known: _said(card, "support", "ask"),
    ),
    (
        Column("access", "What the club says that its place has.", many=True),
        lambda card, known: _said(card, "access", "yes"),
    ),
    (
        Column("access_to_ask_about", "What the club asks you to ask about.", many=True),
        lambda card, known: _said(card, "access", "ask"),
    ),
    (
        Column("languages", "The languages that are spoken.", many=True),
        lambda card, known: card.document.get("languages") or (),
    ),
    (
        Column("phone", "The phone number that the club made public."),
        lambda card, known: _contact(card, "phone"),
    ),
    (
        Column("email", "The email address that the club made public."),
        lambda card, known: _contact(card, "email"),
    ),
    (
        Column("website", "The website that the club made public."),
        lambda card, known: _contact(card, "website"),
    ),
    (
        Column("booking", "How to book: link, phone, email or turn_up."),
        lambda card, known: _booking(card, "kind"),
    ),
    (
        Column("booking_link", "Where to book."),
        lambda card, known: _booking(card, "link"),
    ),
    (
        Column("waiting_list", "Whether there is a waiting list: yes or no."),
        lambda card, known: _booking(card, "waiting_list"),
    ),
    (
        Column("reference", "The reference of the club’s self-check.", required=True),
        lambda card, known: card.document["reference"],
    ),
    (
        Column("verify_url", "Says whether that is true today.", "anyURI", required=True),
        lambda card, known: f"{known.public_url}/verify/{card.document['reference']}",
    ),
    (
        Column("self_check_read_on", "The day on which the council read the self-check.", "date"),
        lambda card, known: card.document.get("read_on"),
    ),
    (
        Column("self_check_next_due_on", "The day by which the next one is due.", "date"),
        lambda card, known: card.document.get("next_due_on"),
    ),
    (
        Column("first_listed_on", "Since when it is on the list, where that is known.", "date"),
        lambda card, known: card.first_listed_at.date() if card.first_listed_at else None,
    ),
    (
        Column("changed_at", "When this last said something else.", "dateTime"),
        lambda card, known: card.changed_at,
    ),
    (
        Column("attribution", "What to write beside the data.", required=True),
        lambda card, known: known.attribution,
    ),
)  # fmt: skip

COLUMNS = tuple(column for column, _ in _COLUMNS)
PRIMARY_KEY = "id"


def cells_of(card: PublishedCard, known: Known) -> list[Cell]:
    """What stands in the columns for one activity."""
    return [value(card, known) for _, value in _COLUMNS]


def _by(card: PublishedCard) -> dict[str, Any]:
    told: dict[str, Any] = card.document["organisation"]
    return told


def _each(card: PublishedCard, part: str, name: str) -> list[str]:
    return [str(one[name]) for one in card.document.get(part) or ()]


def _said(card: PublishedCard, part: str, answer: str) -> list[str]:
    return [one["label"] for one in card.document.get(part) or () if one["answer"] == answer]


def _sessions(card: PublishedCard) -> list[saying.Record]:
    return saying.in_order(card.document.get("sessions") or ())


def _place_kind(venue: dict[str, Any]) -> str:
    kinds = {"online": "online", "various": "various", "hidden": "area"}
    return next((kind for part, kind in kinds.items() if venue.get(part)), "at")


def _venue(card: PublishedCard, name: str) -> Any:
    return card.document["venue"].get(name)


def _cost(card: PublishedCard, name: str) -> Any:
    return (card.document.get("cost") or {}).get(name)


def _pounds(card: PublishedCard) -> Decimal | None:
    """Of something that is free, nothing; of a donation or of what nobody said, no number."""
    kind, pence = _cost(card, "kind"), _cost(card, "pence")
    if kind in (None, "donation"):
        return None
    return Decimal(int(pence or 0)).scaleb(-2)


def _contact(card: PublishedCard, name: str) -> Any:
    return (card.document.get("contact") or {}).get(name)


def _booking(card: PublishedCard, name: str) -> Any:
    return (card.document.get("booking") or {}).get(name)


def _degrees(value: float | None) -> str | None:
    """With six places: a tenth of a metre, and never an exponent."""
    return None if value is None else f"{value:.6f}"
