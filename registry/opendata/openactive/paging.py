"""A page of a feed as RPDE 1.0 has it: its items, where to go on, how long it is kept. Pure.

Pages follow each other by change number, the simpler of the standard's two orders. The last page
has no items and names itself, so that whoever got there asks the same address again.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

from registry.clock import LONDON, local
from registry.errors import DomainError

PAGE_SIZE = 500
MEDIA_TYPE = "application/vnd.openactive.rpde+json; version=1"
# In seconds: an hour for a page that others follow, and a few for the one at the end.
_KEPT, _KEPT_AT_THE_END = 3600, 8
_NUMBER = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)
AFTER, LIMIT = "afterChangeNumber", "limit"
_OTHER_ORDER = ("afterTimestamp", "afterId")


class Item(NamedTuple):
    """One item as a page has it: `data` is what it says, as text; None for one that is gone."""

    number: int
    name: str
    data: str | None


class NotAPlaceInTheFeed(DomainError):
    """An address that names no place in the feed."""

    status = 400


def place_asked_for(asked: Mapping[str, Sequence[str]]) -> tuple[int, int]:
    """After which number the page begins, and how many items it may have."""
    known = {name.casefold(): name for name in (AFTER, LIMIT)}
    for name in asked:
        if name in _OTHER_ORDER:
            raise NotAPlaceInTheFeed(
                f"This feed goes by change number. Leave {name} out. "
                f"Start without it, then follow the address in “next”."
            )
        if (meant := known.get(name.casefold(), name)) != name:
            raise NotAPlaceInTheFeed(f"{name} has to be written {meant}.")
    limit = _number(asked, LIMIT, PAGE_SIZE)
    if not 1 <= limit <= PAGE_SIZE:
        raise NotAPlaceInTheFeed(f"{LIMIT} has to be a number from 1 to {PAGE_SIZE}.")
    return _number(asked, AFTER, 0), limit


def _number(asked: Mapping[str, Sequence[str]], name: str, default: int) -> int:
    given = asked.get(name, ())
    if not given:
        return default
    if len(given) > 1:
        raise NotAPlaceInTheFeed(f"Give {name} once.")
    if not _NUMBER.fullmatch(given[0]):
        raise NotAPlaceInTheFeed(
            f"{name} has to be a whole number, such as 0 or 1234. "
            f"Start without it, then follow the address in “next”."
        )
    return int(given[0])


def page_text(kind: str, items: Iterable[Item], following: str, licence: str) -> str:
    """The page. What items say is text already, and is put in as it is."""
    inside = ",".join(_item(kind, one) for one in items)
    return f'{{"next":{json.dumps(following)},"items":[{inside}],"license":{json.dumps(licence)}}}'


def _item(kind: str, item: Item) -> str:
    head = f'"kind":"{kind}","id":"{item.name}","modified":{item.number}'
    if item.data is None:
        return f'{{"state":"deleted",{head}}}'
    return f'{{"state":"updated",{head},"data":{item.data}}}'


def next_address(feed: str, number: int, limit: int) -> str:
    """Where whoever has read up to this number goes on."""
    more = f"&{LIMIT}={limit}" if limit != PAGE_SIZE else ""
    return f"{feed}?{AFTER}={number}{more}"


def how_long_kept(is_last: bool, now: datetime) -> str:
    """How long anybody may keep a page: never past midnight in London, when listings end."""
    tomorrow = local(now).date() + timedelta(days=1)
    midnight = datetime.combine(tomorrow, time(0), LONDON).astimezone(UTC)
    left = int((midnight - now.astimezone(UTC)).total_seconds())
    return f"public, max-age={max(0, min(_KEPT_AT_THE_END if is_last else _KEPT, left))}"
