"""The public pages: what they say, and what they never do."""

import re
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import event

from registry import clock as time_of_day
from registry.cards.services import replace_cards
from registry.database import db
from registry.directory.lines import web_address
from tests.cards.cards import HEATH_TOWN, card, put

TEMPLATES = Path(__file__).parents[2] / "templates"
SECTIONS_OF_A_LISTING = [
    "What you do", "When", "Getting there", "What it costs", "Safe and Sound",
    "Check before you go", "Support and access", "Is something wrong?",
]  # fmt: skip

# The only sentences in which a public page may use these words (domain C.3).
FIXED = (
    "Safe and Sound",
    "how it keeps children safe",
    "not a promise that the club is safe",
)
NEVER_SAID = re.compile(
    r"\b(safe|safer|approved|recommended|certified|accredited|vetted|trusted)\b", re.IGNORECASE
)
PUBLIC = (
    "/",
    "/activities",
    "/activities?q=dance",
    "/activities/dance",
    "/organisations/organisation-3",
    "/young-people",
    "/young-people?q=dance",
)

# How a question to the database begins, and what stands in none.
READING = ("SELECT", "WITH", "PRAGMA", "BEGIN")
WRITING = re.compile(r"\b(insert|update|delete)\b", re.IGNORECASE)


@pytest.fixture
def dance(app):
    """One listed activity."""
    made = card(
        "Dance", slug="dance", organisation=3, by="Kingfisher", description="Learn to dance."
    )
    put(made)
    return made


def test_the_start_shows_what_there_is_today(client, app):
    put(
        card("Dance", categories=("dance_arts.dance",), days=(5,)),
        card("Tap", categories=("dance_arts.dance", "music.lessons"), days=(1,), ages=(11, 17)),
        card("Gone", categories=("sport",), until=time_of_day.today() - timedelta(days=1)),
    )
    page = client.get("/")
    assert page.h1 == "Find a club or activity near you"
    assert page.links["See all 2 activities"] == "/activities"
    assert page.links["Dance, drama and art 2 activities"] == "/activities?category=dance_arts"
    assert page.links["Music 1 activity"] == "/activities?category=music"
    assert not [words for words in page.links if words.startswith("Sport")]
    assert page.links["I am 11 to 18 Find things for yourself"] == "/young-people"
    assert not [words for words in page.links if words.startswith("School holidays")]
    found = page.follow("At the weekend On a Saturday or Sunday 1 activity")
    assert found.h1 == "1 activity"


def test_the_start_of_an_empty_register_says_so(client, app):
    page = client.get("/")
    assert "Nothing is on the list yet" in page.headings
    assert client.get("/activities").h1 == "Nothing is on the list yet"


def test_a_parent_searches_from_the_start_and_finds_the_club(client, app):
    put(card("Street dance", slug="street", ages=(7, 11)), card("Chess", ages=(12, 15)))
    form = client.get("/").form("/activities")
    page = form.fill({"q": "dance", "age": "8", "postcode": "wv100bb"}).submit("Search")
    assert page.h1 == "1 activity"
    assert "for “dance”, for age 8, nearest to WV10 0BB" in page.main
    assert "Why it fits fits “dance” right for age 8 0.3 miles from WV10 0BB" in page.main
    assert "Safe and Sound: self-check read by the council 14 March 2026." in page.main
    listing = page.follow("Street dance")
    assert listing.h1 == "Street dance"
    assert listing.path == "/activities/street"


def test_the_search_strip_shows_what_was_understood(client, dance):
    form = client.get("/activities?postcode=wv100bb&age=8+years&distance=2").form("/activities")
    assert form.fields["postcode"] == "WV10 0BB"
    assert form.fields["age"] == "8"
    assert form.fields["distance"] == "2"


def test_filters_keep_what_was_searched_and_the_strip_keeps_the_filters(client, app):
    put(card("A dance", days=(1,)), card("B dance", days=(2,)))
    page = client.get("/activities?q=dance&age=8")
    page = page.form("day").fill({"day": ["tuesday"]}).submit("Show results")
    assert page.h1 == "1 activity"
    assert "for “dance”, for age 8, on Tuesdays" in page.main
    page = page.form("q").fill({"q": ""}).submit("Search")
    assert "for age 8, on Tuesdays" in page.main
    page = page.follow("Remove Tuesday")
    assert page.h1 == "2 activities"
    assert page.follow("Remove Age 8").links.get("Clear all") is None


