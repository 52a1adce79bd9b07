"""Handing over: the owner offers and the other says yes; or, where the owner has gone, the council.

Nobody becomes an owner behind an owner's back: one who is said to have gone is told at once and
has working days to object before anybody may decide.
"""

from datetime import timedelta
from typing import Any, BinaryIO

from registry import clock
from registry.audit.models import Entry
from registry.audit.services import record
from registry.config import settings
from registry.database import db
from registry.errors import BadInput, NotAllowedNow, NotYours
from registry.files.services import keep
from registry.organisations.models import Organisation
from registry.organisations.services.changing import may
from registry.people.letters import send, send_to_council, send_to_owners
from registry.people.models import HandOver
from registry.people.queries import open_hand_over, person_of
from registry.people.services.members import hold, withdraw_invitations_by
from registry.permissions import P
from registry.web.formats import long_date
from registry.working_days import add_working_days

OFFER_STANDS = timedelta(days=14)
ONE_AT_A_TIME = "A hand-over is open already. It has to end before another can begin."
OVER = "This hand-over has ended. Look at the page of people to see who the owners are."


def offer_place(organisation: Organisation, actor: Any, account_id: int) -> HandOver:
    """Offer one's own place as owner to one of the people. Nothing changes until they say yes."""
    hold(organisation)
    may(actor, P.MANAGE_PEOPLE, organisation)
    membership = person_of(organisation, account_id)
    if membership.role == "owner":
        raise BadInput("This person is an owner already. You can just leave, or become a helper.")
    offered = _begin(organisation, "offered", actor.id, account_id)
    entry = _entry("offer_place", offered, actor)
    send(organisation, "club/place-offered", membership.account, entry.number, by=actor.name)
    return offered


def take_back_offer(organisation: Organisation, actor: Any) -> None:
    """Think better of an offer, or of what the council was asked."""
    hold(organisation)
    found = _waiting(organisation)
    if found.kind == "offered":
        may(actor, P.MANAGE_PEOPLE, organisation)
    elif found.to_id != actor.id:
        raise NotYours()
    _settle(found, "withdrawn", actor)
    _entry("take_back_hand_over", found, actor)


def accept_place(organisation: Organisation, actor: Any) -> None:
    """Say yes: become the owner. Whoever offered the place stays as a helper."""
    found = _offered_to(organisation, actor)
    giver = next((m for m in organisation.members if m.account_id == found.from_id), None)
    if giver is None or giver.role != "owner":
        raise NotAllowedNow("Whoever offered you this place does not own it any more.")
    person_of(organisation, actor.id).role = "owner"
    giver.role = "member"
    _settle(found, "done", actor)
    entry = _entry("accept_place", found, actor)
    send(organisation, "club/handed-over", giver.account, entry.number, to=actor.name)


def decline_place(organisation: Organisation, actor: Any) -> None:
    """Say no: everything stays as it was, and the owner is told."""
    found = _offered_to(organisation, actor)
    _settle(found, "declined", actor)
    entry = _entry("decline_place", found, actor)
    if found.giver is not None:
        send(organisation, "club/place-declined", found.giver, entry.number, by=actor.name)


def ask_for_place(
    organisation: Organisation, actor: Any, *, reason: str, proof: BinaryIO, filename: str
) -> HandOver:
    """Tell the council that the owner has gone, with a proof. The owners are told at once.

    Raises BadInput for a file that may not come in, NotAllowedNow while another is open.
    """
    hold(organisation)
    may(actor, P.ASK_FOR_HAND_OVER, organisation)
    if organisation.closed_at is not None:
        raise NotAllowedNow("This organisation is closed.")
    if not reason.strip():
        raise BadInput("Tell us what happened")
    _end_old_offer(organisation, actor)
    asked = _begin(organisation, "asked", None, actor.id)
    asked.reason = reason.strip()
    asked.file_id = keep(proof, filename, organisation.id, actor.id).id
    asked.not_before_on = add_working_days(clock.today(), settings().hand_over_objection_days)
    entry = _entry("ask_for_place", asked, actor)
    send_to_owners(
        organisation,
        "club/place-asked-for",
        entry.number,
        by=actor.name,
        until=long_date(asked.not_before_on),
    )
    send_to_council(organisation, "council/hand-over", entry.number, _address(asked))
    return asked


