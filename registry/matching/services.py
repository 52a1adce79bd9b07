"""Remembering what organisations are known by, and holding it against every other record.

Closed, suspended and revoked ones are records as any other. None of this commits, and none of it
decides anything about anybody.
"""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import delete, func, select, tuple_
from sqlalchemy.exc import IntegrityError

from registry import clock
from registry.audit.services import record
from registry.config import settings
from registry.database import db
from registry.errors import BadInput, NotAllowedNow, NotYours, StaleVersion
from registry.matching.gathering import known_by
from registry.matching.models import Match, Trait
from registry.matching.queries import matches_between, organisations_with_people
from registry.matching.scoring import (
    FILE,
    HELD_BY_MANY,
    NAME,
    Likeness,
    Traits,
    alike_among,
    likeness,
)
from registry.permissions import P, can

# At most this many values in one question to the database.
_AT_ONCE = 400

Known = Collection[tuple[str, str]]


def remember(
    organisation_id: int,
    told: Known,
    *,
    is_ours: Callable[[str], bool] = lambda sha256: False,
    may_be_ours: Collection[str] = (),
) -> None:
    """Keep what an organisation is known by, as (kind, plain words), and look who else is.

    Nothing that was known before is forgotten. Call it after the act's entry is written: those
    who write entries stand in line, so of two clubs that come at once the second always sees the
    first. `is_ours` knows the files that the council hands out itself, and is asked only about
    those of `may_be_ours` that somebody else has sent as well.
    """
    new = sketch(told) - _known(organisation_id)
    if not new:
        return
    now = clock.now()
    db.session.add_all(
        Trait(organisation_id=organisation_id, kind=kind, value=value, since=now)
        for kind, value in sorted(new)
    )
    db.session.flush()
    files = _holders({value for kind, value in new if kind == FILE})
    _forget_ours(files, {_value(FILE, sha256): sha256 for sha256 in may_be_ours}, is_ours)
    others = _sharing(organisation_id, {one for one in new if one[0] != FILE})
    others |= _alike(organisation_id, {value for kind, value in new if kind == NAME})
    others |= {one for held in files.values() if len(held) < HELD_BY_MANY for one in held}
    pairs = {_pair(organisation_id, other) for other in others - {organisation_id}}
    _compare(pairs | _pairs_that_lost_a_file(organisation_id, files))


def sketch(told: Known) -> set[tuple[str, str]]:
    """What somebody is known by, as it is kept: to be held against what is kept of others."""
    return {(kind, _value(kind, words)) for kind, words in told if words}


def refresh() -> int:
    """Take in what has changed in the working records since: a telephone, a place, an owner.

    Answers how many organisations had something new. Those of which nothing is known yet are left
    to whoever knows what they have sent.
    """
    before: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for organisation_id, kind, value in db.session.execute(
        select(Trait.organisation_id, Trait.kind, Trait.value)
    ):
        before[organisation_id].add((kind, value))
    changed = 0
    for organisation in organisations_with_people(sorted(before)):
        told = {(kind, words) for kind, words in known_by(organisation) if words}
        if {(kind, _value(kind, words)) for kind, words in told} - before[organisation.id]:
            remember(organisation.id, told)
            changed += 1
    return changed


def settle_as_not_the_same(one: Match, actor: Any, *, version: int, reason: str) -> None:
    """Say that two records are two clubs. What was found so far counts no more.

    Something new in common is a new reason. Raises BadInput without a reason, StaleVersion
    where the match has changed since it was read.
    """
    db.session.refresh(one, with_for_update={"of": Match})
    if not can(actor, P.SETTLE_MATCH, one):
        raise NotYours()
    if one.version != version:
        raise StaleVersion("This match has changed since you opened it. Read it again.")
    if not one.counts:
        raise NotAllowedNow("Somebody has answered this match already.")
    if not reason.strip():
        raise BadInput("Write why they are not the same.")
    settle(one, "not_the_same", actor, reason)


def settle(one: Match, settled_as: str, actor: Any, reason: str) -> None:
    """Answer everything that a pair has in common so far."""
    one.settled_as, one.settled_hits = settled_as, list(one.hits)
    one.settled_at, one.settled_by_id = clock.now(), actor.id
    one.reason, one.version = reason.strip(), one.version + 1
    for organisation_id in (one.one_id, one.other_id):
        record(
            "settle_match",
            one,
            actor,
            organisation_id=organisation_id,
            details={"as": settled_as, "hits": list(one.hits)},
            restricted=True,
        )


def _compare(pairs: Iterable[tuple[int, int]]) -> None:
    """Work out some pairs anew, and write what has changed."""
    wanted = sorted(pairs)
    if not wanted:
        return
    traits = _traits_of({number for pair in wanted for number in pair})
    held = _counts({value for one in traits.values() for value in one.get(FILE, ())})
    found = {pair: likeness(traits[pair[0]], traits[pair[1]], held) for pair in wanted}
    known = matches_between(wanted)
    for pair, match in known.items():
        _renew(match, found[pair])
    new = {pair: one for pair, one in found.items() if pair not in known and one.hits}
    try:
        _begin(new)
    except IntegrityError:
        # Somebody else has just found one of them: one by one, then.
        for pair, one in new.items():
            there = matches_between([pair]).get(pair)
            _renew(there, one) if there else _begin({pair: one})
    db.session.flush()


