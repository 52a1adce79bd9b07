"""The shortlist: what somebody chose, in the address of a page and nowhere else."""

import re
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from werkzeug.datastructures import MultiDict

from registry import clock as time_of_day
from registry.cards.services import replace_cards
from registry.database import db
from registry.directory.shortlist import MOST, Shortlist
from registry.web.qr_code import qr_code
from tests.cards.cards import card, put, session
from tests.inspection import elements, text_of

SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
GONE = "on the list now. There can be many reasons."
SLUGS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,30}", fullmatch=True)
LISTS = st.lists(SLUGS, unique=True, max_size=MOST).map(lambda slugs: Shortlist(tuple(slugs)))
HOSTILE = (
    "%", "'", '"', "<script>alert(1)</script>", "a\x00b", "../../etc/passwd", "x" * 5000, "é", "ﬀ",
    "-", "a b", "a&b=c", "' OR 1=1 --", "١٢٣", "dance.ics", "{{7*7}}", "\N{FIRST STRONG ISOLATE}",
)  # fmt: skip


def address(*slugs: str, **more: str) -> str:
    return "/shortlist?" + urlencode([("a", slug) for slug in slugs] + list(more.items()))


def chosen(href: str) -> list[str]:
    """The slugs that an address carries."""
    return parse_qs(urlsplit(href).query).get("a", [])


def names(page) -> list[str]:
    """What is on the page's list, in order."""
    heads = [e for e in elements(page.root, "th") if e.get("scope") == "row"]
    return [text_of(next(iter(elements(head, "a")))) for head in heads]


@pytest.fixture
def three(app, clock):
    """Three listed activities, on a Sunday in November."""
    clock.travel_to(SUNDAY)
    put(
        card("Street dance", slug="dance", by="Kingfisher"),
        card("Chess", slug="chess", cost={"kind": "free", "pence": 0}),
        card("Judo", slug="judo", days=(3,), ages=(5, 15)),
    )


class TestTheRule:
    @given(LISTS, SLUGS)
    def test_adding_and_removing_leaves_it_as_it_was(self, shortlist, slug):
        before = shortlist.removing(slug)
        assert before.adding(slug).removing(slug) == before
        assert shortlist.adding(slug).adding(slug) == shortlist.adding(slug)

    @given(LISTS, SLUGS)
    def test_the_order_is_kept(self, shortlist, slug):
        rest = [one for one in shortlist.slugs if one != slug]
        assert list(shortlist.removing(slug).slugs) == rest
        assert list(shortlist.removing(slug).adding(slug).slugs) == [*rest, slug]

    @given(LISTS)
    def test_an_address_is_read_as_it_was_written(self, shortlist):
        query = MultiDict(parse_qsl(urlsplit(shortlist.address()).query))
        assert Shortlist.from_query(query) == shortlist
        shared = MultiDict(parse_qsl(urlsplit(shortlist.shared_address("https://x.uk")).query))
        assert Shortlist.from_query(shared).slugs == shortlist.slugs

    @given(st.lists(st.text(), max_size=40))
    def test_whatever_stands_in_an_address_is_a_list(self, values):
        shortlist = Shortlist.from_query(MultiDict([("a", value) for value in values]))
        assert len(shortlist.slugs) <= MOST
        assert len(set(shortlist.slugs)) == len(shortlist.slugs)

    def test_a_name_that_is_too_long_is_not_cut_to_another(self):
        long = "a" * 121
        assert Shortlist.from_query(MultiDict([("a", long)])).slugs != ("a" * 120,)


