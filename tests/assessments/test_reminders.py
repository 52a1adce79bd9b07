"""Which reminder is due when: the ladder, late runs, and never twice."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.assessments.dated_things import (
    LISTED,
    DatedThing,
    contact_check,
    dated_things,
    running_out,
)
from registry.assessments.reminders import LADDER, Due, Told, due_today, rung_of

ON = date(2026, 11, 22)
FIRST_AID = DatedThing(ON, "hs_first_aid", "First aid training", "Book.", "tell", "You stay.")
LISTING = DatedThing(ON, LISTED, "Your time on the list", "Renew.", "", "You come off.")


def after(days: int) -> date:
    """So many days after the last good day."""
    return ON + timedelta(days=days)


def sent(due: Sequence[Due], today: date) -> list[Told]:
    """What is written down when these go out."""
    return [Told(one.thing.key, one.thing.on, one.rung, today) for one in due]


@pytest.mark.parametrize(
    ("days", "rung"),
    [
        (-61, None),
        (-60, -60),
        (-59, -60),
        (-30, -30),
        (-15, -30),
        (-14, -14),
        (-7, -7),
        (-2, -7),
        (-1, -1),
        (0, 0),
        (1, 1),
        (2, 1),
        (29, 1),
        (30, 30),
        (44, 30),
        (45, None),
        (400, None),
    ],
)
def test_the_newest_rung_whose_day_has_come(days: int, rung: int | None) -> None:
    assert rung_of(FIRST_AID, after(days)) == rung


def test_eight_reminders_when_the_night_runs_every_day() -> None:
    told: list[Told] = []
    for days in range(-90, 120):
        told += sent(due_today([FIRST_AID], told, after(days)), after(days))
    assert [(one.rung, (one.sent_on - ON).days) for one in told] == [(r, r) for r in LADDER]


def test_a_missed_week_is_made_up_by_the_newest_alone() -> None:
    told = sent(due_today([FIRST_AID], [], after(-14)), after(-14))
    (late,) = due_today([FIRST_AID], told, after(-1))
    assert late.rung == -1  # and not the one of seven days before
    assert due_today([FIRST_AID], [*told, *sent([late], after(-1))], after(-1)) == []


def test_all_that_is_due_on_one_day_is_one_email_and_no_second_follows() -> None:
    other = DatedThing(after(16), "hs_public", "Insurance", "Renew.", "tell", "You stay.")
    found = due_today([other, FIRST_AID], [], after(-14))
    assert [(one.thing.key, one.rung) for one in found] == [
        ("hs_first_aid", -14),
        ("hs_public", -30),
    ]
    third = DatedThing(after(-14), "sg_lead_training", "Training", "Book.", "tell", "You stay.")
    told = sent(found, after(-14))
    assert due_today([third, other, FIRST_AID], told, after(-14)) == []
    assert [one.thing.key for one in due_today([third], told, after(-13))] == ["sg_lead_training"]


def test_a_new_date_begins_a_new_ladder() -> None:
    told = sent(due_today([FIRST_AID], [], ON), ON)
    renewed = DatedThing(after(365), "hs_first_aid", "First aid training", "Book.", "tell", "")
    assert due_today([renewed], told, after(1)) == []
    assert [one.rung for one in due_today([renewed], told, after(305))] == [-60]


def test_while_a_renewal_is_with_us_only_the_listing_has_a_reminder() -> None:
    found = due_today([FIRST_AID, LISTING], [], after(-7), renewal_is_with_us=True)
    assert [(one.thing.key, one.rung) for one in found] == [(LISTED, -7)]


def test_the_notice_of_a_lapse_is_the_reminder_of_the_day_after() -> None:
    assert due_today([LISTING], [], after(1)) == []
    assert [one.rung for one in due_today([LISTING], [], after(30))] == [30]


def test_the_public_contact_is_asked_about_once_in_six_months() -> None:
    contact = contact_check(date(2026, 5, 31))
    assert contact.on == date(2026, 11, 30)
    assert due_today([contact], [], date(2026, 11, 29)) == []
    told = sent(due_today([contact], [], date(2026, 12, 20)), date(2026, 12, 20))
    assert [one.rung for one in told] == [0]
    later = (date(2026, 12, 21) + timedelta(days=n) for n in range(500))
    assert [day for day in later if due_today([contact], told, day)] == []


days_of_runs = st.lists(st.integers(-80, 90), min_size=1, max_size=60)


@given(
    runs=days_of_runs,
    ends=st.lists(st.integers(-20, 20), min_size=1, max_size=4, unique=True),
    with_us=st.booleans(),
)
def test_whenever_the_night_runs_nothing_is_told_twice_and_never_two_in_a_day(
    runs: list[int], ends: list[int], with_us: bool
) -> None:
    things = [
        DatedThing(after(end), LISTED if n == 0 else f"thing:{n}", "What", "Do.", "", "")
        for n, end in enumerate(ends)
    ]
    told: list[Told] = []
    emails: list[date] = []
    for day in sorted(runs):
        today = after(day)
        found = due_today(things, told, today, renewal_is_with_us=with_us)
        for one in found:
            # The newest whose day has come: no rung between it and today.
            between = [r for r in LADDER if one.rung < r <= (today - one.thing.on).days]
            assert between == []
            assert not with_us or one.thing.key == LISTED
        if found:
            emails.append(today)
            told += sent(found, today)
    assert len(emails) == len(set(emails))
    named = [(one.key, one.ends_on, one.rung) for one in told]
    assert len(named) == len(set(named))
    for thing in things:
        rungs = [one.rung for one in told if one.key == thing.key]
        assert rungs == sorted(rungs)


# The list itself.

ANSWERS = {
    "hs_employers": {"ends_on": "2027-03-01"},
    "hs_public": {"ends_on": "2027-04-01"},
    "hs_first_aid": {"said": "yes", "ends_on": "2027-05-01"},
    "sg_lead_training": {"date": "2024-02-29"},
    "hs_ra_all": {"rows": [{"activity_id": 1, "file": 7}, {"activity_id": 2, "file": 7}]},
    "hs_ra_date": {"rows": [{"file": 7, "checked_on": "2026-06-30"}]},
}
ASKED = {"hs_employers", "hs_public", "hs_first_aid", "sg_lead_training"}


def listed(asked: set[str] = ASKED, until: date = date(2027, 2, 1)) -> dict[str, DatedThing]:
    """The dated things of a club that was read on 1 February 2026."""
    found = dated_things(ANSWERS, asked, {1: "Judo", 2: "Dance"}, until, date(2026, 2, 1))
    assert found == sorted(found)
    return {one.key: one for one in found}


def test_every_dated_thing_is_on_the_list_each_by_its_name() -> None:
    found = listed()
    assert {key: one.on for key, one in found.items()} == {
        LISTED: date(2027, 2, 1),
        "hs_employers": date(2027, 3, 1),
        "hs_public": date(2027, 4, 1),
        "hs_first_aid": date(2027, 5, 1),
        "sg_lead_training": date(2026, 2, 28),  # 29 February 2024 and 24 months
        "risk_check:1": date(2027, 6, 30),
        "risk_check:2": date(2027, 6, 30),
    }
    assert found["risk_check:1"].what == "The risk check of Judo"
    assert found["risk_check:2"].then == "Dance comes off the list."


def test_what_is_not_asked_of_this_club_any_more_is_not_on_it() -> None:
    assert "hs_employers" not in listed(ASKED - {"hs_employers"})


def test_where_the_plans_own_date_ends_the_listing_a_new_date_is_the_thing_to_do() -> None:
    early = listed(until=date(2026, 10, 22))[LISTED]
    assert (early.do, early.page) == ("Check your safeguarding plan again.", "tell/plan")
    assert listed()[LISTED].do == "Renew your self-check."


def test_the_front_page_shows_what_has_not_ended_the_nearest_first() -> None:
    ends = running_out(listed().values(), date(2027, 2, 1))
    assert [(one.what, one.days) for one in ends][:2] == [
        ("Your time on the list", 0),
        ("Employers’ liability insurance", 28),
    ]
    assert all(one.days >= 0 for one in ends)
