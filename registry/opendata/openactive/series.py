"""A listed activity as an OpenActive `SessionSeries`, and one of its dates. Pure.

From the card alone, so a hidden place has no more here than on a page, and hidden clock times are
not there to be told. What the council read is said as the address of its criteria, and in no
stronger words (`beta:formalCriteriaMet`).
"""

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from registry.cards.record import places_of
from registry.opendata.openactive.activities import concepts_of
from registry.opendata.openactive.schedules import partial_schedules
from registry.timetable.recurrence import LONDON
from registry.timetable.terms import SchoolCalendar

Document = Mapping[str, Any]
Thing = dict[str, Any]

OPENACTIVE = "https://openactive.io/"
BETA = "https://openactive.io/ns-beta"
_SCHEMA = "https://schema.org/"
_FREE = {"free": "Free", "donation": "Give what you can"}
_WITH_CODE = "Free with a HAF code"
_ONLY_FOR = {"girls_only": "FemaleOnly", "boys_only": "MaleOnly"}


def series_of(
    document: Document,
    listed_until: date,
    number: str,
    calendar: SchoolCalendar,
    public_url: str,
) -> Thing | None:
    """The activity as feeds have it. None for one that the Activity List has no word for, or that
    says nothing of its days or its price."""
    concepts = concepts_of(document)
    schedules = partial_schedules(document, listed_until, calendar) if concepts else []
    offers = _offers(document)
    if not (concepts and schedules and offers):
        return None
    address = f"{public_url}/activities/{document['slug']}"
    return _without_nothing(
        {
            "@context": [OPENACTIVE, BETA],
            "@type": "SessionSeries",
            "@id": f"{address}#{number}",
            "identifier": number,
            "url": address,
            "name": _text(document["name"]),
            "description": _text(document.get("description") or document.get("summary") or ""),
            "image": _images(document, public_url),
            "activity": [one.as_thing() for one in concepts],
            "category": [one["label"] for one in document.get("categories") or ()],
            "eventStatus": f"{_SCHEMA}EventScheduled",
            "eventAttendanceMode": f"{_SCHEMA}{_attendance(document)}",
            "organizer": _organizer(document, public_url),
            **_where(document),
            "ageRange": _ages(document),
            "genderRestriction": _restriction(document),
            "accessibilityInformation": _access(document),
            "eventSchedule": schedules,
            "offers": offers,
            **_free(document),
        }
    )


def session_text(
    slug: str, series: str, number: str, on: date, starts: str, ends: str, public_url: str
) -> str:
    """One date to come of a series, as it stands in a page. `series` and `number` are identifiers.

    A page has hundreds, so this is written as it is: no part of it needs to be escaped.
    """
    address = f"{public_url}/activities/{slug}"
    begins, until = _instant(on, starts), _instant(on, ends)
    return (
        f'{{"@context":["{OPENACTIVE}","{BETA}"],"@type":"ScheduledSession",'
        f'"@id":"{address}#{number}","identifier":"{number}","superEvent":"{address}#{series}",'
        f'"url":"{address}","startDate":"{begins.isoformat()}","endDate":"{until.isoformat()}",'
        f'"duration":"{_duration(starts, ends)}","eventStatus":"{_SCHEMA}EventScheduled"}}'
    )


def as_text(thing: Thing) -> str:
    """A thing as it stands in a page of a feed, in letters that every machine packs quickly."""
    return json.dumps(thing, separators=(",", ":"))


def _instant(on: date, moment: str) -> datetime:
    return datetime.combine(on, time.fromisoformat(moment), LONDON)


@lru_cache(maxsize=1000)
def _duration(starts: str, ends: str) -> str:
    """How long it lasts by the clock on the wall: “PT1H30M” (ISO 8601)."""
    begins, until = (time.fromisoformat(one) for one in (starts, ends))
    lasts = (until.hour - begins.hour) * 60 + until.minute - begins.minute
    hours, minutes = divmod(lasts, 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes or not hours else "")


def _organizer(document: Document, public_url: str) -> Thing:
    by, contact = document["organisation"], document.get("contact") or {}
    address = f"{public_url}/organisations/{by['slug']}"
    website = _web(by.get("website") or contact.get("website") or "")
    return {
        "@type": "Organization",
        "@id": address,
        "name": _text(by["name"]),
        "description": _text(by.get("description") or ""),
        "url": website or address,
        "telephone": contact.get("phone"),
        "email": contact.get("email"),
        "beta:formalCriteriaMet": [f"{public_url}/criteria"],
    }


def _where(document: Document) -> Thing:
    """Where it happens: its main place. One that is online alone has no place at all."""
    places = [one for one in places_of(document) if not one.get("online")]
    return {"location": _place(places[0])} if places else {}


def _place(place: Document) -> Thing:
    """A place as far as it is public: an address and a point only where anybody may have them."""
    area = str(place.get("area_label") or place.get("ward") or "")
    is_private = place.get("hidden") or place.get("various")
    name = "" if is_private else str(place.get("name") or "")
    return {
        "@type": "Place",
        "name": name or area or "Ask the club",
        "address": _address(place, area) or "Ask the club",
        "geo": None if place.get("various") else _point(place),
    }