def test_results_come_twenty_at_a_time(client, app):
    put(*(card(f"Club {n:02}", organisation=9) for n in range(41)))
    page = client.get("/activities?age=8")
    assert page.h1 == "41 activities"
    assert "Club 19" in page.main
    assert "Club 20" not in page.main
    page = page.follow("Next page")
    assert page.path == "/activities?age=8&page=2"
    assert page.follow("3").main.count("Why it fits") == 1


def test_a_search_that_finds_nothing_offers_a_way_on(client, dance):
    page = client.get("/activities?q=swimming&age=8&day=saturday")
    assert page.h1 == "Nothing matches all of that yet"
    assert "Not listed does not mean unsafe: many good clubs have not joined." in page.main
    assert page.links["Everything on the list 1 activity"] == "/activities"
    page = client.get("/activities?q=dance&day=saturday")
    assert page.follow("Any day, not just Saturday 1 activity").h1 == "1 activity"


def test_loosening_how_far_goes_out_step_by_step(client, app):
    put(card("Dance", at=(HEATH_TOWN[0] + 0.04, HEATH_TOWN[1])))
    page = client.get("/activities?postcode=WV10+0BB&distance=1")
    assert page.links["Any distance 1 activity"] == "/activities?postcode=WV10+0BB"


def test_a_place_without_a_point_is_told_apart(client, app):
    put(
        card("Near"),
        card("Maths online", at=None, venue={"online": True, "name": ""}),
        card("Haven", at=None, venue={"hidden": True, "name": "", "area_label": "Wolverhampton"}),
        card("Home piano", venue={"hidden": True, "name": "", "postcode": ""}),
    )
    text = client.get("/activities?postcode=WV10+0BB&distance=1").main
    assert text.index("Near") < text.index("Maths online")
    assert "online, so any distance" in text
    assert "ask the club how far it is" in text
    assert "about 0.3 miles from WV10 0BB" in text


def test_an_unknown_postcode_is_said_and_the_rest_is_searched(client, dance):
    page = client.get("/activities?postcode=ZE1+0AA&age=8")
    assert page.title.startswith("Error: 1 activity")
    assert "We do not know the postcode ZE1 0AA." in page.text
    assert page.form("q").fields["postcode"] == "ZE1 0AA"


def test_a_listing_says_all_that_a_parent_asks(client, app):
    put(card("Street dance", slug="street", organisation=3, by="Kingfisher", bring="A drink."))
    page = client.get("/activities/street")
    assert [h for h in page.headings if h in SECTIONS_OF_A_LISTING] == SECTIONS_OF_A_LISTING
    for said in (
        "by Kingfisher",
        "Tuesdays, 4.30pm to 5.30pm",
        "Term time",
        "Foundry Lane Hall",
        "WV10 0BD",
        "Ages 7 to 11",
        "£3.50 a session",
        "What to bring: A drink.",
        "Yes: staff know about autism",
        "Yes: a way in without steps (Side door)",
        "Ask us: bus stop close by",
        "No: hearing loop",
        "English, Panjabi",
        "Call to book the first session.",
        "Charity number 1199999.",
        "Reference SAS-7K4M",
    ):
        assert said in page.main
    assert page.links["Call 01902 555010"] == "tel:01902555010"
    assert page.links["hello@kingfisher.example"] == "mailto:hello@kingfisher.example"
    assert page.follow("Kingfisher").h1 == "Kingfisher"


def test_the_box_says_the_fixed_sentences(client, dance):
    page = client.get("/activities/dance")
    due = dance.listed_until
    due_on = f"{due.day} {due:%B} {due.year}"
    assert f"self-check read by the council 14 March 2026. Next due {due_on}." in page.main
    assert (
        "This club told us how it keeps children safe. The council read its answers and papers on"
        " 14 March 2026. On that day they met the four Safe and Sound points." in page.main
    )
    assert (
        "We did not watch the club or check each adult. This is not a promise that the club is"
        " safe. Always ask your own questions." in page.main
    )


def test_hidden_times_and_a_hidden_place_are_not_on_the_page(client, app):
    put(
        card(
            "Piano",
            slug="piano",
            hide_times=True,
            venue={"hidden": True, "name": "", "postcode": "", "address_lines": []},
        )
    )
    for address in ("/activities/piano", "/activities"):
        page = client.get(address)
        assert "4.30pm" not in page.html
        assert "16:30" not in page.html
        assert "after school" in page.main
        assert "Foundry" not in page.html
    assert "keeps its address private" in client.get("/activities/piano").main


