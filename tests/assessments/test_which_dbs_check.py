"""The page that says which DBS check a role is likely to need."""

from datetime import date

import pytest
from sqlalchemy import func, select

from registry import clock
from registry.audit.models import Entry
from registry.database import db
from registry.web.formats import long_date
from tests.page import Visitor

PATH = "/which-dbs-check"
COACH = {
    "age": "older",
    "private": "no",
    "tasks": ["teach"],
    "how_often": "every_week",
    "at_night": "no",
    "supervised": "no",
}


def asked(client: Visitor, **said: object):
    return client.get(PATH).form().fill({**COACH, **said}).submit("Find the check")


def test_a_weekly_coach_alone_needs_the_barred_list(client: Visitor) -> None:
    page = asked(client)
    assert page.h1 == "Likely: Enhanced with Barred List"
    assert "row 4 of our table" in page.main
    assert "checked it against the law on 22 November 2026" in page.main
    assert "Since 21 January 2026 you can get this check too" in page.main
    assert "Find out which DBS check is right for your employee" in page.links


def test_what_is_missing_is_said_and_what_was_ticked_stays(client: Visitor) -> None:
    page = client.get(PATH).form().fill({"age": "older", "tasks": ["teach"]}).submit()
    assert page.status == 422
    assert page.errors == [
        "Tell us if it is just between family or friends",
        "Tell us how often",
        "Tell us if any of it is between 2am and 6am",
        "Tell us if the person is always watched",
    ]
    assert page.form().fields["age"] == "older"


def test_a_helper_under_16_is_asked_nothing_more(client: Visitor) -> None:
    page = client.get(f"{PATH}?age=under_16")
    assert page.h1 == "Likely: No DBS check"


def test_nobody_is_asked_for_a_name_and_nothing_is_kept(client: Visitor) -> None:
    form = client.get(PATH).form()
    asks = {control.get("name") for control in form.controls if control.get("name")}
    assert asks == {"asked", *COACH}
    asked(client)
    assert db.session.scalar(select(func.count()).select_from(Entry)) == 0


def test_who_comes_from_a_question_finds_the_way_back(client: Visitor) -> None:
    page = client.get(f"{PATH}?club=7&question=sr_roles")
    page = page.form().fill(COACH).submit()
    assert page.links["Back to your question"] == "/club/7/self-check/sr_roles"
    for elsewhere in ("club=7&question=//evil.example", "club=//x&question=sr_roles", "club=7"):
        assert "Back to your question" not in client.get(f"{PATH}?{elsewhere}").links


def test_until_a_day_is_set_being_watched_makes_a_difference(client: Visitor) -> None:
    page = asked(client, supervised="yes")
    assert page.h1 == "Likely: Enhanced, without the Barred List"
    assert "No day is set yet" in page.main


@pytest.mark.changed(dbs_supervision_ends_on=date(2026, 11, 1))
def test_from_the_day_on_being_watched_makes_none(client: Visitor) -> None:
    page = asked(client, supervised="yes")
    assert page.h1 == "Likely: Enhanced with Barred List"
    assert "Since 1 November 2026 that makes no difference" in page.main


@pytest.mark.changed(dbs_supervision_ends_on=date(2400, 1, 1))
def test_before_the_day_the_page_says_that_it_is_coming(client: Visitor) -> None:
    assert clock.today() < date(2400, 1, 1)
    page = asked(client, supervised="yes")
    assert page.h1 == "Likely: Enhanced, without the Barred List"
    assert long_date(date(2400, 1, 1)) in page.main


def test_pressing_the_button_with_nothing_ticked_says_what_is_missing(client: Visitor) -> None:
    page = client.get(PATH).form().submit("Find the check")
    assert page.status == 422
    assert len(page.errors) == 3
