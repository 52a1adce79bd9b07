"""What a list is made of. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Item:
    """One line of a list. Its code stays for ever, because records hold it; its words may change.

    `retired` is offered to nobody any more, and still has its words wherever it stands already.
    `details` is plain JSON: what this list knows besides.
    """

    code: str
    label: str
    parent: str = ""
    retired: bool = False
    details: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Item":
        """The item as the database keeps it."""
        return cls(**record)

    def to_record(self) -> dict[str, Any]:
        """As plain JSON."""
        return {
            "code": self.code,
            "label": self.label,
            "parent": self.parent,
            "retired": self.retired,
            "details": dict(self.details),
        }


@dataclass(frozen=True)
class KeptItems:
    """A list as it stands: equal to another of the same stamp, so that what is made of it keeps.

    `number` counts its versions; 0 is the content that the registry brought along.
    """

    key: str
    number: int
    stamp: str
    items: tuple[Item, ...] = field(compare=False)

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    @property
    def offered(self) -> tuple[Item, ...]:
        """What may still be chosen."""
        return tuple(one for one in self.items if not one.retired)

    def find(self, code: str) -> Item | None:
        """The item of that code, retired or not."""
        return next((one for one in self.items if one.code == code), None)