def _renew(known: Match, found: Likeness) -> None:
    """Write a pair anew, where it is not as it was."""
    hits = list(found.hits)
    if known.hits == hits:
        return
    if set(hits) - set(known.hits):
        known.found_at = clock.now()
    known.hits, known.strength = hits, str(found.strength)
    known.version += 1


def _begin(new: Mapping[tuple[int, int], Likeness]) -> None:
    """Write pairs that were not there. Raises IntegrityError where one of them is by now."""
    now = clock.now()
    with db.session.begin_nested():
        db.session.add_all(
            Match(
                one_id=first,
                other_id=second,
                hits=list(found.hits),
                strength=str(found.strength),
                settled_hits=[],
                found_at=now,
            )
            for (first, second), found in new.items()
        )


def _forget_ours(
    files: dict[str, set[int]], plain: Mapping[str, str], is_ours: Callable[[str], bool]
) -> None:
    """A text that the council hands out says nothing of whoever sends it back."""
    for value in [one for one, held in files.items() if len(held) > 1 and one in plain]:
        if is_ours(plain[value]):
            db.session.execute(delete(Trait).where(Trait.kind == FILE, Trait.value == value))
            del files[value]


def _pairs_that_lost_a_file(
    organisation_id: int, files: Mapping[str, set[int]]
) -> set[tuple[int, int]]:
    """With a third holder a file says nothing any more of the two who had it before."""
    pairs = set()
    for held in files.values():
        before = held - {organisation_id}
        if len(held) == HELD_BY_MANY and len(before) == HELD_BY_MANY - 1:
            first, second = sorted(before)
            pairs.add((first, second))
    return pairs


def _known(organisation_id: int) -> set[tuple[str, str]]:
    rows = db.session.execute(
        select(Trait.kind, Trait.value).where(Trait.organisation_id == organisation_id)
    )
    return {(kind, value) for kind, value in rows}


def _sharing(organisation_id: int, new: Collection[tuple[str, str]]) -> set[int]:
    """Who else is known by one of these."""
    found: set[int] = set()
    for some in _portions(sorted(new)):
        found |= set(
            db.session.scalars(
                select(Trait.organisation_id).where(
                    tuple_(Trait.kind, Trait.value).in_(some),
                    Trait.organisation_id != organisation_id,
                )
            )
        )
    return found


def _alike(organisation_id: int, names: Collection[str]) -> set[int]:
    """Who else has a name like one of these. Names that are much longer or shorter cannot be."""
    found: set[int] = set()
    for name in names:
        rows = db.session.execute(
            select(Trait.id, Trait.organisation_id, Trait.value).where(
                Trait.kind == NAME,
                Trait.organisation_id != organisation_id,
                func.length(Trait.value).between(int(len(name) * 0.8), len(name) * 1.25 + 1),
            )
        ).all()
        whose = {row.id: row.organisation_id for row in rows}
        found |= {whose[key] for key in alike_among(name, {row.id: row.value for row in rows})}
    return found


def _holders(digests: Collection[str]) -> dict[str, set[int]]:
    """Who holds each of some files; nobody needs to know more than a few of many."""
    found: dict[str, set[int]] = {}
    few = {digest for digest, count in _counts(digests).items() if count <= HELD_BY_MANY}
    for some in _portions(sorted(few)):
        rows = db.session.execute(
            select(Trait.value, Trait.organisation_id).where(
                Trait.kind == FILE, Trait.value.in_(some)
            )
        )
        for value, organisation_id in rows:
            found.setdefault(value, set()).add(organisation_id)
    return found


def _counts(digests: Collection[str]) -> dict[str, int]:
    """How many organisations hold each of some files."""
    found: dict[str, int] = {}
    for some in _portions(sorted(digests)):
        rows = db.session.execute(
            select(Trait.value, func.count())
            .where(Trait.kind == FILE, Trait.value.in_(some))
            .group_by(Trait.value)
        )
        found |= {row[0]: row[1] for row in rows}
    return found


def _traits_of(organisation_ids: Collection[int]) -> dict[int, Traits]:
    """All that some organisations are known by."""
    found: dict[int, dict[str, set[str]]] = {
        number: defaultdict(set) for number in organisation_ids
    }
    for some in _portions(sorted(organisation_ids)):
        rows = db.session.execute(
            select(Trait.organisation_id, Trait.kind, Trait.value).where(
                Trait.organisation_id.in_(some)
            )
        )
        for organisation_id, kind, value in rows:
            found[organisation_id][kind].add(value)
    return {
        number: {kind: frozenset(values) for kind, values in one.items()}
        for number, one in found.items()
    }


def _value(kind: str, words: str) -> str:
    """A name as it is; everything else as a digest under the installation's own key."""
    if kind == NAME:
        return words
    said = f"trait:{kind}:{words}".encode()
    return hmac.new(settings().secret_key.encode(), said, hashlib.sha256).hexdigest()


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _portions(values: list[Any]) -> Iterable[list[Any]]:
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))
