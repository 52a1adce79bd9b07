"""What is asked about accounts."""

from sqlalchemy import select

from registry.accounts.models import Account
from registry.database import db


def account_by_email(email: str) -> Account | None:
    """The account of an email address, however its letters are written."""
    return db.session.scalar(select(Account).where(Account.email == normalised(email)))


def normalised(email: str) -> str:
    """An address as it is kept: in small letters, because nobody tells Marcia@ from marcia@."""
    return email.strip().lower()
