"""Putting two records of one club together. One proposes, a senior who did not signs."""

from typing import Any

from registry import clock
from registry.accounts.models import Account
from registry.assessments.lifecycle import Action, Status, actions_from
from registry.assessments.publish import publish
from registry.assessments.standing import all_assessments, holds
from registry.assessments.steps import ask, take_step
from registry.audit.services import record
from registry.database import db
from registry.errors import BadInput, NotAllowedNow
from registry.leaving.services.closing import wind_up
from registry.matching.queries import match_between
from registry.matching.services import settle
from registry.merging.models import Merge
from registry.merging.queries import open_merges_of
from registry.organisations.models import Organisation
from registry.people.letters import send
from registry.people.services.members import hold
from registry.permissions import P

# One sentence for every one of them: whoever reads it learns of none.
UNDER_WAY = (
    "These two cannot be put together now. Something else is under way for one of them. "
    "Try again later, or ask a senior."
)
SETTLED = "Somebody has settled this already."


def propose_merge(kept: Organisation, duplicate: Organisation, actor: Any, *, reason: str) -> Merge:
    """Propose that `duplicate` is closed into `kept`. Nothing changes until a senior signs.

    Raises NotAllowedNow where one of them is closed, suspended or held, or anything is under way.
    """
    if kept.id == duplicate.id:
        raise BadInput("These are the same record. Choose two.")
    _hold(kept, duplicate)
    match = match_between(kept.id, duplicate.id)
    merge = Merge(
        kept_id=kept.id,
        kept=kept,
        duplicate_id=duplicate.id,
        duplicate=duplicate,
        match_id=match.id if match else None,
        state="proposed",
        reason=reason.strip(),
        proposed_by_id=actor.id,
        proposed_at=clock.now(),
        words="",
    )
    ask(actor, P.PROPOSE_MERGE, merge)
    if not reason.strip():
        raise BadInput("Write why you think that they are one club.")
    _check_free(merge)
    db.session.add(merge)
    db.session.flush()
    _record("propose_merge", merge, actor)
    return merge


def sign_merge(merge: Merge, actor: Any) -> None:
    """Put them together: the duplicate's self-checks end, its history stays, one page is left.

    Its people keep what they can read there, and get no way into the record that goes on.
    """
    _hold(merge.kept, merge.duplicate)
    db.session.refresh(merge)
    ask(actor, P.SIGN_MERGE, merge)
    _check_open(merge)
    _check_free(merge)
    duplicate = merge.duplicate
    for assessment in all_assessments(duplicate.id):
        if Action.CLOSE in actions_from(assessment.status):
            take_step(assessment, Action.CLOSE, None, details={"merge": merge.id})
    wind_up(duplicate, actor)
    duplicate.merged_into_id = merge.kept_id
    _settle(merge, "signed", actor)
    entry = _record("merge", merge, actor)
    match = match_between(merge.kept_id, merge.duplicate_id)
    if match is not None and match.counts:
        settle(match, "merged", actor, merge.reason)
    _tell_owners(merge, entry)
    publish(duplicate)
    publish(merge.kept)


def decline_merge(merge: Merge, actor: Any, *, words: str) -> None:
    """Do not sign it, and say why."""
    db.session.refresh(merge, with_for_update={"of": Merge})
    ask(actor, P.SIGN_MERGE, merge)
    _check_open(merge)
    if not words.strip():
        raise BadInput("Write why you do not sign it.")
    _settle(merge, "declined", actor, words)
    _record("decline_merge", merge, actor)


def withdraw_merge(merge: Merge, actor: Any) -> None:
    """Take a proposal back."""
    db.session.refresh(merge, with_for_update={"of": Merge})
    ask(actor, P.WITHDRAW_MERGE, merge)
    _check_open(merge)
    _settle(merge, "withdrawn", actor)
    _record("withdraw_merge", merge, actor)


def _check_free(merge: Merge) -> None:
    """Neither may be closed; nor suspended, held, on appeal or in another proposal: of which of
    these it is, nothing is said, because not everybody who may ask may know (domain B.5)."""
    both = (merge.kept, merge.duplicate)
    if any(one.closed_at is not None for one in both):
        raise NotAllowedNow("One of them is closed. Only two open records are put together.")
    others = [one for one in open_merges_of({one.id for one in both}) if one is not merge]
    if others or any(map(_is_stopped, both)):
        raise NotAllowedNow(UNDER_WAY)


def _is_stopped(organisation: Organisation) -> bool:
    if holds(organisation.id):
        return True
    return any(
        one.status == Status.SUSPENDED or one.appeal_since is not None
        for one in all_assessments(organisation.id)
    )


def _check_open(merge: Merge) -> None:
    if not merge.is_open:
        raise NotAllowedNow(SETTLED)


def _hold(*organisations: Organisation) -> None:
    """Hold both, in one order for everybody who holds two."""
    for one in sorted(organisations, key=lambda organisation: organisation.id):
        hold(one)


def _settle(merge: Merge, state: str, actor: Any, words: str = "") -> None:
    merge.state, merge.words = state, words.strip()
    merge.settled_at, merge.settled_by_id = clock.now(), actor.id


def _record(action: str, merge: Merge, actor: Any) -> int:
    """The same act in the history of both. Answers the number of the first."""
    details = {"kept": merge.kept_id, "duplicate": merge.duplicate_id, "state": merge.state}
    numbers = [
        record(action, merge, actor, organisation_id=one, details=details).number
        for one in (merge.kept_id, merge.duplicate_id)
    ]
    return numbers[0]


def _tell_owners(merge: Merge, key: int) -> None:
    """One email to each owner; whoever owns both hears of the record that goes on."""
    told: set[int] = set()
    for organisation in (merge.kept, merge.duplicate):
        for account in _owners(organisation):
            if account.id in told:
                continue
            told.add(account.id)
            send(
                organisation,
                "club/merged",
                account,
                key,
                kept=merge.kept.name,
                duplicate=merge.duplicate.name,
                is_kept="yes" if organisation is merge.kept else "",
            )


def _owners(organisation: Organisation) -> list[Account]:
    return [
        one.account
        for one in organisation.members
        if one.role == "owner" and not one.account.disabled
    ]
