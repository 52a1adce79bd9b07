"""The emails of the lifecycle: to whom, and the facts each of them needs."""

from collections.abc import Mapping
from datetime import date

from registry import clock
from registry.assessments.models import Assessment
from registry.audit.models import Entry
from registry.config import settings
from registry.messages import services as messages
from registry.web.formats import long_date


def send(template: str, assessment: Assessment, entry: Entry, words: Mapping[str, str]) -> None:
    """Queue one message of a step: to every owner of the club, or to the council's team."""
    context = {**_facts(assessment), **words}
    for name, address in _recipients(template, assessment):
        messages.queue(
            template,
            address,
            {**context, "name": name},
            f"{template}:{assessment.id}:{entry.number}:{address}",
            organisation_id=assessment.organisation_id,
        )


def remind(assessment: Assessment, days: int) -> None:
    """Queue the reminder that a listing runs out in so many days; once, however often asked."""
    assert assessment.listed_until is not None
    for name, address in _recipients("club/reminder", assessment):
        messages.queue(
            "club/reminder",
            address,
            {**_facts(assessment), "name": name},
            f"club/reminder:{assessment.id}:{assessment.listed_until}:{days}:{address}",
            organisation_id=assessment.organisation_id,
        )


def _recipients(template: str, assessment: Assessment) -> list[tuple[str, str]]:
    if template.startswith("council/"):
        return [("team", settings().council_email)]
    return [
        (member.account.name, member.account.email)
        for member in assessment.organisation.members
        if member.role == "owner" and not member.account.disabled
    ]


def _facts(assessment: Assessment) -> dict[str, str]:
    """Plain strings about the case. No note, no contact, no reason that is not the club's."""
    base, organisation = settings().public_url, assessment.organisation
    last_day = assessment.listed_until
    return {
        "organisation": organisation.name,
        "reference": assessment.reference,
        "desk_link": f"{base}/club/{organisation.id}",
        "case_link": f"{base}/council/cases/{assessment.id}",
        "listed_until": long_date(last_day),
        "days_left": str((last_day - clock.today()).days) if last_day else "",
        "public_link": f"{base}/organisations/{organisation.slug}",
        "would_be_listed_until": long_date(_promised(assessment)),
        "renewal": "yes" if assessment.is_renewal else "",
        "status": str(assessment.status),
    }


def _promised(assessment: Assessment) -> date | None:
    latest = assessment.latest_submission
    return latest.would_be_listed_until if latest else None
