"""Reading what somebody wrote as an edition, and saying plainly what is wrong with it. Pure."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.administration.toml_writing import written_as_toml
from registry.criteria.content import Edition
from registry.criteria.loading import BadEdition, edition_from, problems
from registry.criteria.relied_on import relied_on_problems

# The words of a question that a page offers to change; the rest is changed in the file.
PLAIN_WORDS = ("text", "short", "help", "why", "evidence", "met", "partly", "not_met", "basis")
LISTED_WORDS = ("good", "reviewer")


class UnreadableEdition(ValueError):
    """This is no edition. The message says where, and what to do."""


@dataclass(frozen=True)
class Reading:
    """An edition, and each thing that must be put right before it may count."""

    edition: Edition
    problems: tuple[str, ...]


def read_edition(text: str, number: str) -> Reading:
    """The edition of that number in a text. Raises UnreadableEdition."""
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableEdition(f"This is not TOML as it should be: {error}.") from error
    if written.get("edition") != number:
        raise UnreadableEdition(
            f"The file says edition = {written.get('edition')!r}. This draft is edition {number!r}."
        )
    try:
        edition = edition_from(written)
        return Reading(edition, (*problems(edition), *relied_on_problems(edition)))
    except BadEdition as error:
        raise UnreadableEdition(f"This cannot be used: {error}.") from error
    except (TypeError, AttributeError, KeyError, ValueError) as error:
        raise UnreadableEdition(
            f"Something in the file is of the wrong kind, such as a number where words belong: "
            f"{error}."
        ) from error


def numbered(text: str, number: str, adopted_on: date) -> str:
    """The same text as another edition: a new number, and the day from which it counts."""
    written = tomllib.loads(text)
    return written_as_toml({**written, "edition": number, "adopted_on": adopted_on})


def with_words(text: str, key: str, words: dict[str, Any]) -> str:
    """The same text with other words for one question. What is left empty is left out."""
    written = tomllib.loads(text)
    for question in written["question"]:
        if question["key"] == key:
            question.update(words)
            if not question.get("partly"):
                question.pop("partly", None)
    return written_as_toml(written)


def moved(text: str, key: str, places: int) -> str:
    """The same text with one question some places further up (less than 0) or down, among the
    questions of its criterion."""
    written = tomllib.loads(text)
    asked: list[dict[str, Any]] = written["question"]
    here = next(n for n, one in enumerate(asked) if one["key"] == key)
    alike = [n for n, one in enumerate(asked) if one["criterion"] == asked[here]["criterion"]]
    there = alike.index(here) + places
    if 0 <= there < len(alike):
        other = alike[there]
        asked[here], asked[other] = asked[other], asked[here]
    return written_as_toml(written)


def next_number(known: Iterable[str]) -> str:
    """The number of the next edition: 1.1 after 1.0."""
    newest = max(([int(part) for part in one.split(".")] for one in known), default=[0])
    *first, last = [*newest, 0] if len(newest) == 1 else newest
    return ".".join(map(str, [*first, last + 1]))
