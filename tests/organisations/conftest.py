"""People and records of organisations, made by the services that make them for real."""

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from flask import Flask

from registry.accounts.models import Account
from registry.accounts.services.roles import give_role, make_account
from registry.database import db
from registry.organisations import services
from registry.organisations.models import Activity, Organisation, Venue
from tests.page import Visitor

PASSWORD = "three old canal boats"
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
        account = make_account(email, email.partition("@")[0].title(), PASSWORD)
        for role in roles:
            give_role(account, role)
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
        owner, name="Kingfisher Dance Project", phone="01632 960 123", phone_is_public=True
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
            "venues": [venue],
            "price_kind": "session",
            "price_pence": 350,
            "booking_kind": "turn_up",
            "about": ABOUT,
            **changes,
        }

    return fields


@pytest.fixture
def live(
    organisation: Organisation,
    owner: Account,
    venue: Venue,
    complete: Callable[..., dict[str, Any]],
) -> Activity:
    """An activity of which everything is told."""
    activity = services.add_activity(organisation, owner, **complete(venue))
    services.add_session(activity, owner, days=[1], starts=time(16, 30), ends=time(17, 30))
    return activity


@pytest.fixture
def marcia(owner: Account, new_visitor: Callable[[], Visitor]) -> Visitor:
    """Marcia, signed in. What was made before is kept; what is made after is not seen."""
    return signed_in(new_visitor(), owner.email)


@pytest.fixture
def sam(stranger: Account, new_visitor: Callable[[], Visitor]) -> Visitor:
    """Sam of another club, signed in."""
    return signed_in(new_visitor(), stranger.email)


def signed_in(visitor: Visitor, email: str) -> Visitor:
    """Keep what the test has made so far, and sign in."""
    db.session.commit()
    visitor.sign_in(email, PASSWORD)
    return visitor
