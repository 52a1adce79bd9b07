"""What search engines are told of a page: its card once more, in the words of schema.org.

From the card alone, so nothing stands here that the page does not say. No certificate, no review
and no rank: the mark is none of these. A place that is kept private has no address and no point.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import islice
from typing import Any

from registry import clock
from registry.cards.record import places_of
from registry.directory.coming import coming_dates, last_on, recurrences_of
from registry.directory.lines import cost_line, web_address
from registry.timetable.council_terms import school_calendar
from registry.timetable.recurrence import (
    LAST_OF_MONTH,
    LONDON,
    Occurrence,
    Recurrence,
    dates_between,
)
from registry.timetable.terms import ALL_YEAR, SchoolCalendar
from registry.web.formats import DAY_NAMES

Document = Mapping[str, Any]
Thing = dict[str, Any]

CONTEXT = "https://schema.org"
# How far ahead a series is told, in days, and how many of its stretches: the page says the rest.
_AHEAD = 200
_MOST_STRETCHES = 3
_EVERY = {"fortnightly": "P2W", "monthly": "P1M"}
# The registers that org-id.guide knows, by the field of a card.
_REGISTERS = {
    "charity_number": "GB-CHC",
    "company_number": "GB-COH",
    "ofsted_number": "Ofsted URN",
}


def activity_thing(document: Document, public_url: str) -> Thing:
    """An activity as an event with its schedule."""
    address = f"{public_url}/activities/{document['slug']}"
    return _without_nothing(
        {
            "@context": CONTEXT,
            "@type": "Event",
            "@id": address,
            "url": address,
            "name": document["name"],
            "description": document.get("summary") or document.get("description"),
            "image": _image(document, public_url),
            "eventStatus": f"{CONTEXT}/EventScheduled",
            "eventAttendanceMode": f"{CONTEXT}/{_attendance(document)}",
            "organizer": {
                "@type": "Organization",
                "name": document["organisation"]["name"],
                "url": f"{public_url}/organisations/{document['organisation']['slug']}",
            },
            "location": _one_or_many([_place(document, place) for place in places_of(document)]),
            "typicalAgeRange": _age_range(document),
            "audience": _audience(document),
            "inLanguage": list(document.get("languages") or ()),
            **_cost(document, address),
            **_when(document),
        }
    )


def organisation_thing(document: Document, public_url: str, place_name: str) -> Thing:
    """The organisation of a card, with what it made public of how to reach it."""
    by = document["organisation"]
    contact = document.get("contact") or {}
    address = f"{public_url}/organisations/{by['slug']}"
    return _without_nothing(
        {
            "@context": CONTEXT,
            "@type": "Organization",
            "@id": address,
            "url": address,
            "name": by["name"],
            "description": by.get("description"),
            "sameAs": web_address(by.get("website") or contact.get("website") or ""),
            "telephone": contact.get("phone"),
            "email": contact.get("email"),
            "areaServed": {"@type": "AdministrativeArea", "name": place_name},
            "identifier": [
                {"@type": "PropertyValue", "propertyID": register, "value": by[name]}
                for name, register in _REGISTERS.items()
                if by.get(name)
            ],
            "memberOf": _named("Organization", by.get("national_body")),
        }
    )


def _image(document: Document, public_url: str) -> str:
    picture = document.get("picture") or {}
    return f"{public_url}/pictures/{picture['large']}.jpg" if picture.get("large") else ""


def _attendance(document: Document) -> str:
    online = {bool(place.get("online")) for place in places_of(document)}
    if len(online) > 1:
        return "MixedEventAttendanceMode"
    return "OnlineEventAttendanceMode" if online == {True} else "OfflineEventAttendanceMode"


def _place(document: Document, place: Document) -> Thing:
    """A place as far as it is public: an address and a point only where anybody may have them."""
    if place.get("online"):
        link = web_address(str((document.get("booking") or {}).get("link") or ""))
        return {"@type": "VirtualLocation", "name": "Online", "url": link}
    area = str(place.get("ward") or place.get("area_label") or "")
    if place.get("hidden") or place.get("various"):
        return {"@type": "Place", "name": area, "address": _postal("", "", area)}
    street = ", ".join(place.get("address_lines") or ())
    return {
        "@type": "Place",
        "name": str(place.get("name") or area),
        "address": _postal(street, str(place.get("postcode") or ""), area),
        "geo": _point(place),
        "amenityFeature": _amenities(document) if len(places_of(document)) == 1 else [],
    }


def _postal(street: str, postcode: str, area: str) -> Thing:
    return {
        "@type": "PostalAddress",
        "streetAddress": street,
        "addressLocality": area,
        "postalCode": postcode,
        "addressCountry": "GB",
    }


def _point(place: Document) -> Thing | None:
    if place.get("latitude") is None or place.get("longitude") is None:
        return None
    return {
        "@type": "GeoCoordinates",
        "latitude": place["latitude"],
        "longitude": place["longitude"],
    }


def _amenities(document: Document) -> list[Thing]:
    """What the club says is there, and what is not. What has to be asked is neither."""
    return [
        {
            "@type": "LocationFeatureSpecification",
            "name": point["label"],
            "value": point["answer"] == "yes",
        }
        for point in document.get("access") or ()
        if point.get("answer") in ("yes", "no")
    ]


def _age_range(document: Document) -> str:
    ages = document.get("ages") or {}
    if not ages:
        return ""
    return f"{ages['min_months'] // 12}-{ages['max_months'] // 12}"


def _audience(document: Document) -> Thing | None:
    ages = document.get("ages") or {}
    if not ages:
        return None
    return {
        "@type": "PeopleAudience",
        "suggestedMinAge": ages["min_months"] // 12,
        "suggestedMaxAge": ages["max_months"] // 12,
    }


def _cost(document: Document, address: str) -> Thing:
    """Whether it is free, and what is asked where it is not."""
    cost = document.get("cost") or {}
    kind, pence = cost.get("kind"), int(cost.get("pence") or 0)
    if not kind:
        return {}
    if kind in ("free", "donation") or (kind != "haf" and pence == 0):
        return {"isAccessibleForFree": True}
    offer = {
        "@type": "Offer",
        "url": address,
        "price": "0" if kind == "haf" else f"{pence / 100:.2f}",
        "priceCurrency": "GBP",
        "description": cost_line(document).title,
    }
    return {"offers": offer, "isAccessibleForFree": None if kind == "haf" else False}


def _when(document: Document) -> Thing:
    """The next date, and the schedule. Where clock times are private only days are told."""
    recurrences = recurrences_of(document)
    if not recurrences:
        return {}
    told: Thing = {}
    if dates := coming_dates(document).dates:
        told = {"startDate": _start(dates[0]), "endDate": _end(dates[0])}
    last = min(filter(None, (last_on(document), clock.today() + timedelta(days=_AHEAD))))
    schedules = [
        schedule
        for recurrence in recurrences
        for schedule in _schedules(recurrence, school_calendar(), clock.today(), last)
    ]
    return {**told, "eventSchedule": schedules}


def _start(one: Occurrence) -> str:
    return one.starts_at.isoformat() if one.has_times else one.on.isoformat()


def _end(one: Occurrence) -> str:
    return one.ends_at.isoformat() if one.has_times else one.on.isoformat()


def _schedules(
    recurrence: Recurrence, terms: SchoolCalendar, first: date, last: date
) -> Iterator[Thing]:
    """The stretches to come of one recurrence. Dates that follow no rule have one each."""
    dates = dates_between(recurrence, terms, first, last)
    if recurrence.pattern == "dates":
        yield from (_single(one) for one in islice(dates, _MOST_STRETCHES))
        return
    extra = {one.on for one in recurrence.extra}
    stretches = recurrence.runs or tuple(terms.spans(recurrence.season, first, last))
    told = 0
    for begins, ends in stretches:
        inside = [one for one in dates if begins <= one.on <= ends and one.on not in extra]
        if inside and told < _MOST_STRETCHES:
            told += 1
            yield _series(recurrence, inside, begins, ends)
    yield from (_single(one) for one in dates if one.on in extra)


def _series(recurrence: Recurrence, dates: list[Occurrence], begins: date, ends: date) -> Thing:
    goes_on = recurrence.season == ALL_YEAR and not recurrence.runs
    return {
        **_schedule(dates[0]),
        "repeatFrequency": _EVERY.get(recurrence.pattern, "P1W"),
        "byDay": [f"{CONTEXT}/{DAY_NAMES[day]}" for day in recurrence.days],
        # The last week of a month has no number in these words: the days alone are told.
        "byMonthWeek": None if recurrence.nth in (0, LAST_OF_MONTH) else recurrence.nth,
        "startDate": dates[0].on.isoformat(),
        "endDate": None if goes_on else dates[-1].on.isoformat(),
        "exceptDate": [off.on.isoformat() for off in recurrence.off if begins <= off.on <= ends],
    }


def _single(one: Occurrence) -> Thing:
    return {
        **_schedule(one),
        "startDate": one.on.isoformat(),
        "endDate": one.on.isoformat(),
        "repeatCount": 1,
    }


def _schedule(one: Occurrence) -> Thing:
    """What every schedule has: the clock times, where they are public, and whose clock it is."""
    return {
        "@type": "Schedule",
        "startTime": one.starts.isoformat() if one.has_times else None,
        "endTime": one.ends.isoformat() if one.has_times else None,
        "scheduleTimezone": LONDON.key,
    }


def _named(kind: str, name: Any) -> Thing | None:
    return {"@type": kind, "name": name} if name else None


def _one_or_many(things: list[Thing]) -> Thing | list[Thing]:
    return things[0] if len(things) == 1 else things


def _without_nothing(value: Any) -> Any:
    """The same without what says nothing; False and 0 say something."""
    if isinstance(value, dict):
        told = {name: _without_nothing(part) for name, part in value.items()}
        return {n: v for n, v in told.items() if v is not None and v != "" and v != [] and v != {}}
    if isinstance(value, list):
        return [_without_nothing(part) for part in value]
    return value
