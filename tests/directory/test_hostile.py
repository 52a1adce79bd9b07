"""Questions that would trouble a database: each is answered, with a sensible page, and soon."""

from time import perf_counter
from urllib.parse import urlencode

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from registry.cards.models import Card
from registry.cards.queries import SearchResult, search
from registry.cards.search.request import SearchRequest
from registry.database import db
from tests.cards.cards import card, put
from tests.page import Visitor

# What any machine keeps, also a busy one. The exact numbers are the benchmark's.
SOON = 3.0

QUESTIONS = (
    "%", "%%%", "_", "'", "\"", "''; DROP TABLE card; --", "\\", "*", "foot*", "^foot", "NEAR(a b)",
    "AND", "OR", "NOT", "a AND", "NOT football", "football OR", "name:football", "txt:(football)",
    "(football", "football)", "\"football", "football\"", "{}", "[]", "a:b:c", "-football",
    "+football", "football -chess", "& | ! <->", "football & chess", "to_tsquery('x')",
    "\x00", "foot\x00ball", "\ud800", "🏀", "‮football", "ﬃ", "İstanbul", "ß", "𝒻𝑜𝑜𝓉𝒷𝒶𝓁𝓁",
    "a" * 5_000, "word " * 5_000, " ".join(f"w{n}" for n in range(5_000)), "zx" * 30,
    "children's", "children’s", "e-sports", "1:1", "1-1", "IT club", "it", "after school",
    "SW1A 0AA", "WV10", "wv10 0bb", "football WV10", "..", "../../etc/passwd", "%00", "null", "NaN",
)  # fmt: skip

ADDRESSES = (
    {"page": "1000000000"}, {"page": "-1"}, {"page": "0"}, {"page": "9" * 400}, {"page": "x"},
    {"page": "१२"}, {"age": "-1"}, {"age": "0"}, {"age": "999"}, {"age": "1e3"}, {"age": "²"},
    {"postcode": "SW1A 0AA"}, {"postcode": "WV10"}, {"postcode": "WV"}, {"postcode": "%"},
    {"postcode": "\x00"}, {"postcode": "W" * 3_000}, {"postcode": "WV10", "distance": "-1"},
    {"postcode": "WV10", "distance": "NaN"}, {"postcode": "WV10", "distance": "inf"},
    {"postcode": "WV10 0BB", "distance": "0.0000001"}, {"distance": "5"}, {"category": "'; --"},
    {"category": "sport.football.x"}, {"category": "\x00"}, {"day": "8"}, {"day": "someday"},
    {"time": "never"}, {"cost": "'"}, {"support": "%"}, {"access": "\x00"},
    {"language": "' OR 1=1"}, {"sort": "; DROP"}, {"view": "../map"}, {"place": "<b>"},
    {"when": "yesterday"}, {"a": "\x00"},
    {"words": "x"}, {"q": "football", "words": "typed"}, {"online": "maybe"},
)  # fmt: skip

# The ones that are looked at as whole pages too.
PAGES = (
    {"q": "%"}, {"q": "'\""}, {"q": "NOT football OR"}, {"q": "\x00"}, {"q": "word " * 1_500},
    {"q": "<script>alert(1)</script>"}, {"page": "1000000000"}, {"age": "-1"},
    {"postcode": "SW1A 0AA"}, {"postcode": "WV10", "distance": "inf"}, {"q": "children's"},
    {"q": "e-sports"}, {"q": "1:1"}, {"q": "IT club"}, {"q": "after school"}, {"q": "🏀"},
)  # fmt: skip


@pytest.fixture
def visitor(app: Flask, client: Visitor) -> Visitor:
    """Somebody before a small register."""
    put(
        card("Mini Kickers football", activity_id=1),
        card("Chess", activity_id=2, description="For IT people after school"),
        card("E-sports league", activity_id=3, at=None),
    )
    client.get("/activities")
    return client


def test_every_question_is_answered(visitor):
    for question in QUESTIONS:
        is_answered({"q": question})


def test_every_address_is_answered(visitor):
    for asked in ADDRESSES:
        is_answered(asked)
        is_answered({"q": "football", **asked})


def test_each_gets_a_sensible_page_soon(visitor):
    for asked in PAGES:
        is_sensible(visitor, asked)


def test_many_values_at_once(visitor):
    many = [("category", f"sport.{n}") for n in range(300)] + [("age", str(n)) for n in range(300)]
    began = perf_counter()
    assert visitor.get(f"/activities?{urlencode(many)}").status in (200, 414)
    assert perf_counter() - began < SOON


def test_nothing_came_of_any_of_it(visitor):
    for asked in PAGES[:6]:
        visitor.get(f"/activities?{urlencode(asked, errors='replace')}")
    assert db.session.query(Card).count() == 3


WHAT_IS_FOUND = {
    "foot*": ["Mini Kickers football"],
    '"football"': ["Mini Kickers football"],
    "football' OR 'x'='x": [],
    "football OR chess": [],
    "IT": ["Chess"],
    "after school": ["Chess", "E-sports league", "Mini Kickers football"],
    "e-sports": ["E-sports league"],
    "children's chess": ["Chess"],
}


def test_a_sign_is_never_an_order(visitor):
    for q, names in WHAT_IS_FOUND.items():
        assert sorted(hit.document["name"] for hit in answered({"q": q}).hits) == names, q


def test_a_page_far_past_the_last_shows_the_last(visitor):
    assert "Mini Kickers football" in visitor.get("/activities?page=1000000000").text


def answered(asked: dict[str, str]) -> SearchResult:
    """What is found for an address, as the page asks for it."""
    request, problems = SearchRequest.from_query(MultiDict(asked))
    assert all(sentence.endswith(".") or "”" in sentence for sentence in problems.values()), (
        problems
    )
    return search(request)


def is_answered(asked: dict[str, str]) -> None:
    """Without a fault and soon; what is shown is no more than there is."""
    began = perf_counter()
    result = answered(asked)
    assert perf_counter() - began < SOON, asked
    assert 1 <= result.page <= result.pages, asked
    assert len(result.hits) <= result.total <= 3, asked


def is_sensible(visitor: Visitor, asked: dict[str, str]) -> None:
    """A whole page with one heading, no fault, and nothing that was typed as HTML."""
    address = f"/activities?{urlencode(asked, errors='replace')}"[:8_000]
    began = perf_counter()
    page = visitor.get(address)
    assert perf_counter() - began < SOON, asked
    assert page.status == 200, (page.status, asked)
    assert page.html.count("<h1") == 1, asked
    assert "<script>alert" not in page.html, asked
    assert "Something went wrong" not in page.text, asked
