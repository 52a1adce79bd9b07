"""What people of an organisation do with its records. None of these commits."""

from registry.organisations.gaps import activity_gaps, activity_profile
from registry.organisations.services.activities import (
    ActivityFields,
    add_activity,
    change_activity,
    end_activity,
    pause,
    resume,
)
from registry.organisations.services.copying import duplicate_activity
from registry.organisations.services.details import (
    OrganisationFields,
    change_details,
    register_organisation,
)
from registry.organisations.services.pictures import remove_picture, set_picture
from registry.organisations.services.sessions import (
    SessionFields,
    add_extra,
    add_off,
    add_session,
    change_session,
    over_on,
    recurrences_of,
    remove_exception,
    remove_session,
    session_facts,
    session_named,
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
    "SessionFields",
    "VenueFields",
    "activity_gaps",
    "activity_profile",
    "add_activity",
    "add_extra",
    "add_off",
    "add_session",
    "add_venue",
    "change_activity",
    "change_details",
    "change_session",
    "change_venue",
    "duplicate_activity",
    "end_activity",
    "over_on",
    "pause",
    "recurrences_of",
    "register_organisation",
    "remove_exception",
    "remove_picture",
    "remove_session",
    "remove_venue",
    "resume",
    "session_facts",
    "session_named",
    "set_picture",
]
