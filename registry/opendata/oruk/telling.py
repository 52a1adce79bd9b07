"""A card as a service of Open Referral UK.

`assured_date` is about the data and not about the club: the day on which the council last read
this listing's details, and only while that is less than three months ago.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from registry.opendata.oruk.answers import as_json
from registry.opendata.oruk.context import Context, Document, Thing, as_number, over
from registry.opendata.oruk.costs import cost_options_of, fees_in_words
from registry.opendata.oruk.saying import told
from registry.opendata.oruk.shapes import Attribute
from registry.opendata.oruk.when import schedules_of
from registry.opendata.oruk.where import location_of, places_at
from registry.opendata.oruk.who import organization_in_full, organization_of
from registry.opendata.published import PublishedCard
from registry.taxonomies.terms import Term
from registry.web.formats import long_date

ASSURED_MONTHS = 3
_PARENT_STAYS = {"yes": "A parent or carer stays", "optional": "Parents can stay"}
_BOOKING = {
    "link": "Book online",
    "phone": "Phone to book",
    "email": "Email to book",
    "turn_up": "Just turn up",
}
_MONTHS = 12


def service_item(card: PublishedCard, to: Context) -> Thing:
    """A service as it is in a list."""
    return {
        **_service(card, to),
        "organization": organization_of(card.document, card.organisation_id, to),
    }


def service_in_full(card: PublishedCard, to: Context) -> Thing:
    """A service with everything that belongs to it."""
    return {**service_but_attributes(card, to), **told(attributes=_attributes(card, to))}


def service_but_attributes(card: PublishedCard, to: Context) -> Thing:
    """The same without its terms, which are half of it and the same for many."""
    document, service = card.document, _service(card, to)
    number = service["id"]
    phones = _phones(document, number, to)
    return {
        **service,
        "organization": organization_in_full(document, card.organisation_id, to),
        **told(
            schedules=schedules_of(document, number, to),
            service_at_locations=places_at(number, card, to),
            languages=_languages(document, number, to),
            cost_options=cost_options_of(document, number, to),
            contacts=_contacts(document, number, phones, to),
            phones=phones,
        ),
    }


def attributes_as_json(card: PublishedCard, to: Context) -> bytes:
    """The terms of a service, as they go out: the same for every service, but for its own id."""
    service, words = to.id("service", card.activity_id), to.vocabulary
    of, link = as_number(service), service.encode()
    told = []
    for number in words.numbers_of(card.document):
        if number not in words.as_sent:
            words.as_sent[number] = _as_sent(words.terms[number], to)
        kind, rest = words.as_sent[number]
        told.append(b'{"id":"%s","link_id":"%s",%s' % (over(of, kind).encode(), link, rest))
    return b",".join(told)


def _as_sent(term: Term, to: Context) -> tuple[int, bytes]:
    whole = as_json(Attribute, {"id": to.vocabulary.ids[term], **_attribute(term, to)})
    _, _, rest = whole.partition(b",")
    return to.kind(f"attribute {term.taxonomy}", term.code), rest


def service_minimal(card: PublishedCard, to: Context) -> Thing:
    """Which service it is, and when its card last said something new."""
    return told(id=to.id("service", card.activity_id), last_modified=instant(card.changed_at))


def at_location_item(card: PublishedCard, place: int, to: Context) -> Thing:
    """A service at one of its places, as it is in a list."""
    document = card.document
    where = [document["venue"], *(document.get("also_at") or ())][place]
    location = location_of(where, card.organisation_id, to)
    return {
        "id": to.id("service_at_location", card.activity_id, place),
        "service_id": to.id("service", card.activity_id),
        "location_id": location["id"],
        "location": location,
        "service": service_item(card, to),
    }


def at_location_in_full(card: PublishedCard, place: int, to: Context) -> Thing:
    """A service at one of its places, with everything that belongs to it."""
    service = service_in_full(card, to)
    at = service["service_at_locations"][place]
    return {**at, "name": service["name"], "status": service["status"], "service": service}


def accreditations(document: Document, to: Context) -> str:
    """The label of domain C.3: what was done and when, and nothing more."""
    read, due = document.get("read_on"), document.get("next_due_on")
    return (
        f"{to.chosen.scheme_name}: self-check read by the council {long_date(read)}. "
        f"Next due {long_date(due)}."
    )


def instant(moment: datetime | None) -> str:
    """2026-11-22T15:04:05.123Z"""
    if moment is None:
        return ""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"


def minimum_age(months: int) -> int | float:
    """84 months are 7; 30 are 2.5."""
    return months // _MONTHS if months % _MONTHS == 0 else round(months / _MONTHS, 2)


def maximum_age(months: int) -> int | float:
    """143 months are 11: until the day before the twelfth birthday."""
    return minimum_age(oldest_in_months(months))


def oldest_in_months(months: int) -> int:
    """The greatest age as the standard counts it: children of 11 come until they are 12."""
    return months - (_MONTHS - 1) if months % _MONTHS == _MONTHS - 1 else months


def _service(card: PublishedCard, to: Context) -> Thing:
    document = card.document
    ages = document.get("ages") or {}
    return told(
        id=to.id("service", card.activity_id),
        organization_id=to.id("organization", card.organisation_id),
        name=document["name"],
        description=_description(document),
        url=f"{to.chosen.public_url}/activities/{card.slug}",
        email=(document.get("contact") or {}).get("email"),
        status="active",
        accreditations=accreditations(document, to),
        minimum_age=minimum_age(ages["min_months"]) if ages else None,
        maximum_age=maximum_age(ages["max_months"]) if ages else None,
        assured_date=_assured(document, to.today),
        assurer_email=to.chosen.council_email,
        last_modified=instant(card.changed_at),
        eligibility_description=_for_whom(document),
        fees_description=fees_in_words(document),
        application_process=_booking(document),
    )


def _description(document: Document) -> str:
    about = document.get("description") or document.get("summary") or ""
    bring = document.get("bring")
    return "\n\n".join(
        filter(None, (str(about).strip(), f"What to bring: {bring}" if bring else ""))
    )


def _for_whom(document: Document) -> str:
    label = str((document.get("ages") or {}).get("label") or "")
    stays = _PARENT_STAYS.get(str(document.get("parent_stays")), "")
    return ". ".join(filter(None, (label, stays)))


def _booking(document: Document) -> str:
    booking: Mapping[str, Any] = document.get("booking") or {}
    said = (
        _BOOKING.get(str(booking.get("kind")), ""),
        str(booking.get("note") or "").strip().rstrip("."),
        "There is a waiting list" if booking.get("waiting_list") == "yes" else "",
    )
    return ". ".join(filter(None, said))


def _assured(document: Document, today: date) -> str:
    read = str(document.get("read_on") or "")
    return (
        read if read and _months_between(date.fromisoformat(read), today) < ASSURED_MONTHS else ""
    )


def _months_between(day: date, later: date) -> int:
    """Whole months from one day to another."""
    months = (later.year - day.year) * _MONTHS + later.month - day.month
    return months - (later.day < day.day)


def _languages(document: Document, service_id: str, to: Context) -> list[Thing]:
    return [
        {
            "id": to.part(service_id, "language", number),
            "service_id": service_id,
            "name": name,
        }
        for number, name in enumerate(document.get("languages") or ())
    ]


def _phones(document: Document, service_id: str, to: Context) -> list[Thing]:
    number = (document.get("contact") or {}).get("phone")
    return [{"id": to.part(service_id, "phone"), "number": number}] if number else []


def _contacts(document: Document, service_id: str, phones: list[Thing], to: Context) -> list[Thing]:
    """The club itself: no person is ever named."""
    email = (document.get("contact") or {}).get("email")
    if not email and not phones:
        return []
    return [
        told(
            id=to.part(service_id, "contact"),
            service_id=service_id,
            name=document["organisation"]["name"],
            email=email,
            phones=phones,
        )
    ]


def _attributes(card: PublishedCard, to: Context) -> list[Thing]:
    number = to.id("service", card.activity_id)
    return [
        {
            "id": to.part(number, f"attribute {term.taxonomy}", term.code),
            "link_id": number,
            **_attribute(term, to),
        }
        for term in to.vocabulary.of(card.document)
    ]


def _attribute(term: Term, to: Context) -> Thing:
    return {
        "taxonomy_term_id": to.vocabulary.ids[term],
        "link_type": _LINK_TYPES.get(term.taxonomy, _TOPIC),
        "link_entity": "service",
        "taxonomy_term": to.vocabulary.things[term],
    }


_TOPIC = "topic"
_LINK_TYPES = {"ages": "eligibility", "support": "support"}