class TestThePage:
    def test_it_shows_them_side_by_side_in_the_order_chosen(self, client, three):
        page = client.get(address("judo", "dance"))
        assert page.h1 == "Your shortlist"
        assert names(page) == ["Judo", "Street dance"]
        assert "2 activities, in the order you chose." in page.main
        for words in (
            "Thursdays, 4.30pm to 5.30pm",
            "Next: Thursday 26 November, 4.30pm",
            "Foundry Lane Hall Heath Town WV10 0BD",
            "Ages 5 to 15 Parents can stay",
            "£3.50 a session",
            "Yes: staff know about autism",
            "Ask us: bus stop close by",
            "No: hearing loop",
            "Call 01902 555010",
        ):
            assert words in page.main, words

    def test_one_is_added_from_its_page_and_removed_again(self, client, three):
        page = client.get("/activities/dance").follow("Add to shortlist: Street dance")
        assert (page.path, names(page)) == ("/shortlist?a=dance", ["Street dance"])
        page = client.get(address("dance", "chess")).follow("Remove: Street dance")
        assert (page.path, names(page)) == ("/shortlist?a=chess", ["Chess"])
        page = page.follow("Remove: Chess")
        assert (page.path, page.h1) == ("/shortlist", "Your shortlist is empty")

    def test_its_activities_know_of_it(self, client, three):
        page = client.get(address("dance", "chess")).follow("Chess")
        assert page.path == "/activities/chess?a=dance&a=chess"
        assert page.links["On your shortlist: Chess"] == "/shortlist?a=dance&a=chess"
        page = client.get("/activities/judo?a=dance").follow("Add to shortlist: Judo")
        assert names(page) == ["Street dance", "Judo"]

    def test_there_is_a_way_back_to_the_search(self, client, three):
        page = client.get(address("dance", q="dance", age="8")).follow("Go on searching")
        assert page.path == "/activities?q=dance&age=8&a=dance"
        kept = client.get(address("dance", q="dance")).links["Remove: Street dance"]
        assert parse_qs(urlsplit(kept).query) == {"q": ["dance"]}

    def test_what_is_handed_on_has_nothing_of_the_search(self, app, client, three):
        page = client.get(address("dance", "chess", q="dance", postcode="WV10 0BB"))
        shared = f"{app.extensions['settings'].public_url}/shortlist?a=dance&a=chess"
        assert shared in page.main
        email = page.links["Send by email"]
        assert email.startswith("mailto:?subject=")
        assert parse_qs(urlsplit(email).query)["body"] == [f"Activities to look at: {shared}"]
        assert str(qr_code(shared)) in page.html
        assert "WV10 0BB" not in page.html.split("Send it to your phone")[1]

    def test_it_is_cleared_and_put_back(self, client, three):
        page = client.get(address("judo", "dance")).follow("Clear the list")
        assert page.h1 == "Your shortlist is empty"
        page = page.follow("Put it back")
        assert names(page) == ["Judo", "Street dance"]

    def test_an_empty_one_says_how_to_begin(self, client, three):
        page = client.get("/shortlist")
        assert page.h1 == "Your shortlist is empty"
        assert "Press “Add to shortlist” beside an activity." in page.main
        assert "Not listed does not mean unsafe: many good clubs have not joined." in page.main
        assert page.links["Find activities"] == "/activities"
        assert GONE not in page.main

    def test_it_holds_so_many_and_says_so(self, client, app):
        put(*(card(f"Club {n:02}", slug=f"club-{n:02}", organisation=9) for n in range(MOST + 1)))
        page = client.get(address(*(f"club-{n:02}" for n in range(MOST + 1))))
        assert len(names(page)) == MOST
        assert f"A shortlist holds {MOST}. We left out the rest." in page.main
        page = page.follow("Remove: Club 00")
        assert "left out" not in page.main
        assert len(names(page)) == MOST - 1

    def test_long_names_leave_the_square_out_and_nothing_else(self, client, app):
        slugs = [f"{'long-' * 20}{n:02}" for n in range(MOST)]
        put(*(card(f"Club {n}", slug=slug) for n, slug in enumerate(slugs)))
        page = client.get(address(*slugs))
        assert len(names(page)) == MOST
        assert "too long for a square" in page.main
        assert 'class="qr"' not in page.html

    def test_no_club_is_told_of_that_said_nothing(self, client, app):
        quiet = {"phone": "", "email": "", "website": ""}
        put(card("Chess", slug="chess", contact=quiet, support=[], access=[], sessions=[]))
        page = client.get(address("chess"))
        assert "The club did not say" in page.main
        assert "See its page" in page.main
        assert "Ask the club when" in page.main

    def test_a_private_place_has_no_postcode(self, client, app):
        hidden = {"hidden": True, "name": "", "postcode": "", "address_lines": []}
        put(card("Piano", slug="piano", venue=hidden))
        page = client.get(address("piano"))
        assert "Heath Town Address kept private" in page.main
        assert "WV10" not in page.main

    def test_search_engines_leave_it_alone(self, client, three):
        for path in ("/shortlist", address("dance")):
            assert '<meta name="robots" content="noindex">' in client.get(path).html

    def test_it_sets_no_cookie_and_is_not_made_twice(self, client, three):
        page = client.get(address("dance"))
        assert "Set-Cookie" not in page.headers
        again = client.get(address("dance"), headers={"If-None-Match": page.headers["ETag"]})
        assert again.status == 304
        other = client.get(address("chess"), headers={"If-None-Match": page.headers["ETag"]})
        assert other.status == 200


