"""The papers that the demonstration's clubs hand in: real policies, written by us, in their names.

The texts are in `papers/*.md`, with a head in TOML and gaps such as {lead}; `papers/facts.toml`
fills what nobody else did. `paper()` sets one in the name of a club as PDF, Word or ODT.
"""

import re
import tomllib
import unicodedata
import zlib
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from registry import clock
from registry.demonstration.paper_copies import GAP_COLOUR, GAP_DAY, Copies, gap
from registry.papers.markdown import Block, blocks_of
from registry.papers.open_document import write_odt as _set_odt
from registry.papers.pdf import NoPdfHere
from registry.papers.pdf import write_pdf as _set_pdf
from registry.papers.word import write_docx as _set_docx

__all__ = [
    "FULL_POLICIES",
    "NoPdfHere",
    "make_all",
    "paper",
    "paper_names",
    "ready_made",
    "write_docx",
    "write_odt",
    "write_pdf",
]

PAPERS = Path(__file__).parent / "papers"
MADE = PAPERS / "made"
# The day that the ready-made ones say they were checked on.
MADE_ON = date(2026, 9, 14)

# The three long ones, each in the form that its club would use.
FULL_POLICIES = {
    "dance-safeguarding": "pdf",
    "coach-safeguarding": "docx",
    "madrasah-safeguarding": "odt",
}

Setter = Callable[..., bytes]
_SETTERS: Mapping[str, Setter] = {"pdf": _set_pdf, "docx": _set_docx, "odt": _set_odt}

# Dark enough for white words on them and for themselves on white (more than 7 to 1).
_ACCENTS = ("#00527a", "#1d5c36", "#6b2a63", "#7a2e1d", "#3a3f87", "#0f5a5a")

Fact = str | date


class Template(NamedTuple):
    """One model paper: its title, the stem of its file's name, its own facts, and its text."""

    title: str
    file: str
    facts: dict[str, str]
    text: str


def paper_names() -> tuple[str, ...]:
    """Every paper there is, such as “equality”."""
    return tuple(sorted(path.stem for path in PAPERS.glob("*.md")))


def paper(
    name: str, club: str | None = None, kind: str = "pdf", **facts: Fact
) -> tuple[str, bytes]:
    """One paper in the name of a club: the file's name and its bytes.

    Facts fill the gaps of the text; a date is written in full. `reviewed_on` leads: dates that
    were not given follow from it. The same facts give the same bytes.
    Raises NoPdfHere where PDFs cannot be made, and KeyError for a name that is none.
    """
    return _made(name, club, kind, facts)


def _made(name: str, club: str | None, kind: str, facts: Mapping[str, Fact]) -> tuple[str, bytes]:
    template = _template(name)
    dated = facts.get("reviewed_on")
    reviewed_on = dated if isinstance(dated, date) else clock.today() - timedelta(days=45)
    told = _told(template, club, reviewed_on, facts)
    accent = _accent(told["club"])
    if kind == "docx":
        content = _copies(name).filled(told, reviewed_on, accent)
    else:
        filled = {fact: _plain(words) for fact, words in told.items()}
        content = _SETTERS[kind](
            blocks_of(template.text.format_map(filled)),
            title=template.title.format_map(told),
            club=told["club"],
            dated=reviewed_on,
            accent=accent,
        )
    return f"{_slug(told['club'])}-{template.file}.{kind}", content


@cache
def _copies(name: str) -> Copies:
    """One paper as a Word document with gaps for its facts."""
    template = _template(name)
    gaps = _Gaps()
    return Copies(
        _set_docx(
            blocks_of(template.text.format_map(gaps)),
            title=template.title.format_map(gaps),
            club=gap("club"),
            dated=GAP_DAY,
            accent=GAP_COLOUR,
        )
    )


class _Gaps(dict[str, str]):
    """A gap for every fact that a text asks for."""

    def __missing__(self, name: str) -> str:
        return gap(name)


def write_pdf(markdown: str, title: str, *, club: str, dated: date) -> bytes:
    """Any text in our Markdown as a PDF. Raises NoPdfHere."""
    return _set(_set_pdf, markdown, title, club, dated)


