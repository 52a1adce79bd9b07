"""The papers of a case beside the question: their pages as pictures and words, and what is found
in them. What is wanted stands in the address, so nothing needs a script."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from registry.assessments.models import Submission
from registry.criteria.paper_risks import PaperRisk, risks_for
from registry.database import db
from registry.files.models import PaperPage, PaperReading, StoredFile
from registry.files.paper_pages import pages_of, reading_of
from registry.files.scanning import may_be_shown
from registry.files.services import text_of
from registry.web.identifiers import sent_number

__all__ = ["Paper", "Shown", "Wanted", "marked", "papers_of", "paragraphs"]

LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Wanted:
    """What the address asks to see of the papers."""

    file_id: int = 0
    page: int = 0
    find: str = ""
    large: bool = False

    @classmethod
    def from_address(cls, given: Mapping[str, str]) -> "Wanted":
        """What an address says; nonsense counts as nothing."""
        return cls(
            file_id=sent_number(given.get("paper", "")) or 0,
            page=sent_number(given.get("page", "")) or 0,
            find=" ".join(given.get("find", "").split())[:LONGEST_SEARCH],
            large=given.get("large") == "1",
        )

    def address(self, **other: Any) -> dict[str, Any]:
        """The same as parts of an address, with some of it replaced; what is empty is left out."""
        wanted = replace(self, **other)
        parts = {"paper": wanted.file_id, "page": wanted.page, "find": wanted.find}
        return {name: said for name, said in parts.items() if said} | (
            {"large": 1} if wanted.large else {}
        )


@dataclass(frozen=True)
class Paper:
    """One paper that was sent, as it is shown for a question."""

    file_id: int
    name: str
    page: str
    stored: StoredFile | None
    risks: tuple[PaperRisk, ...] = ()

    @property
    def first_page(self) -> int:
        """The page that the club points at; else the first."""
        said = re.search("[0-9]{1,3}", self.page)
        return int(said.group()) if said else 1


@dataclass(frozen=True)
class Shown:
    """The papers beside a question, with one of them open at one page."""

    papers: Sequence[Paper]
    others: Sequence[Paper]
    wanted: Wanted

    @cached_property
    def open(self) -> Paper | None:
        """The paper that is open: the one that is asked for, else the first of the question."""
        for paper in (*self.papers, *self.others):
            if paper.file_id == self.wanted.file_id:
                return paper
        return self.papers[0] if self.papers else None

    @cached_property
    def state(self) -> str:
        """`ready`; or why its pages are not shown: `erased`, `closed`, `broken` or `waiting`."""
        stored = self.open.stored if self.open else None
        if stored is None or stored.erased_at:
            return "erased"
        if not may_be_shown(stored):
            return "closed"
        if self.reading is None:
            return "waiting"
        return "broken" if self.reading.made == "broken" else "ready"

    @cached_property
    def reading(self) -> PaperReading | None:
        """How far the worker came with the open paper."""
        stored = self.open.stored if self.open else None
        return reading_of(stored) if stored else None

    @cached_property
    def pages(self) -> list[PaperPage]:
        """The pages of the open paper."""
        stored = self.open.stored if self.open else None
        return pages_of(stored) if stored and self.state == "ready" else []

    @cached_property
    def found(self) -> list[tuple[int, int]]:
        """The pages on which the words stand that are looked for, and how often on each."""
        counts = [(one.number, _count(one.words, self.wanted.find)) for one in self.pages]
        return [(number, times) for number, times in counts if times]

    @cached_property
    def page(self) -> PaperPage | None:
        """The page that is open: the one asked for; else the first find, or where it points."""
        if not self.pages or self.open is None:
            return None
        number = self.wanted.page or (self.found[0][0] if self.found else self.open.first_page)
        return self.pages[min(max(number, 1), len(self.pages)) - 1]

    @property
    def at(self) -> int:
        """The number of the open page; 0 where there is none."""
        return self.page.number if self.page else 0

    @property
    def lines(self) -> list[list[tuple[str, bool]]]:
        """The words of the open page, or of the whole paper while it has no pages."""
        if self.page is not None:
            text = self.page.words
        else:
            stored = self.open.stored if self.open else None
            text = text_of(stored) if stored and self.state == "waiting" else ""
        return [marked(line, self.wanted.find) for line in paragraphs(text)]

    def address(self, **other: Any) -> dict[str, Any]:
        """The parts of an address of this paper and page, with some of it replaced."""
        file_id = self.open.file_id if self.open else 0
        return self.wanted.address(**{"file_id": file_id, "page": self.at, **other})

    @property
    def next_paper(self) -> Paper | None:
        """The paper of this question after the open one, going round."""
        if self.open is None or self.open not in self.papers:
            return self.papers[0] if self.papers else None
        after = (list(self.papers).index(self.open) + 1) % len(self.papers)
        return self.papers[after] if len(self.papers) > 1 else None


def papers_of(submission: Submission, key: str, named: Iterable[int]) -> list[Paper]:
    """The papers of a question: those shown for it, or named in its answer. Every one for ''."""
    wanted = set(named)
    found: dict[int, Paper] = {}
    for one in submission.document["evidence"]:
        if key in ("", one["question_key"]) or one["id"] in wanted:
            found.setdefault(
                one["file_id"],
                Paper(
                    one["file_id"],
                    one["name"],
                    one["page"],
                    db.session.get(StoredFile, one["file_id"]),
                    risks_for(one.get("risks"), key or one["question_key"]),
                ),
            )
    return list(found.values())


def paragraphs(text: str) -> list[str]:
    """Words in paragraphs: a line that goes to the edge of the page goes on in the next."""
    lines = [line for line in text.splitlines() if line.strip()]
    edge = 0.7 * max(map(len, lines), default=0)
    found: list[str] = []
    goes_on = False
    for line in lines:
        if goes_on:
            found[-1] += f" {line}"
        else:
            found.append(line)
        goes_on = len(line) >= edge and not line.endswith((".", ":", "?"))
    return found


def marked(line: str, find: str) -> list[tuple[str, bool]]:
    """A line in pieces: what is looked for, and what stands between."""
    if not find:
        return [(line, False)]
    pieces, at = [], 0
    for hit in _pattern(find).finditer(line):
        pieces += [(line[at : hit.start()], False), (hit.group(), True)]
        at = hit.end()
    return [(piece, is_hit) for piece, is_hit in [*pieces, (line[at:], False)] if piece]


def _count(text: str, find: str) -> int:
    if not find:
        return 0
    return sum(len(_pattern(find).findall(line)) for line in paragraphs(text))


def _pattern(find: str) -> re.Pattern[str]:
    """The words wherever they stand, however they are written or broken."""
    words = (re.escape(word) for word in find.split())
    return re.compile(r"\s+".join(words), re.IGNORECASE)