class TestWhatIsNotListed:
    def test_it_is_said_without_a_name_or_a_reason(self, client, three):
        put(card("Old club", slug="old", until=time_of_day.today() - timedelta(days=1)))
        page = client.get(address("dance", "old"))
        assert names(page) == ["Street dance"]
        assert f"One you chose is not {GONE}" in page.main
        assert "Not listed does not mean unsafe: many good clubs have not joined." in page.main
        assert "old" not in re.findall(r"a=([\w-]+)", page.html.split("<main")[1])
        page = client.get(address("old", "dance", "never-was"))
        assert f"Some you chose are not {GONE}" in page.main

    def test_every_reason_gives_the_same_bytes(self, client, three):
        put(card("Old club", slug="lapsed-1", until=date(2026, 11, 21)))
        put(card("Held club", slug="held-one", organisation=77))
        replace_cards(77, [])
        db.session.commit()
        for end in ("", "&a=dance"):
            pages = {
                client.get(f"/shortlist?a={slug}{end}").html
                for slug in ("lapsed-1", "held-one", "never-it")
            }
            assert len(pages) == 1

    def test_hostile_addresses_are_a_list_with_nothing_on_it(self, client, three):
        for value in HOSTILE:
            page = client.get(address("dance", value))
            assert names(page) == ["Street dance"], value
            assert f"One you chose is not {GONE}" in page.main, value
        page = client.get(address(*HOSTILE))
        assert f"Some you chose are not {GONE}" in page.main
        assert client.get("/shortlist?" + "a=x&" * 5000).status == 200
        assert client.get("/shortlist?was=%00&was=<b>&a").status == 200

    def test_what_was_cleared_and_has_gone_since_is_not_put_back(self, client, three):
        page = client.get("/shortlist?was=never-was&was=dance")
        assert chosen(page.links["Put it back"]) == ["dance"]
        assert "Put it back" not in client.get("/shortlist?was=never-was").links


class TestItsCalendar:
    def test_it_has_the_dates_of_all_of_them(self, client, three):
        answer = client.get(address("dance", "judo")).follow("Add the dates to your calendar")
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="shortlist.ics"'
        events = Calendar.from_ical(answer.html).walk("VEVENT")
        assert [str(event["SUMMARY"]) for event in events] == ["Street dance", "Judo"]
        alone = Calendar.from_ical(client.get("/activities/judo.ics").html).walk("VEVENT")[0]
        assert events[1].to_ical() == alone.to_ical()
        zones = Calendar.from_ical(answer.html).walk("VTIMEZONE")
        assert len(zones) == 1

    def test_one_whose_times_are_private_is_left_out_and_named(self, client, three):
        put(card("Piano", slug="piano", hide_times=True))
        page = client.get(address("piano", "dance"))
        assert "The calendar leaves out Piano." in page.main
        text = page.follow("Add the dates to your calendar").html
        assert "Piano" not in text
        assert "calendar" not in client.get(address("piano")).main

    def test_with_no_dates_it_is_the_same_404_as_any_other(self, client, three):
        put(card("Piano", slug="piano", hide_times=True))
        put(card("Old club", slug="old", until=date(2026, 11, 21)))
        nothing = client.get("/activities/never-was")
        for query in ("", "?a=never-was", "?a=old", "?a=piano", "?a=%00", "?a=" + "x" * 300):
            answer = client.get(f"/shortlist.ics{query}")
            assert (answer.status, answer.html) == (404, nothing.html), query
            assert "ETag" not in answer.headers

    def test_it_is_not_made_again_while_nothing_changes(self, client, three):
        etag = client.get("/shortlist.ics?a=dance").headers["ETag"]
        again = client.get("/shortlist.ics?a=dance", headers={"If-None-Match": etag})
        assert again.status == 304

    def test_a_drawing_holds_as_much_as_a_telephone_can_read(self):
        assert qr_code("https://x.uk/" + "a" * 1200)
        assert qr_code("https://x.uk/" + "a" * 1300) is None
        assert "onload" not in str(qr_code("https://x.uk/?<svg onload=alert(1)>"))


def test_a_session_at_a_clock_change_is_said_by_the_clock_on_the_wall(client, clock, app):
    clock.travel_to(datetime(2026, 10, 24, 12, tzinfo=UTC))
    put(card("Chess", slug="chess", sessions=[session(days=[6], season="all_year")]))
    assert "Next: Sunday 25 October, 4.30pm" in client.get(address("chess")).main


def test_every_link_of_a_search_carries_it_along(client, three):
    page = client.get("/activities?q=dance&a=chess&a=judo")
    assert page.links["Shortlist 2"] == "/shortlist?a=chess&a=judo"
    assert page.links["Street dance"] == "/activities/dance?a=chess&a=judo"
    added = page.follow("Add to shortlist: Street dance")
    assert names(added) == ["Chess", "Judo", "Street dance"]
    assert added.follow("Go on searching").path == "/activities?q=dance&a=chess&a=judo&a=dance"
    assert client.get("/activities?q=dance").links["Street dance"] == "/activities/dance"


def test_the_header_is_not_that_of_somebody_elses_list(client, three):
    client.get("/activities/dance?a=chess")
    assert client.get("/activities/dance").links["Shortlist"] == "/shortlist"
    assert client.get("/activities/dance?a=judo").links["Shortlist 1"] == "/shortlist?a=judo"
