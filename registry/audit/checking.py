"""A check of the chain that somebody asked for: at once where it is short, else by the worker."""

from time import monotonic
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from registry import clock
from registry.audit.chain import Walk, count_entries, walk
from registry.audit.models import HistoryCheck
from registry.audit.queries import waiting_checks
from registry.audit.services import record
from registry.database import db, short_transaction

# So many are walked along while somebody waits for the page, and all writers wait with them.
AT_ONCE = 5_000


def ask_for_check(actor: Any) -> HistoryCheck:
    """Walk along the chain now; a long one is left for the worker, who looks every minute."""
    check = HistoryCheck(asked_by_id=actor.id, asked_at=clock.now(), reached=0)
    db.session.add(check)
    db.session.flush()
    record("check_history", check, actor)
    if count_entries() <= AT_ONCE:
        _keep(check, walk(), 0.0)
    return check


def run_waiting_checks() -> None:
    """What the worker does each minute. Reads beside everybody who writes meanwhile."""
    for number in waiting_checks():
        begun = monotonic()

        def tell(read: int, number: int = number) -> None:
            with short_transaction() as transaction:
                transaction.execute(
                    update(HistoryCheck).where(HistoryCheck.id == number).values(reached=read)
                )

        db.session.rollback()
        with (
            db.engine.connect().execution_options(reading=True) as connection,
            Session(connection) as reading,
        ):
            found = walk(reading, tell)
        _keep(db.session.get_one(HistoryCheck, number), found, monotonic() - begun)
        db.session.commit()


def _keep(check: HistoryCheck, found: Walk, seconds: float) -> None:
    check.entries, check.broken_at = found.entries, found.broken_at
    check.reached, check.seconds = found.entries, round(seconds)
    check.finished_at = clock.now()
