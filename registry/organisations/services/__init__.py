"""What people of an organisation do with its records. None of these commits."""

from registry.organisations.gaps import activity_gaps, activity_profile
from registry.organisations.services.activities import (
    ActivityFields,
    add_activity,
    add_session,
    change_activity,
    end_activity,
    pause,
    remove_session,
    resume,
)
from registry.organisations.services.details import (
    OrganisationFields,
    change_details,
    register_organisation,
)
from registry.organisations.services.venues import (
    VenueFields,
    add_venue,
    change_venue,
    remove_venue,
)

__all__ = [
    "ActivityFields",
    "OrganisationFields",
    "VenueFields",
    "activity_gaps",
    "activity_profile",
    "add_activity",
    "add_session",
    "add_venue",
    "change_activity",
    "change_details",
    "change_venue",
    "end_activity",
    "pause",
    "register_organisation",
    "remove_session",
    "remove_venue",
    "resume",
]
