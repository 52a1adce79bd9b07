"""The emails about changes: to whom, and the facts each of them needs."""

from registry.assessments.models import Change
from registry.changes import wording
from registry.config import settings
from registry.messages import services as messages

__all__ = ["tell_club", "tell_council"]


def tell_council(change: Change) -> None:
    """Queue word to the council's team that something waits; once for each time it was sent."""
    messages.queue(
        "council/changes",
        settings().council_email,
        {**_facts(change), "name": "team"},
        f"council/changes:{change.id}:{len(change.earlier)}:{change.sent_at}",
        organisation_id=change.organisation_id,
    )


def tell_club(template: str, change: Change, **words: str) -> None:
    """Queue one message to every owner of the club."""
    for member in change.organisation.members:
        if member.role != "owner" or member.account.disabled:
            continue
        messages.queue(
            template,
            member.account.email,
            {**_facts(change), **words, "name": member.account.name},
            f"{template}:{change.id}:{change.version}:{change.state}:{member.account.email}",
            organisation_id=change.organisation_id,
        )


def _facts(change: Change) -> dict[str, str]:
    base = settings().public_url
    return {
        "organisation": change.organisation.name,
        "what": wording.title_of(change),
        "change_link": f"{base}/club/{change.organisation_id}/changes/{change.id}",
        "desk_link": f"{base}/club/{change.organisation_id}",
        "case_link": f"{base}/council/changes/{change.id}",
    }
