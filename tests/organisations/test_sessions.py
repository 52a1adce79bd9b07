"""When an activity happens, told page by page, and what families see of it straight away."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy import select

from registry.assessments.models import Change
from registry.assessments.publish import publish
from registry.assessments.services import approve
from registry.cards.models import Card
from registry.cards.queries import search
from registry.cards.search.request import DAYS, SearchRequest
from registry.database import db
from registry.errors import BadInput, NotFound, NotYours, StaleVersion
from registry.organisations import services
from registry.organisations.models import Activity, Organisation
from tests import factories as make
from tests.organisations.conftest import signed_in

HALF_FOUR, HALF_FIVE = time(16, 30), time(17, 30)
CLOCKS = {"starts": HALF_FOUR, "ends": HALF_FIVE}
SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
TYPED = {"starts": "4.30pm", "ends": "5.30pm"}


def typed_day(name: str, day: int, month: int, year: int) -> dict[str, str]:
    """The three boxes of a date."""
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}


@pytest.fixture
def when(organisation, activity, clock):
    """Where the pages about when it happens begin, on a Sunday in November."""
    clock.travel_to(SUNDAY)
    return f"/club/{organisation.id}/activities/{activity.id}/sessions"


# What each pattern asks for, what its club reads afterwards, and the first dates.
PATTERNS: dict[str, tuple[dict[str, Any], str, list[str]]] = {
    "weekly": (
        {"days": ["Tuesday", "Thursday"], "season": "term"},
        "Tuesdays and Thursdays, 4.30pm to 5.30pm, term time",
        ["Tuesday 24 November, 4.30pm", "Thursday 26 November, 4.30pm"],
    ),
    "fortnightly": (
        {**typed_day("anchor", 17, 11, 2026), "season": "term"},
        "Every other Tuesday, 4.30pm to 5.30pm, term time",
        ["Tuesday 1 December, 4.30pm", "Tuesday 15 December, 4.30pm"],
    ),
    "monthly": (
        {"nth": "1", "day": "Saturday", "season": "all_year"},
        "First Saturday of the month, 4.30pm to 5.30pm, all year",
        ["Saturday 5 December, 4.30pm", "Saturday 2 January 2027, 4.30pm"],
    ),
    "dates": (
        {"dates": "5 December 2026\nSat 12th Dec 2026\n19/12/2026\n"},
        "5, 12 and 19 December 2026, 4.30pm to 5.30pm",
        ["Saturday 5 December, 4.30pm", "Saturday 12 December, 4.30pm"],
    ),
    "course": (
        {
            **typed_day("first", 12, 1, 2027),
            **typed_day("last", 30, 3, 2027),
            "days": ["Tuesday"],
            "season": "term",
        },
        "Tuesdays, 12 January to 30 March 2027, 4.30pm to 5.30pm, term time",
        ["Tuesday 12 January 2027, 4.30pm", "Tuesday 19 January 2027, 4.30pm"],
    ),
    "drop_in": (
        {"days": ["Monday"], "season": "all_year"},
        "Mondays, drop in, any time from 4.30pm to 5.30pm, all year",
        ["Monday 23 November, 4.30pm", "Monday 30 November, 4.30pm"],
    ),
    "all_day": (
        {"season": "easter", "starts": "9am", "ends": "3pm"},
        "Monday to Friday in the Easter holidays, 9am to 3pm",
        ["Friday 26 March 2027, 9am", "Monday 29 March 2027, 9am"],
    ),
}


class TestPatterns:
    @pytest.mark.parametrize("pattern", PATTERNS)
    def test_each_is_asked_for_and_said_back_with_its_next_dates(self, when, marcia, pattern):
        values, words, dates = PATTERNS[pattern]
        page = marcia.get(f"{when}/new").form().fill({"pattern": pattern}).submit()
        page = page.form().fill({**TYPED, **values}).submit()
        assert page.path == when
        assert words in page.main
        check = page.main.partition("Is this right?")[2]
        assert [check.index(one) for one in dates] == sorted(check.index(one) for one in dates)
        assert check.index(dates[0]) < 60

    @pytest.mark.parametrize("pattern", PATTERNS)
    def test_each_is_changed_from_what_it_says(self, when, marcia, activity, pattern):
        values, words, _ = PATTERNS[pattern]
        marcia.get(f"{when}/new/{pattern}").form().fill({**TYPED, **values}).submit()
        page = marcia.get(when).follow(f"Change {words}")
        page = page.form().submit()
        assert words in page.main
        page = page.follow(f"Change {words}").form().fill({"ends": "8pm"}).submit()
        assert "8pm" in page.main
        db.session.expire_all()
        assert len(db.session.get(Activity, activity.id).sessions) == 1

    def test_a_holiday_club_may_have_dates_of_its_own(self, when, marcia):
        own = {
            "season": "own",
            "runs": "29 March 2027 to 1 April 2027\n5 April 2027 to 9 April 2027",
            "starts": "9am",
            "ends": "3pm",
        }
        page = marcia.get(f"{when}/new/all_day").form().fill(own).submit()
        assert (
            "Monday to Friday, 29 March to 1 April 2027 and 5 to 9 April 2027, 9am to 3pm"
            in page.main
        )
        assert "The last day is 9 April 2027." in page.main

    @pytest.mark.parametrize(
        ("pattern", "values", "error"),
        [
            ("weekly", {"season": "term"}, "Choose the day"),
            ("weekly", {"days": ["Monday"]}, "Choose which part of the year"),
            ("fortnightly", {"season": "term"}, "Enter one date when it happens"),
            ("monthly", {"day": "Monday", "season": "term"}, "Choose which one in the month"),
            ("dates", {}, "Enter the dates"),
            ("dates", {"dates": "soon"}, "Each date must look like 5 December 2026"),
            ("dates", {"dates": "31 2 2027"}, "The date must be a real date"),
            (
                "course",
                {
                    **typed_day("first", 2, 2, 2027),
                    **typed_day("last", 1, 2, 2027),
                    "days": ["Monday"],
                    "season": "term",
                },
                "The last date must be 2 February 2027 or later",
            ),
            ("all_day", {"season": "own"}, "Enter the first and the last date"),
            (
                "all_day",
                {"season": "easter", "runs": "1 April 2027 to 2 April 2027"},
                "Choose “On dates of our own”",
            ),
            (
                "all_day",
                {"season": "own", "runs": "2 April 2027 to 1 April 2027"},
                "The last date must not be before the first",
            ),
        ],
    )
    def test_what_is_missing_or_cannot_be(self, when, marcia, pattern, values, error):
        page = marcia.get(f"{when}/new/{pattern}").form().fill({**TYPED, **values}).submit()
        assert page.status == 422
        assert page.errors[0].startswith(error)

    def test_a_pattern_must_be_chosen(self, when, marcia):
        page = marcia.get(f"{when}/new").form().submit()
        assert page.status == 422
        assert page.errors == ["Choose how often it happens"]


class TestDaysThatDiffer:
    @pytest.fixture
    def weekly(self, activity, owner):
        """Every Tuesday in term time."""
        return services.add_session(activity, owner, days=[1], **CLOCKS)

    def test_away_on_a_day_with_a_reason_and_undone(self, weekly, when, marcia):
        page = marcia.get(when).follow("We are not there on a day")
        told = {**typed_day("first", 24, 11, 2026), "why": "The hall is being painted"}
        page = page.form().fill(told).submit()
        assert "Not on Tuesday 24 November. The hall is being painted" in page.main
        assert "Tuesday 24 November, 4.30pm" not in page.main
        page = page.press("Undo Not on Tuesday 24 November. The hall is being painted")
        assert "Tuesday 24 November, 4.30pm" in page.main
        assert "Not on" not in page.main

    def test_away_for_weeks_is_kept_for_the_days_on_which_they_meet(self, weekly, activity, owner):
        days = services.add_off(
            activity,
            [weekly["key"]],
            owner,
            first=date(2026, 12, 1),
            last=date(2027, 1, 6),
        )
        assert days == [date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 15), date(2027, 1, 5)]

    def test_away_on_a_day_on_which_they_never_meet(self, weekly, when, marcia):
        told = typed_day("first", 25, 11, 2026)
        page = marcia.get(f"{when}/away").form().fill(told).submit()
        assert page.status == 422
        assert page.errors == ["You do not meet on any of those days. Check the date."]

    def test_away_from_one_of_two_sessions(self, weekly, activity, owner, when, marcia):
        later = services.add_session(activity, owner, days=[1], starts=time(18), ends=time(19))
        db.session.commit()
        form = marcia.get(f"{when}/away").form()
        told = {**typed_day("first", 24, 11, 2026), "session": later["key"]}
        page = form.fill(told).submit()
        assert "Tuesday 24 November, 4.30pm" in page.main
        assert "Tuesday 24 November, 6pm" not in page.main

    def test_away_from_all_sessions_if_nothing_else_is_chosen(
        self, weekly, activity, owner, when, marcia
    ):
        services.add_session(activity, owner, days=[1], starts=time(18), ends=time(19))
        db.session.commit()
        page = marcia.get(f"{when}/away").form().fill(typed_day("first", 24, 11, 2026)).submit()
        assert (
            "Tuesday 24 November"
            not in page.main.partition("Is this right?")[2].partition("Days that are different")[0]
        )

    def test_an_extra_day_at_times_of_its_own(self, weekly, when, marcia):
        form = marcia.get(when).follow("We are there on an extra day").form()
        assert (form.fields["starts"], form.fields["ends"]) == ("4.30pm", "5.30pm")
        told = {**typed_day("on", 28, 11, 2026), "starts": "10am", "why": "Our winter party"}
        page = form.fill(told).submit()
        assert "Also on Saturday 28 November, 10am to 5.30pm. Our winter party" in page.main
        assert "Saturday 28 November, 10am" in page.main

    def test_an_extra_day_when_they_meet_anyway(self, weekly, when, marcia):
        told = typed_day("on", 24, 11, 2026)
        page = marcia.get(f"{when}/extra").form().fill(told).submit()
        assert page.errors == ["You already meet on that day at that time."]

    def test_days_of_a_session_stay_when_the_session_is_changed(self, weekly, activity, owner):
        services.add_off(activity, [weekly["key"]], owner, first=date(2026, 12, 1))
        services.change_session(activity, weekly["key"], owner, days=[1, 3], **CLOCKS)
        (told,) = services.session_facts(activity)
        assert told["days"] == [1, 3]
        assert told["off"] == [{"on": "2026-12-01", "why": ""}]

    def test_without_a_session_nothing_can_differ(self, when, marcia):
        assert marcia.get(f"{when}/away").status == 404
        assert marcia.get(f"{when}/extra").status == 404


class TestTwoAtOnce:
    def test_the_second_is_told_and_loses_nothing(self, activity, owner, when, marcia):
        one = services.add_session(activity, owner, days=[1], **CLOCKS)
        db.session.commit()
        form = marcia.get(f"{when}/{one['key']}").form()
        services.change_session(
            activity, one["key"], owner, days=[1], starts=time(17), ends=time(18)
        )
        db.session.commit()
        page = form.fill({"ends": "6.30pm"}).submit()
        assert page.status == 409
        assert "Somebody changed this since you opened it" in page.main
        assert "Ends at 6pm 6.30pm" in page.main
        assert page.form().fields["ends"] == "6.30pm"
        page = page.form().submit()
        assert "Tuesdays, 4.30pm to 6.30pm, term time" in page.main

    def test_a_session_that_somebody_removed_is_added_again_when_asked_twice(
        self, activity, owner, when, marcia
    ):
        one = services.add_session(activity, owner, days=[1], **CLOCKS)
        db.session.commit()
        form = marcia.get(f"{when}/{one['key']}").form()
        services.remove_session(activity, one["key"], owner)
        db.session.commit()
        page = form.fill({"ends": "6.30pm"}).submit()
        assert page.status == 409
        page = page.form().submit()
        assert "Tuesdays, 4.30pm to 6.30pm, term time" in page.main

    def test_an_older_version_is_refused_for_every_verb(self, activity, owner):
        one = services.add_session(activity, owner, days=[1], **CLOCKS)
        old = {"version": activity.version - 1}
        for act in (
            lambda: services.add_session(activity, owner, days=[2], **CLOCKS, **old),
            lambda: services.change_session(activity, one["key"], owner, days=[2], **CLOCKS, **old),
            lambda: services.remove_session(activity, one["key"], owner, **old),
            lambda: services.add_off(
                activity, [one["key"]], owner, first=date(2026, 11, 24), **old
            ),
            lambda: services.add_extra(
                activity, one["key"], owner, on=date(2026, 11, 25), **CLOCKS, **old
            ),
        ):
            with pytest.raises(StaleVersion):
                act()


class TestWhoMay:
    def test_a_stranger_may_not(self, activity, owner, stranger):
        one = services.add_session(activity, owner, days=[1], **CLOCKS)
        day = date(2026, 11, 24)
        for act in (
            lambda: services.change_session(activity, one["key"], stranger, days=[2], **CLOCKS),
            lambda: services.remove_session(activity, one["key"], stranger),
            lambda: services.add_off(activity, [one["key"]], stranger, first=day),
            lambda: services.add_extra(activity, one["key"], stranger, on=day, **CLOCKS),
            lambda: services.remove_exception(activity, day, stranger),
        ):
            with pytest.raises(NotYours):
                act()

    def test_a_session_that_is_not_there(self, activity, owner):
        with pytest.raises(NotFound):
            services.change_session(activity, "ffffffff", owner, days=[2], **CLOCKS)

    @pytest.mark.parametrize(
        "told",
        [
            {"pattern": "yearly", "days": [1]},
            {"pattern": "weekly", "days": []},
            {"pattern": "fortnightly", "days": [1]},
            {"pattern": "monthly", "days": [1], "nth": 5},
            {"pattern": "monthly", "days": [1, 2], "nth": 1},
            {"pattern": "dates"},
            {"pattern": "course", "days": [1]},
            {"pattern": "all_day", "days": [1], "season": "term"},
            {
                "pattern": "all_day",
                "days": [1],
                "runs": [
                    (date(2027, 4, 1), date(2027, 4, 9)),
                    (date(2027, 4, 9), date(2027, 4, 12)),
                ],
            },
            {"pattern": "weekly", "days": [1], "runs": [(date(2027, 1, 1), date(2027, 2, 1))]},
        ],
    )
    def test_half_a_pattern_is_refused(self, activity, owner, told):
        with pytest.raises(BadInput):
            services.add_session(activity, owner, **told, **CLOCKS)
        assert services.session_facts(activity) == []


@pytest.fixture
def listed(app, clock):
    """A club on the list that meets on Tuesdays in term time."""
    clock.travel_to(SUNDAY)
    return make.an_approved().organisation


def card() -> Card | None:
    db.session.expire_all()
    return db.session.scalar(select(Card))


def days_of_card() -> list[int]:
    db.session.expire_all()
    found = search(SearchRequest()).counts["day"]
    return [day for day, name in enumerate(DAYS) if name in found]


class TestOnTheList:
    @pytest.fixture
    def pages(self, listed, client):
        """Its owner's window, and where the pages about when it happens begin."""
        address = f"/club/{listed.id}/activities/{listed.activities[0].id}/sessions"
        db.session.commit()
        client.sign_in(make.owner_of(listed).email, make.PASSWORD)
        return client, address

    def test_a_new_session_is_public_at_once_and_found_by_its_day(self, pages, client):
        window, address = pages
        told = {**TYPED, "nth": "1", "day": "Saturday", "season": "all_year"}
        page = window.get(f"{address}/new/monthly").form().fill(told).submit()
        assert "Families see a change here at once" in page.main
        assert days_of_card() == [1, 5]
        page = client.get(f"/activities/{card().slug}")
        assert "First Saturday of the month 4.30pm to 5.30pm" in page.main
        assert db.session.scalars(select(Change.state)).all() == ["live"]

    def test_a_day_off_moves_the_next_date_at_once(self, pages, client):
        window, address = pages
        slug = card().slug
        assert "Next: Tuesday 24 November, 4.30pm" in client.get(f"/activities/{slug}").main
        told = {**typed_day("first", 24, 11, 2026), "why": "The hall is being painted"}
        window.get(f"{address}/away").form().fill(told).submit()
        page = client.get(f"/activities/{slug}")
        assert "Next: Tuesday 1 December, 4.30pm" in page.main
        assert "Not on Tuesday 24 November. The hall is being painted" in page.main

    def test_a_reason_with_a_telephone_number_waits(self, pages, client):
        window, address = pages
        slug = card().slug
        told = {**typed_day("first", 24, 11, 2026), "why": "Ring 07700 900123"}
        page = window.get(f"{address}/away").form().fill(told).submit()
        assert "The council is reading this change" in page.main
        assert "Ring 07700 900123" in page.main
        public = client.get(f"/activities/{slug}").main
        assert "900123" not in public
        assert "Next: Tuesday 24 November, 4.30pm" in public

    def test_dates_and_times_alone_never_look_like_a_telephone_number(self, pages):
        window, address = pages
        dates = "\n".join(f"{day} 8 2027" for day in range(1, 9))
        window.get(f"{address}/new/dates").form().fill({**TYPED, "dates": dates}).submit()
        assert db.session.scalars(select(Change.state)).all() == ["live"]

    def test_the_last_day_hides_it_on_the_day_after(self, pages, listed, client, clock):
        window, address = pages
        slug, last = card().slug, address.replace("/sessions", "/last-day")
        page = window.get(last).form().fill(typed_day("last_on", 1, 12, 2026)).submit()
        assert "The last day is 1 December 2026." in page.main
        assert card().listed_until == date(2026, 12, 1)
        clock.travel_to(datetime(2026, 12, 1, 23, 59, tzinfo=UTC))
        assert client.get(f"/activities/{slug}").status == 200
        clock.travel_to(datetime(2026, 12, 2, 0, 1, tzinfo=UTC))
        assert client.get(f"/activities/{slug}").status == 404

    def test_a_last_day_is_never_in_the_past(self, pages):
        window, address = pages
        form = window.get(address.replace("/sessions", "/last-day")).form()
        page = form.fill(typed_day("last_on", 1, 11, 2026)).submit()
        assert page.status == 422
        assert page.errors[0].startswith("The last day must be today or after")

    def test_its_club_reads_that_it_is_over(self, pages, clock):
        window, address = pages
        form = window.get(address.replace("/sessions", "/last-day")).form()
        form.fill(typed_day("last_on", 1, 12, 2026)).submit()
        activities = address.rpartition("/activities/")[0] + "/activities"
        assert "Over since" not in window.get(activities).main
        clock.travel_to(datetime(2026, 12, 2, 12, tzinfo=UTC))
        window.sign_in(make.owner_of(db.session.get(Organisation, 1)).email, make.PASSWORD)
        assert "Over since 1 December 2026" in window.get(activities).main
        assert "The last day was 1 December 2026" in window.get(address).main

    def test_a_course_that_is_over_is_off_the_list_by_itself(self, pages):
        window, address = pages
        told = {**typed_day("first", 1, 12, 2026), **typed_day("last", 15, 12, 2026)}
        window.get(f"{address}/new/course").form().fill(
            {**TYPED, **told, "days": ["Tuesday"], "season": "all_year"}
        ).submit()
        assert card().listed_until > date(2026, 12, 15)
        window.get(address).follow("Remove Tuesdays, 4.30pm to 5.30pm, term time").press(
            "Remove it"
        )
        assert card().listed_until == date(2026, 12, 15)
        assert days_of_card() == [1]


