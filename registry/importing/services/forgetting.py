"""What an import has served for goes: rows and files after 30 days."""

from contextlib import suppress
from datetime import timedelta

from sqlalchemy import select

from registry import clock
from registry.config import settings
from registry.database import db
from registry.importing.models import ImportRun
from registry.importing.services.beginning import forget_rows

KEPT_FOR = timedelta(days=30)


def forget_old_imports() -> int:
    """Let go of the rows and the file of every import begun more than 30 days ago, and of files
    that belong to none. Which record came from where stays. Answers how many imports it was."""
    before = clock.now() - KEPT_FOR
    old = db.session.scalars(
        select(ImportRun).where(ImportRun.begun_at < before, ImportRun.rows_gone_at.is_(None))
    ).all()
    for run in old:
        forget_rows(run)
        if run.state not in ("done", "undone"):
            run.state = "put_aside"
    _sweep()
    return len(old)


def _sweep() -> None:
    folder = settings().imports_dir
    known = {str(number) for number in db.session.scalars(select(ImportRun.id))}
    for path in folder.glob("*") if folder.is_dir() else ():
        if path.stem not in known and clock.now().timestamp() - path.stat().st_mtime > 86_400:
            with suppress(OSError):
                path.unlink()
