"""A card as it is handed to the directory, and what may never be on one."""

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


@dataclass(frozen=True)
class CardRecord:
    """The whole public record of one activity, made by whoever knows that it may be public.

    `listed_until` is its last day. `categories` may name either level. Ages are months, money is
    whole pence, days are 0 (Monday) to 6. A card without a point is found without a distance.
    """

    activity_id: int
    organisation_id: int
    slug: str
    organisation_slug: str
    name: str
    listed_until: date
    latitude: float | None
    longitude: float | None
    min_months: int
    max_months: int
    price_pence: int | None
    categories: tuple[str, ...]
    days: tuple[int, ...]
    document: dict[str, Any]

    def public_document(self) -> dict[str, Any]:
        """The document as it is kept: where times are hidden, with no clock time in it at all."""
        if not self.document.get("hide_times"):
            return self.document
        sessions = [_without_times(session) for session in self.document.get("sessions", ())]
        parts = dict.fromkeys(s["part_of_day"] for s in sessions if s["part_of_day"])
        return {**self.document, "sessions": sessions, "parts_of_day": list(parts)}


def _without_times(session: dict[str, Any]) -> dict[str, Any]:
    return {
        "day": session["day"],
        "season": session.get("season", ""),
        "part_of_day": part_of_day(session["day"], str(session.get("start") or "")),
    }


def part_of_day(day: int, start: str) -> str:
    """“after school” for a Tuesday at 16:30. Nothing for nothing."""
    if not start:
        return ""
    moment = time.fromisoformat(start)
    parts = _WEEKEND_PARTS if day >= _SATURDAY else _PARTS_OF_THE_DAY
    return next((part for end, part in parts if moment < end), _LATEST_PART)
