"""The rule table, row by row, and that nothing is left out of it."""

import pytest

from registry.changes.rules import (
    TABLE,
    Effect,
    adds_what_two_read,
    flags_of,
    kind_of,
    row_of,
    row_of_question,
    waits,
)
from registry.changes.wary import promise_words, why_it_waits
from registry.criteria.loading import current_edition
from registry.organisations.facts import facts_of

YES, NO = {"said": "yes"}, {"said": "no"}
LIVE = (
    ("organisation", "website", "", "https://example.org", "contact"),
    ("organisation", "phone", "", "01632 960 001", "contact"),
    ("organisation", "email", "", "us@example.org", "contact"),
    ("organisation", "phone_is_public", False, True, "contact"),
    ("organisation", "email_is_public", True, False, "contact"),
    ("organisation", "website_is_public", False, True, "contact"),
    ("organisation", "description", "Old.", "New words.", "text"),
    ("activity", "sessions", [], [{"start": "16:30", "end": "17:30"}], "times"),
    ("activity", "last_on", None, "2027-03-01", "times"),
    ("activity", "price_kind", "free", "session", "price"),
    ("activity", "price_pence", 0, 350, "price"),
    ("activity", "price_note", "", "Brothers and sisters £2.50", "price"),
    ("activity", "booking_kind", "turn_up", "link", "contact"),
    ("activity", "booking_link", "", "https://example.org/book", "contact"),
    ("activity", "waiting_list", None, "yes", "contact"),
    ("activity", "summary", "Old.", "Chess for beginners.", "text"),
    ("activity", "description", "Old.", "We play in pairs.", "text"),
    ("activity", "bring", "", "Trainers and a drink", "text"),
    ("activity", "booking_note", "", "There is a waiting list.", "text"),
    ("activity", "languages", [], ["Polish"], "text"),
    ("activity", "marks", {}, {"quiet_room": ["yes", "Ask at the door"]}, "text"),
    ("activity", "categories", ["sport.football"], ["sport.rugby"], "details"),
    ("activity", "parent_stays", "no", "yes", "details"),
    ("activity", "about.p_trips", None, NO, "safety"),
    ("venue", "privacy", "open", "hidden", "privacy"),
    ("venue", "privacy", "hidden", "hidden_area", "privacy"),
)
WAITS = (
    ("organisation", "name", "A", "B", "name"),
    ("organisation", "description", "Old.", "Call 01902 551 155", "text"),
    ("activity", "name", "A", "B", "name"),
    ("activity", "min_months", 60, 84, "ages"),
    ("activity", "max_months", 143, 155, "ages"),
    ("activity", "venues", [1], [2], "new_venue"),
    ("activity", "place_kind", "venues", "online", "new_venue"),
    ("activity", "place_area", "", "Parks in the city", "new_venue"),
    ("activity", "picture", None, {"sha256": "00"}, "picture"),
    ("activity", "summary", "Old.", "The safest club in town", "text"),
    ("activity", "description", "Old.", "See www.example.org", "text"),
    ("activity", "bring", "", "Come to 12 Mill Road first", "text"),
    ("activity", "booking_note", "", "All our staff are DBS checked", "text"),
    ("activity", "languages", [], ["ring 07700 900 123"], "text"),
    ("activity", "marks", {}, {"quiet_room": ["yes", "mail me@example.org"]}, "text"),
    ("activity", "price_note", "", "Pay at WV1 1AA", "price"),
    ("activity", "about.p_overnight", NO, YES, "flag_on"),
    ("activity", "about.p_overnight", None, YES, "flag_on"),
    ("activity", "about.p_overnight", YES, NO, "flag_off"),
    ("activity", "about.p_overnight", YES, None, "flag_off"),
    ("activity", "about.p_risk", {"ticked": ["none"]}, {"ticked": ["water"]}, "flag_on"),
    ("activity", "about.p_risk", {"ticked": ["water"]}, {"ticked": ["none"]}, "flag_off"),
    ("activity", "about.p_risk", {"ticked": ["water"]}, {"ticked": ["climbing"]}, "flag_on"),
    ("activity", "about.p_ages", {"long_stay": "no"}, {"long_stay": "yes"}, "flag_on"),
    ("venue", "name", "A", "B", "address"),
    ("venue", "address", "A", "B", "address"),
    ("venue", "postcode", "A", "B", "address"),
    ("venue", "privacy", "hidden", "open", "privacy"),
    ("venue", "privacy", "open", "online", "privacy"),
    ("activity", "nobody_ruled_on_this", 1, 2, "other"),
)


@pytest.mark.parametrize(("about", "field", "before", "after", "kind"), LIVE)
def test_this_goes_live_at_once(about, field, before, after, kind):
    assert waits(about, field, before, after) == ""
    assert row_of(about, field, before, after).kind == kind


