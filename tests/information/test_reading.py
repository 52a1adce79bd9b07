"""How somebody likes to read: one cookie with their choices and nothing else."""

import re
from itertools import combinations

import pytest
from flask import Flask

from registry.information.reading import PREFERENCES, choices_in, classes_of, cookie_of
from tests.page import Visitor

WAYS = [way for one in PREFERENCES for way, _ in one.ways if way != "usual"]


def saved(client: Visitor, **chosen: str) -> None:
    client.get("/reading").form("Save").fill(chosen).submit("Save")


def look(client: Visitor, address: str = "/about") -> str:
    return re.search(r'<html lang="en-GB" class="([^"]*)"', client.get(address).html)[1]


def test_what_is_chosen_is_a_class_of_every_page(client: Visitor) -> None:
    saved(client, text="larger", colours="dark", letters="clear")
    assert client.cookie("reading") == "larger.dark.clear"
    for address in ("/about", "/activities", "/nothing-here", "/sign-in"):
        assert look(client, address) == "govuk-template reading-larger reading-dark reading-clear"
    assert "/static/reading-" in client.get("/about").html


def test_whoever_chose_nothing_fetches_nothing_more(client: Visitor) -> None:
    assert look(client) == "govuk-template"
    assert "/static/reading-" not in client.get("/about").html


def test_the_page_shows_what_is_chosen_now(client: Visitor) -> None:
    saved(client, room="wide")
    fields = client.get("/reading").form("Save").fields
    assert (fields["room"], fields["text"]) == ("wide", "usual")


def test_the_usual_look_takes_the_cookie_away(client: Visitor) -> None:
    saved(client, text="large")
    client.get("/reading").form("Save").submit("Use the usual look")
    assert client.cookie("reading") is None
    assert look(client) == "govuk-template"


def test_saving_leads_back_to_where_somebody_was(client: Visitor) -> None:
    came = f"{client.base_url}/activities?q=judo&age=7"
    page = client.get("/reading", headers={"Referer": came})
    assert page.links["Go back and change nothing"] == "/activities?q=judo&age=7"
    assert page.form("Save and go back").submit().path == "/activities?q=judo&age=7"


@pytest.mark.parametrize(
    "referer",
    ["https://evil.example/x", "{here}.evil.example/", "{here}//evil.example", "{here}/reading"],
)
def test_nobody_is_led_to_another_site(client: Visitor, referer: str) -> None:
    page = client.get("/reading", headers={"Referer": referer.format(here=client.base_url)})
    assert "Go back and change nothing" not in page.links
    assert page.form("Save").submit().path == "/reading"


@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", "/\\evil", "x", "/a b"])
def test_nor_by_what_a_form_says(client: Visitor, back: str) -> None:
    chosen = {one.name: "usual" for one in PREFERENCES}
    answer = client.post("/reading", chosen | {"back": back}, follow=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/reading")


def test_a_choice_that_is_none_is_asked_for_again(client: Visitor) -> None:
    chosen = {one.name: "usual" for one in PREFERENCES} | {"text": "enormous"}
    page = client.post("/reading", chosen)
    assert page.status == 422
    assert page.errors == ["Choose one of the answers on the page"]
    assert client.cookie("reading") is None


def test_the_cookie_is_out_of_reach_of_scripts_and_lasts_a_year(client: Visitor) -> None:
    client.get("/reading")
    chosen = {one.name: "usual" for one in PREFERENCES} | {"text": "large"}
    said = client.post("/reading", chosen, follow=False).headers.getlist("Set-Cookie")
    ours = next(one for one in said if one.startswith("reading="))
    assert ours.startswith("reading=large; ")
    for part in ("HttpOnly", "SameSite=Lax", "Max-Age=31536000", "Path=/"):
        assert part in ours


def test_it_holds_the_choices_and_nothing_else() -> None:
    for one in PREFERENCES:
        for way, _ in one.ways:
            kept = cookie_of({one.name: way})
            assert choices_in(kept)[one.name] == way
    longest = cookie_of({one.name: one.ways[-1][0] for one in PREFERENCES})
    assert re.fullmatch(r"[a-z.]{1,40}", longest)


def test_no_two_choices_have_the_same_name() -> None:
    assert all(one != other for one, other in combinations(WAYS, 2))


@pytest.mark.parametrize("cookie", ["", "x", '"><script>', "dark dark", "dark.strong", "é" * 9000])
def test_a_cookie_from_nowhere_does_no_harm(client: Visitor, cookie: str) -> None:
    assert set(classes_of(cookie).split()) <= {f"reading-{way}" for way in WAYS}
    assert len(classes_of(cookie).split()) <= len(PREFERENCES)


@pytest.mark.parametrize("address", ["/", "/activities"])
def test_a_page_that_is_kept_knows_whose_look_it_has(client: Visitor, address: str) -> None:
    plain = client.get(address)
    saved(client, colours="cream")
    chosen = client.get(address, headers={"If-None-Match": plain.headers["ETag"]})
    assert chosen.status == 200
    assert "reading-cream" in chosen.html
    assert "Cookie" in plain.headers["Vary"]
    same = client.raw.get(address, headers={"If-None-Match": chosen.headers["ETag"]})
    assert same.status_code == 304
    assert "Cookie" in same.headers["Vary"]


def test_it_works_while_nobody_can_save(app: Flask, client: Visitor) -> None:
    from registry.administration.read_only import STILL_WORK

    assert "information.reading" in STILL_WORK
