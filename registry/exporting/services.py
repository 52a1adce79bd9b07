"""Asking for a copy of the register, making it, and letting go of it."""

import logging
import secrets
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from registry import clock
from registry.accounts.models import Account
from registry.assessments.steps import ask
from registry.audit.services import record
from registry.config import settings
from registry.database import db, short_transaction
from registry.errors import BadInput, NotAllowedNow
from registry.exporting.models import KEPT_FOR, RegisterExport
from registry.exporting.packing import how_many, write_copy
from registry.permissions import P
from registry.web.formats import date_and_time

log = logging.getLogger(__name__)

# So long one worker may be at it before another takes it for left.
LEASE = timedelta(hours=1)
# The row says who took what and why; the history says so without the why.
REMEMBERED_FOR = timedelta(days=366)


def ask_for_export(actor: Any, *, reason: str, with_contacts: bool) -> RegisterExport:
    """Write down who wants a copy and why. The worker makes it."""
    ask(actor, P.EXPORT_REGISTER, None)
    if with_contacts:
        ask(actor, P.EXPORT_CONTACTS, None)
    if not reason.strip():
        raise BadInput("Write why you need it.")
    if db.session.scalar(_waiting().where(RegisterExport.asked_by_id == actor.id).limit(1)):
        raise NotAllowedNow("One that you asked for is still being made. Wait for that one.")
    wanted = RegisterExport(
        asked_by_id=actor.id,
        asked_at=clock.now(),
        reason=reason.strip(),
        with_contacts=with_contacts,
    )
    db.session.add(wanted)
    db.session.flush()
    record("export_register", wanted, actor, details={"contacts": with_contacts})
    return wanted


def file_of(export: RegisterExport) -> Path:
    """Where its file is. Raises NotAllowedNow where there is none now."""
    place = _folder() / export.file_name
    if not export.is_ready or not place.is_file():
        raise NotAllowedNow("This copy is not there now. Ask for another one.")
    return place


def make_waiting_exports() -> None:
    """What the worker does each minute: make what was asked for, erase what is past its day."""
    erase_old_exports()
    for number in db.session.scalars(_waiting().order_by(RegisterExport.id)).all():
        db.session.rollback()
        if not _take(number):
            continue
        try:
            _make(number)
        except Exception:
            log.exception("the copy %d of the register was not made", number)
            db.session.rollback()
            _note(number, failed_at=clock.now(), leased_until=None)


def erase_old_exports() -> None:
    """Let go of files whose day is over, of what was never finished, and of very old rows."""
    now = clock.now()
    over = select(RegisterExport).where(
        RegisterExport.erased_at.is_(None), RegisterExport.made_at <= now - KEPT_FOR
    )
    for one in db.session.scalars(over):
        (_folder() / one.file_name).unlink(missing_ok=True)
        one.erased_at = now
    for one in db.session.scalars(
        select(RegisterExport).where(RegisterExport.asked_at < now - REMEMBERED_FOR)
    ):
        db.session.delete(one)
    db.session.commit()


def _make(number: int) -> None:
    export = db.session.get_one(RegisterExport, number)
    account = db.session.get_one(Account, export.asked_by_id)
    with_contacts, name = export.with_contacts, f"{secrets.token_hex(24)}.zip"
    told = _readme(export)
    db.session.rollback()
    _folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    target = _folder() / name
    with (
        db.engine.connect().execution_options(**_one_view()) as connection,
        Session(connection) as reading,
    ):
        person = reading.get_one(Account, account.id)
        _note(number, organisations=how_many(reading), written=0)
        reading.expunge(person)
        write_copy(
            reading,
            person,
            target,
            with_contacts=with_contacts,
            told=told,
            so_far=lambda written: _note(number, written=written),
        )
    _note(
        number,
        file_name=name,
        size=target.stat().st_size,
        made_at=clock.now(),
        leased_until=None,
    )


def _one_view() -> dict[str, Any]:
    """A transaction that sees one state of the register for as long as it reads."""
    told: dict[str, Any] = {"reading": True}
    if db.engine.dialect.name != "sqlite":
        told["isolation_level"] = "REPEATABLE READ"
    return told


def _readme(export: RegisterExport) -> Mapping[str, str]:
    chosen = settings()
    left_out = (
        "It has private addresses, and how to reach people. Keep it where nobody else can read it."
        if export.with_contacts
        else "Private addresses, and how to reach people, are left out."
    )
    text = (
        f"{chosen.scheme_name}: a copy of the register of {chosen.council_name}\n"
        f"Asked for on {date_and_time(export.asked_at)}. Number {export.id}.\n\n"
        "This is for the council's own work. It is not open data: that is at "
        f"{chosen.public_url}/data\n"
        f"{left_out}\n"
        "Answers, papers, findings, notes, reasons and concerns are never in a copy, nor any club "
        "that you have a link to.\n"
        "A text that begins like a formula has an apostrophe before it. Several values in a cell "
        "have a semicolon between them.\n"
        "csv-metadata.json says what each column means.\n\n"
        "Delete it when you no longer need it.\n"
    )
    return {"title": f"{chosen.scheme_name}: a copy of the register", "text": text}


def _take(number: int) -> bool:
    """Whether this worker is the one that makes it."""
    now = clock.now()
    free = or_(RegisterExport.leased_until.is_(None), RegisterExport.leased_until < now)
    with short_transaction() as transaction:
        taken = transaction.execute(
            update(RegisterExport)
            .where(RegisterExport.id == number, RegisterExport.made_at.is_(None), free)
            .values(leased_until=now + LEASE)
            .returning(RegisterExport.id)
        )
        return taken.first() is not None


def _note(number: int, **values: Any) -> None:
    with short_transaction() as transaction:
        transaction.execute(
            update(RegisterExport).where(RegisterExport.id == number).values(**values)
        )


def _waiting() -> Any:
    return select(RegisterExport.id).where(
        RegisterExport.made_at.is_(None), RegisterExport.failed_at.is_(None)
    )


def _folder() -> Path:
    return settings().data_dir / "exports"
