"""What is true today of one club, read off its cards. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Verdict:
    """A club that is on the list, when the council read its self-check, and what it has listed.

    Days are ISO text, as on the cards. An activity is its name and its slug.
    """

    reference: str
    name: str
    slug: str
    read_on: str
    next_due_on: str
    points: tuple[str, ...]
    activities: tuple[tuple[str, str], ...]

    @property
    def path(self) -> str:
        """Where everybody can ask whether it is still true."""
        return f"/verify/{self.reference}"

    @property
    def badge_path(self) -> str:
        """Where the badge is drawn."""
        return f"/badge/{self.reference}.svg"


def verdict_of(documents: Sequence[Mapping[str, Any]]) -> Verdict | None:
    """The verdict that the cards of one club give; None where it has none."""
    if not documents:
        return None
    first = documents[0]
    return Verdict(
        reference=first["reference"],
        name=first["organisation"]["name"],
        slug=first["organisation"]["slug"],
        read_on=first["read_on"],
        next_due_on=first["next_due_on"],
        points=tuple(point["label"] for point in first["criteria"]),
        activities=tuple((one["name"], one["slug"]) for one in documents),
    )
