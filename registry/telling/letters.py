"""The emails that go out on the same day when a club tells us something."""

from registry.assessments.letters import desk_link, owners_of
from registry.assessments.models import Change
from registry.config import settings
from registry.messages import services as messages
from registry.web.formats import long_date

__all__ = ["insurance_is_ending", "lead_is_leaving", "tell_a_senior"]


def lead_is_leaving(change: Change) -> None:
    """Whoever reads cases is told the same day, and the club what it has to do by when."""
    covered = "yes" if change.fields.get("cover") else ""
    _tell_council("council/lead-leaving", change, {"covered": covered})
    _tell_club("club/lead-leaving", change, {"covered": covered})


def insurance_is_ending(change: Change) -> None:
    """Whoever reads cases is told; a senior may suspend."""
    _tell_council("council/insurance-ending", change, {})


def tell_a_senior(change: Change, who: str, reference: str) -> None:
    """The kind and the reference, the same day. No story: none was asked for."""
    _tell_council("council/regulator", change, {"who": who, "their_reference": reference})


def _tell_council(template: str, change: Change, words: dict[str, str]) -> None:
    address = settings().council_email
    context = {**_facts(change), **words, "name": "team"}
    messages.queue(
        template, address, context, _key(template, change), organisation_id=change.organisation_id
    )


def _tell_club(template: str, change: Change, words: dict[str, str]) -> None:
    for name, address in owners_of(change.organisation):
        messages.queue(
            template,
            address,
            {**_facts(change), **words, "name": name},
            f"{_key(template, change)}:{address}",
            organisation_id=change.organisation_id,
        )


def _key(template: str, change: Change) -> str:
    return f"{template}:{change.id}:{change.version}:{change.due_on}"


def _facts(change: Change) -> dict[str, str]:
    base, desk = settings().public_url, desk_link(change.organisation)
    return {
        "organisation": change.organisation.name,
        "reference": change.assessment.reference,
        "due_on": long_date(change.due_on),
        "change_link": f"{desk}/changes/{change.id}",
        "desk_link": desk,
        "case_link": f"{base}/council/changes/{change.id}",
    }
