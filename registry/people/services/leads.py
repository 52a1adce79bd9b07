"""The safeguarding lead says that they are it, by a link that the club cannot press for them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from registry import clock
from registry.accounts import throttling
from registry.accounts.tokens import LEAD, make_link
from registry.audit.services import record
from registry.database import db
from registry.errors import BadInput, NotFound
from registry.messages.services import queue
from registry.organisations.models import Organisation
from registry.organisations.services.changing import may
from registry.people.letters import send_to_owners
from registry.people.models import NamedLead
from registry.people.queries import lead_behind, lead_of, named_lead
from registry.permissions import P

# A club that names one lead after the other writes to nobody in our name.
LEADS_OF_ONE = throttling.Limit("leads of", 5, timedelta(days=1))


def name_lead(organisation: Organisation, contact: Mapping[str, Any] | None) -> NamedLead | None:
    """Somebody was named as the lead in what was sent to the council: ask them, once.

    `contact` is the answer's part: a name, and an email address or a phone number. Who was asked
    before, by the same name and address, is not asked again.
    """
    name = str((contact or {}).get("name", "")).strip()[:200]
    email = str((contact or {}).get("email", "")).strip().lower()[:254]
    if not name:
        return None
    before = named_lead(organisation.id, email) if email else lead_of(organisation.id)
    if before is not None and (before.name, before.email) == (name, email):
        before.named_at = clock.now()
        return before
    named = NamedLead(
        organisation_id=organisation.id,
        organisation=organisation,
        name=name,
        email=email,
        named_at=clock.now(),
    )
    db.session.add(named)
    db.session.flush()
    if email and throttling.is_within(LEADS_OF_ONE, account=str(organisation.id)):
        _ask(named)
    return named


def ask_lead_again(organisation: Organisation, actor: Any) -> NamedLead:
    """Send the lead another link. Who said “this is not me” may be asked again.

    Raises NotFound where nobody can be asked, BadInput where they were asked too often.
    """
    may(actor, P.EDIT_ORGANISATION, organisation)
    named = lead_of(organisation.id)
    if named is None or not named.email or named.answer == "yes":
        raise NotFound()
    if not throttling.is_within(throttling.MESSAGES_TO_ONE_PERSON, account=named.email):
        raise BadInput("We have written to your lead often today. Try again tomorrow.")
    named.answer, named.answered_at = None, None
    _ask(named)
    record("ask_lead", organisation, actor, details={"lead": named.id})
    return named


def answer_as_lead(word: str, is_lead: bool) -> NamedLead:
    """The lead's own answer, by the link. The owners are told of a no. Raises NotFound."""
    named = lead_behind(word)
    if named is None:
        raise NotFound()
    named.answer = "yes" if is_lead else "no"
    named.answered_at = clock.now()
    named.digest = None
    entry = record(
        "lead_said_yes" if is_lead else "lead_said_no",
        named.organisation,
        details={"lead": named.id},
    )
    if not is_lead:
        send_to_owners(named.organisation, "club/not-the-lead", entry.number, lead=named.name)
    return named


def lead_confirmed(organisation_id: int, email: str) -> bool:
    """Whether somebody with this address said that they are the organisation's lead."""
    named = named_lead(organisation_id, email)
    return named is not None and named.answer == "yes"


def _ask(named: NamedLead) -> None:
    seed, digest = make_link(LEAD)
    now = clock.now()
    named.digest, named.asked_at, named.expires_at = digest, now, now + LEAD.lasts
    queue(
        "club/lead",
        named.email,
        {
            "name": named.name,
            "organisation": named.organisation.name,
            "purpose": LEAD.name,
            "seed": seed,
        },
        f"club/lead:{named.id}:{seed}",
        organisation_id=named.organisation_id,
    )
