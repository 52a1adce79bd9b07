"""Calendar files, read back by an independent library: the same dates as the register's own."""

from datetime import UTC, date, datetime, time, timedelta

import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from registry.timetable.calendar_file import Happening, calendar_file
from registry.timetable.council_terms import school_calendar
from registry.timetable.recurrence import NTH, PATTERNS, Extra, Off, Recurrence, dates_between
from registry.timetable.terms import SEASONS

CALENDAR = school_calendar()
FIRST = date(2026, 11, 22)
UNTIL = FIRST + timedelta(days=900)
CLUB = Happening(
    uid="street-dance",
    host="register.example",
    name="Street Dance; Juniors, “beginners”",
    address="https://register.example/activities/street-dance",
    description="Kingfisher Dance Project. Check with the club before you go.",
    place="Foundry Lane Hall, Foundry Lane, WV10 0BB",
    categories=("Dance",),
    point=(52.5936, -2.1065),
    sequence=7,
    stamp=datetime(2026, 11, 22, tzinfo=UTC),
)
WEEKLY = Recurrence("weekly", (1,), time(16, 30), time(17, 30), season="term", key="aa")

near = st.dates(FIRST - timedelta(days=60), FIRST + timedelta(days=300))


@st.composite
def recurrences(draw):
    """A session of any pattern, with some single days that differ."""
    pattern = draw(st.sampled_from(PATTERNS))
    days = tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=1))))
    anchor = draw(near)
    runs: tuple[tuple[date, date], ...] = ()
    if pattern == "fortnightly":
        days = (anchor.weekday(),)
    if pattern == "monthly":
        days = days[:1]
    if pattern in ("course", "all_day") and (pattern == "course" or draw(st.booleans())):
        later = anchor + timedelta(days=draw(st.integers(0, 120)))
        after = later + timedelta(days=draw(st.integers(1, 90)))
        runs = ((anchor, later), (after, after + timedelta(days=draw(st.integers(0, 60)))))
        runs = runs[: draw(st.integers(1, 2))]
    season = "all_year" if pattern == "dates" else draw(st.sampled_from(SEASONS))
    return Recurrence(
        pattern,
        days,
        time(16, 30),
        time(17, 30),
        season=season,
        anchor=anchor if pattern == "fortnightly" else None,
        nth=draw(st.sampled_from(NTH)) if pattern == "monthly" else 0,
        dates=tuple(draw(st.sets(near, min_size=1, max_size=5))) if pattern == "dates" else (),
        runs=runs,
        off=tuple(map(Off, draw(st.sets(near, max_size=8)))),
        extra=tuple(Extra(one, time(10), time(11)) for one in draw(st.sets(near, max_size=3))),
        key="aa",
    )


def starts_in(file: bytes) -> list[datetime]:
    found = recurring_ical_events.of(Calendar.from_ical(file)).between(FIRST, UNTIL)
    return sorted(event["DTSTART"].dt for event in found)


@settings(max_examples=150, deadline=None)
@given(recurrences())
def test_a_file_holds_exactly_the_dates_of_the_register(recurrence):
    file = calendar_file(CLUB, [recurrence], CALENDAR, FIRST)
    ours = dates_between(recurrence, CALENDAR, FIRST, UNTIL - timedelta(days=1))
    assert starts_in(file) == [one.starts_at for one in ours]


def test_a_course_in_two_holidays_has_a_series_for_each():
    """Two series under one identifier would be one to a calendar."""
    run = (date(2026, 12, 1), date(2027, 2, 20))
    course = Recurrence("course", (0,), time(9), time(15), season="holidays", runs=(run,), key="aa")
    file = calendar_file(CLUB, [course], CALENDAR, FIRST)
    uids = [str(event["UID"]) for event in Calendar.from_ical(file).walk("VEVENT")]
    assert uids == [
        "street-dance-aa-20261219@register.example",
        "street-dance-aa-20270213@register.example",
    ]
    assert [one.date() for one in starts_in(file)] == [
        date(2026, 12, 21),
        date(2026, 12, 28),
        date(2027, 2, 15),
    ]


def test_the_last_day_of_all_is_the_last_in_the_file():
    all_year = Recurrence("weekly", (1,), time(16, 30), time(17, 30), key="aa")
    file = calendar_file(CLUB, [all_year], CALENDAR, FIRST, date(2026, 12, 8))
    assert [start.day for start in starts_in(file)] == [24, 1, 8]


def test_the_hour_is_right_on_both_sides_of_a_clock_change():
    file = calendar_file(CLUB, [WEEKLY], CALENDAR, date(2027, 3, 20))
    by_day = {start.date(): start for start in starts_in(file)}
    assert by_day[date(2027, 3, 23)].isoformat() == "2027-03-23T16:30:00+00:00"
    assert by_day[date(2027, 4, 13)].isoformat() == "2027-04-13T16:30:00+01:00"


def test_the_same_session_keeps_its_identifier_from_day_to_day():
    easter = Recurrence("all_day", (0, 1), time(9), time(15), season="easter", key="bb")

    def uids(first: date) -> list[str]:
        file = Calendar.from_ical(calendar_file(CLUB, [WEEKLY, easter], CALENDAR, first))
        return [str(event["UID"]) for event in file.walk("VEVENT")]

    today, later = uids(FIRST), uids(date(2027, 3, 30))
    assert today == later
    assert len(set(today)) == len(today) == 4
    assert today[0] == "street-dance-aa@register.example"


def test_it_is_made_as_the_standard_asks():
    file = calendar_file(CLUB, [WEEKLY], CALENDAR, FIRST)
    lines = file.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in file.replace(b"\r\n", b"")
    for line in (
        b"VERSION:2.0",
        b"TZID:Europe/London",
        b"DTSTART;TZID=Europe/London:20261124T163000",
        b"SEQUENCE:7",
        b"GEO:52.5936;-2.1065",
        b"DTSTAMP:20261122T000000Z",
    ):
        assert line in lines
    assert b"RRULE:FREQ=WEEKLY;UNTIL=20290717T153000Z;BYDAY=TU" in lines
    event = Calendar.from_ical(file).walk("VEVENT")[0]
    assert event["SUMMARY"] == CLUB.name


def test_a_place_without_a_point_has_none_in_the_file():
    hidden = Happening(**{**CLUB.__dict__, "point": None, "place": "Heath Town"})
    file = calendar_file(hidden, [WEEKLY], CALENDAR, FIRST)
    assert b"GEO" not in file
    assert b"LOCATION:Heath Town" in file
