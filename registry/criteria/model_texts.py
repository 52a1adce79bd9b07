"""Short texts to start a plan from: ours, in plain words, with blanks for what only a club knows.

Each is a Markdown file with a head in TOML. Lines between `::: lone` (or `small`, `large`, or
several) and `:::` are for clubs of that size alone. Blanks stand in square brackets, such as
[your club’s name]; numbers such as {mash} are filled in when the text is handed out.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

__all__ = ["CLUB", "SIZES", "ModelText", "blanks_in", "model_text", "model_texts", "texts_for"]

SIZES = {
    "lone": "You work alone",
    "small": "2 to 4 people help",
    "large": "5 or more people help",
}
CLUB = "[your club’s name]"
# How a blank of ours begins. What people write themselves in brackets seldom begins so.
_BLANK = re.compile(
    r"\[(?:your|name|date|number|level|who|what|where|how|yes or no|delete|insert|add|enter)\b"
    r"[^\[\]]{0,160}\]",
    re.IGNORECASE,
)
_FENCE = re.compile(r":::(.*)")


@dataclass(frozen=True)
class ModelText:
    """One text: what it is for, the questions it helps with, and its Markdown."""

    key: str
    title: str
    about: str
    sort: int
    edited_on: date
    questions: tuple[str, ...]
    text: str
    is_form: bool = False

    @property
    def is_sized(self) -> bool:
        """Whether clubs of different sizes get different words."""
        return bool(re.search(r"^:::", self.text, re.MULTILINE))

    def for_size(self, size: str) -> str:
        """The Markdown for clubs of one size. Raises KeyError for a size that is none."""
        if size not in SIZES:
            raise KeyError(size)
        return "\n".join(_lines_for(self.text, size)) + "\n"


def _lines_for(text: str, size: str) -> Iterator[str]:
    wanted = True
    for line in text.splitlines():
        fence = _FENCE.fullmatch(line)
        if fence is None:
            if wanted:
                yield line
            continue
        sizes = fence[1].split()
        if not set(sizes) <= set(SIZES):
            raise ValueError(f"there is no such size: {line!r}")
        wanted = not sizes or size in sizes


@cache
def model_texts() -> tuple[ModelText, ...]:
    """Every text, in the order in which they are offered."""
    folder = resources.files("registry.criteria") / "content" / "model_texts"
    found = [_read(one) for one in folder.iterdir() if one.name.endswith(".md")]
    return tuple(sorted(found, key=lambda one: one.sort))


def model_text(key: str) -> ModelText:
    """The text of that key. Raises KeyError."""
    for one in model_texts():
        if one.key == key:
            return one
    raise KeyError(key)


def texts_for(question_key: str) -> tuple[ModelText, ...]:
    """The texts that help with one question."""
    return tuple(one for one in model_texts() if question_key in one.questions)


def blanks_in(text: str) -> tuple[str, ...]:
    """The blanks that are left in a text, each once, in order."""
    found = (" ".join(blank.split()) for blank in _BLANK.findall(text))
    return tuple(dict.fromkeys(found))


def _read(file: Any) -> ModelText:
    _, head, text = file.read_text(encoding="utf-8").split("+++\n", 2)
    about = tomllib.loads(head)
    return ModelText(
        key=file.name.removesuffix(".md"),
        title=about["title"],
        about=about["about"],
        sort=about["sort"],
        edited_on=about["edited_on"],
        questions=tuple(about["questions"]),
        text=text,
        is_form=about.get("is_form", False),
    )
