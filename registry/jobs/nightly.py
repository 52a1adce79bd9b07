"""The nightly job: what the clock does. Safe to run twice, and to miss for a week.

The directory never waits for it: every public query asks for the date itself. The night tidies
up, writes the messages, and puts aside what was left. Each item has a transaction of its own, so
one that fails takes nothing with it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from flask import current_app
from sqlalchemy import CompoundSelect, Select, delete, select, union

from registry import clock
from registry.accounts.services.tidy import tidy as tidy_accounts
from registry.administration.notices import read_only
from registry.administration.services.contacts import remind_of_contacts
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment
from registry.assessments.publish import publish
from registry.assessments.services import give_up, lapse
from registry.assessments.services.after import is_left
from registry.assessments.services.moving import due_to_move, move_on
from registry.assessments.services.remind import (
    due_reminders,
    lapse_was_told,
    remind,
    reminded_since,
)
from registry.assessments.traits import compare_with_others
from registry.audit.services import forget_old_security_entries
from registry.cards.models import Card, WithheldCard
from registry.cards.search.rebuilding import refresh_dates
from registry.changes.holds import set_overdue, with_overdue_changes
from registry.concerns.services import forget_what_was_told
from registry.data_protection.services.retention import carry_out
from registry.database import db
from registry.errors import NotAllowedNow
from registry.files.services import scan_waiting, sweep_orphans
from registry.importing.services import forget_old_imports
from registry.leaving.services import forget_farewells
from registry.matching.queries import unknown_organisations
from registry.matching.services import refresh
from registry.opendata.openactive.services import (
    forget_old_dates,
    keep_these_in_step,
    next_to_keep,
    note_that_all_are_kept,
    were_kept_today,
)
from registry.organisations.models import Organisation
from registry.people.services import forget_old_invitations
from registry.tallies.services import forget_old_counts
from registry.telling.services import ask_about_ended_insurance, with_ended_insurance
from registry.web.models import ShelfItem

OF_ORGANISATIONS = (publish, compare_with_others, set_overdue, ask_about_ended_insurance)


@dataclass
class Night:
    """What one run did, in numbers, and what went wrong."""

    asked: int = 0
    held: int = 0
    lapsed: int = 0
    reminded: int = 0
    put_aside: int = 0
    tidied: int = 0
    compared: int = 0
    scanned: int = 0
    swept: int = 0
    let_go: int = 0
    failed: list[str] = field(default_factory=list)


def run_night() -> Night:
    """Do everything that is due today. Returns what was done.

    Nothing while nobody can save: the next night does it all, and no page waits for it.
    """
    night = Night()
    if read_only() is not None:
        return night
    night.asked = _each(with_ended_insurance(clock.today()), ask_about_ended_insurance, night)
    night.held = _each(with_overdue_changes(clock.today()), set_overdue, night)
    night.lapsed = _each(_due_to_lapse(), _lapse, night)
    night.reminded = _each(_due_a_reminder(), remind, night)
    _each(due_to_move(), move_on, night)
    night.put_aside = _each(_left(), give_up, night)
    night.tidied = _each(_with_old_cards(), publish, night)
    night.compared = _each(unknown_organisations(), compare_with_others, night)
    night.compared += _once(refresh, night)
    _once(refresh_dates, night)
    _keep_feeds_in_step(night)
    _tidy_up(night)
    _let_go(night)
    return night


def _each(found: Iterable[int], act: Callable[..., object], night: Night) -> int:
    """Do one thing to each record, each in its own transaction."""
    done = 0
    model = Organisation if act in OF_ORGANISATIONS else Assessment
    for number in found:
        try:
            was_done = act(db.session.get_one(model, number))
            db.session.commit()
            done += was_done is not False
        except NotAllowedNow:
            db.session.rollback()  # somebody took another step since the list was made
        except Exception as error:
            db.session.rollback()
            current_app.logger.exception("nightly job: %s %s", act.__name__, number)
            night.failed.append(f"{act.__name__} {number}: {type(error).__name__}")
    return done


def _due_to_lapse() -> list[int]:
    return _numbers(
        select(Assessment.id).where(
            Assessment.status == Status.APPROVED, Assessment.listed_until < clock.today()
        )
    )


def _lapse(assessment: Assessment) -> None:
    """Take the step. Its notice is the reminder of that day, so no other goes on it."""
    lapse(assessment)
    lapse_was_told(assessment)


def _due_a_reminder() -> list[int]:
    """Listings, standing or just over, of which something is due today."""
    today = clock.today()
    found = db.session.scalars(
        select(Assessment)
        .where(
            Assessment.status.in_((Status.APPROVED, Status.LAPSED)),
            Assessment.listed_until >= reminded_since(today),
        )
        .order_by(Assessment.id)
    )
    return [one.id for one in found if due_reminders(one, today)]


def _left() -> list[int]:
    waiting = db.session.scalars(
        select(Assessment).where(Assessment.status.in_((Status.DRAFT, Status.RETURNED)))
    )
    return [one.id for one in waiting if is_left(one, clock.today())]


def _with_old_cards() -> list[int]:
    """Organisations with a card past its last day: an activity's own risk check ran out."""
    today = clock.today()
    return _numbers(
        union(
            select(Card.organisation_id).where(Card.listed_until < today),
            select(WithheldCard.organisation_id).where(WithheldCard.listed_until < today),
        )
    )


def _numbers(query: Select[int] | CompoundSelect[int]) -> list[int]:
    return list(db.session.scalars(query))


def _keep_feeds_in_step(night: Night) -> None:
    """Let the feeds say what is public today, a few activities in each transaction. Once a day."""
    if were_kept_today():
        return
    failed = len(night.failed)
    numbers = next_to_keep(0)
    while numbers:
        _once(partial(keep_these_in_step, numbers), night)
        numbers = next_to_keep(numbers[-1])
    _once(forget_old_dates, night)
    if len(night.failed) == failed:
        _once(note_that_all_are_kept, night)


def _tidy_up(night: Night) -> None:
    """Scan what came in unscanned, erase what nothing names, and throw away what has served."""
    night.scanned = _once(scan_waiting, night)
    night.swept = _once(sweep_orphans, night)
    _once(tidy_accounts, night)
    _once(forget_old_security_entries, night)
    _once(forget_old_invitations, night)
    _once(forget_farewells, night)
    _once(forget_old_imports, night)
    _once(_forget_old_counts, night)
    _once(forget_what_was_told, night)
    _once(remind_of_contacts, night)
    _once(_empty_the_shelf, night)


def _let_go(night: Night) -> None:
    """A small slice of what has come to the end of its time, item by item."""
    done = carry_out(clock.today())
    night.let_go = done.count
    night.failed += done.failed


def _once(act: Callable[[], int | None], night: Night) -> int:
    """Do one thing in a transaction of its own. Returns how many it was done to."""
    try:
        done = act()
        db.session.commit()
        return done or 0
    except Exception as error:
        db.session.rollback()
        name = getattr(act, "func", act).__name__
        current_app.logger.exception("nightly job: %s", name)
        night.failed.append(f"{name}: {type(error).__name__}")
        return 0


def _forget_old_counts() -> int:
    return forget_old_counts(clock.today())


def _empty_the_shelf() -> None:
    db.session.execute(delete(ShelfItem).where(ShelfItem.expires_at < clock.now()))
