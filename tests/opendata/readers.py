"""What the register's open files say, read by others' eyes: small readers that know no code of it.

`activities_in_…` gives the slugs of the activities in one output, so that two outputs can be held
against each other. `dates_in_calendar` reads a calendar file with python-dateutil alone, which
shares nothing with the library that writes it.
"""

import csv
import io
import json
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from dateutil.rrule import rruleset, rrulestr
from dateutil.tz import tzical

from tests.page import Visitor

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"
ACTIVITIES = "/activities/"


def activities_in_csv(visitor: Visitor) -> set[str]:
    """The slugs of `/data/activities.csv`."""
    return {row["slug"] for row in rows_of_csv(visitor)}


def rows_of_csv(visitor: Visitor, address: str = "/data/activities.csv") -> list[dict[str, str]]:
    """The rows of a file, by the names of its columns."""
    text = _fetched(visitor, address).decode("utf-8")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def activities_in_geojson(visitor: Visitor) -> set[str]:
    """The slugs of `/data/activities.geojson`."""
    found = collection(visitor)
    return _each_once([one["properties"]["slug"] for one in found["features"]])


def collection(visitor: Visitor) -> dict[str, Any]:
    """The whole of `/data/activities.geojson`."""
    told: dict[str, Any] = json.loads(_fetched(visitor, "/data/activities.geojson"))
    return told


def activities_in_sitemap(visitor: Visitor) -> set[str]:
    """The slugs of the activities that `/sitemap.xml` leads to."""
    paths = [urlsplit(one).path for one in addresses_in_sitemap(visitor)]
    found = [path.removeprefix(ACTIVITIES) for path in paths if path.startswith(ACTIVITIES)]
    return _each_once(found)


def addresses_in_sitemap(visitor: Visitor) -> list[str]:
    """Every address in every part of `/sitemap.xml`."""
    index = _tree(visitor, "/sitemap.xml")
    assert index.tag == f"{SITEMAP}sitemapindex", index.tag
    found = []
    for part in index.iter(f"{SITEMAP}loc"):
        urls = _tree(visitor, urlsplit(part.text or "").path)
        assert urls.tag == f"{SITEMAP}urlset", urls.tag
        found += [loc.text or "" for loc in urls.iter(f"{SITEMAP}loc")]
    return found


def activities_in_atom(visitor: Visitor) -> list[str]:
    """The slugs of the newest activities, as `/data/new-activities.atom` has them."""
    feed = _tree(visitor, "/data/new-activities.atom")
    links = [link for entry in feed.iter(f"{ATOM}entry") for link in entry.iter(f"{ATOM}link")]
    return [
        urlsplit(link.get("href", "")).path.removeprefix(ACTIVITIES)
        for link in links
        if link.get("rel", "alternate") == "alternate"
    ]


def dates_in_calendar(
    file: bytes, first: datetime, last: datetime
) -> list[tuple[str, datetime, datetime]]:
    """What happens from `first` until `last`: its name, its start and its end, in order.

    Read with the file's own VTIMEZONE, and not with what the machine knows of London.
    """
    text = re.sub("\r\n[ \t]", "", file.decode("utf-8"))
    zones = tzical(io.StringIO(text))
    zone = zones.get("Europe/London")
    found = []
    for event in re.findall("BEGIN:VEVENT\r\n(.*?)END:VEVENT", text, re.DOTALL):
        said = _properties(event)
        begins = _instant(said["DTSTART"][0], zone)
        lasts = _instant(said["DTEND"][0], zone) - begins
        for start in _starts(said, begins, zone, first, last):
            name = re.sub(r"\\(.)", r"\1", said["SUMMARY"][0].partition(":")[2])
            found.append((name, start, start + lasts))
    return sorted(found, key=lambda one: (one[1], one[0]))


def _starts(
    said: dict[str, list[str]], begins: datetime, zone: Any, first: datetime, last: datetime
) -> Iterable[datetime]:
    rules = said.get("RRULE")
    if not rules:
        return [begins] if first <= begins < last else []
    found = rruleset()
    found.rrule(rrulestr(rules[0].partition(":")[2], dtstart=begins))
    for line in said.get("EXDATE", ()):
        head, _, days = line.partition(":")
        for day in days.split(","):
            found.exdate(_instant(f"{head}:{day}", zone))
    return found.between(first, last - timedelta(seconds=1), inc=True)


def _properties(event: str) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for line in filter(None, event.split("\r\n")):
        name = re.split("[;:]", line, maxsplit=1)[0]
        said.setdefault(name, []).append(line)
    return said


def _instant(line: str, zone: Any) -> datetime:
    head, _, value = line.rpartition(":")
    assert "TZID=Europe/London" in head, line
    return datetime.strptime(value, "%Y%m%dT%H%M%S").replace(tzinfo=zone)


def _each_once(found: list[str]) -> set[str]:
    assert len(found) == len(set(found)), "one is in it twice"
    return set(found)


def _tree(visitor: Visitor, address: str) -> ElementTree.Element:
    return ElementTree.fromstring(_fetched(visitor, address))  # noqa: S314  our own answer


def _fetched(visitor: Visitor, address: str) -> bytes:
    page = visitor.get(address)
    assert page.status == 200, (address, page.status)
    return page.body
