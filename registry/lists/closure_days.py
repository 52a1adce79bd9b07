"""The days on which the council itself is closed, besides weekends and England's bank holidays."""

from datetime import date
from functools import lru_cache

from registry.lists.items import Item, KeptItems
from registry.lists.standing import VERSIONS_AT_ONCE, standing

KEY = "closure_days"


def closure_days() -> frozenset[date]:
    """Each of them."""
    return _days(kept_closure_days())


def kept_closure_days() -> KeptItems:
    """The list behind them: the code of a line is its day, its label says why."""
    return standing(KEY, shipped_closure_days)


def shipped_closure_days() -> tuple[Item, ...]:
    """None: which days they are is for each council to say."""
    return ()


@lru_cache(maxsize=VERSIONS_AT_ONCE)
def _days(kept: KeptItems) -> frozenset[date]:
    return frozenset(date.fromisoformat(one.code) for one in kept.offered)
