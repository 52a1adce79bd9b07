"""Closing an organisation: it leaves the list at once, for good, and what was signed stays."""

from typing import Any

from registry import clock
from registry.assessments import services as assessments
from registry.assessments.lifecycle import Action, actions_from
from registry.assessments.publish import publish
from registry.assessments.standing import all_assessments
from registry.audit.services import record
from registry.changes.queries import open_changes
from registry.changes.services.revising import settle
from registry.errors import NotAllowedNow
from registry.organisations.models import Organisation
from registry.organisations.services.changing import may
from registry.people.letters import send_to_all
from registry.people.queries import open_hand_over, open_invitations
from registry.people.services.members import hold
from registry.permissions import P


def close_organisation(organisation: Organisation, actor: Any) -> None:
    """Close it. What is open, and a listing, end; a suspended self-check stays as it is.

    It cannot be undone: to come back, a club registers again. Everybody of it is told.
    Raises NotAllowedNow where it is closed already.
    """
    hold(organisation)
    may(actor, P.CLOSE_ORGANISATION, organisation)
    if organisation.closed_at is not None:
        raise NotAllowedNow("This organisation is closed already.")
    for assessment in all_assessments(organisation.id):
        if Action.CLOSE in actions_from(assessment.status):
            assessments.close(assessment, actor)
    wind_up(organisation, actor)
    entry = record("close_organisation", organisation, actor)
    send_to_all(organisation, "club/closed", entry.number, by=actor.name)
    publish(organisation)


def wind_up(organisation: Organisation, actor: Any) -> None:
    """End what waits, let nobody in any more, and say that it is closed."""
    for change in open_changes(organisation.id):
        settle(change, "taken_back", actor)
    _let_nobody_in(organisation, actor)
    organisation.closed_at = clock.now()


def _let_nobody_in(organisation: Organisation, actor: Any) -> None:
    """No invitation and no hand-over outlives it."""
    for invitation in open_invitations(organisation.id):
        invitation.withdrawn_at = clock.now()
    waiting = open_hand_over(organisation.id)
    if waiting is not None:
        waiting.state, waiting.settled_at = "withdrawn", clock.now()
        waiting.settled_by_id = actor.id
