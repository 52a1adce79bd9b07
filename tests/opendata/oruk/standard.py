"""The published schemas of Open Referral UK 3.0, and somebody who walks through a whole feed.

Addresses and instants are looked at too: the checker of formats has the two libraries that do it,
and says so if they are missing.
"""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
from jsonschema import Draft202012Validator, FormatChecker

from tests.page import Visitor

SCHEMAS = Path(__file__).parent / "schemas"
BASE = "/oruk/v3"
# Each list, its published schema, and that of one thing of it.
LISTS = {
    "services": ("service_list", "service"),
    "service_at_locations": ("service_at_location_list", "service_at_location"),
    "organizations": ("organization_list", "organization"),
    "taxonomies": ("taxonomy_list", "taxonomy"),
    "taxonomy_terms": ("taxonomy_term_list", "taxonomy_term"),
}
FORMATS = FormatChecker()
assert {"uri", "date-time"} <= FORMATS.checkers.keys(), "rfc3987 and rfc3339-validator are missing"


@cache
def validator(name: str) -> Draft202012Validator:
    """The published schema of this name."""
    return Draft202012Validator(
        json.loads((SCHEMAS / f"{name}.json").read_text()), format_checker=FORMATS
    )


@cache
def quick_validator(name: str) -> jsonschema_rs.Validator:
    """The same, much quicker, for very many answers. schemathesis brings it along."""
    told = json.loads((SCHEMAS / f"{name}.json").read_text())
    return jsonschema_rs.validator_for(told, validate_formats=True)


def problems(name: str, answer: Any, *, quickly: bool = False) -> list[str]:
    """What a published schema has against an answer, and nulls and empty parts besides."""
    if quickly and quick_validator(name).is_valid(answer):
        return list(_empty(answer, ""))
    found = [
        f"{'.'.join(map(str, error.absolute_path))}: {error.message[:200]}"
        for error in validator(name).iter_errors(answer)
    ]
    return found + list(_empty(answer, ""))


def _empty(value: Any, where: str) -> Iterator[str]:
    if value is None or (value in ("", [], {}) and not where.endswith(".contents")):
        yield f"{where} is empty"
    parts: Iterable[tuple[Any, Any]] = value.items() if isinstance(value, dict) else ()
    for name, part in enumerate(value) if isinstance(value, list) else parts:
        yield from _empty(part, f"{where}.{name}")


def ask(visitor: Visitor, path: str, **query: Any) -> Any:
    """What stands at an address below the base."""
    answer = visitor.raw.get(f"{BASE}{path}", query_string=query, base_url=visitor.base_url)
    assert answer.status_code == 200, (path, query, answer.json)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return answer.json


def ids(visitor: Visitor, kind: str = "services", **query: Any) -> list[str]:
    """The ids of what is found."""
    return [
        one["id"] for one in ask(visitor, f"/{kind}", **{"per_page": 1000, **query})["contents"]
    ]


def walk(visitor: Visitor, kind: str, per_page: int = 5, **query: Any) -> list[Any]:
    """Every thing of a list, page by page, with the arithmetic of each page looked at."""
    found: list[Any] = []
    page, pages = 1, 1
    while page <= pages:
        answer = ask(visitor, f"/{kind}", page=page, per_page=per_page, **query)
        things, pages, total = answer["contents"], answer["total_pages"], answer["total_items"]
        assert answer["page_number"] == page
        assert answer["size"] == len(things)
        assert answer["first_page"] is (page == 1)
        assert answer["last_page"] is (page >= pages)
        assert answer["empty"] is (not things)
        assert len(things) == (per_page if page < pages else total - per_page * max(0, pages - 1))
        assert pages == -(-total // per_page)
        found += things
        page += 1
    assert len({one["id"] for one in found}) == len(found) == total
    return found


def wrong_in_everything(visitor: Visitor, per_page: int = 5, *, quickly: bool = False) -> list[str]:
    """What the published schemas have against any page and any thing of the whole feed."""
    found = problems("api_details", ask(visitor, "/"))
    for kind, (of_list, of_one) in LISTS.items():
        for number, things in enumerate(_pages(visitor, kind, per_page), 1):
            # The published schema of a list of organisations is that of one of them.
            lists = things["contents"] if kind == "organizations" else [things]
            for part in lists:
                found += [
                    f"{kind}, page {number}: {one}"
                    for one in problems(of_list, part, quickly=quickly)
                ]
            for thing in things["contents"]:
                answer = ask(visitor, f"/{kind}/{thing['id']}")
                found += [
                    f"{kind} {thing['id']}: {one}"
                    for one in problems(of_one, answer, quickly=quickly)
                ]
                if kind == "service_at_locations":
                    # The standard's own document has this answer down as a service.
                    found += [
                        f"{kind}: {one}" for one in problems("service", answer, quickly=quickly)
                    ]
                assert answer["id"] == thing["id"]
    return found


def _pages(visitor: Visitor, kind: str, per_page: int) -> Iterator[Any]:
    page = 1
    while True:
        answer = ask(visitor, f"/{kind}", page=page, per_page=per_page)
        yield answer
        if answer["last_page"]:
            return
        page += 1
