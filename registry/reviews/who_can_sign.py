"""Whether enough people work here for every decision to have its second signature."""

from sqlalchemy import func, select

from registry.accounts.models import Account, AccountRole
from registry.database import db

SENIORS_NEEDED = 2


def too_few_to_sign() -> list[str]:
    """What is missing, in sentences for the council's desk and for the operator."""
    people = _people_by_role()
    warnings = []
    if (seniors := people.get("senior", 0)) < SENIORS_NEEDED:
        said = {0: "There is no senior", 1: "There is one senior only"}[seniors]
        warnings.append(
            f"{said}. Two are needed: one proposes or recommends, and another has to sign."
        )
    if not people.get("appeal_officer"):
        warnings.append("There is no appeal officer. Nobody can decide an appeal.")
    return warnings


def _people_by_role() -> dict[str, int]:
    rows = db.session.execute(
        select(AccountRole.role, func.count())
        .join(Account, Account.id == AccountRole.account_id)
        .where(Account.disabled.is_(False))
        .group_by(AccountRole.role)
    )
    return {row.role: row[1] for row in rows}
