"""The emails about the people of an organisation: to whom, and the facts each of them needs."""

from registry.accounts.models import Account
from registry.config import settings
from registry.messages.services import queue
from registry.organisations.models import Organisation


def send(
    organisation: Organisation, template: str, account: Account, key: object, **words: str
) -> None:
    """Queue one message to one person, once for each `key`."""
    base = settings().public_url
    queue(
        template,
        account.email,
        {
            "name": account.name,
            "organisation": organisation.name,
            "desk_link": f"{base}/club/{organisation.id}",
            "people_link": f"{base}/club/{organisation.id}/people",
            **words,
        },
        f"{template}:{organisation.id}:{key}:{account.id}",
        organisation_id=organisation.id,
    )


def send_to_owners(organisation: Organisation, template: str, key: object, **words: str) -> None:
    """Queue one message to every owner of today."""
    for member in organisation.members:
        if member.role == "owner" and not member.account.disabled:
            send(organisation, template, member.account, key, **words)


def send_to_all(organisation: Organisation, template: str, key: object, **words: str) -> None:
    """Queue one message to everybody of the organisation."""
    for member in organisation.members:
        if not member.account.disabled:
            send(organisation, template, member.account, key, **words)


def send_to_council(organisation: Organisation, template: str, key: object, address: str) -> None:
    """Queue one message to the council's team; it names the organisation and nobody."""
    queue(
        template,
        settings().council_email,
        {
            "name": "team",
            "organisation": organisation.name,
            "case_link": f"{settings().public_url}{address}",
        },
        f"{template}:{organisation.id}:{key}",
        organisation_id=organisation.id,
    )
