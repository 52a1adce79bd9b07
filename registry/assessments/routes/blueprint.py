"""What the pages of the club's desk share."""

from flask import Blueprint, url_for

from registry import clock
from registry.assessments.models import Assessment
from registry.assessments.progress import PROFILE_PAGES, ProfilePage, Progress, State
from registry.assessments.standing import latest_assessment, open_assessment
from registry.information.queries import help_contacts
from registry.organisations.models import Organisation

MANY = 3

blueprint = Blueprint("assessments", __name__)


def self_check_of(organisation: Organisation) -> Assessment | None:
    """The self-check that the desk shows: the open one, else the last one."""
    return open_assessment(organisation.id) or latest_assessment(organisation.id)


def progress_of(assessment: Assessment) -> Progress:
    """How far it has come today."""
    return Progress(assessment, clock.today())


def address_of(organisation: Organisation, key: str) -> str:
    """Where something is put right: a question, a page about the club, or its activities."""
    if key == "activities":
        return f"/club/{organisation.id}/activities"
    if not key.startswith("p_"):
        return url_for("assessments.question", organisation_id=organisation.id, key=key)
    page = next((one for one in PROFILE_PAGES if key in one.questions), PROFILE_PAGES[0])
    return address_of_page(organisation, page)


def address_of_page(organisation: Organisation, page: ProfilePage) -> str:
    """A page about the club: the first one has the short address."""
    if page is PROFILE_PAGES[0]:
        return url_for("assessments.about", organisation_id=organisation.id)
    return url_for("assessments.about_page", organisation_id=organisation.id, page=page.key)


def needed(
    organisation: Organisation, progress: Progress, missing: list[tuple[str, str]]
) -> list[dict[str, str]]:
    """What is missing, with the way to each: many of one part are told as one line."""
    sent_back = [task for task in progress.question_tasks if task.state is State.SENT_BACK]
    lines = [{"text": task.short, "href": address_of(organisation, task.key)} for task in sent_back]
    for page in PROFILE_PAGES:
        on_page = [what for key, what in missing if key in page.questions]
        if on_page:
            text = on_page[0] if len(on_page) == 1 else page.short
            lines.append({"text": text, "href": address_of_page(organisation, page)})
    desk = url_for("assessments.tasks", organisation_id=organisation.id)
    for key, what in missing:
        if key == "activities":
            lines.append({"text": what, "href": address_of(organisation, key)})
    for section in progress.sections:
        keys = {task.key for task in section.tasks}
        gaps = [(key, what) for key, what in missing if key in keys]
        if len(gaps) > MANY:
            text = f"{section.criterion.label}: {len(gaps)} questions"
            lines.append({"text": text, "href": f"{desk}#c{section.criterion.number}"})
            continue
        lines += [{"text": what, "href": address_of(organisation, key)} for key, what in gaps]
    return lines


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
