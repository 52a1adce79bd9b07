"""The nightly job: safe to run twice, and to miss for a week."""

from dataclasses import replace
from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select

from registry.assessments import services
from registry.assessments.dated_things import CONTACT, LISTED
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment, Reminder
from registry.assessments.services.remind import due_reminders
from registry.audit.models import SecurityEntry
from registry.audit.services import record_security
from registry.cards.models import Card
from registry.clock import local, now
from registry.database import db
from registry.jobs.nightly import run_night
from registry.messages.models import Message
from registry.organisations.models import Membership
from registry.people.services import leave
from tests import factories as make
from tests.rigs.letters import Outbox
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


def rungs(key: str = LISTED) -> list[int]:
    """The rungs that were told of one dated thing, in order."""
    return list(db.session.scalars(select(Reminder.rung).where(Reminder.key == key)))


def test_a_reminder_at_each_rung_however_often_the_night_runs(app: Flask, clock: Clock) -> None:
    assessment = a_listed_club(clock)
    last = assessment.listed_until
    for days_before, sent in ((61, 0), (60, 1), (59, 1), (30, 2), (14, 3), (7, 4), (1, 5), (0, 6)):
        clock.travel_to(last - timedelta(days=days_before))
        run_night()
        run_night()
        assert len(rungs()) == sent, days_before
    days = db.session.scalars(select(Message.queued_at).where(Message.template == "club/reminder"))
    told_on = [local(one).date() for one in days]
    assert len(told_on) == len(set(told_on))  # never two in a day


def test_the_notice_of_a_lapse_is_the_only_email_of_its_day(app: Flask, clock: Clock) -> None:
    assessment = a_listed_club(clock)
    last = assessment.listed_until
    clock.travel_to(last)
    run_night()
    before = told("club/reminder")
    clock.to_midnight_after(last)
    run_night()
    run_night()
    assert (told("club/lapsed"), told("club/reminder")) == (1, before)
    clock.travel_to(last + timedelta(days=30))
    assert run_night().reminded == 1
    assert run_night().reminded == 0
    clock.travel_to(last + timedelta(days=60))
    assert run_night().reminded == 0


def test_a_missed_week_is_made_up_by_one_reminder(app: Flask, clock: Clock) -> None:
    assessment = a_listed_club(clock)
    clock.travel_to(assessment.listed_until - timedelta(days=22))
    run_night()
    assert told("club/reminder") == 1


def test_one_email_names_everything_that_is_due_that_day(
    app: Flask, clock: Clock, outbox: Outbox
) -> None:
    clock.travel_to("2026-03-01")
    assessment = make.an_approved()
    owner = make.owner_of(assessment)
    # Both the listing and the insurance of this club end within two months.
    assert assessment.listed_until
    clock.travel_to(assessment.listed_until - timedelta(days=14))
    ends = {
        one.thing.key for one in due_reminders(assessment, assessment.listed_until - timedelta(14))
    }
    run_night()
    letter = outbox.latest(owner.email)
    assert LISTED in ends
    assert str(len(ends)) in letter.subject or len(ends) == 1
    assert assessment.organisation.name in letter.text
    assert told("club/reminder") == 1


def test_once_the_renewal_is_sent_only_that_we_are_still_reading_it(
    app: Flask, clock: Clock, outbox: Outbox
) -> None:
    assessment = a_listed_club(clock)
    last = assessment.listed_until
    clock.travel_to(last - timedelta(days=40))
    renewal = make.a_submitted(organisation=assessment.organisation)
    db.session.commit()
    clock.travel_to(last - timedelta(days=20))
    run_night()
    run_night()
    assert (told("club/reminder"), told("club/still-reading")) == (0, 1)
    assert "still reading" in outbox.latest(make.owner_of(renewal).email).subject


