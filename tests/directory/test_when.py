"""When listed activities happen: in words, the next date, and the calendar file."""

import re
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from registry.cards.queries import search
from registry.cards.search.request import SearchRequest
from registry.directory.lines import session_lines, when_line
from registry.timetable import saying
from tests.cards.cards import card, document, put, session

SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
WORDS = {
    "Tuesdays": {},
    "Mondays and Thursdays": {"days": [0, 3]},
    "Monday to Friday": {"days": [0, 1, 2, 3, 4]},
    "Tuesday to Thursday": {"days": [1, 2, 3]},
    "Every other Tuesday": {"pattern": "fortnightly", "anchor": "2026-11-24"},
    "First Saturday of the month": {"pattern": "monthly", "days": [5], "nth": 1},
    "Last Friday of the month": {"pattern": "monthly", "days": [4], "nth": -1},
    "Saturday 5 December 2026": {"pattern": "dates", "days": [], "dates": ["2026-12-05"]},
    "5, 12 and 19 December 2026": {
        "pattern": "dates",
        "days": [],
        "dates": ["2026-12-05", "2026-12-12", "2026-12-19"],
    },
    "4 dates, 5 December 2026 to 2 January 2027": {
        "pattern": "dates",
        "days": [],
        "dates": ["2026-12-05", "2026-12-12", "2026-12-19", "2027-01-02"],
    },
    "Tuesdays, 12 January to 30 March 2027": {
        "pattern": "course",
        "runs": [["2027-01-12", "2027-03-30"]],
    },
    "Tuesdays, drop in": {"pattern": "drop_in"},
    "Monday to Friday in the Easter holidays": {
        "pattern": "all_day",
        "days": [0, 1, 2, 3, 4],
        "season": "easter",
    },
    "Monday to Friday, 5 to 9 April 2027": {
        "pattern": "all_day",
        "days": [0, 1, 2, 3, 4],
        "season": "all_year",
        "runs": [["2027-04-05", "2027-04-09"]],
    },
}


@pytest.mark.parametrize("words", WORDS)
def test_each_pattern_is_said_in_plain_words(words):
    told = document(sessions=[session(**WORDS[words])])
    assert when_line(told).title == words
    assert [line.day for line in session_lines(told)] == [words]


def test_several_sessions_are_said_in_one_line():
    weekly, drop_in = session(), session(pattern="drop_in", days=[3])
    monthly = session(pattern="monthly", days=[5], nth=1, start="10:00", end="12:00")
    line = when_line(document(sessions=[monthly, weekly]))
    assert line == ("Tuesdays and the first Saturday of the month", "Term time", "different times")
    assert when_line(document(sessions=[weekly, drop_in])).title == "Tuesdays and Thursdays"
    all_year = session(days=[3], season="all_year")
    assert when_line(document(sessions=[weekly, all_year])).note == ""


def test_a_line_says_the_part_of_the_year_once():
    easter = session(pattern="all_day", days=[0], season="easter", start="09:00", end="15:00")
    assert when_line(document(sessions=[easter])) == (
        "Mondays in the Easter holidays",
        "",
        "9am to 3pm",
    )
    half_term = when_line(document(sessions=[session(season="half_term")]))
    assert half_term.note == "Half terms"


@pytest.fixture
def on_sunday(clock, app):
    """A Sunday in November, at noon."""
    clock.travel_to(SUNDAY)


class TestNextDate:
    def test_it_is_counted_from_today(self, client, on_sunday, clock):
        put(card(slug="dance"))
        assert "Next: Tuesday 24 November, 4.30pm" in client.get("/activities/dance").main
        clock.travel_to(datetime(2026, 11, 24, 17, 20, tzinfo=UTC))
        assert "Next: Tuesday 24 November, 4.30pm" in client.get("/activities/dance").main
        clock.travel_to(datetime(2026, 11, 24, 18, 0, tzinfo=UTC))
        assert "Next: Tuesday 1 December, 4.30pm" in client.get("/activities/dance").main
        clock.travel_to(datetime(2026, 12, 16, 12, tzinfo=UTC))
        assert "Next: Tuesday 5 January 2027, 4.30pm" in client.get("/activities/dance").main

    def test_a_kept_page_is_not_told_that_it_is_still_right(self, client, on_sunday, clock):
        put(card(slug="dance"))
        clock.travel_to(datetime(2026, 11, 24, 17, 20, tzinfo=UTC))
        etag = client.get("/activities/dance").headers["ETag"]
        clock.travel_to(datetime(2026, 11, 24, 18, 0, tzinfo=UTC))
        again = client.get("/activities/dance", headers={"If-None-Match": etag})
        assert again.status == 200

    def test_after_the_last_day_of_all_it_says_so(self, client, on_sunday):
        put(card(slug="dance", last_on="2026-11-23"))
        assert "There are no more dates." in client.get("/activities/dance").main

    def test_where_no_term_dates_are_known_it_says_so(self, client, clock, app):
        clock.travel_to(datetime(2029, 8, 1, 12, tzinfo=UTC))
        put(card(slug="dance"))
        page = client.get("/activities/dance")
        assert "We have no school term dates after 20 July 2029 yet." in page.main
        assert ".ics" not in page.html

    def test_dates_that_nobody_could_count_out_are_listed(self, client, on_sunday):
        put(card(slug="chess", sessions=[session(pattern="monthly", nth=-1)]))
        page = client.get("/activities/chess").main
        assert "Next dates Tuesday 24 November 4.30pm to 5.30pm Tuesday 26 January 2027" in page
        assert "29 December" not in page
        assert page.count("4.30pm to 5.30pm") == 8

    def test_single_days_are_told_until_they_are_past(self, client, on_sunday, clock):
        off = [{"on": "2026-11-24", "why": "The hall is shut"}, {"on": "2026-11-17", "why": "Snow"}]
        more = [{"on": "2026-11-28", "start": "10:00", "end": "11:00", "why": ""}]
        put(card(slug="dance", sessions=[session(off=off, extra=more)]))
        page = client.get("/activities/dance").main
        assert "Next: Saturday 28 November, 10am" in page
        assert "Not on Tuesday 24 November. The hall is shut" in page
        assert "Also on Saturday 28 November, 10am to 11am" in page
        assert "Snow" not in page


