"""What waits, what came back and what was accepted, as the club's front page tells it."""

from collections.abc import Callable

import pytest
from flask import Flask

from registry import clock as today_of
from registry.assessments.models import Assessment, Change
from registry.changes.queries import open_changes
from registry.changes.services import accept, send_back
from registry.database import db
from registry.organisations import services as organisations
from registry.web.formats import long_date
from registry.working_days import add_working_days
from tests import factories
from tests.factories import PASSWORD, an_approved, owner_of, with_hold
from tests.page import Visitor


@pytest.fixture
def listed(app: Flask) -> Assessment:
    """A club on the list that wants another age band, which waits for the council."""
    listed = an_approved()
    activity = listed.organisation.activities[0]
    organisations.change_activity(activity, owner_of(listed), max_months=179)
    return listed


@pytest.fixture
def owner(listed: Assessment, new_visitor: Callable[[], Visitor]) -> Visitor:
    """Its owner, signed in."""
    email = owner_of(listed).email
    db.session.commit()
    visitor = new_visitor()
    visitor.sign_in(email, PASSWORD)
    return visitor


def home(listed: Assessment) -> str:
    return f"/club/{listed.organisation_id}"


def the_change(listed: Assessment) -> Change:
    (change,) = open_changes(listed.organisation_id)
    return change


def test_a_change_that_waits_is_being_read_until_a_promised_day(
    listed: Assessment, owner: Visitor
) -> None:
    page = owner.get(home(listed))
    promised = add_working_days(today_of.today(), 5)
    assert "What we are reading" in page.headings
    assert f"We answer by {long_date(promised)}." in page.main
    assert "There is nothing for you to do now." in page.main
    change = the_change(listed)
    assert page.follow("Street Dance Juniors: ").path == f"{home(listed)}/changes/{change.id}"


def test_what_was_sent_back_comes_first_with_the_words(listed: Assessment, owner: Visitor) -> None:
    change = the_change(listed)
    send_back(change, factories.a_reviewer(), version=change.version, words="Which group is it?")
    db.session.commit()
    page = owner.get(home(listed))
    assert "Mend this: Street Dance Juniors" in page.main
    assert "Which group is it?" in page.main
    assert "What we are reading" not in page.headings
    assert page.follow("See what to mend").path == f"{home(listed)}/changes/{change.id}"


def test_what_was_accepted_is_said_and_no_longer_asked(listed: Assessment, owner: Visitor) -> None:
    change = the_change(listed)
    assert accept(change, factories.a_reviewer(), version=change.version, reason="Read.")
    db.session.commit()
    page = owner.get(home(listed))
    assert "we said yes to a change. Street Dance Juniors" in page.main
    assert "What we are reading" not in page.headings
    assert "There is nothing for you to do now." in page.main


def test_a_quiet_hold_alters_no_letter_of_it(listed: Assessment, owner: Visitor) -> None:
    before = owner.get(home(listed)).main
    with_hold(listed, "quiet", off=True)
    db.session.commit()
    assert owner.get(home(listed)).main == before
