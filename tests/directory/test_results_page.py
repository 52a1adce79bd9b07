"""The page of results: choices with their counts, ways to widen, and what is not sure."""

import re
from urllib.parse import parse_qs

import pytest

from tests.cards.cards import HEATH_TOWN, card, put, session

NONE = "Nothing matches all of that yet"


def mark(code: str, answer: str, group: str = "support") -> dict[str, str]:
    return {"code": code, "label": code, "answer": answer, "note": "", "group": group}


@pytest.fixture
def register(app):
    """A few activities, each different in one thing."""
    put(
        card("Tuesday dance", slug="tuesday", categories=("dance_arts.dance",)),
        card("Tuesday choir", slug="choir", categories=("music.choir",), ages=(11, 17)),
        card(
            "Saturday football",
            slug="saturday",
            categories=("sport.football",),
            sessions=[session(days=[5], start="10:00", end="11:00")],
            cost={"kind": "free", "pence": 0, "unit_label": "", "note": ""},
            support=[mark("small_groups", "yes"), mark("bsl", "ask")],
        ),
        card(
            "Some day football",
            slug="some-day",
            categories=("sport.football",),
            sessions=[],
            cost={"kind": "course", "pence": 4000, "unit_label": "a course", "note": ""},
            support=[mark("small_groups", "no")],
        ),
        card(
            "Maths online",
            slug="maths",
            at=None,
            venue={"online": True, "name": ""},
            cost={"kind": "haf", "pence": 0, "unit_label": "", "note": ""},
            support=[],
        ),
        card(
            "Cricket far off",
            slug="far",
            at=(HEATH_TOWN[0] + 0.04, HEATH_TOWN[1]),
            categories=("sport.cricket",),
            support=[],
        ),
    )


def names(page) -> list[str]:
    return [words for words, href in page.links.items() if href.startswith("/activities/")]


def asked_at(page) -> dict[str, list[str]]:
    """What the address of a page asks for."""
    return parse_qs(page.path.partition("?")[2])


def card_of(page, name: str) -> str:
    """What stands on the card of that name."""
    after = page.main.partition(name)[2]
    return after.partition("Add to shortlist")[0]


# Counts beside every choice: what it would find if it alone were chosen in its group.


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("category", "sport"),
        ("category", "music"),
        ("age", "11-13"),
        ("day", "tuesday"),
        ("day", "monday"),
        ("time", "after-school"),
        ("time", "weekend"),
        ("cost", "free"),
        ("cost", "haf"),
        ("cost", "5"),
        ("support", "small_groups"),
        ("access", "step_free"),
        ("language", "Panjabi"),
        ("online", "yes"),
    ],
)
def test_the_number_beside_a_choice_is_what_it_finds(client, register, name, value):
    page = client.get("/activities?postcode=WV10+0BB")
    counted = finds(page, name, value)
    found = client.get(f"/activities?postcode=WV10+0BB&{name}={value}")
    assert found.h1 == (f"{counted} activit{'y' if counted == 1 else 'ies'}" if counted else NONE)
    if counted:
        assert finds(found, name, value) == counted


def finds(page, name: str, value: str) -> int:
    """The number beside a choice."""
    told = re.search(
        rf'name="{name}" type="\w+" value="{value}"[^>]*><label[^>]*><span>[^<]*</span>'
        r'<span class="facet__n">([\d,]+)<',
        page.html,
    )
    assert told, f"{name}={value} is not offered"
    return int(told[1].replace(",", ""))


def test_choices_that_find_nothing_stay_in_their_place(client, register):
    page = client.get("/activities")
    assert finds(page, "day", "sunday") == 1  # the one that says no day
    assert finds(page, "access", "hoist") == 0
    assert "is-none" in page.html


def test_choosing_and_removing_leads_from_search_to_search(client, register):
    page = client.get("/activities?age=8")
    page = page.form("day").fill({"category": ["sport"]}).submit("Show results")
    assert asked_at(page) == {"category": ["sport"], "age": ["8"]}
    page = page.form("day").fill({"category": ["sport", "sport.football"]}).submit("Show results")
    assert "in Football" in page.main
    assert page.h1 == "2 activities"
    page = page.form("day").fill({"cost": "free"}).submit("Show results")
    assert names(page) == ["Saturday football"]
    page = page.follow("Remove Football")
    assert "cost=free" in page.path
    assert page.follow("Clear all").path == "/activities"


