"""What a person decides about one club of an import that may be here already."""

from typing import Any

from registry.audit.services import record
from registry.errors import NotAllowedNow
from registry.importing.models import ImportRow, ImportRun
from registry.importing.services.beginning import may_import
from registry.importing.services.comparing import leave_out, recount


def choose(run: ImportRun, row: ImportRow, actor: Any, *, is_out: bool) -> None:
    """Leave the club of a row out, or take it in after all, with everything that it does."""
    may_import(actor)
    if run.state != "ready":
        raise NotAllowedNow("This import is carried out, or put aside already.")
    if row.left_out != is_out:
        leave_out(run, [row.organisation_key], is_out=is_out)
        record("choose_in_import", run, actor, details={"row": row.number, "left_out": is_out})
    recount(run)