def write_docx(markdown: str, title: str, *, club: str, dated: date) -> bytes:
    """Any text in our Markdown as a Word document."""
    return _set(_set_docx, markdown, title, club, dated)


def write_odt(markdown: str, title: str, *, club: str, dated: date) -> bytes:
    """Any text in our Markdown as an OpenDocument text."""
    return _set(_set_odt, markdown, title, club, dated)


def ready_made(name: str) -> tuple[str, bytes]:
    """A PDF that comes with the registry, for machines that cannot make one.

    It names the club and the dates that it was made with. Raises KeyError.
    """
    path = MADE / f"{name}.pdf"
    if not path.is_file():
        raise KeyError(name)
    return path.name, path.read_bytes()


def make_all(folder: Path = MADE, *, reviewed_on: date = MADE_ON) -> list[Path]:
    """Write every paper into a folder as a PDF, and the full policies in their own form too.

    Raises NoPdfHere.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in paper_names():
        for kind in sorted({"pdf", FULL_POLICIES.get(name, "pdf")}):
            path = folder / f"{name}.{kind}"
            path.write_bytes(paper(name, kind=kind, reviewed_on=reviewed_on)[1])
            written.append(path)
    return written


def _set(setter: Setter, markdown: str, title: str, club: str, dated: date) -> bytes:
    blocks: list[Block] = blocks_of(markdown)
    return setter(blocks, title=title, club=club, dated=dated, accent=_accent(club))


@cache
def _template(name: str) -> Template:
    if name not in paper_names():
        raise KeyError(name)
    _, head, text = (PAPERS / f"{name}.md").read_text(encoding="utf-8").split("+++\n", 2)
    about = tomllib.loads(head)
    return Template(about["title"], about["file"], about.get("facts", {}), text)


@cache
def _common_facts() -> dict[str, str]:
    return tomllib.loads((PAPERS / "facts.toml").read_text(encoding="utf-8"))


def _told(
    template: Template, club: str | None, reviewed_on: date, facts: Mapping[str, Fact]
) -> dict[str, str]:
    """All facts of one paper in words: the common ones, its own, what was given, what follows."""
    given: dict[str, Fact] = {**_common_facts(), **template.facts, **facts}
    if club is not None:
        given["club"] = club
    for name, when in _dates_after(reviewed_on).items():
        given.setdefault(name, when)
    given.setdefault("lead_email", f"safeguarding@{_slug(str(given['club']))}.example")
    return {
        name: _in_full(fact) if isinstance(fact, date) else _on_one_line(fact)
        for name, fact in given.items()
    }


def _dates_after(reviewed_on: date) -> dict[str, date]:
    """The dates of a club that does its paperwork in one go."""
    checked_on = reviewed_on - timedelta(days=9)
    return {
        "reviewed_on": reviewed_on,
        "reviewed_before_on": _years_later(reviewed_on, -1) + timedelta(days=4),
        "review_due_on": _years_later(reviewed_on, 1),
        "risk_checked_on": checked_on,
        "risk_due_on": _years_later(checked_on, 1),
        "fire_practice_on": reviewed_on - timedelta(days=16),
        "equality_talk_on": reviewed_on - timedelta(days=30),
        "dbs_on": reviewed_on - timedelta(days=150),
        "training_on": reviewed_on - timedelta(days=120),
        "first_aid_until": reviewed_on + timedelta(days=600),
        "insured_from": reviewed_on - timedelta(days=60),
        "insured_until": _years_later(reviewed_on - timedelta(days=61), 1),
    }


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _in_full(day: date) -> str:
    return f"{day.day}\u00a0{day:%B %Y}"


def _on_one_line(text: str) -> str:
    """One space between words, and none in a phone number that could break it in two."""
    words = " ".join(text.split())
    return words.replace(" ", "\u00a0") if re.fullmatch("[0-9 ]+", words) else words


def _plain(words: str) -> str:
    """A fact may not become a table or bold by accident."""
    return re.sub(r"([|*_`<>\[\]\\])", r"\\\1", words)


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-") or "club"


def _accent(club: str) -> str:
    """Each club has its colour and keeps it."""
    return _ACCENTS[zlib.crc32(club.encode()) % len(_ACCENTS)]
