"""What may be wrong with a paper, guessed from its words. Pure; the patterns are content.

A guess never refuses. The person who sends the paper answers it, and the reviewer sees both.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from registry.criteria.model_texts import blanks_in

__all__ = ["BLANKS", "PaperRisk", "paper_risk", "paper_risks", "risks_for", "risks_in"]

BLANKS = "blanks"
_LONGEST = 400_000  # characters that are looked at: more than any policy has


@dataclass(frozen=True)
class PaperRisk:
    """One thing that may be wrong with a paper.

    `seen`, `do` and `answer` are for the club: what was seen, what to do, and the words beside
    the tick; `reviewer` and `words` for the reviewer: what to look for, and what to write back.
    """

    key: str
    flag: str
    seen: str
    do: str
    answer: str
    reviewer: str
    words: str
    any_of: tuple[re.Pattern[str], ...] = ()
    all_of: tuple[re.Pattern[str], ...] = ()
    least: int = 1
    names_of_others: bool = False
    blanks: bool = False
    questions: tuple[str, ...] = ()

    def concerns(self, question_key: str) -> bool:
        """Whether it matters in a paper for this question."""
        return not self.questions or question_key in self.questions

    def is_in(self, text: str, own: str, others: Iterable[str], numbers: Sequence[str]) -> bool:
        """Whether the words look like it. `numbers` are telephone numbers that are no secret."""
        if self.blanks:
            return bool(blanks_in(text))
        if self.names_of_others:
            return _names_another(text, own, others)
        if self.all_of:
            return all(pattern.search(text) for pattern in self.all_of)
        found = (hit for pattern in self.any_of for hit in pattern.finditer(text))
        hits = {hit[0] for hit in found if not _is_known(hit[0], numbers)}
        return len(hits) >= self.least


def risks_in(
    text: str, *, own: str = "", others: Iterable[str] = (), numbers: Sequence[str] = ()
) -> tuple[str, ...]:
    """The keys of everything that the words of a paper look like."""
    words = text[:_LONGEST].replace("'", "’")  # as the patterns are written
    if not words.strip():
        return ()
    return tuple(one.key for one in paper_risks() if one.is_in(words, own, others, numbers))


def paper_risk(key: str) -> PaperRisk:
    """The risk of that key. Raises KeyError."""
    for one in paper_risks():
        if one.key == key:
            return one
    raise KeyError(key)


def risks_for(keys: Iterable[str] | None, question_key: str) -> tuple[PaperRisk, ...]:
    """Of the risks that were seen in a paper, those that matter for this question."""
    seen = frozenset(keys or ())
    return tuple(one for one in paper_risks() if one.key in seen and one.concerns(question_key))


@cache
def paper_risks() -> tuple[PaperRisk, ...]:
    """Every risk of our content. Raises KeyError, TypeError or re.error for what makes no sense."""
    path = resources.files("registry.criteria") / "content" / "paper-risks.toml"
    return tuple(_risk(one) for one in tomllib.loads(path.read_text(encoding="utf-8"))["risk"])


def _risk(written: dict[str, Any]) -> PaperRisk:
    left = dict(written)
    how = 0 if left.pop("exact", False) else re.IGNORECASE
    return PaperRisk(
        any_of=tuple(re.compile(one, how) for one in left.pop("any", [])),
        all_of=tuple(re.compile(one, how) for one in left.pop("all", [])),
        questions=tuple(left.pop("questions", [])),
        **left,
    )


def _is_known(hit: str, numbers: Sequence[str]) -> bool:
    """Whether a hit is one of the club's own public numbers."""
    digits = _digits(hit)
    return bool(digits) and digits in {_digits(one) for one in numbers}


def _digits(words: str) -> str:
    digits = re.sub(r"\D", "", words)
    return "0" + digits[2:].removeprefix("0") if digits.startswith("44") else digits


def _names_another(text: str, own: str, others: Iterable[str]) -> bool:
    """Whether another club is named in full. Short and common names tell nothing."""
    folded, mine = _folded(text), _folded(own)
    for name in others:
        other = _folded(name)
        told = len(other) >= 10 and " " in other
        if told and other not in mine and mine not in other and f" {other} " in f" {folded} ":
            return True
    return False


def _folded(text: str) -> str:
    return " ".join(
        re.sub(r"[^\w]+", " ", text.casefold().replace("’", "").replace("'", "")).split()
    )
