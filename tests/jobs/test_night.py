"""The nightly job: safe to run twice, and to miss for a week."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from registry.assessments import services
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment
from registry.audit.models import SecurityEntry
from registry.audit.services import record_security
from registry.database import db
from registry.directory.models import Card
from registry.jobs.nightly import run_night
from registry.messages.models import Message
from tests import factories as make
from tests.rigs.travelling import Clock


def told(template: str) -> int:
    """How many of one message are in the outbox."""
    return len(db.session.scalars(select(Message.id).where(Message.template == template)).all())


def a_listed_club(clock: Clock) -> Assessment:
    """A listed club, with its last day known."""
    clock.travel_to("2026-03-01")
    assessment = make.an_approved()
    db.session.commit()
    assert assessment.listed_until
    return assessment


def test_a_listing_lapses_the_night_after_its_last_day_and_the_club_is_told_once(
    app: Flask, clock: Clock
) -> None:
    assessment = a_listed_club(clock)
    clock.travel_to(assessment.listed_until)
    assert run_night().lapsed == 0
    clock.to_midnight_after(assessment.listed_until)
    assert run_night().lapsed == 1
    assert run_night().lapsed == 0
    assert assessment.status == Status.LAPSED
    assert (db.session.query(Card).count(), told("club/lapsed")) == (0, 1)


def test_a_week_without_a_night_is_caught_up_in_one(app: Flask, clock: Clock) -> None:
    assessment = a_listed_club(clock)
    clock.travel_to(assessment.listed_until + timedelta(days=8))
    assert run_night().lapsed == 1
    assert told("club/lapsed") == 1


def test_one_reminder_thirty_days_before_however_often_the_night_runs(
    app: Flask, clock: Clock
) -> None:
    assessment = a_listed_club(clock)
    clock.travel_to(assessment.listed_until - timedelta(days=31))
    run_night()
    assert told("club/reminder") == 0
    for days_before in (30, 29, 2):
        clock.travel_to(assessment.listed_until - timedelta(days=days_before))
        run_night()
        run_night()
    assert told("club/reminder") == 1


def test_a_missed_week_still_reminds_once(app: Flask, clock: Clock) -> None:
    assessment = a_listed_club(clock)
    clock.travel_to(assessment.listed_until - timedelta(days=22))
    run_night()
    assert told("club/reminder") == 1


def test_nobody_is_reminded_once_the_renewal_is_sent(app: Flask, clock: Clock) -> None:
    assessment = a_listed_club(clock)
    clock.travel_to(assessment.listed_until - timedelta(days=40))
    make.a_submitted(organisation=assessment.organisation)
    db.session.commit()
    clock.travel_to(assessment.listed_until - timedelta(days=20))
    run_night()
    assert told("club/reminder") == 0


def test_a_suspension_does_not_lapse(app: Flask, clock: Clock) -> None:
    assessment = a_listed_club(clock)
    services.suspend(assessment, make.a_senior(), reason="Advice.")
    db.session.commit()
    clock.travel_to(assessment.listed_until + timedelta(days=3))
    assert run_night().lapsed == 0
    assert assessment.status == Status.SUSPENDED


def test_a_draft_left_for_six_months_is_put_aside_once(app: Flask, clock: Clock) -> None:
    clock.travel_to("2026-01-10")
    make.a_draft()
    db.session.commit()
    clock.travel_to("2026-07-11")
    assert (run_night().put_aside, run_night().put_aside) == (1, 0)
    assert told("club/abandoned") == 1


def test_what_was_written_beside_the_chain_is_kept_for_twelve_months(
    app: Flask, clock: Clock
) -> None:
    clock.travel_to("2026-01-10")
    record_security("signed_in", None)
    db.session.commit()
    clock.travel_to("2027-01-10")
    run_night()
    assert db.session.query(SecurityEntry).count() == 1
    clock.travel_to("2027-01-13")
    run_night()
    assert db.session.query(SecurityEntry).count() == 0


def test_one_that_fails_takes_nothing_with_it(app: Flask, clock: Clock) -> None:
    """An item that cannot be done is named; the others are done."""
    assessment = a_listed_club(clock)
    other = make.an_approved(plan=make.CHESS)
    db.session.commit()
    broken = db.session.get_one(Assessment, assessment.id)
    broken.edition = "unknown"
    db.session.commit()
    clock.travel_to("2027-11-22")
    night = run_night()
    assert other.status == Status.LAPSED
    assert night.lapsed + len(night.failed) >= 2
