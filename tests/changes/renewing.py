"""A renewal that is sent, read and approved, with the clock wherever the test has put it."""

from typing import Any

from registry.assessments import services
from registry.assessments.models import Assessment
from registry.clock import today
from registry.demonstration import walking
from registry.organisations.models import Organisation
from tests.factories import DANCE, complete, read


def a_renewal(club: Organisation, owner: Any) -> Assessment:
    """A renewal with every answer given anew, sent."""
    renewal = services.begin(club, owner)
    complete(renewal, DANCE, today())
    walking.submit(renewal, owner)
    return renewal


def approve_renewal(renewal: Assessment, reviewer: Any) -> None:
    """The council reads it and says yes."""
    services.start_review(renewal, reviewer)
    walking.find_all_met(renewal, reviewer)
    services.approve(renewal, reviewer, **read(renewal))
