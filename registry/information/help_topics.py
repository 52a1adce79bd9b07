"""The short pages of advice: Markdown files with a head in TOML, read once, at the start.

An address of somebody else stands in one file, by name: [words][name] in a text, and the names that
a page lists at its end. A number never stands in a text: {mash} and the like leave room for it.
A council's own files, in a folder of its own, stand in place of ours by their names.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from markdown_it import MarkdownIt
from markdown_it.token import Token

from registry.information.contacts import HelpContacts

CONTENT = Path(__file__).parent / "content"
LINKS = "links.toml"
# Somebody reads each page again, and opens each link, within so many days.
CHECKED_FOR = 365
GROUPS = {
    "worried": "If you are worried about someone",
    "clubs": "About clubs",
    "council": "How it works",
}
# What a text may leave room for: each number, its other name, and the council's own words.
NUMBERS = frozenset(field.name for field in fields(HelpContacts))
WORDS = frozenset({"mash", "mash_night", "lado", "nspcc", "place", "council", "scheme"})
_ROOM = re.compile(r"\{([a-z_]+)\}")
_CLASSES = {"h2": "t2", "h3": "t3", "ul": "dots", "ol": "numbered", "table": "tbl"}
_BOX = "[ ] "


class HelpContentError(Exception):
    """A file cannot be used. The sentence names it and says what to put right."""


@dataclass(frozen=True)
class Link:
    """An address of somebody else. `checked_on` is empty until somebody has opened it."""

    name: str
    organisation: str
    address: str
    about: str
    checked_on: date | None = None


@dataclass(frozen=True)
class Topic:
    """One page of advice. `html` leaves room for numbers and for the council's own words."""

    address: str
    title: str
    about: str
    group: str
    order: int
    checked_on: date
    html: str
    call: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def links_checked_on(self) -> date | None:
        """The oldest day on which one of its links was opened; None if any never was."""
        days = [link.checked_on for link in self.links]
        return None if None in days else min((day for day in days if day), default=None)

    @property
    def rooms(self) -> frozenset[str]:
        """What is to be filled in, such as mash."""
        return frozenset(_ROOM.findall(self.html))

    def filled_in(self, words: Mapping[str, str]) -> str:
        """The page with its numbers, as markup; `words` are markup too."""
        return _ROOM.sub(lambda room: words[room[1]], self.html)


@dataclass(frozen=True)
class HelpTopics:
    """Every page of advice, in the order in which they are offered."""

    topics: tuple[Topic, ...]
    links: tuple[Link, ...]

    def at(self, address: str) -> Topic | None:
        """The page of an address."""
        return next((one for one in self.topics if one.address == address), None)

    @property
    def groups(self) -> list[tuple[str, list[Topic]]]:
        """The headings under which they stand, each with its pages."""
        return [
            (heading, [one for one in self.topics if one.group == group])
            for group, heading in GROUPS.items()
        ]

    def stale(self, today: date) -> list[str]:
        """What nobody has read again for a year, in a sentence each."""
        pages = [one for one in self.topics if (today - one.checked_on).days >= CHECKED_FOR]
        said = [
            f"The help page “{one.title}” was last checked on {one.checked_on.isoformat()}."
            for one in pages
        ]
        return [*said, *_of_links(self.links, today)]


def read_help(app: Flask, own: Path) -> None:
    """Read every page once, at the start: ours, and those that this council wrote."""
    app.extensions["help_topics"] = read_topics(own)


def help_topics() -> HelpTopics:
    """The pages of the running application."""
    topics: HelpTopics = current_app.extensions["help_topics"]
    return topics


def _of_links(links: Iterable[Link], today: date) -> Iterable[str]:
    never = [one.name for one in links if one.checked_on is None]
    old = [
        one.name
        for one in links
        if one.checked_on is not None and (today - one.checked_on).days >= CHECKED_FOR
    ]
    if never:
        yield f"Nobody has opened {_some(never)} yet."
    if old:
        yield f"Nobody has opened {_some(old)} for a year."


