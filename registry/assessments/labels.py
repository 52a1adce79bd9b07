"""What kinds, support and access are called today, on a card that was made when they had other
words."""

from typing import Any

from registry.organisations.categories import category, mark

Document = dict[str, Any]


def with_words_of_now(document: Document) -> Document:
    """The same document, with each kind and each mark called what the lists call it now."""
    renamed = {
        **document,
        "categories": [_with(one, category(one["code"])) for one in document["categories"]],
        **{name: _marks(document.get(name)) for name in ("support", "access")},
    }
    if cost := document.get("cost"):
        renamed["cost"] = {**cost, "points": _marks(cost.get("points"))}
    return renamed


def _marks(marks: list[Document] | None) -> list[Document]:
    return [_with(one, mark(one["code"])) for one in marks or ()]


def _with(said: Document, known: Any) -> Document:
    """What has gone from a list altogether keeps the words that it had."""
    return {**said, "label": known.label} if known else said
