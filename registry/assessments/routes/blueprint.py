"""What the pages of the club's desk share."""

from typing import Any

from flask import Blueprint, request
from flask_login import current_user

from registry import clock
from registry.assessments.models import Assessment
from registry.assessments.progress import Progress
from registry.assessments.standing import latest_assessment, open_assessment
from registry.information.queries import help_contacts
from registry.organisations.models import Organisation

blueprint = Blueprint("assessments", __name__)


@blueprint.app_context_processor
def club_navigation() -> dict[str, Any]:
    """The navigation of the organisation in the address, on every page that has one."""
    organisation_id = (request.view_args or {}).get("organisation_id")
    if not organisation_id or not current_user.is_authenticated:
        return {}
    desk = f"/club/{organisation_id}"
    return {
        "club_links": [
            {"key": "home", "href": desk, "text": "Home"},
            {"key": "activities", "href": f"{desk}/activities", "text": "Activities"},
            {"key": "self_check", "href": f"{desk}/self-check", "text": "Self-check"},
            {"key": "details", "href": f"{desk}/details", "text": "Your details"},
            {"key": "account", "href": "/account", "text": "Your account"},
        ]
    }


def self_check_of(organisation: Organisation) -> Assessment | None:
    """The self-check that the desk shows: the open one, else the last one."""
    return open_assessment(organisation.id) or latest_assessment(organisation.id)


def progress_of(assessment: Assessment) -> Progress:
    """How far it has come today."""
    return Progress(assessment, clock.today())


def with_numbers(text: str) -> str:
    """Our content with the telephone numbers of today filled in."""
    contacts = help_contacts()
    numbers = {
        "{mash}": contacts.child.value,
        "{mash_night}": contacts.nights.value,
        "{lado}": contacts.allegation.value,
        "{nspcc}": contacts.advice.value,
    }
    for name, number in numbers.items():
        text = text.replace(name, number)
    return text