def _some(names: list[str]) -> str:
    if len(names) == 1:
        return f"a link of the help pages, {names[0]},"
    return f"{len(names)} links of the help pages, such as {names[0]} and {names[1]},"


def read_topics(own: Path | None = None) -> HelpTopics:
    """Every page and every link, a council's own before ours. Raises HelpContentError."""
    folders = [CONTENT, *([own] if own is not None and own.is_dir() else [])]
    links: dict[str, Link] = {}
    files = {file.stem: file for file in sorted((CONTENT / "help").glob("*.md"))}
    for folder in folders:
        if (folder / LINKS).exists():
            links |= _read_links(folder / LINKS)
    if len(folders) > 1:
        files |= {file.stem: file for file in sorted(folders[1].glob("*.md"))}
    topics = [_read_topic(file, links) for file in files.values()]
    return HelpTopics(
        tuple(sorted(topics, key=lambda one: (one.order, one.address))),
        tuple(links[name] for name in sorted(links)),
    )


def _read_links(file: Path) -> dict[str, Link]:
    try:
        read = tomllib.loads(file.read_text(encoding="utf-8"))
        return {
            name: Link(
                name, one["organisation"], one["address"], one["about"], one.get("checked_on")
            )
            for name, one in read.items()
        }
    except (tomllib.TOMLDecodeError, KeyError, TypeError, UnicodeDecodeError) as problem:
        raise HelpContentError(f"{file} cannot be read: {problem!r}.") from problem


def _read_topic(file: Path, links: Mapping[str, Link]) -> Topic:
    try:
        _, head, text = file.read_text(encoding="utf-8").split("+++\n", 2)
        about = tomllib.loads(head)
        topic = Topic(
            address=file.stem,
            title=about["title"],
            about=about["about"],
            group=about["group"],
            order=about["order"],
            checked_on=about["checked_on"],
            html=_drawn(text, links),
            call=tuple(about.get("call", ())),
            links=tuple(links[name] for name in about.get("links", ())),
        )
    except (ValueError, KeyError, TypeError) as problem:
        raise HelpContentError(f"{file} cannot be read: {problem!r}.") from problem
    if topic.group not in GROUPS:
        raise HelpContentError(f"{file}: the group is one of {', '.join(GROUPS)}.")
    if unknown := (topic.rooms - NUMBERS - WORDS) | (set(topic.call) - NUMBERS):
        raise HelpContentError(f"{file}: there is no number called {', '.join(sorted(unknown))}.")
    return topic


def _drawn(text: str, links: Mapping[str, Link]) -> str:
    """A text as markup of ours. Markup in the text itself is shown as it was typed."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    known = {name.upper(): {"href": one.address, "title": ""} for name, one in links.items()}
    environment: dict[str, Any] = {"references": known}
    tokens = reader.parse(text, environment)
    _dress(tokens)
    html: str = reader.renderer.render(tokens, reader.options, environment)
    unknown = re.search(r"\]\[(\w*)\]", html)
    if unknown:
        raise KeyError(unknown[1])
    return html.replace('<table class="tbl">', '<div class="wide"><table class="tbl">').replace(
        "</table>", "</table></div>"
    )


def _dress(tokens: list[Token]) -> None:
    """Give each part the class of our style, and boxes to lists that ask for them."""
    for at, token in enumerate(tokens):
        if token.nesting == 1 and token.tag in _CLASSES:
            token.attrSet("class", _CLASSES[token.tag])
        if token.type == "th_open":
            token.attrSet("scope", "col")
        if token.type == "bullet_list_open" and _has_boxes(tokens[at:]):
            token.attrSet("class", "asks")
        if token.type == "inline" and token.content.startswith(_BOX) and token.children:
            token.children[0].content = token.children[0].content.removeprefix(_BOX)


def _has_boxes(tokens: list[Token]) -> bool:
    first = next(token for token in tokens if token.type == "inline")
    return first.content.startswith(_BOX)