class TestCalendarFile:
    def test_it_is_offered_and_is_a_calendar(self, client, on_sunday):
        put(card(slug="dance"))
        answer = client.get("/activities/dance").follow("Add the dates to your calendar")
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="dance.ics"'
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        (event,) = Calendar.from_ical(answer.html).walk("VEVENT")
        assert event["DTSTART"].dt.isoformat() == "2026-11-24T16:30:00+00:00"
        assert event["LOCATION"] == "Foundry Lane Hall, Foundry Lane, WV10 0BD"
        assert "GEO" in event

    def test_it_is_not_made_again_while_nothing_changes(self, client, on_sunday):
        put(card(slug="dance"))
        etag = client.get("/activities/dance.ics").headers["ETag"]
        assert client.get("/activities/dance.ics", headers={"If-None-Match": etag}).status == 304

    def test_a_change_counts_up_and_keeps_the_identifier(self, client, on_sunday):
        one = card(slug="dance", sessions=[session(key="3f9a61c2")], organisation=4)
        put(one)
        (before,) = Calendar.from_ical(client.get("/activities/dance.ics").html).walk("VEVENT")
        one.document["sessions"] = [session(key="3f9a61c2", start="17:00", end="18:00")]
        put(one)
        (after,) = Calendar.from_ical(client.get("/activities/dance.ics").html).walk("VEVENT")
        assert after["UID"] == before["UID"]
        assert after["SEQUENCE"] > before["SEQUENCE"]

    def test_a_hidden_place_has_no_point_and_no_address(self, client, on_sunday):
        hidden = {"hidden": True, "name": "", "postcode": "", "address_lines": []}
        put(card(slug="dance", venue=hidden))
        text = client.get("/activities/dance.ics").html
        assert "GEO" not in text
        assert "Foundry" not in text
        assert "LOCATION:Heath Town" in text

    def test_of_several_places_none_is_named_as_the_one(self, client, on_sunday):
        other = {**document()["venue"], "name": "Village Hall"}
        put(card(slug="dance", also_at=[other]))
        text = client.get("/activities/dance.ics").html
        assert "GEO" not in text
        assert "Foundry Lane\\," not in text

    def test_what_is_not_there_is_the_same_bytes_for_every_reason(self, client, on_sunday):
        lapsed = card(slug="lapsed", until=date(2026, 11, 21))
        put(card(slug="piano", hide_times=True), lapsed)
        nothing = client.get("/activities/never-was")
        assert nothing.status == 404
        for address in (
            "/activities/never-was.ics",
            "/activities/piano.ics",
            "/activities/lapsed.ics",
            "/activities/lapsed",
            "/activities/.ics",
            "/activities/A b.ics",
        ):
            answer = client.get(address)
            assert (answer.status, answer.html) == (404, nothing.html), address
            assert answer.headers["Content-Type"] == nothing.headers["Content-Type"]
            assert "ETag" not in answer.headers


class TestHiddenTimes:
    def test_days_and_parts_of_the_day_and_never_a_clock_time(self, client, on_sunday):
        off = [{"on": "2026-11-24", "why": ""}]
        more = [{"on": "2026-11-28", "start": "16:30", "end": "17:30", "why": ""}]
        course = session(
            pattern="course", days=[1], runs=[["2026-11-24", "2026-12-15"]], off=off, extra=more
        )
        monthly = session(pattern="monthly", days=[5], nth=1)
        listed = session(pattern="dates", days=[], dates=["2026-12-06"])
        put(
            card(
                "Piano",
                slug="piano",
                organisation=1,
                hide_times=True,
                sessions=[course, monthly, listed],
            )
        )
        for address in ("/activities/piano", "/activities", "/organisations/organisation-1"):
            page = client.get(address)
            # The filters beside the results say when “after school” is, for everybody.
            said = page.main if address == "/activities" else page.html
            assert not re.search(r"16:30|17:30|4\.30|5\.30|\d(am|pm)\b", said), address
        page = client.get("/activities/piano").main
        assert "Next: Saturday 28 November, in the afternoon" in page
        assert "Tuesdays, 24 November to 15 December 2026 after school" in page
        assert "First Saturday of the month in the afternoon" in page
        assert "Sunday 6 December 2026 in the afternoon" in page
        assert ".ics" not in client.get("/activities/piano").html


def test_every_pattern_is_found_by_its_days(app):
    """What the cards say of days is counted from the same rules as the dates."""
    put(card("Weekly", days=(1,)), card("Saturdays", days=(5,)))
    found = search(SearchRequest(days=(5,)))
    assert [hit.document["name"] for hit in found.hits] == ["Saturdays"]


def test_why_it_fits_names_the_days_of_every_pattern(client, app):
    listed = session(pattern="dates", days=[], dates=["2026-12-05", "2026-12-06"])
    put(card("Workshops", days=(5, 6), sessions=[listed]))
    assert "on Saturdays" in client.get("/activities?day=saturday").main


def test_days_in_words():
    assert saying.days_in_words((0, 1, 2, 3, 4, 5, 6)) == "Every day"
    assert saying.days_in_words((5, 6), last="or") == "Saturdays or Sundays"
