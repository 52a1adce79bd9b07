"""Which ready-made words there are for what somebody is writing."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import select

from registry.database import db
from registry.ready_words.models import ReadyWords

CONTENT = Path(__file__).parent / "content" / "words.toml"


@dataclass(frozen=True)
class ShippedWords:
    """One text as it comes with the software."""

    key: str
    use: str
    title: str
    text: str


def words_for(use: str) -> list[ReadyWords]:
    """The texts for one use, in their order."""
    return list(
        db.session.scalars(
            select(ReadyWords)
            .where(ReadyWords.use == use, ReadyWords.is_active)
            .order_by(ReadyWords.sort, ReadyWords.id)
        )
    )


def words_for_each(uses: Sequence[str]) -> dict[str, list[ReadyWords]]:
    """The texts for several uses at once; every use has its list, if an empty one."""
    found: dict[str, list[ReadyWords]] = {use: [] for use in uses}
    rows = db.session.scalars(
        select(ReadyWords)
        .where(ReadyWords.use.in_(uses), ReadyWords.is_active)
        .order_by(ReadyWords.sort, ReadyWords.id)
    )
    for row in rows:
        found[row.use].append(row)
    return found


def all_words() -> list[ReadyWords]:
    """Every text, the retired ones too, by use."""
    return list(
        db.session.scalars(
            select(ReadyWords).order_by(ReadyWords.use, ReadyWords.sort, ReadyWords.id)
        )
    )


def one_text(words_id: int) -> ReadyWords | None:
    """One text by its number."""
    return db.session.get(ReadyWords, words_id)


@cache
def shipped_words() -> tuple[ShippedWords, ...]:
    """The texts that an installation starts with."""
    read = tomllib.loads(CONTENT.read_text(encoding="utf-8"))
    return tuple(
        ShippedWords(one["key"], one["use"], one["title"], one["text"].strip())
        for one in read["words"]
    )