def test_a_place_outside_the_city_is_labelled(client, app):
    put(card("Riding", slug="riding", venue={"outside_area": True, "ward": "Willenhall"}))
    assert "Outside Wolverhampton" in client.get("/activities").main
    assert "This place is outside Wolverhampton." in client.get("/activities/riding").main


def test_a_card_that_says_little_still_has_its_page(client, app):
    put(
        card(
            "Bare",
            slug="bare",
            organisation=4,
            categories=(),
            days=(),
            at=None,
            venue={"name": "", "address_lines": [], "postcode": "", "ward": "", "area_label": ""},
            support=[], access=[], languages=[], contact={}, booking={}, cost={},
        )
    )  # fmt: skip
    for address in ("/activities/bare", "/organisations/organisation-4", "/activities"):
        assert client.get(address).status == 200
    assert "Ask the club when" in client.get("/activities/bare").main


def test_an_organisation_shows_all_that_it_has_listed_and_nothing_else(client, app):
    put(
        card("Tap", organisation=3, by="Kingfisher"),
        card("Ballet", organisation=3, by="Kingfisher"),
        card("Gone", organisation=3, until=time_of_day.today() - timedelta(days=1)),
        card("Another’s", organisation=5),
    )
    page = client.get("/organisations/organisation-3")
    assert page.h1 == "Kingfisher"
    assert "2 activities on the list" in page.main
    assert page.main.index("Ballet") < page.main.index("Tap")
    assert "Gone" not in page.main
    assert "Another’s" not in page.main


# The neutral answer.


def test_the_answer_is_the_same_to_the_byte_whatever_the_reason(new_visitor, app):
    yesterday = time_of_day.today() - timedelta(days=1)
    put(card("Lapsed", slug="lapsed", organisation=6, until=yesterday))
    put(card("Taken off", slug="taken-off", organisation=7))
    replace_cards(7, [])
    db.session.commit()
    pages = (
        "/activities/unknown",
        "/activities/lapsed",
        "/activities/taken-off",
        "/activities/" + "x" * 400,
        "/activities/%00",
        "/activities/%F0%9F%8F%80",
        "/organisations/unknown",
        "/organisations/organisation-6",
        "/organisations/organisation-7",
    )
    # Other sites may read calendars, so these say so in their headers, whatever the reason.
    calendars = (
        "/activities/unknown.ics",
        "/activities/lapsed.ics",
        "/activities/taken-off.ics",
        "/organisations/unknown.ics",
        "/organisations/organisation-6.ics",
        "/organisations/organisation-7.ics",
    )
    bodies = set()
    for addresses in (pages, calendars):
        answers = [new_visitor().get(address) for address in addresses]
        assert {answer.status for answer in answers} == {404}
        bodies |= {answer.body for answer in answers}
        kept = [{k: v for k, v in a.headers.items() if k != "Date"} for a in answers]
        assert all(headers == kept[0] for headers in kept)
        assert "ETag" not in kept[0]
    assert len(bodies) == 1


@pytest.mark.parametrize("address", ["/activities/dance", "/organisations/organisation-3"])
def test_a_copy_kept_by_a_browser_is_gone_when_the_listing_is(client, clock, app, address):
    clock.freeze("2026-11-22 23:59")
    put(card("Dance", slug="dance", organisation=3, until=date(2026, 11, 22)))
    kept = {"If-None-Match": client.get(address).headers["ETag"]}
    assert client.get(address, headers=kept).status == 304
    clock.freeze("2026-11-23 00:00")
    assert client.get(address, headers=kept).status == 404


@pytest.mark.parametrize("address", PUBLIC)
def test_a_kept_copy_is_good_until_something_public_changes(client, clock, dance, address):
    clock.freeze(time_of_day.today())
    answer = client.get(address)
    assert answer.headers["Cache-Control"] == "public, no-cache"
    kept = {"If-None-Match": answer.headers["ETag"]}
    again = client.get(address, headers=kept)
    assert (again.status, again.body) == (304, b"")
    put(card("New", organisation=8))
    changed = client.get(address, headers=kept)
    assert changed.status == 200
    assert changed.headers["ETag"] != answer.headers["ETag"]


def test_each_search_has_a_tag_of_its_own(client, dance):
    tags = [client.get(a).headers["ETag"] for a in ("/activities", "/activities?q=dance", "/")]
    assert len(set(tags)) == 3


# What a reading never does.


