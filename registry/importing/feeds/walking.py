"""From the first page of a feed to its last: Open Referral UK, or the pages of Outpost.

A list of services has only the beginning of each, so each one is fetched by its own address where
the standard has one. A feed that gives the same page again, or ends before its own number says,
is broken: nothing of it comes in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from registry.importing.feeds import BrokenFeed, NotJson
from registry.importing.feeds.fetching import Fetcher
from registry.importing.reading.outpost import is_outpost_item
from registry.importing.reading.services import is_oruk_item

PER_PAGE = 50
MOST_PAGES = 20_000
MOST_SERVICES = 250_000


@dataclass(frozen=True)
class Feed:
    """Where the pages are, and what is on them."""

    address: str
    shape: str


@dataclass(frozen=True)
class Page:
    """One page: its services, where it stands, and how many services there are in all."""

    number: int
    items: list[Any]
    is_last: bool
    total: int
    pages: int


def find_feed(fetcher: Fetcher, address: str) -> Feed | None:
    """What kind of feed is at an address: its root, or its list of services. None: it is none."""
    try:
        document = fetcher.json(address)
    except NotJson:
        return None
    if not isinstance(document, dict):
        return None
    if "version" in document and _items(document) is None:
        if "3" not in str(document["version"]):
            raise BrokenFeed(
                f"This feed says that it is “{str(document['version'])[:40]}”. Open Referral UK "
                "version 3 is read."
            )
        return Feed(_beside(address, "services"), "oruk")
    found = _items(document)
    if found is None:
        return None
    if not found:
        raise BrokenFeed("The feed is empty: it has no service.")
    first = found[0]
    if isinstance(first, dict) and is_outpost_item(first):
        return Feed(address, "outpost")
    if isinstance(first, dict) and is_oruk_item(first):
        return Feed(address, "oruk")
    raise BrokenFeed("What is at this address is a list, but not one of services.")


def pages(fetcher: Fetcher, feed: Feed, after: int = 0) -> Iterator[Page]:
    """The pages after one that was read before, each with whole services. Raises BrokenFeed."""
    seen: tuple[str, ...] = ()
    count = 0
    for number in range(after + 1, MOST_PAGES + 1):
        document = fetcher.json(_page_address(feed, number))
        page = _page(document, number)
        keys = tuple(_key(one) for one in page.items)
        if keys and keys == seen:
            raise BrokenFeed(
                f"Page {number} of the feed is the page before once more. It has no end."
            )
        seen = keys
        count += len(keys)
        if not keys and not page.is_last:
            raise BrokenFeed(f"Page {number} of the feed is empty, but not the last.")
        if count > MOST_SERVICES:
            raise BrokenFeed(f"The feed has more than {MOST_SERVICES:,} services.")
        yield page
        if page.is_last:
            return
    raise BrokenFeed(f"The feed has more than {MOST_PAGES:,} pages.")


def whole(fetcher: Fetcher, feed: Feed, item: Any) -> Any:
    """A service with everything nested in it; as it stands where the list has the whole of it."""
    if feed.shape != "oruk" or not isinstance(item, dict) or "service_at_locations" in item:
        return item
    key = _key(item)
    if not key:
        return item
    found = fetcher.json(_beside(feed.address, quote(key, safe="")))
    if not isinstance(found, dict) or str(found.get("id")) != key:
        raise BrokenFeed(f"The feed gives another service than {key[:60]} at the address of that.")
    return found


def _page(document: Any, number: int) -> Page:
    found = _items(document) if isinstance(document, dict) else None
    if found is None:
        raise BrokenFeed(f"Page {number} of the feed has no list of services.")
    stands_at = _number(document, "page_number", "number")
    if stands_at not in (None, number):
        raise BrokenFeed(
            f"The feed answers with page {stands_at} where page {number} was asked for."
        )
    last = document.get("last_page", document.get("last"))
    total = _number(document, "total_items", "totalElements") or 0
    pages = _number(document, "total_pages", "totalPages") or 0
    if not isinstance(last, bool):
        last = pages <= number if pages else not found
    return Page(number, found, last, total, pages)


def _items(document: Mapping[str, Any]) -> list[Any] | None:
    for name in ("contents", "content"):
        if isinstance(document.get(name), list):
            return list(document[name])
    return None


def _number(document: Mapping[str, Any], *names: str) -> int | None:
    for name in names:
        value = document.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
    return None


def _key(item: Any) -> str:
    return str(item.get("id") or "") if isinstance(item, dict) else ""


def _page_address(feed: Feed, number: int) -> str:
    parts = urlsplit(feed.address)
    asked = [(k, v) for k, v in parse_qsl(parts.query) if k not in ("page", "per_page")]
    asked += [("page", str(number)), ("per_page", str(PER_PAGE))]
    return urlunsplit(parts._replace(query=urlencode(asked), fragment=""))


def _beside(address: str, name: str) -> str:
    """The address below another: `…/v3` and `services` give `…/v3/services`."""
    parts = urlsplit(address)
    return urlunsplit(
        parts._replace(path=f"{parts.path.rstrip('/')}/{name}", query="", fragment="")
    )
