"""What is asked about the council's people."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from registry.accounts.models import Account, AccountRole, SecondFactor, WebSession
from registry.audit.models import Entry, SecurityEntry
from registry.database import db

# What is done to somebody's account, as the history calls it.
ACTS = (
    "role_given", "role_taken", "account_disabled", "account_enabled",
    "second_factor_reset", "web_sessions_ended", "staff_invited",
)  # fmt: skip


@dataclass(frozen=True)
class StaffMember:
    """One of the council's people, as a list shows them."""

    account: Account
    last_seen_at: datetime | None
    has_second_factor: bool

    @property
    def is_waiting(self) -> bool:
        """Invited, and not here yet."""
        return self.account.email_confirmed_at is None


def staff_members() -> list[StaffMember]:
    """Everybody with a role, and everybody who had one and is disabled now."""
    worked_here = select(Entry.subject_id).where(Entry.action == "role_given").distinct()
    ids = {int(one) for one in db.session.scalars(worked_here)}
    people = db.session.scalars(
        select(Account)
        .where(
            Account.id.in_(select(AccountRole.account_id))
            | (Account.id.in_(ids) & Account.disabled.is_(True))
        )
        .where(Account.erased_at.is_(None))
        .order_by(Account.disabled, func.lower(Account.name), Account.id)
    ).all()
    seen, apps = _last_seen(), set(db.session.scalars(select(SecondFactor.account_id)))
    return [StaffMember(one, seen.get(one.id), one.id in apps) for one in people]


def staff_account(account_id: int) -> Account | None:
    """One of them; nobody of a club, whose account is not the council's business."""
    return next((one.account for one in staff_members() if one.account.id == account_id), None)


def active_administrators() -> set[int]:
    """Who can sign in as an administrator."""
    return set(
        db.session.scalars(
            select(AccountRole.account_id)
            .join(Account, Account.id == AccountRole.account_id)
            .where(
                AccountRole.role == "administrator",
                Account.disabled.is_(False),
                Account.email_confirmed_at.is_not(None),
            )
        )
    )


def done_to(account: Account, most: int = 20) -> list[tuple[Entry, str]]:
    """What was done to somebody's account, and by whom; the newest first."""
    rows = db.session.execute(
        select(Entry, Account.name)
        .outerjoin(Account, Account.id == Entry.actor_id)
        .where(
            Entry.subject_type == "account",
            Entry.subject_id == str(account.id),
            Entry.action.in_(ACTS),
        )
        .order_by(Entry.number.desc())
        .limit(most)
    )
    return [(entry, name or "") for entry, name in rows]


def _last_seen() -> dict[int, datetime]:
    """When each of the council's people last used a browser here, or signed in."""
    staff = select(AccountRole.account_id)
    browsers = select(WebSession.account_id, func.max(WebSession.last_seen_at)).where(
        WebSession.account_id.in_(staff)
    )
    signed_in = select(SecurityEntry.account_id, func.max(SecurityEntry.at)).where(
        SecurityEntry.action == "signed_in", SecurityEntry.account_id.in_(staff)
    )
    seen: dict[int, datetime] = {}
    for rows in (
        db.session.execute(signed_in.group_by(SecurityEntry.account_id)),
        db.session.execute(browsers.group_by(WebSession.account_id)),
    ):
        for account_id, at in rows:
            if account_id is not None:
                seen[account_id] = max(at, seen.get(account_id, at))
    return seen
