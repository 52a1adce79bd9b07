"""Calendar files of activities, organisations and shortlists, read by two libraries.

`recurring-ical-events` expands them as calendars do; the reader of `tests/opendata/readers.py`
takes each rule and the file's own time zone to python-dateutil, which knows nothing of the writer.
"""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from registry.directory.coming import calendar_file_of_several, coming_dates, last_on
from registry.timetable.council_terms import school_calendar
from registry.timetable.recurrence import Recurrence, dates_between
from tests.cards.cards import card, put, session
from tests.opendata.readers import dates_in_calendar
from tests.timetable.test_calendar_file import FIRST, recurrences

LONDON = ZoneInfo("Europe/London")
TWO_YEARS = FIRST + timedelta(days=731)
BEGIN, END = (datetime.combine(day, time(), LONDON) for day in (FIRST, TWO_YEARS))


@st.composite
def documents(draw):
    """The card of an activity with one to four sessions of any pattern, perhaps with a last day."""
    sessions = draw(st.lists(recurrences(), min_size=1, max_size=4))
    records = [
        replace(one, key=f"{number:02}", starts=time(9 + number, 15)).as_record()
        for number, one in enumerate(sessions)
    ]
    ends = draw(st.none() | st.dates(FIRST, FIRST + timedelta(days=500)))
    told = card("Street Dance; Juniors, “beginners”", slug="street", sessions=records)
    return {**told.document, "sessions": records, "last_on": ends.isoformat() if ends else None}


def dates_of_register(document):
    """When it happens, as the pages say it."""
    last = min(filter(None, (last_on(document), TWO_YEARS - timedelta(days=1))))
    return Counter(
        (one.starts_at, one.ends_at)
        for record in document["sessions"]
        for one in dates_between(Recurrence.from_record(record), school_calendar(), FIRST, last)
    )


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(told=st.lists(documents(), min_size=1, max_size=2))
def test_two_libraries_read_the_dates_that_our_pages_say(app, clock, told):
    clock.freeze("2026-11-22 10:00")
    named = [{**one, "slug": f"a-{n}", "name": f"Dance {n}"} for n, one in enumerate(told)]
    file = calendar_file_of_several("Dances", [(one, 3) for one in named], "/shortlist.ics")
    ours = sum((dates_of_register(one) for one in named), Counter())
    by_dateutil = dates_in_calendar(file, BEGIN, END)
    assert Counter((start, end) for _, start, end in by_dateutil) == ours
    found = recurring_ical_events.of(Calendar.from_ical(file)).between(BEGIN, END)
    assert Counter((one["DTSTART"].dt, one["DTEND"].dt) for one in found) == ours
    uids = [str(one["UID"]) for one in Calendar.from_ical(file).walk("VEVENT")]
    assert len(uids) == len(set(uids))
    for one in named:
        next_ones = coming_dates(one).dates
        of_its = [start for name, start, _ in by_dateutil if name == one["name"]]
        near = [each.starts_at for each in next_ones if each.on < TWO_YEARS]
        assert of_its[: len(near)] == near or of_its[0] < datetime.now(LONDON) < near[0]


@pytest.fixture
def kingfisher(app, clock):
    """Three activities of one organisation: on Tuesdays, on Saturdays, and one whose times are
    nobody's to know; and one of another organisation."""
    clock.freeze("2026-11-22 10:00")
    put(
        card("Street", slug="street", organisation=3, by="Kingfisher",
             sessions=[session(days=[1], season="all_year", off=[{"on": "2026-12-08"}])]),
        card("Ballet", slug="ballet", organisation=3, by="Kingfisher",
             sessions=[session(days=[5], season="all_year", start="10:00", end="11:00")]),
        card("One to one", slug="alone", organisation=3, hide_times=True),
        card("Chess", slug="chess", organisation=4),
        card("Alone", slug="lonely", organisation=5, hide_times=True),
    )  # fmt: skip


def names_and_days(file: bytes) -> dict[str, set[date]]:
    found: dict[str, set[date]] = {}
    for name, start, _ in dates_in_calendar(file, BEGIN, BEGIN + timedelta(days=21)):
        found.setdefault(name, set()).add(start.date())
    return found


def test_an_organisation_has_the_dates_of_all_that_it_lists(client, kingfisher):
    page = client.get("/organisations/organisation-3.ics")
    assert page.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert 'filename="organisation-3.ics"' in page.headers["Content-Disposition"]
    assert names_and_days(page.body) == {
        "Street": {date(2026, 11, 24), date(2026, 12, 1)},
        "Ballet": {date(2026, 11, 28), date(2026, 12, 5), date(2026, 12, 12)},
    }
    of_one = client.get("/activities/street.ics").body
    assert names_and_days(of_one) == {"Street": {date(2026, 11, 24), date(2026, 12, 1)}}
    of_two = client.get("/shortlist.ics?a=chess&a=ballet&a=alone&a=never-was").body
    assert set(names_and_days(of_two)) == {"Chess", "Ballet"}
    link = "Add all their dates to your calendar"
    assert client.get("/organisations/organisation-3").links[link].endswith("organisation-3.ics")
    assert link not in client.get("/organisations/organisation-5").links


def test_an_event_is_the_same_one_in_every_file(client, kingfisher):
    def uids(address: str) -> set[str]:
        file = Calendar.from_ical(client.get(address).body)
        return {str(event["UID"]) for event in file.walk("VEVENT")}

    whole = uids("/organisations/organisation-3.ics")
    assert whole == uids("/activities/street.ics") | uids("/activities/ballet.ics")
    assert whole == uids("/shortlist.ics?a=ballet&a=street")


def test_a_calendar_knows_that_a_card_has_changed(client, kingfisher):
    def sequences() -> list[int]:
        file = Calendar.from_ical(client.get("/organisations/organisation-4.ics").body)
        return [int(event["SEQUENCE"]) for event in file.walk("VEVENT")]

    before = max(sequences())
    put(card("Chess", slug="chess", organisation=4, activity_id=77))
    assert min(sequences()) > before


@pytest.mark.parametrize(
    "address",
    [
        "/organisations/organisation-5.ics",
        "/organisations/never-was.ics",
        "/organisations/%00.ics",
        "/activities/alone.ics",
        "/shortlist.ics?a=alone",
    ],
)
def test_where_no_clock_time_is_public_there_is_no_file(client, kingfisher, address):
    """The same answer as for an organisation that is not there."""
    unknown = client.get("/organisations/nobody.ics")
    page = client.get(address)
    assert (page.status, page.body) == (404, unknown.body)


@pytest.mark.parametrize(
    "address",
    [
        "/activities/street.ics",
        "/organisations/organisation-3.ics",
        "/shortlist.ics?a=street",
    ],
)
def test_a_calendar_says_where_it_is_from_and_on_what_terms(client, kingfisher, address):
    page = client.get(address)
    text = page.body.decode().replace("\r\n ", "")
    assert 'LINK;LINKREL="license";VALUE=URI:https://www.nationalarchives.gov.uk/doc/' in text
    assert "licensed under the Open Government Licence v3.0." in text
    assert f"SOURCE;VALUE=URI:{client.base_url}{address}\r\n" in text
    assert "REFRESH-INTERVAL;VALUE=DURATION:P1D" in text
    assert page.headers["Access-Control-Allow-Origin"] == "*"
    again = client.get(address, headers={"If-None-Match": page.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")
    head = client.raw.head(address)
    assert (head.status_code, head.data) == (200, b"")