def _address(place: Document, area: str) -> Thing | str:
    """In parts where every part is known; in a line where some are private or not known."""
    if place.get("hidden") or place.get("various"):
        return area
    ward, _, city = area.rpartition(", ")
    lines, postcode = place.get("address_lines") or (), place.get("postcode")
    if not (lines and ward and city and postcode):
        return ", ".join(filter(None, [*lines, area, postcode or ""]))
    return {
        "@type": "PostalAddress",
        "streetAddress": ", ".join(line.rstrip(" ,") for line in lines),
        "addressLocality": ward,
        "addressRegion": city,
        "postalCode": postcode,
        "addressCountry": "GB",
    }


def _point(place: Document) -> Thing | None:
    if place.get("latitude") is None or place.get("longitude") is None:
        return None
    point = {"latitude": place["latitude"], "longitude": place["longitude"]}
    return {"@type": "GeoCoordinates", **point}


def _attendance(document: Document) -> str:
    online = {bool(place.get("online")) for place in places_of(document)}
    if len(online) > 1:
        return "MixedEventAttendanceMode"
    return "OnlineEventAttendanceMode" if online == {True} else "OfflineEventAttendanceMode"


def _ages(document: Document) -> Thing:
    """Whole years. Without them readers take everything to be for adults."""
    ages = document["ages"]
    return {
        "@type": "QuantitativeValue",
        "minValue": ages["min_months"] // 12,
        "maxValue": ages["max_months"] // 12,
    }


def _restriction(document: Document) -> str:
    for mark in document.get("support") or ():
        if mark.get("answer") == "yes" and mark["code"] in _ONLY_FOR:
            return OPENACTIVE + _ONLY_FOR[mark["code"]]
    return ""


def _access(document: Document) -> str:
    """What the club says is there, in its own words."""
    marks = [*(document.get("access") or ()), *(document.get("support") or ())]
    said = [
        f"{_text(mark['label'])} ({_text(mark['note'])})"
        if mark.get("note")
        else _text(mark["label"])
        for mark in marks
        if mark.get("answer") == "yes"
    ]
    return "The club says: " + "; ".join(said) + "." if said else ""


def _offers(document: Document) -> list[Thing]:
    """What it costs, in pounds; nothing where nobody said."""
    cost = document.get("cost") or {}
    kind, pence = cost.get("kind"), int(cost.get("pence") or 0)
    if not kind:
        return []
    if kind == "haf":
        return [{"@type": "Offer", "name": _WITH_CODE, "price": 0}]
    if kind in _FREE or not pence:
        return [{"@type": "Offer", "name": _FREE.get(kind, "Free"), "price": 0}]
    unit = str(cost.get("unit_label") or "a session")
    name = f"Membership, {unit}" if kind == "membership" else unit[:1].upper() + unit[1:]
    return [{"@type": "Offer", "name": name, "price": pence / 100, "priceCurrency": "GBP"}]


def _free(document: Document) -> Thing:
    """Whether it is free for everybody, and whether the first time is."""
    cost = document.get("cost") or {}
    is_free = cost.get("kind") in _FREE or (cost.get("kind") != "haf" and not cost.get("pence"))
    first = True if cost.get("trial") == "free" else None
    return {"isAccessibleForFree": bool(is_free), "beta:isFirstSessionAccessibleForFree": first}


def _images(document: Document, public_url: str) -> list[Thing]:
    picture = document.get("picture") or {}
    if not picture.get("large"):
        return []
    return [
        {
            "@type": "ImageObject",
            "url": f"{public_url}/pictures/{picture['large']}.jpg",
            "thumbnail": _thumbnail(picture, public_url),
        }
    ]


def _thumbnail(picture: Document, public_url: str) -> list[Thing]:
    if not picture.get("small"):
        return []
    return [{"@type": "ImageObject", "url": f"{public_url}/pictures/{picture['small']}.jpg"}]


def _web(text: str) -> str:
    """An address of the web, or nothing."""
    given = text.strip()
    address = given if "://" in given else f"https://{given}"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return ""
    is_plain = address.isascii() and address.isprintable() and not set(address) & set(' \\"<>')
    return address if parts.scheme in ("http", "https") and "." in host and is_plain else ""


def _text(text: str) -> str:
    """A club's own words. Its sharp brackets are words too: feeds have no markup."""
    return text.replace("<", "‹").replace(">", "›").strip()


def _without_nothing(value: Any) -> Any:
    """The same without what says nothing; False and 0 say something."""
    if isinstance(value, dict):
        told = {name: _without_nothing(part) for name, part in value.items()}
        return {n: v for n, v in told.items() if v is not None and v != "" and v != [] and v != {}}
    if isinstance(value, list):
        return [_without_nothing(part) for part in value]
    return value
