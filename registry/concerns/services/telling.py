"""Telling the council something, without an account."""

import secrets

from sqlalchemy.exc import SQLAlchemyError

from registry import clock
from registry.audit import services as history
from registry.concerns.hints import hints_at_harm
from registry.concerns.models import Concern, ConcernStep
from registry.concerns.queries import told_listing
from registry.config import settings
from registry.database import db
from registry.errors import Unavailable
from registry.messages import services as messages

__all__ = ["colour_of", "tell"]

# No 0 or O, 1 or I, so that a reference can be read out over the telephone.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LOOK_TODAY = "council/look-today"


def tell(*, kind: str, words: str, listing: str = "", name: str = "", contact: str = "") -> Concern:
    """Keep what somebody tells us. `listing` is the name of a listing in its address.

    Words that hint at harm make it red, and the duty address is told at once, without them. No
    address is kept, and no account. Raises Unavailable where it cannot be kept; what a database
    says of that may hold the words, so nothing of it goes on.
    """
    hints = hints_at_harm(words)
    card = told_listing(listing) if listing else None
    concern = Concern(
        reference=_new_reference(),
        told_at=clock.now(),
        kind=kind,
        colour=colour_of(kind, hints),
        hints_at_harm=hints,
        listing=listing if card else "",
        organisation_id=card.organisation_id if card else None,
        words=words,
        teller_name=name,
        teller_contact=contact,
    )
    try:
        db.session.add(concern)
        db.session.flush()
    except SQLAlchemyError:
        db.session.rollback()
        raise Unavailable("We could not take this just now. Call us instead") from None
    db.session.add(
        ConcernStep(concern_id=concern.id, what="told", value=concern.colour, at=concern.told_at)
    )
    history.record("tell", ("concern", concern.id), None, details={"colour": concern.colour})
    if concern.colour == "red":
        _say_that_it_is_red(concern)
    return concern


def colour_of(kind: str, hints: bool) -> str:
    """How pressing it is until somebody has read it: any hint of harm is red."""
    if hints:
        return "red"
    return "green" if kind == "listing" else "amber"


def _say_that_it_is_red(concern: Concern) -> None:
    """To whoever is on duty, at once: which one, and nothing of what it says or whom it names."""
    chosen = settings()
    messages.queue(
        LOOK_TODAY,
        chosen.duty_email or chosen.council_email,
        {
            "name": "team",
            "reference": concern.reference,
            "link": f"{chosen.public_url}/council/concerns/{concern.id}",
        },
        f"{LOOK_TODAY}:concern:{concern.id}",
    )


def _new_reference() -> str:
    """A reference such as TU-7KQ2MX: 30 bits of chance, nothing to guess from."""
    return "TU-" + "".join(secrets.choice(LETTERS) for _ in range(6))
