"""Inviting somebody of an imported club to take its record over. Nobody is written to before."""

from typing import Any

from registry.errors import NotAllowedNow
from registry.importing.services.beginning import may_import
from registry.organisations.models import Organisation
from registry.people.models import Invitation
from registry.people.services.invitations import invite_first_owner


def invite_club(organisation: Organisation, actor: Any, email: str) -> Invitation:
    """Send one link to one address: whoever reads it becomes the club's owner."""
    may_import(actor)
    if organisation.members:
        raise NotAllowedNow("This club has people of its own already.")
    return invite_first_owner(organisation, actor, email=email)
