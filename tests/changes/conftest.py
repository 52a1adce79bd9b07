"""A club on the list, its people, and the council's."""

import pytest

from registry.assessments.models import Assessment
from registry.organisations.models import Organisation
from tests.factories import a_member, a_person, a_reviewer, a_senior, an_approved, owner_of


@pytest.fixture
def standing(app) -> Assessment:
    """The assessment of a club on the list."""
    return an_approved()


@pytest.fixture
def club(standing) -> Organisation:
    """The club on the list."""
    return standing.organisation


@pytest.fixture
def activity(club):
    """Its only activity, on the list."""
    return club.activities[0]


@pytest.fixture
def owner(club):
    """Who owns it."""
    return owner_of(club)


@pytest.fixture
def member(club):
    """Who helps there and does not own it."""
    return a_member(club)


@pytest.fixture
def stranger(app):
    """Somebody with nothing to do with it."""
    return a_person("Nobody of theirs")


@pytest.fixture
def reviewer(app):
    """A reviewer with no link to it."""
    return a_reviewer()


@pytest.fixture
def senior(app):
    """A senior with no link to it."""
    return a_senior()
