"""The numbers that people may need in a hurry: never missing, and honest about what is certain."""

from dataclasses import replace
from datetime import date

from flask import Flask
from sqlalchemy import delete, func, select, text

from registry.database import db
from registry.information import queries, services
from registry.information.contacts import arranged
from registry.information.models import Contact
from registry.information.queries import default_contacts, help_contacts

COUNCIL = "City of Wolverhampton Council"
DOUBT = f"Not yet confirmed by {COUNCIL}."


def test_a_councils_number_that_nobody_confirmed_says_so() -> None:
    contacts = arranged(default_contacts(), COUNCIL, "01902 551155")
    assert contacts.child.doubt == DOUBT
    assert contacts.nights.doubt == DOUBT


def test_a_councils_number_that_was_confirmed_says_nothing() -> None:
    rows = [replace(row, verified_on=date(2026, 11, 20)) for row in default_contacts()]
    contacts = arranged(rows, COUNCIL, "01902 551155")
    assert contacts.child.doubt == ""


def test_a_national_number_is_never_in_doubt() -> None:
    contacts = arranged(default_contacts(), COUNCIL, "01902 551155")
    for contact in (contacts.danger, contacts.advice, contacts.childline, contacts.whistleblowing):
        assert contact.doubt == ""
        assert contact.verified_on


def test_the_safeguarding_team_stands_in_for_the_lado_until_there_is_a_number() -> None:
    contacts = arranged(default_contacts(), COUNCIL, "01902 551155")
    assert contacts.allegation.value == contacts.child.value
    assert contacts.allegation.doubt == DOUBT
    assert contacts.allegation.note == "Ask for the LADO"


def test_the_switchboard_stands_in_for_adult_social_care() -> None:
    contacts = arranged(default_contacts(), COUNCIL, "01902 551155")
    assert contacts.adult_care.value == "01902 551155"


def test_the_texts_of_the_criteria_get_every_number_they_leave_room_for() -> None:
    from registry.criteria.loading import PLACEHOLDERS

    contacts = arranged(default_contacts(), COUNCIL, "01902 551155")
    assert set(PLACEHOLDERS) == set(contacts.in_texts)
    assert all(contacts.in_texts.values())
    # A text tells parents of it, so it is the line for them and not the one for staff.
    assert contacts.in_texts["nspcc"] == contacts.advice.value


def test_what_the_table_says_counts(app: Flask) -> None:
    services.fill_in_contacts()
    row = db.session.get(Contact, "child")
    assert row is not None
    row.value, row.verified_on = "01902 000000", date(2026, 11, 21)
    db.session.flush()
    contacts = help_contacts()
    assert contacts.child.value == "01902 000000"
    assert contacts.child.doubt == ""
    assert contacts.allegation.value == "01902 000000"


def test_an_empty_table_leaves_nobody_without_a_number(app: Flask) -> None:
    db.session.execute(delete(Contact))
    assert help_contacts().danger.value == "999"


def test_a_table_that_is_not_there_leaves_nobody_without_a_number(app: Flask) -> None:
    db.session.execute(text("ALTER TABLE contact RENAME TO contact_gone"))
    db.session.commit()
    assert help_contacts().danger.value == "999"


def test_filling_in_twice_changes_nothing(app: Flask) -> None:
    services.fill_in_contacts()
    row = db.session.get(Contact, "child")
    assert row is not None
    row.value = "01902 000000"
    services.fill_in_contacts()
    assert row.value == "01902 000000"
    assert db.session.scalar(select(func.count()).select_from(Contact)) == len(default_contacts())


def test_every_number_that_we_ship_says_where_it_comes_from() -> None:
    sources = queries.default_sources()
    assert all(sources[row.key] for row in default_contacts() if row.value)
