"""What every change of a working record has in common: who may, which version, what it touched."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from registry.database import db
from registry.errors import BadInput, NotYours, StaleVersion
from registry.organisations.facts import split_about
from registry.organisations.keeping import Kept, keeping, wanted_facts
from registry.organisations.models import Activity, Organisation, Venue
from registry.organisations.slugs import free_slug, slug_of
from registry.permissions import P, can

Versioned = Organisation | Venue | Activity
TRIES_AT_A_SLUG = 3


def may(actor: Any, permission: P, record: Any = None) -> None:
    """Ask again, where the act is done. Raises NotYours."""
    if not can(actor, permission, record):
        raise NotYours()


def only(values: Mapping[str, Any], allowed: Iterable[str]) -> dict[str, Any]:
    """The values, if every one of them may be set this way. Nobody sets a slug or a state so."""
    unknown = set(values) - set(allowed)
    if unknown:
        raise TypeError(f"cannot be set: {', '.join(sorted(unknown))}")
    return dict(values)


def needed(values: Mapping[str, Any], name: str, sentence: str) -> None:
    """Refuse a name that is given and empty."""
    if name in values and not str(values[name] or "").strip():
        raise BadInput(sentence)


def one_of(values: Mapping[str, Any], name: str, allowed: Iterable[str]) -> None:
    """Refuse a word that the register does not know."""
    if values.get(name) is not None and values[name] not in allowed:
        raise BadInput("Choose one of the answers on the page.")


def different(record: Versioned, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the facts that the club does not want already, the profile answers one by one."""
    facts = split_about(facts)
    wanted = wanted_facts(record, facts)
    return {name: value for name, value in facts.items() if wanted[name] != value}


def keep(
    record: Versioned, facts: Mapping[str, Any], actor: Any, begins_on: date | None = None
) -> Kept:
    """Write facts, or let them wait for the council where the organisation is on the list."""
    return keeping().keep(record, facts, actor, begins_on)


def claim(record: Versioned, version: int | None) -> None:
    """Raise the record's version by one, from the one that this person saw.

    Raises StaleVersion where somebody else was quicker; the database decides, so it holds for
    two servers too. None means whatever stands now.
    """
    seen = record.version if version is None else version
    model = type(record)
    claimed = db.session.execute(
        update(model)
        .where(model.id == record.id, model.version == seen)
        .values(version=seen + 1)
        .returning(model.id)
    ).first()
    if claimed is None:
        raise StaleVersion()


def add_with_slug(record: Organisation | Activity, name: str, otherwise: str) -> None:
    """Give a new record the first free slug of its name, and write it.

    Two people may ask for the same words at once: the one who is slower gets the next number.
    """
    model = type(record)
    wanted = slug_of(name, otherwise)
    for attempt in range(TRIES_AT_A_SLUG):
        alike = select(model.slug).where(model.slug.startswith(wanted, autoescape=True))
        record.slug = free_slug(wanted, set(db.session.scalars(alike)))
        try:
            with db.session.begin_nested():
                db.session.add(record)
            return
        except IntegrityError:
            if attempt == TRIES_AT_A_SLUG - 1:
                raise
