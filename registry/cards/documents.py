"""The documents of cards as pages read them: each read once for as long as it says the same.

A register has a few thousand cards, and the same ones stand on most pages. So a document is kept
by its own text: whoever changes a card gives it another text, and nobody can meet the old one.
"""

import json
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from registry.database import ask_shortly

T = TypeVar("T")

# About 20 kB each with all that is worked out from it.
MOST_KEPT = 2_000


class CardDocument(dict[str, Any]):
    """A document, never to be changed. What is worked out from it is kept with it."""

    __slots__ = ("worked_out",)

    def __init__(self, told: Mapping[str, Any]) -> None:
        super().__init__(told)
        self.worked_out: dict[Hashable, Any] = {}


def documents_of(activity_ids: Iterable[int]) -> dict[int, CardDocument]:
    """The documents of these cards, by their numbers; of those that there are."""
    among = ", ".join(str(int(number)) for number in activity_ids)
    if not among:
        return {}
    rows = ask_shortly(  # numbers alone
        f"SELECT activity_id, CAST(document AS TEXT) FROM card WHERE activity_id IN ({among})"  # noqa: S608
    )
    return {number: read_document(text) for number, text in rows}


@lru_cache(maxsize=MOST_KEPT)
def read_document(text: str) -> CardDocument:
    """What this text says."""
    return CardDocument(json.loads(text))


def worked_out(document: Mapping[str, Any], what: Hashable, work: Callable[[], T]) -> T:
    """What follows from a document and from `what`, worked out once where the document is kept."""
    kept: dict[Hashable, Any] | None = getattr(document, "worked_out", None)
    if kept is None:
        return work()
    if what not in kept:
        kept[what] = work()
    found: T = kept[what]
    return found
