"""A club with people, as its owner sees them."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from registry.audit.models import Entry
from registry.database import db
from registry.organisations.models import Membership, Organisation
from tests import factories as make


@pytest.fixture
def club(app: Flask) -> Organisation:
    """A club with one owner."""
    organisation = make.a_club()
    db.session.commit()
    return organisation


@pytest.fixture
def roles(app: Flask) -> Callable[[Organisation], dict[str, str]]:
    """Who belongs to a club as the database has it now: an address → owner or member."""

    def now(organisation: Organisation) -> dict[str, str]:
        db.session.commit()
        rows = db.session.scalars(
            select(Membership).where(Membership.organisation_id == organisation.id)
        )
        return {row.account.email: row.role for row in rows}

    return now


@pytest.fixture
def acts(app: Flask) -> Callable[[Organisation], list[str]]:
    """What the history says of a club, the oldest first."""

    def said(organisation: Organisation) -> list[str]:
        db.session.commit()
        return list(
            db.session.scalars(
                select(Entry.action)
                .where(Entry.organisation_id == organisation.id)
                .order_by(Entry.number)
            )
        )

    return said
