"""F6: the safeguarding lead left last week. Told on Monday 23 November 2026."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from registry.assessments import services
from registry.assessments.models import Assessment, Hold
from registry.assessments.standing import holds, listed_assessment
from registry.changes import services as changes
from registry.database import db
from registry.jobs.nightly import run_night
from registry.telling.services import lead_leaves
from tests import factories as make
from tests.rigs.letters import Outbox
from tests.rigs.travelling import Clock
from tests.telling.story import accept, is_shown, question, told

COVER = {"name": "Mei Lin", "email": "mei@example.org"}
NEW_LEAD = {
    "said": "yes",
    "contact": {"name": "Mei Lin", "role": "Safeguarding lead", "email": "mei@example.org"},
}


@pytest.fixture
def club(app: Flask, clock: Clock) -> Assessment:
    """A club on the list, on the Monday on which it tells us."""
    clock.travel_to("2026-11-01")
    assessment = make.an_approved()
    db.session.commit()
    clock.travel_to("2026-11-23 09:00")
    return assessment


def name_a_new_lead(club: Assessment):
    """The owner sends who leads now."""
    change = question(club.organisation, "sg_lead")
    known = {n: v for n, v in _answer(club).items() if n not in NEW_LEAD}
    return changes.tell(
        club.organisation,
        make.owner_of(club),
        "sg_lead",
        {**known, **NEW_LEAD},
        version=change.version,
    )


def _answer(club: Assessment) -> dict:
    return next(one.parts for one in club.answers if one.question_key == "sg_lead")


def kinds(club: Assessment) -> set[str]:
    """The holds that stand now."""
    return {hold.kind for hold in holds(club.organisation_id)}


def test_without_cover_reviewers_hear_that_day_and_five_working_days_remain(
    club: Assessment, clock: Clock, outbox: Outbox
) -> None:
    owner = make.owner_of(club)
    change = lead_leaves(club.organisation, owner, cover=None)
    db.session.commit()
    assert change.due_on == date(2026, 11, 30)
    assert told("council/lead-leaving") == 1
    letter = outbox.latest(owner.email)
    assert "30 November 2026" in letter.text
    clock.travel_to("2026-11-30 23:59")
    assert is_shown(club.organisation)
    assert listed_assessment(club.organisation_id, date(2026, 11, 30))


def test_without_cover_the_listing_is_held_from_the_first_of_december(
    club: Assessment, clock: Clock, outbox: Outbox
) -> None:
    owner = make.owner_of(club)
    lead_leaves(club.organisation, owner, cover=None)
    db.session.commit()
    clock.travel_to("2026-12-01 00:00:01")
    # Before any night has run:
    assert not is_shown(club.organisation)
    assert kinds(club) == {"lead_vacant"}
    assert db.session.query(Hold).count() == 0
    assert run_night().held == 1
    assert run_night().held == 0
    assert (kinds(club), db.session.query(Hold).count()) == ({"lead_vacant"}, 1)
    assert not is_shown(club.organisation)
    assert "came off the list" in outbox.latest(owner.email).subject
    assert told("club/off-the-list") == 1


def test_cover_named_on_the_second_day_gives_twenty_eight_days(
    club: Assessment, clock: Clock
) -> None:
    owner = make.owner_of(club)
    lead_leaves(club.organisation, owner, cover=None)
    clock.travel_to("2026-11-25")
    change = lead_leaves(club.organisation, owner, cover=COVER)
    db.session.commit()
    assert change.due_on == date(2026, 12, 23)
    # Telling it again buys no more days.
    clock.travel_to("2026-12-20")
    assert lead_leaves(club.organisation, owner, cover=COVER).due_on == date(2026, 12, 23)
    assert lead_leaves(club.organisation, owner, cover=None).due_on == date(2026, 12, 23)
    db.session.commit()
    clock.travel_to("2026-12-23 23:59")
    assert is_shown(club.organisation)
    assert run_night().held == 0
    clock.to_midnight_after(date(2026, 12, 23))
    assert not is_shown(club.organisation)
    assert kinds(club) == {"lead_vacant"}
    assert run_night().held == 1


def test_a_new_lead_who_is_accepted_clears_it(club: Assessment, clock: Clock) -> None:
    lead_leaves(club.organisation, make.owner_of(club), cover=COVER)
    clock.travel_to("2026-12-10")
    change = name_a_new_lead(club)
    db.session.commit()
    assert told("club/lead") == 1  # the new lead says yes by a link of their own
    clock.travel_to("2027-01-04")  # waiting for us, long after the day: the clock stood still
    assert is_shown(club.organisation)
    assert run_night().held == 0
    assert accept(change, make.a_reviewer())
    db.session.commit()
    assert (kinds(club), is_shown(club.organisation)) == (set(), True)
    assert told("club/back") == 0  # it never came off


def test_accepting_the_mending_change_ends_the_hold(
    club: Assessment, clock: Clock, outbox: Outbox
) -> None:
    owner = make.owner_of(club)
    lead_leaves(club.organisation, owner, cover=None)
    db.session.commit()
    clock.travel_to("2026-12-01 00:35")
    run_night()
    clock.travel_to("2026-12-03")
    change = name_a_new_lead(club)
    db.session.commit()
    assert not is_shown(club.organisation)  # sent late: it is read first
    assert accept(change, make.a_reviewer())
    db.session.commit()
    assert (kinds(club), is_shown(club.organisation)) == (set(), True)
    assert "is back on the list" in outbox.latest(owner.email).subject
    assert run_night().held == 0


def test_sent_late_before_any_night_ran_it_is_off_until_it_was_read(
    club: Assessment, clock: Clock
) -> None:
    lead_leaves(club.organisation, make.owner_of(club), cover=None)
    db.session.commit()
    clock.travel_to("2026-12-02")
    change = name_a_new_lead(club)
    db.session.commit()
    assert not is_shown(club.organisation)
    assert kinds(club) == {"lead_vacant"}
    assert accept(change, make.a_reviewer())
    assert is_shown(club.organisation)


def test_sent_back_leaves_as_many_working_days_as_were_left(club: Assessment, clock: Clock) -> None:
    lead_leaves(club.organisation, make.owner_of(club), cover=None)
    clock.travel_to("2026-11-25")  # three working days are left: 26, 27 and 30 November
    change = name_a_new_lead(club)
    db.session.commit()
    clock.travel_to("2026-12-07")
    changes.send_back(change, make.a_reviewer(), version=change.version, words="Give a work email.")
    db.session.commit()
    assert change.due_on == date(2026, 12, 10)
    clock.travel_to("2026-12-10 23:59")
    assert is_shown(club.organisation)
    clock.to_midnight_after(date(2026, 12, 10))
    assert not is_shown(club.organisation)


def test_through_the_pages_the_consequence_stands_before_the_form(
    club: Assessment, clock: Clock, new_visitor
) -> None:
    visitor = new_visitor()
    visitor.sign_in(make.owner_of(club).email, make.PASSWORD)
    page = visitor.get(f"/club/{club.organisation_id}/tell").follow("Our safeguarding lead")
    words = page.main
    assert words.index("21 December 2026") < words.index("Does somebody do this work")
    assert "30 November 2026" in words
    page = page.form("cover").fill({"cover": "yes"}).submit()
    assert page.status == 422
    assert page.errors == [
        "Enter the name of the person who covers",
        "Enter an email or a phone number",
    ]
    form = page.form("cover")
    assert form.fields["cover"] == "yes"
    page = form.fill({"name": "Mei Lin", "phone": "01632 960111"}).submit()
    assert "You have until 21 December 2026" in page.main
    assert question(club.organisation, "sg_lead").due_on == date(2026, 12, 21)


def test_a_renewal_that_names_the_new_lead_settles_it_too(
    club: Assessment, clock: Clock, outbox: Outbox
) -> None:
    clock.travel_to(club.listed_until - timedelta(days=30))
    owner = make.owner_of(club)
    lead_leaves(club.organisation, owner, cover=None)
    db.session.commit()
    clock.travel_to(club.listed_until - timedelta(days=20))
    run_night()
    assert kinds(club) == {"lead_vacant"}
    plan = replace(make.DANCE, answers={"sg_lead": {**_answer(club), **NEW_LEAD}})
    renewal = make.in_review(plan=plan, organisation=club.organisation)
    services.approve(renewal, make.holder_of(renewal), **make.read(renewal))
    db.session.commit()
    assert (kinds(renewal), is_shown(club.organisation)) == (set(), True)
    assert told("club/back") == 0  # one letter says it: that the club is listed
    clock.move(days=40)
    assert run_night().held == 0


def test_a_renewal_that_names_the_old_lead_settles_nothing(club: Assessment, clock: Clock) -> None:
    clock.travel_to(club.listed_until - timedelta(days=30))
    lead_leaves(club.organisation, make.owner_of(club), cover=None)
    plan = replace(make.DANCE, answers={"sg_lead": _answer(club)})
    renewal = make.in_review(plan=plan, organisation=club.organisation)
    services.approve(renewal, make.holder_of(renewal), **make.read(renewal))
    db.session.commit()
    clock.move(days=12)
    assert kinds(renewal) == {"lead_vacant"}
    assert not is_shown(club.organisation)
