"""What the pages of copies ask."""

from sqlalchemy import select

from registry.accounts.models import Account
from registry.database import db
from registry.exporting.models import RegisterExport

MOST = 50


def exports_of(account_id: int) -> list[RegisterExport]:
    """The copies that somebody asked for, the newest first."""
    asked = select(RegisterExport).where(RegisterExport.asked_by_id == account_id)
    return list(db.session.scalars(asked.order_by(RegisterExport.id.desc()).limit(MOST)))


def exports_of_others(account_id: int) -> list[tuple[RegisterExport, str]]:
    """What colleagues asked for, the newest first, with their names."""
    asked = (
        select(RegisterExport, Account.name)
        .join(Account, Account.id == RegisterExport.asked_by_id)
        .where(RegisterExport.asked_by_id != account_id)
    )
    rows = db.session.execute(asked.order_by(RegisterExport.id.desc()).limit(MOST))
    return [(one, name) for one, name in rows]


def register_export(export_id: int) -> RegisterExport | None:
    """One of them."""
    return db.session.get(RegisterExport, export_id)
