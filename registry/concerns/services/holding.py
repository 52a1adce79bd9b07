"""The quiet hold: proposed by one senior, signed by another, ended the same way (domain B.5).

Every entry about one is restricted, and no email tells of one: the team's inbox is read by
people who may not know.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from registry import clock
from registry.assessments.models import Hold
from registry.assessments.publish import publish
from registry.assessments.steps import ask
from registry.audit import services as history
from registry.concerns.models import ADVICE, Concern, HoldProposal
from registry.concerns.queries import open_proposal, quiet_hold_of
from registry.database import db
from registry.errors import BadInput, NotAllowedNow
from registry.organisations.models import Organisation
from registry.permissions import P

__all__ = ["Advice", "propose_end", "propose_hold", "sign", "take_back"]


@dataclass(frozen=True)
class Advice:
    """Whose advice it follows, given when, under which reference of theirs."""

    of: str
    on: date
    reference: str


def propose_hold(
    organisation: Organisation,
    actor: Any,
    advice: Advice,
    *,
    takes_listing_off: bool,
    concern: Concern | None = None,
) -> HoldProposal:
    """Propose a quiet hold on advice of the LADO or the police. It does nothing until signed."""
    _hold_still(organisation)
    ask(actor, P.SET_QUIET_HOLD, organisation)
    if quiet_hold_of(organisation.id) is not None:
        raise NotAllowedNow("A quiet hold is on it already.")
    return _propose(
        organisation,
        actor,
        "set",
        advice,
        takes_listing_off=takes_listing_off,
        concern_id=concern.id if concern else None,
    )


def propose_end(organisation: Organisation, actor: Any, advice: Advice) -> HoldProposal:
    """Propose that the quiet hold ends. It stays until another senior has signed."""
    _hold_still(organisation)
    ask(actor, P.SET_QUIET_HOLD, organisation)
    hold = quiet_hold_of(organisation.id)
    if hold is None:
        raise NotAllowedNow("No quiet hold is on it any more.")
    return _propose(
        organisation,
        actor,
        "end",
        advice,
        takes_listing_off=hold.takes_listing_off,
        hold_id=hold.id,
    )


def sign(proposal: HoldProposal, actor: Any) -> None:
    """Sign what another senior proposed: the hold begins now, or ends now."""
    _hold_still(proposal.organisation)
    db.session.refresh(proposal, with_for_update={"of": HoldProposal})
    ask(actor, P.SIGN_QUIET_HOLD, proposal)
    _check_open(proposal)
    hold = _end(proposal) if proposal.what == "end" else _begin(proposal, actor)
    proposal.signed_by_id, proposal.signed_at = actor.id, clock.now()
    db.session.flush()
    details = {"hold": hold.id, "takes_listing_off": hold.takes_listing_off}
    _record(f"sign_{proposal.what}_hold", proposal, actor, details)
    publish(proposal.organisation)


def take_back(proposal: HoldProposal, actor: Any) -> None:
    """Let a proposal go: by whoever made it, or by a senior who does not sign it."""
    db.session.flush()
    db.session.refresh(proposal, with_for_update={"of": HoldProposal})
    ask(actor, P.SET_QUIET_HOLD, proposal)
    _check_open(proposal)
    proposal.ended_by_id, proposal.ended_at = actor.id, clock.now()
    db.session.flush()
    _record(f"take_back_{proposal.what}_hold", proposal, actor, {})


def _propose(
    organisation: Organisation, actor: Any, what: str, advice: Advice, **more: Any
) -> HoldProposal:
    if advice.of not in ADVICE:
        raise BadInput("Choose whose advice it is.")
    if advice.on > clock.today():
        raise BadInput("The day must be today or before.")
    if not advice.reference.strip():
        raise BadInput("Write the reference of the advice.")
    if open_proposal(organisation.id) is not None:
        raise NotAllowedNow("Something is proposed already. Another senior can sign it.")
    proposal = HoldProposal(
        organisation=organisation,
        what=what,
        advice_from=advice.of,
        advised_on=advice.on,
        advice_reference=advice.reference.strip(),
        proposed_by_id=actor.id,
        proposed_at=clock.now(),
        **more,
    )
    db.session.add(proposal)
    db.session.flush()
    details = {"advice": advice.of, "takes_listing_off": proposal.takes_listing_off}
    _record(f"propose_{what}_hold", proposal, actor, details)
    return proposal


def _begin(proposal: HoldProposal, actor: Any) -> Hold:
    if quiet_hold_of(proposal.organisation_id) is not None:
        raise NotAllowedNow("A quiet hold is on it already.")
    hold = Hold(
        organisation_id=proposal.organisation_id,
        kind="quiet",
        takes_listing_off=proposal.takes_listing_off,
        since=clock.now(),
        set_by_id=proposal.proposed_by_id,
        signed_by_id=actor.id,
    )
    db.session.add(hold)
    db.session.flush()
    proposal.hold_id = hold.id
    return hold


def _end(proposal: HoldProposal) -> Hold:
    hold = quiet_hold_of(proposal.organisation_id)
    if hold is None or hold.id != proposal.hold_id:
        raise NotAllowedNow("No quiet hold is on it any more.")
    hold.until = clock.now()
    return hold


def _check_open(proposal: HoldProposal) -> None:
    if not proposal.is_open:
        raise NotAllowedNow("This was signed or taken back meanwhile.")


def _hold_still(organisation: Organisation) -> None:
    """Hold the organisation until the transaction ends: two seniors at once are one."""
    db.session.flush()
    db.session.refresh(organisation, with_for_update={"of": Organisation})


def _record(action: str, proposal: HoldProposal, actor: Any, details: dict[str, Any]) -> None:
    history.record(
        action,
        proposal,
        actor,
        organisation_id=proposal.organisation_id,
        details=details,
        restricted=True,
    )
