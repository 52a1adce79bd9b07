"""What the council does with a concern: how pressing it is, whose it is, and where it goes."""

from datetime import date
from typing import Any

from registry import clock
from registry.assessments.steps import ask
from registry.audit import services as history
from registry.concerns.models import COLOURS, HANDED_TO, OUTCOMES, Concern, ConcernStep
from registry.database import db
from registry.errors import BadInput, NotAllowedNow, StaleVersion
from registry.organisations.models import Organisation
from registry.permissions import P

__all__ = ["change_colour", "close", "hand_over", "link"]


def change_colour(concern: Concern, actor: Any, *, version: int, colour: str, reason: str) -> None:
    """Say how pressing it is, and why."""
    _begin(concern, actor, version)
    if colour not in COLOURS:
        raise BadInput("Choose red, amber or green.")
    if colour == concern.colour:
        raise BadInput("It has this colour already. Choose another, or go back.")
    if not reason.strip():
        raise BadInput("Write why.")
    before, concern.colour = concern.colour, colour
    _done(concern, actor, "colour", colour, reason, {"from": before, "to": colour})


def link(concern: Concern, actor: Any, *, version: int, organisation: Organisation | None) -> None:
    """Say which organisation it is about, or that it is about none that we know.

    From then on nobody with a link to that organisation can know of it.
    """
    _begin(concern, actor, version)
    if organisation is not None:
        ask(actor, P.WORK_CONCERN, organisation)
    concern.organisation = organisation
    number = organisation.id if organisation else 0
    _done(concern, actor, "link", str(number), "", {"organisation": number})


def hand_over(
    concern: Concern,
    actor: Any,
    *,
    version: int,
    to: str,
    on: date,
    reference: str,
) -> None:
    """Write down that it was referred: to whom, on which day, under which reference.

    From this day it is 30 days until the words and who told us go.
    """
    _begin(concern, actor, version)
    if to not in HANDED_TO:
        raise BadInput("Choose whom you handed it to.")
    if on > clock.today():
        raise BadInput("The day must be today or before.")
    if not reference.strip():
        raise BadInput("Write the reference that they gave you.")
    concern.handed_to, concern.handed_on = to, on
    concern.handed_reference = reference.strip()
    _settle(concern, actor, "handed_over")
    _done(concern, actor, "hand_over", to, "", {"to": to})


def close(concern: Concern, actor: Any, *, version: int, outcome: str, words: str) -> None:
    """Say what was done, and close it. A red one is handed over, or made another colour first."""
    _begin(concern, actor, version)
    if outcome not in OUTCOMES:
        raise BadInput("Choose what was done.")
    if concern.colour == "red":
        raise NotAllowedNow(
            "A red one is not closed. Hand it over, or say first why it is not red."
        )
    if not words.strip():
        raise BadInput("Write what was done.")
    concern.outcome = outcome
    _settle(concern, actor, "closed")
    _done(concern, actor, "close", outcome, words, {"outcome": outcome})


def _begin(concern: Concern, actor: Any, version: int) -> None:
    """Hold it until the transaction ends, and refuse what was decided on an older one."""
    db.session.flush()
    db.session.refresh(concern, with_for_update={"of": Concern})
    ask(actor, P.WORK_CONCERN, concern)
    if concern.version != version:
        raise StaleVersion()
    if not concern.is_open:
        raise NotAllowedNow("This was handed over or closed meanwhile.")


def _settle(concern: Concern, actor: Any, state: str) -> None:
    concern.state = state
    concern.settled_at, concern.settled_by_id = clock.now(), actor.id


def _done(
    concern: Concern, actor: Any, what: str, value: str, words: str, details: dict[str, Any]
) -> None:
    """One more version, its step, and an entry. Entries name no club: whoever may see a club's
    entries may still have a link to it."""
    concern.version += 1
    concern.steps.append(
        ConcernStep(what=what, value=value, words=words.strip(), by_id=actor.id, at=clock.now())
    )
    db.session.flush()
    history.record(f"{what}_concern", ("concern", concern.id), actor, details=details)
