"""People and records of organisations, made by the services that make them for real."""

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from flask import Flask

from registry import clock
from registry.accounts.models import Account, AccountRole
from registry.database import db
from registry.organisations import services
from registry.organisations.models import Activity, Organisation, Venue

ABOUT = {
    "p_ages": {"long_stay": "no"},
    **{
        key: {"said": "no"}
        for key in ("p_online", "p_trips", "p_transport", "p_overnight", "p_oneone", "p_care")
    },
    "p_risk": {"ticked": ["none"]},
}


@pytest.fixture
def new_account(app: Flask) -> Callable[..., Account]:
    """A person with a confirmed address; `roles` makes them staff."""

    def make(email: str = "marcia@kingfisher.example", *roles: str) -> Account:
        account = Account(
            email=email,
            name=email.partition("@")[0].title(),
            password_hash="not a password",
            email_confirmed_at=clock.now(),
            created_at=clock.now(),
        )
        account.role_rows = [AccountRole(role=role) for role in roles]
        db.session.add(account)
        db.session.flush()
        return account

    return make


@pytest.fixture
def owner(new_account: Callable[..., Account]) -> Account:
    """Marcia, who runs a club."""
    return new_account()


@pytest.fixture
def stranger(new_account: Callable[..., Account]) -> Account:
    """Somebody from another club."""
    return new_account("sam@elsewhere.example")


@pytest.fixture
def organisation(owner: Account) -> Organisation:
    """Marcia's club."""
    return services.register_organisation(
        owner, name="Kingfisher Dance Project", phone="01902 496 0123", phone_is_public=True
    )


@pytest.fixture
def venue(organisation: Organisation, owner: Account) -> Venue:
    """A hall that everybody may know of."""
    return services.add_venue(
        organisation, owner, name="Foundry Lane Hall", address="Foundry Lane", postcode="WV1 1AA"
    )


@pytest.fixture
def activity(organisation: Organisation, owner: Account) -> Activity:
    """An activity of which little is told yet."""
    return services.add_activity(
        organisation, owner, name="Street Dance Juniors", min_months=60, max_months=143
    )


@pytest.fixture
def complete() -> Callable[..., dict[str, Any]]:
    """All that an activity must tell, less what a test changes."""

    def fields(venue: Venue, **changes: Any) -> dict[str, Any]:
        return {
            "name": "Street Dance Juniors",
            "summary": "Learn street dance with friends.",
            "categories": ["dance_arts.dance"],
            "min_months": 60,
            "max_months": 143,
            "parent_stays": "no",
            "venue": venue,
            "price_kind": "session",
            "price_pence": 350,
            "booking_kind": "turn_up",
            "about": ABOUT,
            **changes,
        }

    return fields


HALF_FOUR, HALF_FIVE = time(16, 30), time(17, 30)
