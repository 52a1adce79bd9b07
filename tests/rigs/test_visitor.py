"""The visitor fills in forms as a browser does, and nothing that a person could not fill in."""

from datetime import date

import pytest
from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue

from tests.page import Visitor

PAGE = """<!doctype html><html lang="en"><head><title>{h1}</title></head><body>
<header><a href="/elsewhere">Your club</a></header><main><h1>{h1}</h1>{rest}</main></body></html>"""

FORM = """
<a href="/club/1">Your club</a> <a href="/a">Change <span>name</span></a>
<form method="post" action="/send?x=1" enctype="multipart/form-data">
<input type="hidden" name="csrf_token" value="t">
<label for="n">Name</label><input id="n" name="name" value="Old">
<label for="m">Message</label><textarea id="m" name="message">one
two</textarea>
<fieldset><legend>Size</legend>
<input type="radio" id="s1" name="size" value="s"><label for="s1">Small</label>
<input type="radio" id="s2" name="size" value="l" checked><label for="s2">Large</label></fieldset>
<fieldset><legend>Days</legend>
<input type="checkbox" id="d1" name="day" value="0" checked><label for="d1">Monday</label>
<input type="checkbox" id="d2" name="day" value="1"><label for="d2">Tuesday</label></fieldset>
<fieldset><legend>When was it written?</legend>
<label for="w-day">Day</label><input id="w-day" name="written-day">
<label for="w-month">Month</label><input id="w-month" name="written-month">
<label for="w-year">Year</label><input id="w-year" name="written-year"></fieldset>
<label for="k">Kind</label><select id="k" name="kind">
<option value="">Choose</option><option value="c">Club</option></select>
<label for="f">Papers</label><input id="f" type="file" name="papers" multiple>
<button name="then" value="stop">Save and stop</button>
<button name="then" value="go">Save</button></form>
<form action="/find"><label for="q">Search</label><input id="q" name="q">
<button>Find</button></form>
"""


@pytest.fixture
def visitor() -> Visitor:
    app = Flask("toy")

    @app.get("/")
    def start() -> str:
        return PAGE.format(h1="Start", rest=FORM)

    @app.post("/send")
    def send() -> ResponseReturnValue:
        app.extensions["sent"] = {
            "fields": list(request.form.items(multi=True)),
            "files": [(f.filename, f.read()) for f in request.files.getlist("papers")],
            "query": request.query_string.decode(),
        }
        return redirect("done", 303)

    @app.get("/<path:where>")
    def anywhere(where: str) -> str:
        return PAGE.format(h1=where, rest=f"<p>{request.query_string.decode()}</p>")

    return Visitor(app)


def test_what_the_page_wrote_is_sent_as_it_stands(visitor: Visitor):
    visitor.get("/").form().submit("Save")
    sent = visitor.app.extensions["sent"]
    assert sent["fields"] == [
        ("csrf_token", "t"),
        ("name", "Old"),
        ("message", "one\r\ntwo"),
        ("size", "l"),
        ("day", "0"),
        ("written-day", ""),
        ("written-month", ""),
        ("written-year", ""),
        ("kind", ""),
        ("then", "go"),
    ]
    assert sent["query"] == "x=1"


def test_fields_are_filled_by_name_by_label_and_by_legend(visitor: Visitor):
    form = visitor.get("/").form()
    form.fill({"Name": "New", "Size": "Small", "When was it written?": date(2026, 1, 31)})
    form.fill(day=["Monday", "1"], kind="Club", papers=[("a.pdf", b"%PDF"), ("b.txt", b"words")])
    page = form.submit("Save and stop")
    sent = visitor.app.extensions["sent"]
    fields = dict(sent["fields"])
    assert (page.h1, page.status, page.path) == ("done", 200, "/done")
    assert (fields["name"], fields["size"], fields["kind"]) == ("New", "s", "c")
    assert (fields["written-day"], fields["written-month"], fields["written-year"]) == (
        "31", "1", "2026",
    )  # fmt: skip
    assert [value for name, value in sent["fields"] if name == "day"] == ["0", "1"]
    assert sent["files"] == [("a.pdf", b"%PDF"), ("b.txt", b"words")]


def test_a_date_by_its_name_fills_three_boxes(visitor: Visitor):
    form = visitor.get("/").form().fill(written=date(2025, 12, 1))
    assert form.fields["written-month"] == "12"


def test_what_is_not_offered_cannot_be_filled_in(visitor: Visitor):
    form = visitor.get("/").form()
    for nonsense in ({"nome": "x"}, {"csrf_token": "x"}, {"size": "medium"}, {"kind": "Shop"}):
        with pytest.raises(AssertionError):
            form.fill(nonsense)
    with pytest.raises(AssertionError):
        form.submit("Delete")


def test_a_search_form_puts_its_words_into_the_address(visitor: Visitor):
    page = visitor.get("/").form("/find").fill(q="judo & más").submit()
    assert page.path == "/find?q=judo+%26+m%C3%A1s"


def test_links_are_followed_by_their_words_and_main_comes_first(visitor: Visitor):
    assert visitor.get("/").follow("Your club").path == "/club/1"
    assert visitor.get("/").follow("Change name").path == "/a"
    with pytest.raises(AssertionError, match="no link"):
        visitor.get("/").follow("Nowhere")


def test_a_page_that_would_not_pass_fails_the_test(visitor: Visitor):
    @visitor.app.get("/bad/page")
    def bad() -> str:
        return PAGE.format(h1="Bad", rest="<h1>Twice</h1>")

    with pytest.raises(AssertionError, match="exactly one h1"):
        visitor.get("/bad/page")


def test_another_site_is_never_asked_for(visitor: Visitor):
    @visitor.app.get("/away/x")
    def away() -> ResponseReturnValue:
        return redirect("https://example.org/")

    with pytest.raises(AssertionError, match="Another site"):
        visitor.get("/away/x")


def test_a_fault_of_ours_is_raised_as_it_happened(visitor: Visitor):
    @visitor.app.get("/broken/page")
    def broken() -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        visitor.get("/broken/page")
