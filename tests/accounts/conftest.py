"""People with and without an account, and what is written down about them."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from registry.accounts.models import Account
from registry.accounts.services import make_account
from registry.audit.models import SecurityEntry
from registry.database import db
from tests.page import PASSWORD, Page, Visitor

MARCIA = "marcia@example.org"


@pytest.fixture
def marcia(app: Flask) -> Account:
    """Somebody who registered and confirmed her address."""
    account = make_account(MARCIA, "Marcia Bent", PASSWORD)
    db.session.commit()
    return account


@pytest.fixture
def register(client: Visitor) -> Callable[..., Page]:
    """Fill in the form at /register."""

    def filled(email: str = MARCIA, password: str = PASSWORD, name: str = "Marcia Bent") -> Page:
        form = client.get("/register").form("/register")
        return form.fill({"Your name": name, "Email address": email, "Password": password}).submit()

    return filled


@pytest.fixture
def security_entries(app: Flask) -> Callable[..., list[str]]:
    """What the security record says, the oldest first."""

    def said(account: Account | None = None) -> list[str]:
        chosen = select(SecurityEntry.action).order_by(SecurityEntry.id)
        if account is not None:
            chosen = chosen.where(SecurityEntry.account_id == account.id)
        return list(db.session.scalars(chosen))

    return said


@pytest.fixture
def account_at(app: Flask) -> Callable[[str], Account | None]:
    """The account of an address, as the database has it now."""

    def found(email: str) -> Account | None:
        db.session.commit()
        return db.session.scalar(select(Account).where(Account.email == email))

    return found
