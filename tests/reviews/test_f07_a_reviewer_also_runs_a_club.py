"""F7: who has a link to a club finds no trace of it at the desk, whether told of or derived."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from registry.accounts.models import Account
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment
from registry.audit.models import Entry
from registry.clock import today
from registry.database import db
from registry.organisations.models import DeclaredLink
from registry.reviews.after_approval import conflicts_count, statement_is_due
from registry.reviews.models import ConflictStatement
from tests import factories as make
from tests.page import Visitor
from tests.rigs.travelling import Clock

CLUB = "Kingfisher Dance Project"


def at_desk(new_visitor: Callable[[], Visitor], who: Account) -> Visitor:
    """Somebody at their desk."""
    email = who.email
    db.session.commit()
    visitor = new_visitor()
    visitor.sign_in(email)
    return visitor


def refusals() -> int:
    """How many refused looks are in the history."""
    db.session.rollback()
    return db.session.query(Entry).filter_by(action="refused").count()


def has_no_trace(desk: Visitor, case: Assessment) -> None:
    """Not in the lists, the counts, the search; no address; a refused look is written down."""
    number, before = case.id, refusals()
    for address in ("/council", "/council/cases", "/council/cases?find=kingfisher&where=all"):
        page = desk.get(address)
        assert CLUB not in page.main, address
    assert "0 cases" in desk.get("/council/cases").main
    for rest in ("", "/questions/sg_policy", "/approve"):
        assert desk.get(f"/council/cases/{number}{rest}").status == 404
    assert refusals() == before + 3


def test_f07_a_reviewer_who_owns_the_club_finds_no_trace_and_another_decides(
    app: Flask, new_visitor: Callable[[], Visitor]
) -> None:
    case = make.in_review()
    owner, holder, senior = make.owner_of(case), make.holder_of(case), make.a_senior()
    make.give_role(owner, "reviewer")
    db.session.commit()
    assert conflicts_count() == 1
    has_no_trace(at_desk(new_visitor, owner), case)
    page = at_desk(new_visitor, senior).get("/council/conflicts")
    assert "1 link between people who work here and clubs is known" in page.main
    assert CLUB not in page.main, "a number alone"
    desk = at_desk(new_visitor, holder)
    desk.get(f"/council/cases/{case.id}/approve").form().submit("See the letter").press("Approve")
    db.session.expire_all()
    assert db.session.get_one(Assessment, case.id).status == Status.APPROVED


def test_f07_the_same_email_domain_is_a_link_and_a_public_mail_provider_is_none(
    app: Flask, new_visitor: Callable[[], Visitor]
) -> None:
    case = make.a_submitted()
    make.owner_of(case).email = "owner@kingfisher.example"
    same = make.a_person("Zed", "reviewer", email="zed@kingfisher.example")
    db.session.commit()
    has_no_trace(at_desk(new_visitor, same), case)
    make.owner_of(case).email = "owner@gmail.com"
    other = make.a_person("Yan", "reviewer", email="yan@gmail.com")
    assert CLUB in at_desk(new_visitor, other).get("/council/cases").main


def test_a_tick_on_the_case_takes_it_out_of_ones_hands_and_sight(
    app: Flask, new_visitor: Callable[[], Visitor]
) -> None:
    case = make.in_review()
    holder, number = make.holder_of(case), case.id
    desk = at_desk(new_visitor, holder)
    page = desk.get(f"/council/cases/{number}").follow("I have a link to this club")
    assert page.form().submit().errors == ["Tick the box if you have a link to this club"]
    page.form().fill(linked=True).submit("Take it out of my hands")
    db.session.expire_all()
    case = db.session.get_one(Assessment, number)
    assert (case.status, case.holder_id) == (Status.SUBMITTED, None)
    assert len(case.findings) > 10, "what was found is kept"
    has_no_trace(desk, case)
    assert CLUB in desk.get("/council/conflicts").main, "their own words back to them"


def test_once_a_year_everybody_says_which_clubs_they_have_a_link_to(
    app: Flask, new_visitor: Callable[[], Visitor], clock: Clock
) -> None:
    clock.travel_to("2026-11-02")
    case = make.a_submitted()
    reviewer, number = make.a_reviewer(), case.id
    assert statement_is_due(reviewer, today())
    desk = at_desk(new_visitor, reviewer)
    page = desk.get("/council").follow("Say it now")
    assert "before you read a case" in page.main
    assert page.form().submit("This is true today").status == 422
    page = page.form().fill(club="kingfisher", others="Perton Chess").submit("Find")
    assert page.form().fields["others"] == "Perton Chess", "nothing typed is lost"
    page = page.form().fill(clubs=[str(case.organisation_id)]).submit("This is true today")
    assert CLUB in page.main
    link = db.session.scalars(select(DeclaredLink)).one()
    assert (link.account_id, link.organisation_id) == (reviewer.id, case.organisation_id)
    assert db.session.scalars(select(ConflictStatement)).one().others == "Perton Chess"
    has_no_trace(desk, db.session.get_one(Assessment, number))
    found = desk.get("/council/conflicts").form().fill(club="kingfisher").submit("Find")
    assert "No club here has these words" in found.main
    assert not statement_is_due(reviewer, today())
    clock.travel_to("2027-11-02")
    assert statement_is_due(reviewer, today())
    both = at_desk(new_visitor, reviewer).get("/council/conflicts").form()
    refused = both.fill(none_to_tell=["yes"], others="Perton Chess").submit("This is true today")
    assert refused.status == 422
    assert "Choose one of the two" in refused.errors[0]


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_who_decides_nothing_is_not_asked(
    app: Flask, new_visitor: Callable[[], Visitor], role: str
) -> None:
    person = make.a_person("Bea Stone", role)
    assert at_desk(new_visitor, person).get("/council/conflicts").status == 403
