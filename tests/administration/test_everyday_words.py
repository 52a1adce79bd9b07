"""The everyday words that a council keeps: a line counts from the next search on."""

from collections.abc import Callable

import pytest
from flask import Flask

from registry.cards.queries import register_version, search
from registry.cards.search.request import SearchRequest
from registry.cards.words.everyday import kept_everyday_words, phrases
from tests import factories as make
from tests.cards.cards import card, put
from tests.page import Visitor

LIST = "/admin/lists/everyday-words"


@pytest.fixture
def visitor(app: Flask, new_visitor: Callable[[], Visitor]) -> Visitor:
    """An administrator, signed in, before a register of three cards."""
    email = make.a_person("Priya Nair", "administrator").email
    put(card("Quoits for all"), card("Football"), card("Chess"))
    somebody = new_visitor()
    somebody.sign_in(email, make.PASSWORD)
    return somebody


def names(q: str) -> list[str]:
    return [hit.document["name"] for hit in search(SearchRequest(q=q)).hits]


def test_a_line_that_is_added_counts_at_once_and_one_that_is_retired_no_more(visitor: Visitor):
    assert names("hoopla") == []
    before = register_version()
    form = visitor.get(f"{LIST}/add").form(-1)
    page = form.fill({"label": "hoopla, ring toss", "means": "quoits"}).submit("Add it")
    assert "Added: hoopla, ring toss" in page.text
    assert names("hoopla") == names("Ring toss") == ["Quoits for all"]
    assert register_version() > before, "a page that a browser keeps is asked for anew"

    line = next(one for one in kept_everyday_words() if one.label == "hoopla, ring toss")
    form = visitor.get(f"{LIST}/{line.code}").form(-1)
    form.fill({"label": "hoopla", "means": "chess"}).submit("Save")
    assert names("hoopla") == ["Chess"]
    assert names("ring toss") == []

    visitor.get(LIST).form(f"{LIST}/{line.code}/retire").submit()
    assert names("hoopla") == []


def test_the_list_begins_with_ours_and_says_what_each_means(visitor: Visitor):
    page = visitor.get(LIST)
    assert "footy, footie, soccer" in page.text
    assert "Means" in page.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"label": "hoopla", "means": ""}, "Say which words they mean"),
        ({"label": "hoopla", "means": "— …"}, "Use letters or numbers"),
        ({"label": "%", "means": "quoits"}, "Use letters or numbers"),
        ({"label": "Cards, " * 60, "means": "quoits"}, "200"),
    ],
)
def test_what_cannot_be_looked_for_is_not_taken(visitor: Visitor, typed, said: str):
    page = visitor.get(f"{LIST}/add").form(-1).fill(typed).submit("Add it")
    assert page.status == 422
    assert said in page.text


def test_a_hyphen_makes_one_word_of_two():
    assert phrases("drop-in, stay and play,  ,") == [("dropin",), ("stay", "and", "play")]