def test_somebody_elses_sessions_are_not_there(
    activity, owner, organisation, new_visitor, stranger
):
    one = services.add_session(activity, owner, days=[1], **CLOCKS)
    sam = signed_in(new_visitor(), stranger.email)
    here = f"/club/{organisation.id}/activities/{activity.id}/sessions"
    for address in (here, f"{here}/new", f"{here}/{one['key']}", f"{here}/away"):
        assert sam.get(address).status == 404


class TestAtSomebodysHome:
    """One child at a time, in somebody's home: days and parts of the day, never clock times."""

    @staticmethod
    def listed(plan):
        """A tutor on the list: a senior has signed, as one-to-one with children under 16 asks."""
        alone = replace(plan.activities[0], profile={"p_oneone": {"said": "yes"}})
        rules = {"sg_away": {"said": "yes", "one_to_one": "The door stays open."}}
        plan = replace(plan, activities=(alone,), answers=rules)
        assessment = make.a_recommended("approve", plan=plan)
        approve(assessment, make.a_senior(), **make.read(assessment))
        return assessment.organisation

    @pytest.fixture
    def slug(self, app, clock):
        """The slug of what a tutor does at home, with an extra day."""
        clock.travel_to(SUNDAY)
        organisation = self.listed(make.hidden(make.COACH))
        (activity,) = organisation.activities
        keys = [one["key"] for one in services.session_facts(activity)]
        owner = make.owner_of(organisation)
        services.add_extra(activity, keys[0], owner, on=date(2026, 11, 29), **CLOCKS)
        db.session.commit()
        return activity.slug

    def test_no_clock_time_is_public_anywhere(self, slug, client):
        assert not re.search(r"\d\d:\d\d", json.dumps(card().document["sessions"]))
        for address in (f"/activities/{slug}", "/activities"):
            page = client.get(address)
            assert not re.search(r"\d(am|pm)\b|\d:\d\d", page.main), address
        page = client.get(f"/activities/{slug}")
        assert "Saturdays in the morning" in page.main
        assert "Next: Saturday 28 November, in the morning" in page.main
        assert "Also on Sunday 29 November, in the afternoon" in page.main

    def test_it_has_no_calendar_file(self, slug, client):
        assert ".ics" not in client.get(f"/activities/{slug}").html
        answer, nothing = client.get(f"/activities/{slug}.ics"), client.get("/activities/no.ics")
        assert (answer.status, answer.html) == (nothing.status, nothing.html) == (404, nothing.html)

    def test_a_place_that_is_hidden_now_takes_the_times_along(self, app, client):
        organisation = self.listed(make.COACH)
        slug, (venue,) = organisation.activities[0].slug, organisation.venues
        db.session.commit()
        assert "10am to 11am" in client.get(f"/activities/{slug}").main
        services.change_venue(venue, make.owner_of(organisation), privacy="hidden")
        publish(organisation)
        db.session.commit()
        assert "10am" not in client.get(f"/activities/{slug}").main
        assert client.get(f"/activities/{slug}.ics").status == 404
