"""The directory for young people: 11 to 18, and up to 25 with special needs or a disability.

The same activities, in their words and their order. What a council adds to its list of kinds
stands at the end under its own name; what is for little children is left out.
"""

import tomllib
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from registry.cards.categories import Category, categories, kept_categories
from registry.cards.search.request import OLDEST, SearchRequest
from registry.directory.doors import SEND, YOUNG_PEOPLE
from registry.directory.search_page import SearchPage
from registry.lists.items import KeptItems
from registry.lists.standing import VERSIONS_AT_ONCE

_CONTENT = Path(__file__).parent / "content" / "young_people.toml"
AGES = tuple(range(11, 19))
GROWN_UP_AGES = tuple(range(18, OLDEST + 1))


def kinds_for_the_young() -> tuple[Category, ...]:
    """The first-level kinds, as young people call them."""
    return _kinds(kept_categories())


@lru_cache(maxsize=VERSIONS_AT_ONCE)
def _kinds(kept: KeptItems) -> tuple[Category, ...]:
    content = _words()
    names: dict[str, str] = content["kinds"]
    known = {one.code: one for one in categories()}
    ours = [replace(known[code], label=name) for code, name in names.items() if code in known]
    left_out = {*names, *content["not_for_them"]}
    return (*ours, *(one for code, one in known.items() if code not in left_out))


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return tomllib.loads(_CONTENT.read_text(encoding="utf-8"))


YOUNG = SearchPage(path=YOUNG_PEOPLE, ages=AGES, kinds=kinds_for_the_young, is_for_young=True)
WITH_SEND = SearchRequest(ages=GROWN_UP_AGES, categories=SEND)
