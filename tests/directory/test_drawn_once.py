"""What pages draw once and keep: it is another at once when anything that it says is another, and
nothing that somebody wrote gets into it as markup."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from registry import clock as time_of_day
from registry.cards.categories import kept_categories
from registry.cards.services import raise_version
from registry.database import db
from registry.information.models import Contact
from registry.lists.services import keep_version
from registry.web.pieces import Piece, drawn_with_room
from tests.cards.cards import card, put

HOSTILE = """<b>"it's" & 100 %s %(x)s</b>"""
ESCAPED = "&lt;b&gt;&#34;it&#39;s&#34; &amp; 100 %s %(x)s&lt;/b&gt;"


def test_a_piece_has_room_for_all_that_it_is_filled_with_and_for_nothing_else(app):
    piece = drawn_with_room("components/box.html", "finds", ["number", "noun"])
    assert "100 %s" in piece.filled("100 %s", "<i>")
    with pytest.raises(ValueError, match="noun"):
        Piece("no room at all", ["noun"])


def test_what_somebody_wrote_stands_on_the_page_as_they_wrote_it(client, app):
    put(
        card(
            HOSTILE,
            slug="hostile",
            languages=[HOSTILE],
            venue={"name": HOSTILE, "ward": HOSTILE},
            cost={"kind": "session", "pence": 350, "unit_label": HOSTILE, "note": HOSTILE},
        )
    )
    for _ in range(2):  # as it is drawn, and as it was kept
        page = client.get("/activities", query_string={"language": HOSTILE, "sort": "name"})
        assert "<b>&#34;" not in page.html
        assert '<b>"it' not in page.html
        assert f">{ESCAPED}</a>" in page.html  # its name
        assert f"<b>{ESCAPED}</b>" in page.html  # its place
        assert f"£3.50 {ESCAPED}" in page.html
        assert f"in {ESCAPED}</li>" in page.html  # why it fits
        assert f'value="{ESCAPED}"' in page.html  # the box of the filter
        assert f"Remove </span>{ESCAPED}" in page.html  # its chip


def test_a_question_and_a_place_are_words_and_no_markup(client, app):
    told = {"q": f"dance {HOSTILE}", "place": HOSTILE, "postcode": HOSTILE, "age": HOSTILE}
    for _ in range(2):
        page = client.get("/activities", query_string=told)
        assert '<b>"it' not in page.html
        assert f'value="dance {ESCAPED}"' in page.html
        assert f'value="{ESCAPED}"' in page.html


def test_a_changed_card_is_shown_at_once(client, app):
    put(card("Dance", slug="dance", activity_id=77))
    assert "Dance" in client.get("/activities").main
    put(card("Street dance for all", slug="dance", activity_id=77))
    assert "Street dance for all" in client.get("/activities").main


def test_a_changed_word_of_a_list_is_shown_at_once(client, app):
    put(card("Dance", slug="dance"))
    assert "Something quite new" not in client.get("/activities").html
    kept = kept_categories()
    items = [
        replace(one, label="Something quite new") if one.code == "sport" else one for one in kept
    ]
    keep_version(kept.key, kept.number, items)
    raise_version()
    db.session.commit()
    assert "Something quite new" in client.get("/activities").html


def test_a_changed_number_is_shown_at_once(client, app):
    put(card("Dance", slug="dance"))
    client.get("/activities")
    db.session.execute(update(Contact).where(Contact.key == "child").values(value="01902 000111"))
    raise_version()
    db.session.commit()
    for address in ("/activities", "/", "/activities/dance"):
        assert "01902 000111" in client.get(address).html


def test_what_is_over_at_midnight_is_gone_at_midnight(client, app, clock):
    today = time_of_day.today()
    put(card("Dance", slug="dance", until=today))
    assert client.get("/activities").h1 == "1 activity"
    clock.to_midnight_after(today)
    assert client.get("/activities").h1 == "Nothing is on the list yet"


def test_the_next_date_is_that_of_the_day_on_which_it_is_read(client, app, clock):
    clock.travel_to("2026-11-24 09:00")  # a Tuesday
    put(card("Dance", slug="dance", until=time_of_day.today() + timedelta(days=60)))
    before = client.get("/activities?when=week").html
    assert "24 November" in before.partition("Why it fits")[2].partition("</ul>")[0]
    clock.travel_to("2026-11-25 09:00")
    after = client.get("/activities?when=week").html
    assert "1 December" in after.partition("Why it fits")[2].partition("</ul>")[0]


def test_another_setting_of_the_council_is_another_page(client, app):
    put(card("Dance", slug="dance"))
    assert "Elsewhere" not in client.get("/activities").html
    before = app.extensions["settings"]
    app.extensions["settings"] = replace(before, place_name="Elsewhere", scheme_name="Sound")
    try:
        page = client.get("/activities")
        assert "Elsewhere" in page.html
        assert "Sound: self-check read by the council" in page.main
    finally:
        app.extensions["settings"] = before


def test_how_somebody_reads_is_not_how_the_next_one_reads(client, new_visitor, app):
    put(card("Dance", slug="dance"))
    plain = client.get("/activities").html
    reader = new_visitor()
    reader.get("/reading").form("Save").fill({"text": "large"}).submit("Save")
    assert "reading-" in reader.get("/activities").html
    assert client.get("/activities").html == plain
