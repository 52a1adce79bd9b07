"""A harvester as other sites have one: it knows RPDE 1.0 and nothing of this register.

It keeps what items say, goes on from page to page, and holds every page against the standard on
its way. At the end of a feed it can be asked again: it goes on from where it was.
"""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from tests.page import Visitor

SERIES, SESSIONS = "/openactive/feeds/session-series", "/openactive/feeds/scheduled-sessions"
Fetch = Callable[[str], tuple[dict[str, str], str]]


class Harvester:
    """One feed, and what is known of it so far."""

    def __init__(self, fetch: Fetch, feed: str, limit: int | None = None) -> None:
        self.fetch = fetch
        self.next = feed if limit is None else f"{feed}?limit={limit}"
        self.known: dict[str, dict[str, Any]] = {}
        self.gone: set[str] = set()
        self.numbers: dict[str, int] = {}
        self.pages = 0

    def read_on(self, pages: int | None = None) -> "Harvester":
        """Read to the end of the feed as it is now, or so many pages."""
        while pages is None or pages > 0:
            asked = self.next
            headers, body = self.fetch(asked)
            page = json.loads(body)
            self._look_at(asked, headers, page)
            for item in page["items"]:
                self._take(item)
            self.next = _path(page["next"])
            self.pages += 1
            if not page["items"]:
                break
            pages = None if pages is None else pages - 1
        return self

    @property
    def slugs(self) -> set[str]:
        """The activities that it would show."""
        found = [_path(one["url"]).removeprefix("/activities/") for one in self.known.values()]
        return set(found)

    def _take(self, item: dict[str, Any]) -> None:
        name, number = item["id"], item["modified"]
        assert number > max(self.numbers.values(), default=0), "numbers rise through the feed"
        self.numbers[name] = number
        if item["state"] == "deleted":
            assert "data" not in item
            self.known.pop(name, None)
            self.gone.add(name)
        else:
            assert item["state"] == "updated"
            assert item["data"]["@type"] == item["kind"]
            self.known[name] = item["data"]
            self.gone.discard(name)

    def _look_at(self, asked: str, headers: dict[str, str], page: dict[str, Any]) -> None:
        assert headers["Content-Type"] == "application/vnd.openactive.rpde+json; version=1"
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert set(page) == {"next", "items", "license"}
        is_last = not page["items"]
        assert (_path(page["next"]) == asked) == is_last, "the last page names itself"
        names = [item["id"] for item in page["items"]]
        assert len(names) == len(set(names))
        kept, age = headers["Cache-Control"].split("=")
        assert kept == "public, max-age"
        assert int(age) <= (8 if is_last else 3600)


def harvester(visitor: Visitor, feed: str = SERIES, limit: int | None = None) -> Harvester:
    """One that asks as a visitor."""

    def fetch(address: str) -> tuple[dict[str, str], str]:
        page = visitor.get(address)
        assert page.status == 200, page.body
        return dict(page.headers), page.body.decode()

    return Harvester(fetch, feed, limit)


def activities_in_rpde(visitor: Visitor, limit: int | None = None) -> set[str]:
    """The slugs of what is `updated` in the feed of activities, read from its beginning."""
    return harvester(visitor, SERIES, limit).read_on().slugs


def _path(address: str) -> str:
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")