@pytest.mark.parametrize("address", [*PUBLIC, "/activities/none", "/activities?q=none"])
def test_reading_sets_no_cookie_and_writes_nothing(client, dance, address):
    said: list[str] = []

    def listen(connection, cursor, statement, *_):
        said.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        answer = client.get(address)
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
    assert "Set-Cookie" not in answer.headers
    assert said
    assert all(one.lstrip().upper().startswith(READING) for one in said)
    assert not [one for one in said if WRITING.search(one)]


@pytest.mark.parametrize("address", PUBLIC)
def test_every_page_is_valid_html(client, dance, html_problems, address):
    assert not html_problems(client.get(address).html)


def test_a_page_with_something_to_put_right_is_valid_html(client, dance, html_problems):
    for query in ("postcode=nowhere&age=-1&distance=x&day=x&q=!", "q=nothing&category=x"):
        assert not html_problems(client.get(f"/activities?{query}").html)


@pytest.mark.parametrize(
    "query",
    [
        {"age": "-1"},
        {"age": "999999999999999999999999"},
        {"age": "0x10"},
        {"age": "٣"},
        {"page": "1000000000"},
        {"page": "9" * 6000},
        {"page": "-1"},
        {"page": "0"},
        {"page": "1e3"},
        {"postcode": "WV10 0BB'; drop table card --", "distance": "1"},
        {"postcode": "WV10 0BB", "distance": "inf"},
        {"postcode": "WV10 0BB", "distance": "0"},
        {"postcode": "W" * 10_000},
        {"postcode": "\0"},
        {"q": "\0"},
        {"q": "a\0b dance"},
        {"q": "word " * 5000},
        {"q": "%' OR 1=1 --"},
        {"q": "\"unclosed"},
        {"q": "<script>alert(1)</script>"},
        {"q": "🏀🏀🏀"},
        {"q": "\u202edance\u202c"},
        {"q": "ﷺ" * 200},
        {"day": "someday"},
        {"day": "7"},
        {"category": "sport.nothing"},
        {"category": "../../etc/passwd"},
        {"view": "map", "sort": "soonest", "utm_source": "x"},
        [("category", f"c{n}") for n in range(2000)],
        [("day", str(n % 9)) for n in range(500)],
        [("age", str(n)) for n in range(500)],
    ],
    ids=str,
)  # fmt: skip
def test_whatever_stands_in_an_address_there_is_a_sensible_page(client, dance, query):
    page = client.get(f"/activities?{urlencode(query)}")
    assert page.status == 200
    assert page.h1 in ("1 activity", "Nothing matches all of that yet")
    assert "<script>alert" not in page.html


def test_bytes_that_are_no_text_are_still_a_sensible_page(client, dance):
    assert client.get("/activities?q=%ff%fe&postcode=%c3&age=%00").status == 200


def test_only_addresses_of_the_web_become_links(client, app):
    put(
        card(
            "Dance",
            slug="dance",
            contact={"phone": "", "email": "", "website": "javascript:alert(1)"},
            booking={"kind": "link", "link": "data:text/html,x", "note": ""},
        )
    )
    hrefs = client.get("/activities/dance").hrefs
    assert not [href for href in hrefs if href.startswith(("javascript", "data"))]


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("https://club.example/book?x=1", "https://club.example/book?x=1"),
        ("club.example", "https://club.example"),
        ("www.club.example/", "https://www.club.example/"),
        ("JavaScript:alert(1)", ""),
        ("ftp://club.example", ""),
        ("https://", ""),
        ("https://[", ""),
        ("not an address", ""),
        ("", ""),
    ],
)
def test_web_addresses(given, address):
    assert web_address(given) == address


# The wording rule.


def without_the_fixed_sentences(text: str) -> str:
    for sentence in FIXED:
        text = text.replace(sentence, "")
    return text


def test_no_template_says_of_a_club_what_nobody_checked():
    files = [
        *(TEMPLATES / "directory").glob("*.html"),
        *(
            TEMPLATES / "components" / f"{n}.html"
            for n in ("card", "dated_label", "safe_and_sound_box")
        ),
        TEMPLATES / "errors" / "404.html",
    ]
    for file in files:
        text = re.sub(r"{#.*?#}", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        said = NEVER_SAID.findall(without_the_fixed_sentences(re.sub(r"\|\s*safe\b", "", text)))
        assert not said, f"{file.name} says {said}"


@pytest.mark.parametrize("address", [*PUBLIC, "/activities/none", "/activities?q=none"])
def test_no_page_says_of_a_club_what_nobody_checked(client, dance, address):
    page = client.get(address)
    assert not NEVER_SAID.findall(without_the_fixed_sentences(page.text + page.title))
    assert "!" not in page.main
