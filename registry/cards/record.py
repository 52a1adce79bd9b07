"""A card as it is handed to the directory, and what may never be on one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

_PARTS_OF_THE_DAY = (
    (time(9), "before school"),
    (time(12), "in the morning"),
    (time(15), "in the early afternoon"),
    (time(18), "after school"),
)
_WEEKEND_PARTS = ((time(12), "in the morning"), (time(17), "in the afternoon"))
_LATEST_PART = "in the evening"
_SATURDAY = 5
TAX_FREE_CHILDCARE = "tax_free_childcare"


@dataclass(frozen=True)
class CardRecord:
    """The whole public record of one activity, made by whoever knows that it may be public.

    `listed_until` is its last day. `categories` may name either level. Ages are months, money is
    whole pence, days are 0 (Monday) to 6. Where it is comes from its document and from nowhere
    else; a card without a point is found without a distance.
    """

    activity_id: int
    organisation_id: int
    slug: str
    organisation_slug: str
    name: str
    listed_until: date
    min_months: int
    max_months: int
    price_pence: int | None
    categories: tuple[str, ...]
    days: tuple[int, ...]
    document: dict[str, Any]

    @property
    def points(self) -> list[tuple[int, float, float]]:
        """The public points of its places: the number of the place, and where it is."""
        return points_of(self.document)

    @property
    def pictures(self) -> list[str]:
        """The digests of the pictures that it shows."""
        picture = self.document.get("picture") or {}
        return [digest for size in ("large", "small") if (digest := picture.get(size))]

    @property
    def references(self) -> list[str]:
        """What it can be looked up under: its reference, and those that this one followed."""
        return references_of(self.document)

    def public_document(self) -> dict[str, Any]:
        """The document as it is kept: where times are hidden, with no clock time in it at all."""
        document = _without_unregistered(self.document)
        if not document.get("hide_times"):
            return document
        sessions = [_without_times(session) for session in document.get("sessions", ())]
        parts = dict.fromkeys(s["part_of_day"] for s in sessions if s["part_of_day"])
        return {**document, "sessions": sessions, "parts_of_day": list(parts)}


def places_of(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every place of a card, the main one first."""
    return [document["venue"], *(document.get("also_at") or ())]


def references_of(document: Mapping[str, Any]) -> list[str]:
    """The reference on a card and the earlier ones of its club, each once."""
    every = (document.get("reference"), *(document.get("earlier_references") or ()))
    return list(dict.fromkeys(one for one in every if one))


def points_of(document: Mapping[str, Any]) -> list[tuple[int, float, float]]:
    """The public points of a card's places: the number of the place, and where it is."""
    return [
        (number, place["latitude"], place["longitude"])
        for number, place in enumerate(places_of(document))
        if place.get("latitude") is not None and place.get("longitude") is not None
    ]


def _without_unregistered(document: dict[str, Any]) -> dict[str, Any]:
    """Tax-Free Childcare is only for those on Ofsted's list: without its number nobody says so."""
    cost = document.get("cost") or {}
    if document["organisation"].get("ofsted_number") or not cost.get("points"):
        return document
    points = [one for one in cost["points"] if one.get("code") != TAX_FREE_CHILDCARE]
    return {**document, "cost": {**cost, "points": points}}


def _without_times(session: Mapping[str, Any]) -> dict[str, Any]:
    """The session with its days and parts of the day, for itself and for its extra days."""
    told = {name: value for name, value in session.items() if name not in ("start", "end")}
    start = str(session.get("start") or "")
    told["part_of_day"] = session.get("part_of_day") or part_of_day(_first_day(session), start)
    if extra := session.get("extra"):
        told["extra"] = [_extra_without_times(day) for day in extra]
    return told


def _first_day(session: Mapping[str, Any]) -> int:
    """The first day of the week on which it happens; of listed dates, that of the first."""
    if dates := session.get("dates"):
        return date.fromisoformat(min(dates)).weekday()
    return min(session.get("days") or (0,))


def _extra_without_times(day: Mapping[str, Any]) -> dict[str, Any]:
    weekday = date.fromisoformat(day["on"]).weekday()
    told = {name: value for name, value in day.items() if name not in ("start", "end")}
    return {**told, "part_of_day": part_of_day(weekday, str(day.get("start") or ""))}


def part_of_day(day: int, start: str) -> str:
    """“after school” for a Tuesday at 16:30. Nothing for nothing."""
    if not start:
        return ""
    moment = time.fromisoformat(start)
    parts = _WEEKEND_PARTS if day >= _SATURDAY else _PARTS_OF_THE_DAY
    return next((part for end, part in parts if moment < end), _LATEST_PART)
