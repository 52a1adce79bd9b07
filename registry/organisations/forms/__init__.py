"""What a club is asked about itself, its places and its activities: a module for each page."""

from registry.organisations.forms.booking import BookingForm
from registry.organisations.forms.cost import cost_form
from registry.organisations.forms.details import OrganisationForm
from registry.organisations.forms.safety import safety_form
from registry.organisations.forms.sessions import (
    AwayForm,
    ExtraForm,
    LastDayForm,
    PatternForm,
    session_form,
)
from registry.organisations.forms.support import support_form
from registry.organisations.forms.venue import VenueForm
from registry.organisations.forms.versioned import PlainForm, VersionedForm
from registry.organisations.forms.what import NewActivityForm, WhatForm
from registry.organisations.forms.where import WhereForm
from registry.organisations.forms.who import WhoForm

__all__ = [
    "AwayForm",
    "ExtraForm",
    "LastDayForm",
    "NewActivityForm",
    "OrganisationForm",
    "PatternForm",
    "PlainForm",
    "VenueForm",
    "VersionedForm",
    "form_of_page",
    "session_form",
]


def form_of_page(page: str) -> type[VersionedForm]:
    """The form of one page about an activity."""
    if page == "support":
        return support_form()
    if page == "safety":
        return safety_form()
    if page == "cost":
        return cost_form()
    return {"what": WhatForm, "who": WhoForm, "where": WhereForm,
            "booking": BookingForm}[page]  # fmt: skip
