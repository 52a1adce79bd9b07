"""One edit: how long it takes until it is found, and how much of that is the index."""

from dataclasses import replace
from time import perf_counter
from typing import Any
from unittest.mock import patch

from benchmarks.registers import Register
from benchmarks.timing import Finding, Findings, Spread, timed
from registry import clock
from registry.cards.queries import search
from registry.cards.search.index import Index
from registry.cards.search.request import SearchRequest
from registry.cards.services import replace_cards
from registry.database import db

EDITS = 40
_STEP = 7_919


def measure(register: Register, findings: Findings) -> None:
    """Change one name after another, and look for it in the same transaction."""
    indexing: list[float] = []
    genuine = Index.replace

    def counted(*arguments: Any, **named: Any) -> None:
        began = perf_counter()
        genuine(*arguments, **named)
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
    at = (number * _STEP) % register.size // 3 * 3 + 1
    same = [
        one
        for one in register.country.records(at - 1, min(at + 2, register.size), clock.today())
        if one.organisation_id == (at + 2) // 3
    ]
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


def _letters(number: int) -> str:
    """A word that is no other activity's."""
    return "zz" + "".join(chr(ord("a") + int(digit)) for digit in str(number))
