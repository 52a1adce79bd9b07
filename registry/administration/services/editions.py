"""Writing an edition of the criteria, and saying from which day it counts."""

import secrets
from datetime import date
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from registry import clock
from registry.administration.edition_text import (
    UnreadableEdition,
    moved,
    next_number,
    numbered,
    read_edition,
    with_words,
)
from registry.administration.models import KeptEdition
from registry.administration.queries import EDITIONS, find_kept, kept_adopted, used_numbers
from registry.audit import services as history
from registry.cards.services import raise_version
from registry.criteria.loading import current_edition, shipped_text
from registry.database import db
from registry.errors import BadInput, NotAllowedNow, NotYours, StaleVersion
from registry.lists.items import Item
from registry.lists.services import keep_version
from registry.permissions import P, can


def begin_draft(actor: Any) -> KeptEdition:
    """Start a draft from the edition that counts today."""
    _ask(actor)
    current = current_edition().number
    number = next_number(used_numbers())
    kept = find_kept(current)
    text = numbered(kept.document if kept else shipped_text(current), number, clock.today())
    draft = KeptEdition(
        number=number, document=text, version=1, made_at=clock.now(), made_by_id=actor.id
    )
    try:
        with db.session.begin_nested():
            db.session.add(draft)
    except IntegrityError as error:
        raise StaleVersion("Somebody began a draft just now. Look at the list again.") from error
    history.record("begin_edition", draft, actor, details={"number": number, "from": current})
    return draft


def change_words(
    draft: KeptEdition, actor: Any, seen: int, key: str, words: dict[str, Any]
) -> None:
    """Put one question in other words. Raises BadInput where those are not fit for it."""
    text = with_words(draft.document, key, words)
    wrong = [one for one in read_edition(text, draft.number).problems if one.startswith(f"{key}:")]
    if wrong:
        said = (one.removeprefix(f"{key}: ") for one in wrong)
        raise BadInput(" ".join(f"{one[:1].upper()}{one[1:]}." for one in said))
    _save(draft, actor, seen, text, {"question": key})


def move_question(draft: KeptEdition, actor: Any, seen: int, key: str, places: int) -> None:
    """Ask one question earlier or later."""
    _save(draft, actor, seen, moved(draft.document, key, places), {"question": key, "moved": True})


def replace_text(draft: KeptEdition, actor: Any, seen: int, text: str) -> None:
    """Take a whole document instead. Raises BadInput where it is no edition."""
    try:
        read_edition(text, draft.number)
    except UnreadableEdition as unreadable:
        raise BadInput(str(unreadable)) from unreadable
    _save(draft, actor, seen, text, {"document": True})


def adopt(draft: KeptEdition, actor: Any, seen: int, in_force_on: date) -> None:
    """Say from which day a draft counts. From then on it is never changed.

    Raises BadInput for a day that has passed, and where something must be put right first.
    """
    _ask(actor)
    if in_force_on < clock.today():
        raise BadInput("The day must be today or after.")
    if any(day >= in_force_on for day in _days()):
        raise BadInput("Another edition comes into force on that day or after it.")
    if read_edition(draft.document, draft.number).problems:
        raise BadInput("Put right first what is listed on the page of the draft.")
    _take_version(draft, seen)
    draft.in_force_on = in_force_on
    draft.published_at, draft.published_by_id = clock.now(), actor.id
    kept, stamp = kept_adopted(), secrets.token_hex(8)
    item = Item(draft.number, "", details=_details(in_force_on, stamp))
    keep_version(EDITIONS, kept.number, [*_without(draft.number), item], actor)
    raise_version()
    history.record("adopt_edition", draft, actor, details=_entry(draft))


def take_back(edition: KeptEdition, actor: Any, seen: int) -> None:
    """Make an edition a draft again that is not in force yet."""
    _ask(actor)
    if edition.in_force_on is None or edition.in_force_on <= clock.today():
        raise NotAllowedNow("This edition is in force. Write a new one instead.")
    _take_version(edition, seen)
    details = _entry(edition)
    edition.in_force_on = edition.published_at = edition.published_by_id = None
    keep_version(EDITIONS, kept_adopted().number, _without(edition.number), actor)
    raise_version()
    history.record("take_back_edition", edition, actor, details=details)


def throw_away(draft: KeptEdition, actor: Any, seen: int) -> None:
    """Throw a draft away that nobody wants any more."""
    _ask(actor)
    _check_draft(draft)
    _take_version(draft, seen)
    history.record("throw_away_edition", draft, actor, details={"number": draft.number})
    db.session.delete(draft)


def _save(draft: KeptEdition, actor: Any, seen: int, text: str, details: dict[str, Any]) -> None:
    _ask(actor)
    _check_draft(draft)
    _take_version(draft, seen)
    draft.document = text
    history.record("change_edition", draft, actor, details={"number": draft.number, **details})


def _check_draft(draft: KeptEdition) -> None:
    if draft.in_force_on is not None:
        raise NotAllowedNow("An edition that has a day is never changed. Begin a new draft.")


def _take_version(edition: KeptEdition, seen: int) -> None:
    """Two people at once: the second finds that the draft has moved."""
    taken = db.session.scalars(
        update(KeptEdition)
        .where(KeptEdition.id == edition.id, KeptEdition.version == seen)
        .values(version=seen + 1)
        .returning(KeptEdition.version)
    ).all()
    if not taken:
        raise StaleVersion()
    db.session.refresh(edition)


def _without(number: str) -> list[Item]:
    """The list of adopted editions without one."""
    return [one for one in kept_adopted() if one.code != number]


def _days() -> list[date]:
    return [date.fromisoformat(one.details["in_force_on"]) for one in kept_adopted().offered]


def _details(in_force_on: date, stamp: str) -> dict[str, Any]:
    return {"in_force_on": in_force_on.isoformat(), "stamp": stamp}


def _entry(edition: KeptEdition) -> dict[str, Any]:
    assert edition.in_force_on is not None
    return {"number": edition.number, "in_force_on": edition.in_force_on.isoformat()}


def _ask(actor: Any) -> None:
    if not can(actor, P.MANAGE_EDITIONS):
        raise NotYours()
