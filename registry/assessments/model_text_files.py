"""Our short texts to start from, as files: with the council's numbers of today in them."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache

from registry.config import settings
from registry.criteria.model_texts import CLUB, SIZES, ModelText, model_texts
from registry.information.queries import help_contacts
from registry.papers.markdown import blocks_of
from registry.papers.open_document import write_odt
from registry.papers.word import write_docx
from registry.web.formats import with_numbers

__all__ = ["FILE_KINDS", "is_model_text", "model_text_file"]

ACCENT = "#0b5563"
_WRITERS = {"docx": write_docx, "odt": write_odt}
FILE_KINDS = frozenset(_WRITERS)

Numbers = tuple[tuple[str, str], ...]


def model_text_file(chosen: ModelText, kind: str, size: str) -> bytes:
    """One text as a Word or ODT file. The same text with the same numbers gives the same bytes."""
    return _set(chosen, kind, size, *_numbers(chosen))


def is_model_text(sha256: str) -> bool:
    """Whether a file is one of our texts just as we hand it out, with nothing filled in."""
    return sha256 in _digests(tuple(_numbers(one) for one in model_texts()))


def _numbers(chosen: ModelText) -> tuple[Numbers, bool]:
    """What stands in for the numbers of a text, and whether any of them is not confirmed."""
    contacts = help_contacts()
    lines = {name: number.replace(" ", "\u00a0") for name, number in contacts.in_texts.items()}
    numbers = {**lines, "council": settings().council_name}
    doubtful = any(one.doubt for one in (contacts.child, contacts.nights, contacts.allegation))
    unsure = doubtful and any(f"{{{name}}}" in chosen.text for name in lines)
    return tuple(sorted(numbers.items())), unsure


@lru_cache(maxsize=128)
def _set(chosen: ModelText, kind: str, size: str, numbers: Numbers, unsure: bool) -> bytes:
    words = f"{_opening(dict(numbers), unsure)}\n\n{chosen.for_size(size)}"
    return _WRITERS[kind](
        blocks_of(with_numbers(words, dict(numbers))),
        title=chosen.title,
        club=CLUB,
        dated=chosen.edited_on,
        accent=ACCENT,
        # Nobody looks for a blank at the foot of a page.
        footer=chosen.title,
    )


@lru_cache(maxsize=2)
def _digests(told: tuple[tuple[Numbers, bool], ...]) -> frozenset[str]:
    """The digest of every text in every size and kind."""
    return frozenset(
        hashlib.sha256(_set(one, kind, size, numbers, unsure)).hexdigest()
        for one, (numbers, unsure) in zip(model_texts(), told, strict=True)
        for kind in FILE_KINDS
        for size in SIZES
    )


def _opening(numbers: Mapping[str, str], unsure: bool) -> str:
    """What stands above every text until the club takes it away."""
    lines = [
        "> **These words are a start, not the end.** Put your own words where you see "
        "[what to fill in]. Take out what does not fit. Add what is missing.",
    ]
    if unsure:
        lines.append(
            "> **Call each number once before you use it.** {council} has not confirmed all of "
            "them here yet."
        )
    lines.append("> [Delete this box when you have finished]")
    return "\n>\n".join(lines).format(**numbers)