def object_to_hand_over(organisation: Organisation, actor: Any) -> None:
    """The owner is still there: the request ends, and whoever asked is told."""
    hold(organisation)
    may(actor, P.OBJECT_TO_HAND_OVER, organisation)
    found = _waiting(organisation)
    if found.kind != "asked":
        raise NotAllowedNow(OVER)
    _settle(found, "objected", actor)
    entry = _entry("object_to_hand_over", found, actor)
    send(organisation, "club/place-objected", found.taker, entry.number)


def stands_in_the_way(found: HandOver) -> bool:
    """Whether nobody can ask the council meanwhile: an offer does for 14 days, what was asked
    until it is settled."""
    return found.kind == "asked" or found.begun_at >= clock.now() - OFFER_STANDS


def confirm_hand_over(found: HandOver, actor: Any, words: str) -> None:
    """The council makes the helper the owner. The owners who have gone become helpers.

    Raises NotAllowedNow before the time to object is over, or where it has ended.
    """
    organisation = _held(found, actor)
    if found.not_before_on is None or clock.today() <= found.not_before_on:
        raise NotAllowedNow("The owner still has time to object. Decide when it is over.")
    _needed(words, "Write why you confirm it")
    taker = person_of(organisation, found.to_id)
    gone = [member for member in organisation.members if member.role == "owner"]
    taker.role = "owner"
    for member in gone:
        member.role = "member"
        withdraw_invitations_by(organisation, member.account_id)
    _settle(found, "done", actor, words)
    entry = _entry("confirm_hand_over", found, actor)
    send(organisation, "club/place-given", taker.account, entry.number)
    for member in gone:
        send(organisation, "club/place-taken", member.account, entry.number, to=taker.account.name)


def decline_hand_over(found: HandOver, actor: Any, words: str) -> None:
    """The council says no, with the reason that the helper reads."""
    organisation = _held(found, actor)
    _needed(words, "Write why you decline it")
    _settle(found, "declined", actor, words)
    entry = _entry("decline_hand_over", found, actor)
    send(organisation, "club/place-refused", found.taker, entry.number, reason=words.strip())


def _begin(organisation: Organisation, kind: str, from_id: int | None, to_id: int) -> HandOver:
    if open_hand_over(organisation.id) is not None:
        raise NotAllowedNow(ONE_AT_A_TIME)
    begun = HandOver(
        organisation_id=organisation.id,
        organisation=organisation,
        kind=kind,
        state="open",
        from_id=from_id,
        to_id=to_id,
        begun_at=clock.now(),
    )
    db.session.add(begun)
    db.session.flush()
    return begun


def _end_old_offer(organisation: Organisation, actor: Any) -> None:
    """An offer that nobody answered stands in nobody's way when its owner has gone."""
    offered = open_hand_over(organisation.id)
    if offered is not None and not stands_in_the_way(offered):
        _settle(offered, "withdrawn", actor)
        _entry("take_back_hand_over", offered, actor)
        db.session.flush()


def _waiting(organisation: Organisation) -> HandOver:
    found = open_hand_over(organisation.id)
    if found is None:
        raise NotAllowedNow(OVER)
    return found


def _offered_to(organisation: Organisation, actor: Any) -> HandOver:
    hold(organisation)
    may(actor, P.ANSWER_HAND_OVER, organisation)
    found = _waiting(organisation)
    if found.kind != "offered" or found.to_id != actor.id:
        raise NotAllowedNow(OVER)
    return found


def _held(found: HandOver, actor: Any) -> Organisation:
    """Hold what the council decides on, and ask again. Raises NotAllowedNow where it has ended."""
    organisation = found.organisation
    hold(organisation)
    db.session.refresh(found)
    may(actor, P.DECIDE_HAND_OVER, found)
    if found.state != "open":
        raise NotAllowedNow(OVER)
    return organisation


def _needed(words: str, sentence: str) -> None:
    if not words.strip():
        raise BadInput(sentence)


def _settle(found: HandOver, state: str, actor: Any, words: str = "") -> None:
    found.state, found.words = state, words.strip()
    found.settled_at, found.settled_by_id = clock.now(), actor.id


def _entry(action: str, found: HandOver, actor: Any) -> Entry:
    return record(
        action,
        found,
        actor,
        organisation_id=found.organisation_id,
        details={"from": found.from_id, "to": found.to_id, "state": found.state},
    )


def _address(found: HandOver) -> str:
    return f"/council/hand-overs/{found.id}"
