"""One edit: how long it takes until it is found, and how much of that is the index."""

from dataclasses import replace
from functools import lru_cache
from time import perf_counter
from typing import Any
from unittest.mock import patch

from benchmarks.activities import SLICE, Country
from benchmarks.registers import Register
from benchmarks.timing import Finding, Findings, Spread, timed
from registry import clock
from registry.cards.queries import search
from registry.cards.record import CardRecord
from registry.cards.search.index import Index
from registry.cards.search.request import SearchRequest
from registry.cards.services import replace_cards
from registry.database import db

EDITS = 40
_STEP = 997
_SLICES = 4


def measure(register: Register, findings: Findings) -> None:
    """Change one name after another, and look for it in the same transaction."""
    indexing: list[float] = []
    genuine = Index.replace

    def counted(*arguments: Any, **named: Any) -> None:
        began = perf_counter()
        genuine(*arguments, **named)
        # FTS5 would otherwise write what it was given only with the commit.
        arguments[0].to.exec_driver_sql("SAVEPOINT written")
        arguments[0].to.exec_driver_sql("RELEASE SAVEPOINT written")
        indexing.append((perf_counter() - began) * 1_000)

    with patch.object(Index, "replace", counted):
        edits = [_edit(register, number) for number in range(EDITS)]
    extra, whole = Spread(tuple(indexing[1:])), Spread(tuple(edits[1:]))
    findings.add(
        Finding(
            f"{register.engine}, {register.size:,} activities: one edit until it is found",
            "same transaction; ≤ 10 ms extra",
            f"extra {extra}; whole edit with commit {whole}",
            extra.p95 <= 10,
            extra.p50,
        )
    )


def _edit(register: Register, number: int) -> float:
    """How long one took, with its commit."""
    same = organisation(register.country, register.size, number)
    name = f"Quokka {_letters(number)} Club"
    first = same[0]
    changed = replace(first, name=name, document={**first.document, "name": name})
    began = perf_counter()
    replace_cards(first.organisation_id, [changed, *same[1:]])
    wrote = (perf_counter() - began) * 1_000
    found = search(SearchRequest(q=f"quokka {_letters(number)}"))
    if first.activity_id not in {hit.activity_id for hit in found.hits}:
        raise RuntimeError(f"{name} was not found in the transaction that wrote it")
    took, _ = timed(db.session.commit)
    return wrote + took


def organisation(country: Country, size: int, number: int) -> list[CardRecord]:
    """The cards of one of many organisations, from all over the register, as they are in it."""
    every = size // SLICE
    beginning = number % _SLICES * (every // _SLICES) * SLICE if every >= _SLICES else 0
    slice_ = _slice(country.seed, beginning, min(beginning + SLICE, size))
    wanted = slice_[3 + number * _STEP % (len(slice_) - 6)].organisation_id
    return [one for one in slice_ if one.organisation_id == wanted]


@lru_cache(maxsize=_SLICES)
def _slice(seed: int, start: int, stop: int) -> list[CardRecord]:
    return list(Country(seed).records(start, stop, clock.today()))


def _letters(number: int) -> str:
    """A word that is no other activity's."""
    return "zz" + "".join(chr(ord("a") + int(digit)) for digit in str(number))