def test_ages_typed_and_ticked_stand_together(client, register):
    page = client.get("/activities?age=5,+9")
    assert {"Remove Age 5", "Remove Age 9"} <= set(page.links)
    page = page.form("day").fill({"day": ["tuesday"]}).submit("Show results")
    assert asked_at(page)["age"] == ["5, 9"]
    page = client.get("/activities?age=5,+9&age=11-13")
    assert "for ages 5, 9 and 11 to 13" in page.main
    assert page.form("q").fields["age"] == "5, 9, 11 to 13"


# The order.


def test_the_order_is_chosen_by_a_link(client, register):
    page = client.get("/activities?postcode=WV10+0BB")
    by_name = page.follow("Name")
    assert names(by_name) == sorted(names(by_name))
    cheapest = page.follow("Lowest cost")
    assert names(cheapest)[-1] == "Some day football"
    assert "Nearest" not in client.get("/activities").links
    nearest = page.follow("Nearest")
    assert names(nearest).index("Tuesday dance") < names(nearest).index("Cricket far off")
    assert "next on" in page.follow("Soonest").main


# What is not sure, and what was left out.


def test_who_does_not_say_a_day_is_found_last_and_labelled(client, register):
    page = client.get("/activities?day=saturday&category=sport.football")
    assert names(page) == ["Saturday football", "Some day football"]
    assert "on Saturdays" in card_of(page, "Saturday football")
    assert "Not sure does not say which days" in card_of(page, "Some day football")
    page = client.get("/activities?day=saturday&time=weekend&category=sport.football")
    assert "does not say when" in card_of(page, "Some day football")


def test_a_price_that_nobody_can_reckon_is_found_and_labelled(client, register):
    page = client.get("/activities?cost=5&q=football")
    assert "Why it fits fits “football” free" in card_of(page, "Saturday football")
    assert "Not sure price is for a course: ask" in card_of(page, "Some day football")


def test_free_with_a_code_is_found_under_free_and_says_so(client, register):
    page = client.get("/activities?cost=free")
    assert "free with a HAF code" in card_of(page, "Maths online")
    assert names(client.get("/activities?cost=haf")) == ["Maths online"]


def test_ask_us_is_found_and_is_a_question(client, register):
    page = client.get("/activities?support=small_groups&support=bsl")
    assert names(page) == ["Saturday football"]
    assert "yes: small groups" in card_of(page, "Saturday football")
    assert "Not sure ask the club: someone signs in BSL" in card_of(page, "Saturday football")


def test_who_does_not_answer_is_left_out_by_name_and_with_a_way_to_see_them(client, register):
    page = client.get("/activities?support=small_groups&category=sport")
    assert names(page) == ["Saturday football"]
    assert "Not sure about 1 more. It does not say if they have “Small groups”" in page.main
    shown = page.follow("Show it too")
    assert shown.path == "/activities?category=sport"
    assert shown.h1 == "3 activities"


def test_online_is_found_at_any_distance_after_the_near_ones(client, register):
    page = client.get("/activities?postcode=WV10+0BB&distance=0.5")
    assert names(page)[-1] == "Maths online"
    assert "online, so any distance" in page.main
    assert "Cricket far off" not in page.main


# Nothing fits.


def test_when_nothing_fits_the_smallest_change_comes_first(client, register):
    page = client.get("/activities?q=choir&day=friday&time=evening&age=12&postcode=WV10+0BB")
    assert page.h1 == NONE
    ways = [
        words for words, href in page.links.items() if words.endswith(("activity", "activities"))
    ]
    assert ways[0] == "Any day and any time 1 activity"
    assert ways[-1] == "Everything on the list 6 activities"
    assert page.follow(ways[0]).h1 == "1 activity"


def test_a_finer_kind_widens_to_its_own_kind_first(client, register):
    page = client.get("/activities?category=sport.rugby")
    assert page.follow("All of Sport, not just Rugby 3 activities").h1 == "3 activities"


def test_a_mark_that_nobody_has_is_let_go_of_by_itself(client, register):
    page = client.get("/activities?support=small_groups&access=hoist")
    assert "Without “Hoist” 1 activity" in page.links