@pytest.mark.parametrize(("about", "field", "before", "after", "kind"), WAITS)
def test_this_waits(about, field, before, after, kind):
    assert waits(about, field, before, after)
    assert row_of(about, field, before, after).kind == kind


def test_every_row_of_the_table_is_tried_here():
    tried = {(about, kind) for about, _, _, _, kind in (*LIVE, *WAITS)}
    rows = {(row.about, row.kind) for row in TABLE if row.about not in ("question", "picture")}
    assert rows - tried == set()


def test_every_fact_of_a_working_record_has_its_row(club, activity):
    ruled = {(row.about, field) for row in TABLE for field in row.fields}
    ruled |= {("activity", field) for about, field in ruled if about == "picture"}
    for record in (club, club.venues[0], activity):
        names = {name for name in facts_of(record) if not name.startswith("about.")}
        assert {(record.__tablename__, name) for name in names} - ruled == set()


def test_no_field_has_two_rows():
    rows = [(row.about, field) for row in TABLE for field in row.fields if field != "about."]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("hs_ra_all", "new_activity"),
        ("hs_ra_date", "risk_check"),
        ("sg_lead", "lead"),
        ("sg_lone_contact", "lead"),
        ("sg_review_date", "review_date"),
        ("hs_employers", "insurance"),
        ("hs_public", "insurance"),
        ("p_people", "first_helper"),
        ("p_charity", "legal_form"),
        ("p_ofsted", "about_club"),
        ("eq_policy", "question"),
        ("regulator", "regulator"),
    ],
)
def test_a_question_answered_anew_waits_under_its_own_name(key, kind):
    row = row_of_question(key)
    assert (row.kind, row.effect) == (kind, Effect.WAITS)


def test_every_question_of_the_edition_has_a_row():
    edition = current_edition()
    keys = [question.key for question in edition.questions]
    keys += [question.key for question in edition.profile_of("organisation")]
    for key in keys:
        assert row_of_question(key).effect is Effect.WAITS


def test_a_change_of_several_fields_is_called_by_the_weightiest():
    fields = {
        "name": {"before": "A", "after": "B"},
        "min_months": {"before": 60, "after": 72},
        "about.p_trips": {"before": NO, "after": YES},
    }
    assert kind_of("activity", fields) == "flag_on"
    del fields["about.p_trips"]
    assert kind_of("activity", fields) == "ages"


def test_no_and_not_answered_are_two_things():
    assert row_of("activity", "about.p_trips", None, NO).kind == "safety"
    assert row_of("activity", "about.p_trips", {"said": ""}, NO).kind == "safety"
    assert row_of("activity", "about.p_trips", YES, NO).kind == "flag_off"
    assert row_of("activity", "about.p_trips", YES, {"said": ""}).kind == "flag_off"
    assert flags_of(None) == flags_of({"said": None}) == flags_of(NO) == frozenset()


@pytest.mark.parametrize("key", ["p_overnight", "p_care", "p_oneone"])
def test_two_people_read_what_is_added_here(key):
    assert adds_what_two_read([(f"about.{key}", NO, YES)])
    assert not adds_what_two_read([(f"about.{key}", YES, NO)])


def test_one_person_is_enough_for_another_risk():
    assert not adds_what_two_read([("about.p_trips", NO, YES)])


@pytest.mark.parametrize("word", promise_words())
def test_every_word_of_the_promise_list_makes_text_wait(word):
    assert why_it_waits(f"We are {word.upper()} here")
    assert why_it_waits([{"note": f"{word}."}])


@pytest.mark.parametrize(
    "text",
    [
        "Call 01902 551155",
        "Call 01902-551 155 or come",
        "+44 7700 900123",
        "tel 07700 900 123.",
        "text 551155",
        "0 7 7 0 0 9 0 0 1 2 3",
        "http://example.org",
        "Find us on facebook.com/ourclub",
        "www.example.org",
        "ourclub.co.uk",
        "me@example.org",
        "Insta: @ourclub",
        "WV1 1AA",
        "wv11aa",
        "12 Mill Road",
        "12a, Mill Street",
        "5 Foundry Close",
        "saf\u200be",
        "ＳＡＦＥ and sound",
        "council\u00a0approved",
    ],
)
def test_text_with_a_way_in_or_a_promise_waits(text):
    assert why_it_waits(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Street dance for beginners.",
        "Ages 5 to 11. From 9.30 to 10.30, £3.50 each.",
        "Our safeguarding lead is at the door.",
        "We begin on 22 November 2026.",
        "Brothers and sisters £2.50. A term is £45.",
        "5 children come close to the net",
        "Not for profit, e.g. games and art.",
        "Bring trainers (size 1-13) and a drink.",
        "Season 2026-2027",
    ],
)
def test_plain_text_goes_live(text):
    assert why_it_waits(text) == ""
