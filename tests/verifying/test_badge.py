"""The badge that clubs show on their own pages."""

import re
from xml.etree import ElementTree

import pytest

from registry.cards.services import replace_cards
from registry.database import db
from tests.cards.cards import card, put
from tests.inventory.promised_words import overpromised

KNOWN = "SAS-7KQ2MX"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def kingfisher(app):
    put(card("Ballet", organisation=3, by="Kingfisher", reference=KNOWN,
             read_on="2026-09-14"))  # fmt: skip


def drawing(page):
    """The picture, which has to be whole XML."""
    return ElementTree.fromstring(page.body)  # noqa: S314  our own


def words_of(page):
    root = drawing(page)
    return [" ".join("".join(one.itertext()).split()) for one in root.iter(f"{SVG}text")]


def test_it_says_the_two_dates_and_where_to_check(client, kingfisher):
    page = client.get(f"/badge/{KNOWN}.svg")
    assert page.status == 200
    assert page.response.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    words = words_of(page)
    assert words[:3] == ["Safe and Sound", "Self-check read by the council", "14 September 2026"]
    assert words[3].startswith("Next due ") and words[4] == "Check it is true today"
    root = drawing(page)
    title, told = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title.text.startswith(
        "Safe and Sound: self-check read by the council 14 September 2026. Next due "
    )
    assert f"/verify/{KNOWN}" in told.text
    assert root.get("role") == "img"
    assert root.get("aria-labelledby").split() == [title.get("id"), told.get("id")]


def test_it_names_no_club_so_that_a_copied_one_says_nothing_false(client, kingfisher):
    assert "Kingfisher" not in client.get(f"/badge/{KNOWN}.svg").body.decode()


def test_there_is_one_for_dark_pages(client, kingfisher):
    light, dark = (client.get(f"/badge/{KNOWN}.svg{q}") for q in ("", "?on=dark"))
    assert light.body != dark.body and words_of(light) == words_of(dark)
    assert client.get(f"/badge/{KNOWN}.svg?on=<script>").body == light.body


def test_off_the_list_it_is_grey_and_says_where_to_look(client, kingfisher):
    replace_cards(3, [])
    db.session.commit()
    page = client.get(f"/badge/{KNOWN}.svg")
    assert page.status == 404
    assert page.response.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert words_of(page) == ["Safe and Sound", "Look clubs up in the register"]
    for path in ("/badge/SAS-ZZZZZZ.svg", "/badge/nonsense.svg?on=dark", "/badge/%00.svg"):
        assert client.get(path).body == page.body
    assert "Not listed does not mean unsafe" in page.body.decode()


def test_another_site_may_show_it_and_nothing_else_of_ours(client, kingfisher):
    for path in (f"/badge/{KNOWN}.svg", "/badge/SAS-ZZZZZZ.svg"):
        headers = client.get(path).response.headers
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Set-Cookie" not in headers
    for path in ("/", "/verify", f"/verify/{KNOWN}"):
        assert client.get(path).response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_it_asks_for_nothing_and_runs_nothing(client, kingfisher):
    for path in (f"/badge/{KNOWN}.svg", f"/badge/{KNOWN}.svg?on=dark", "/badge/SAS-ZZZZZZ.svg"):
        page = client.get(path)
        drawn = page.body.decode()
        assert not re.search(r"<script|<style|style=|href|url\(|<image|<use|\son\w+=", drawn)
        assert len(drawn) < 2500
        assert drawing(page) is not None
        assert overpromised(" ".join(drawing(page).itertext())) == []


@pytest.mark.changed(scheme_name="Safe & <Sound> all over the Black Country", demonstration=True)
def test_any_name_of_a_scheme_fits_and_a_demonstration_says_that_it_is_one(client, kingfisher):
    page = client.get(f"/badge/{KNOWN}.svg")
    assert words_of(page)[:2] == ["Safe & <Sound> all over the Black Country", "Demonstration"]
    assert words_of(client.get("/badge/SAS-ZZZZZZ.svg"))[0].startswith("Safe & <Sound>")