def test_every_loosening_says_what_it_finds(client, register):
    page = client.get(
        "/activities?q=choir&category=music.choir&day=friday&cost=free&age=5&language=Polish"
        "&postcode=WV10+0BB&distance=0.5&support=small_groups&when=week&online=yes"
    )
    ways = [words for words in page.links if words.endswith(("activity", "activities"))]
    assert ways
    for words in ways:
        assert words.endswith(page.follow(words).h1)


def test_where_one_thing_is_not_enough_there_is_a_wider_look(client, register):
    page = client.get("/activities?q=choir&day=friday&cost=free&support=bsl&age=8")
    assert "Look wider" in page.headings
    assert "Anything for age 8 5 activities" in page.links
    page = client.get("/activities?q=choir&day=friday")
    assert "Let go of one thing" in page.headings


def test_a_page_without_a_hit_has_other_doors_and_no_bad_word(client, register):
    page = client.get("/activities?q=choir&day=friday&age=5")
    assert page.links["Free this week"] == "/activities?when=week&cost=free"
    assert page.links["I am 11 to 18"] == "/young-people"
    assert "Not listed does not mean unsafe: many good clubs have not joined." in page.main


# Words.


def test_a_slip_of_the_finger_is_forgiven_and_said(client, register):
    page = client.get("/activities?q=footbal")
    assert "We looked for football." in page.main
    assert page.h1 == "2 activities"
    as_typed = page.follow("Search for “footbal” only")
    assert as_typed.path == "/activities?q=footbal&words=typed"
    assert "We looked for" not in as_typed.main


def test_the_shortlist_travels_along(client, register):
    page = client.get("/activities?q=football&a=choir")
    assert page.links["Add to shortlist: Saturday football"].startswith(
        "/shortlist?a=choir&a=saturday"
    )
    assert "a=choir" in page.follow("Name").path
    page = page.form("day").fill({"day": ["saturday"]}).submit("Show results")
    assert "a=choir" in page.path


# Young people.


def test_young_people_have_a_start_of_their_own(client, register):
    page = client.get("/young-people")
    assert page.h1 == "Things to do if you are 11 to 18"
    assert page.main.index("0800 1111") < page.main.index("What do you want to do?")
    assert page.links["0800 1111"] == "tel:08001111"
    assert "If something feels wrong" in page.headings
    kinds = [words for words in page.links if words.endswith(("activity", "activities"))]
    assert kinds[0].startswith("See ")
    assert page.links["Music, bands and DJing 1 activity"] == (
        "/young-people?category=music&age=11+to+18"
    )


def test_what_young_people_look_for_is_for_their_age_unless_they_say(client, register):
    page = client.get("/young-people").form("q").fill({"q": "dance"}).submit("Search")
    assert page.path.startswith("/young-people?")
    assert names(page) == ["Tuesday dance"]  # for 7 to 11
    assert "Remove Age" not in page.text
    assert "0800 1111" in page.main
    page = client.get("/young-people?q=choir&age=9")
    assert page.h1 == NONE
    assert page.follow("Ages 11 to 18 1 activity").h1 == "1 activity"


def test_young_people_stay_on_their_page(client, register):
    page = client.get("/young-people?q=choir")
    for words in ("Name", "Remove “choir”"):
        assert page.links[words].startswith("/young-people")
    moved = page.form("day").fill({"day": ["tuesday"]}).submit("Show results")
    assert moved.path.startswith("/young-people?")
    assert moved.follow("Tuesday choir").h1 == "Tuesday choir"


def test_with_special_needs_the_door_is_open_to_25(client, app):
    put(
        card("Friday friends", categories=("send.club",), ages=(16, 25)),
        card("Youth club", ages=(11, 18)),
    )
    start = client.get("/young-people")
    page = start.follow("I am 18 to 25 and have special needs or a disability")
    assert names(page) == ["Friday friends"]


def test_the_page_of_young_people_changes_with_the_register(client, register):
    answer = client.get("/young-people")
    kept = {"If-None-Match": answer.headers["ETag"]}
    assert client.get("/young-people", headers=kept).status == 304
    put(card("New", organisation=800))
    assert client.get("/young-people", headers=kept).status == 200
    assert "Set-Cookie" not in answer.headers
    assert "noindex" not in answer.html
    assert "noindex" in client.get("/young-people?q=choir").html
