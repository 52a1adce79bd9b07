"""What is asked about accounts."""

from sqlalchemy import func, select

from registry.accounts.models import Account, RecoveryCode, SecondFactor
from registry.database import db


def account_by_email(email: str) -> Account | None:
    """The account of an email address, however its letters are written."""
    return db.session.scalar(select(Account).where(Account.email == normalised(email)))


def second_factor_of(account: Account) -> SecondFactor | None:
    """The authenticator app of an account, if it has one."""
    return db.session.get(SecondFactor, account.id)


def recovery_codes_left(account: Account) -> int:
    """How many recovery codes somebody has not used."""
    unused = select(func.count()).where(
        RecoveryCode.account_id == account.id, RecoveryCode.used_at.is_(None)
    )
    return db.session.scalar(unused) or 0


def normalised(email: str) -> str:
    """An address as it is kept: in small letters, because nobody tells Marcia@ from marcia@."""
    return email.strip().lower()