def test_a_renewal_that_was_sent_back_is_reminded_of_again(app: Flask, clock: Clock) -> None:
    assessment = a_listed_club(clock)
    clock.travel_to(assessment.listed_until - timedelta(days=40))
    make.a_returned(organisation=assessment.organisation)
    db.session.commit()
    clock.travel_to(assessment.listed_until - timedelta(days=30))
    run_night()
    assert told("club/reminder") == 1


def test_only_owners_who_still_belong_and_can_sign_in_are_reminded(
    app: Flask, clock: Clock
) -> None:
    assessment = a_listed_club(clock)
    organisation = assessment.organisation
    gone, new, off = make.owner_of(assessment), make.a_person("Mei Lin"), make.a_person("Bo Hay")
    make.a_member(organisation)
    for person in (new, off):
        organisation.members.append(
            Membership(account_id=person.id, account=person, role="owner", since=now())
        )
    off.disabled = True
    db.session.delete(next(m for m in organisation.members if m.account_id == gone.id))
    db.session.commit()
    db.session.expire_all()
    clock.travel_to(assessment.listed_until - timedelta(days=30))
    run_night()
    rows = db.session.scalars(select(Message).where(Message.template == "club/reminder"))
    assert [row.recipient for row in rows] == [new.email]


def test_a_reminder_that_waits_in_the_outbox_never_reaches_somebody_who_left(
    app: Flask, clock: Clock, outbox: Outbox
) -> None:
    assessment = a_listed_club(clock)
    organisation, gone = assessment.organisation, make.owner_of(assessment)
    stays = make.a_person("Mei Lin")
    organisation.members.append(
        Membership(account_id=stays.id, account=stays, role="owner", since=now())
    )
    db.session.commit()
    outbox.letters  # noqa: B018 – what came before has gone
    clock.travel_to(assessment.listed_until - timedelta(days=30))
    run_night()
    leave(organisation, gone)
    db.session.commit()
    letters = [one for one in outbox.letters if "YOUR TIME ON THE LIST" in one.text]
    assert [one.to for one in letters] == [stays.email]


def test_where_nobody_is_left_the_reminder_waits_for_the_next_owner(
    app: Flask, clock: Clock
) -> None:
    assessment = a_listed_club(clock)
    owner = make.owner_of(assessment)
    owner.disabled = True
    db.session.commit()
    clock.travel_to(assessment.listed_until - timedelta(days=30))
    run_night()
    assert (told("club/reminder"), rungs()) == (0, [])
    owner.disabled = False
    db.session.commit()
    clock.move(days=1)
    assert run_night().reminded == 1


def test_an_organisation_that_left_is_reminded_of_nothing(app: Flask, clock: Clock) -> None:
    assessment = a_listed_club(clock)
    assessment.organisation.closed_at = now()
    db.session.commit()
    clock.travel_to(assessment.listed_until - timedelta(days=30))
    assert run_night().reminded == 0


def test_the_day_is_that_of_wolverhampton(app: Flask, clock: Clock) -> None:
    """At half past midnight in summer it is still yesterday by UTC; the day has begun here."""
    assessment = a_listed_club(clock)
    listed_until = date(2026, 8, 31)
    assessment.listed_until = listed_until
    db.session.commit()
    clock.travel_to("2026-07-31 23:30")
    run_night()
    first = told("club/reminder")  # 60 days before was a while ago: the newest rung
    clock.travel_to("2026-08-01 00:30")  # 30 days before
    run_night()
    assert told("club/reminder") == first + 1


def test_the_public_contact_is_asked_about_once_and_again_after_half_a_year(
    app: Flask, clock: Clock
) -> None:
    clock.travel_to("2026-03-01")
    assessment = make.an_approved(plan=replace(make.CHESS, phone="01632 960111"))
    db.session.commit()
    keys = []
    for day in ("2026-08-31", "2026-09-01", "2026-09-02", "2026-12-01"):
        clock.travel_to(day)
        keys.append([one.thing.key for one in due_reminders(assessment, date.fromisoformat(day))])
        run_night()
    assert [CONTACT in found for found in keys] == [False, True, False, False]


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
