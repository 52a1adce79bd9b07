"""Pages of others that help with a question: by title, with the day somebody last looked."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

__all__ = ["OfficialLink", "links_for", "official_links"]


@dataclass(frozen=True)
class OfficialLink:
    """One page of somebody else's."""

    title: str
    whose: str
    href: str
    checked_on: date
    questions: tuple[str, ...]


@cache
def official_links() -> tuple[OfficialLink, ...]:
    """Every link of our content."""
    path = resources.files("registry.criteria") / "content" / "official-links.toml"
    written = tomllib.loads(path.read_text(encoding="utf-8"))["link"]
    return tuple(OfficialLink(**{**one, "questions": tuple(one["questions"])}) for one in written)


def links_for(question_key: str) -> tuple[OfficialLink, ...]:
    """The links that help with one question."""
    return tuple(one for one in official_links() if question_key in one.questions)
