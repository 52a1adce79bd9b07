"""What a club may say about support and access, and which languages it may tick.

Lists that a council keeps (domain E.5): codes stay, labels may be changed. They are the
directory's, so that parents filter by exactly what clubs answer.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from registry.lists.items import Item, KeptItems
from registry.lists.standing import VERSIONS_AT_ONCE, standing

GROUPS = ("support", "access")
COST = "cost"
MARKS, LANGUAGES = "marks", "languages"
_CONTENT = Path(__file__).parent / "content"


@dataclass(frozen=True)
class Mark:
    """One kind of support or access, or of help with the cost, that a club answers yes, ask us
    or no."""

    code: str
    label: str
    group: str
    hint: str = ""


def marks() -> tuple[Mark, ...]:
    """Every mark of support and access that is asked about, support first, in the order shown."""
    return tuple(one for group in GROUPS for one in marks_in(group))


def marks_in(group: str) -> tuple[Mark, ...]:
    """The marks of one group that are asked about, in the order shown: `support`, `access` or
    `cost`."""
    return _offered(kept_marks(), group)


def mark(code: str) -> Mark | None:
    """The mark of this code, asked about or not any more; None for a code that there is not."""
    return _by_code(kept_marks()).get(code)


def languages() -> tuple[str, ...]:
    """The languages that can be ticked."""
    return tuple(one.label for one in kept_languages().offered)


def kept_marks() -> KeptItems:
    """The list behind the marks: the `parent` of one is its group."""
    return standing(MARKS, shipped_marks)


def kept_languages() -> KeptItems:
    """The list behind the languages. A club keeps the name of one, so none is renamed."""
    return standing(LANGUAGES, shipped_languages)


def shipped_marks() -> Iterator[Item]:
    """The marks that an installation starts with."""
    content = _read("support.toml")
    for group in (*GROUPS, COST):
        for code, given in content[group].items():
            yield Item(code, given["label"], group, details={"hint": given.get("hint", "")})


def shipped_languages() -> Iterator[Item]:
    """The languages that an installation starts with."""
    return (Item(name, name) for name in _read("languages.toml")["languages"])


@lru_cache(maxsize=VERSIONS_AT_ONCE * 3)
def _offered(kept: KeptItems, group: str) -> tuple[Mark, ...]:
    return tuple(map(_as_mark, (one for one in kept.offered if one.parent == group)))


@lru_cache(maxsize=VERSIONS_AT_ONCE)
def _by_code(kept: KeptItems) -> dict[str, Mark]:
    return {one.code: _as_mark(one) for one in kept}


def _as_mark(item: Item) -> Mark:
    return Mark(item.code, item.label, item.parent, item.details.get("hint", ""))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_CONTENT / name).read_text(encoding="utf-8"))
