"""F13, the club that is on the list: employers’ liability ended on Saturday 21 November 2026."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from registry.assessments import services
from registry.assessments.models import Assessment
from registry.assessments.standing import holds
from registry.changes import services as changes
from registry.database import db
from registry.jobs.nightly import run_night
from registry.telling.services import insurance_ended
from tests import factories as make
from tests.changes.story import a_paper
from tests.rigs.letters import Outbox
from tests.rigs.travelling import Clock
from tests.telling.story import accept, asked, is_shown, question, told

ENDED = date(2026, 11, 21)


@pytest.fixture
def riding_school(app: Flask, clock: Clock) -> Assessment:
    """A club with employees on the list, whose insurance runs to 21 November."""
    clock.travel_to("2026-08-01")
    assessment = make.an_approved(plan=replace(make.DANCE, name="Penn Riding School"))
    owner, club = make.owner_of(assessment), assessment.organisation
    paper = a_paper(club, owner, "hs_employers", "Certificate")
    change = changes.tell(
        club, owner, "hs_employers", {"file": [paper], "ends_on": ENDED.isoformat()}
    )
    assert accept(change, make.a_reviewer())
    db.session.commit()
    return assessment


def test_reminders_had_gone_out(riding_school: Assessment, clock: Clock, outbox: Outbox) -> None:
    owner = make.owner_of(riding_school)
    for day in ("2026-10-22", "2026-11-07", "2026-11-14", "2026-11-20", "2026-11-21"):
        clock.travel_to(day)
        run_night()
    found = [one for one in outbox.to(owner.email) if "EMPLOYERS’ LIABILITY" in one.text]
    assert len(found) == 5
    assert "Today, 21 November 2026, is the last day" in found[-1].text
    assert asked(riding_school.organisation) == set()


def test_the_clock_asks_on_the_day_after_and_a_senior_may_suspend(
    riding_school: Assessment, clock: Clock
) -> None:
    club = riding_school.organisation
    clock.travel_to("2026-11-22 00:35")
    assert run_night().asked == 1
    assert run_night().asked == 0
    change = question(club, "hs_employers")
    assert (change.state, change.kind, change.due_on) == ("asked", "insurance", date(2026, 12, 18))
    assert is_shown(club)  # amber meanwhile, and on the list
    services.suspend(riding_school, make.a_senior(), reason="No insurance for the people employed.")
    assert not is_shown(club)


def test_nothing_sent_in_twenty_working_days_holds_the_listing(
    riding_school: Assessment, clock: Clock
) -> None:
    club = riding_school.organisation
    clock.travel_to("2026-11-22 00:35")
    run_night()
    clock.travel_to("2026-12-18 23:59")
    assert is_shown(club)
    clock.to_midnight_after(date(2026, 12, 18))
    assert not is_shown(club)
    assert [hold.kind for hold in holds(club.id)] == ["change_overdue"]
    run_night()
    assert told("club/off-the-list") == 1


def test_a_new_paper_that_is_accepted_brings_it_back(
    riding_school: Assessment, clock: Clock
) -> None:
    club, owner = riding_school.organisation, make.owner_of(riding_school)
    clock.travel_to("2026-11-22 00:35")
    run_night()
    clock.travel_to("2026-12-19 00:35")
    run_night()
    clock.travel_to("2026-12-21")
    paper = a_paper(club, owner, "hs_employers", "New certificate")
    change = changes.tell(
        club,
        owner,
        "hs_employers",
        {"file": [paper], "ends_on": "2027-12-20"},
        version=question(club, "hs_employers").version,
    )
    assert accept(change, make.a_reviewer())
    db.session.commit()
    assert is_shown(club)
    assert told("club/back") == 1
    assert run_night().asked == 0


def test_told_beforehand_it_is_asked_at_once(riding_school: Assessment, clock: Clock) -> None:
    clock.travel_to("2026-11-16")
    club, owner = riding_school.organisation, make.owner_of(riding_school)
    change = insurance_ended(club, owner, which="hs_employers", ended_on=ENDED)
    assert change is not None
    assert (change.state, change.due_on) == ("asked", date(2026, 12, 14))
    assert told("council/insurance-ending") == 1


def test_a_club_that_employs_nobody_is_asked_nothing(app: Flask, clock: Clock) -> None:
    clock.travel_to("2026-08-01")
    chess = make.an_approved(plan=make.CHESS)
    owner, club = make.owner_of(chess), chess.organisation
    assert insurance_ended(club, owner, which="hs_employers", ended_on=ENDED) is None
    db.session.commit()
    clock.travel_to("2027-03-01")
    assert run_night().asked == 0


def test_public_liability_that_ends_is_an_action_to_improve(
    riding_school: Assessment, clock: Clock
) -> None:
    clock.travel_to("2026-11-16")
    club, owner = riding_school.organisation, make.owner_of(riding_school)
    change = insurance_ended(club, owner, which="hs_public", ended_on=date(2026, 11, 15))
    assert change is not None
    assert (change.state, change.due_on) == ("waiting", None)
    assert is_shown(club)
    clock.travel_to("2027-01-16")
    assert is_shown(club)  # nothing is held for it
