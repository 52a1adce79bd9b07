"""What the pages under docs name is there: settings, commands, and the ends of links."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from flask import Flask

from registry.cli.commands import add_commands

ROOT = Path(__file__).resolve().parents[2]
OPERATORS = (ROOT / "docs" / "for-operators.md").read_text()
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]

_SETTING = re.compile(r"[A-Z][A-Z_]*[A-Z]")
_ROW = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)
_COMMAND = re.compile(r"\bregistry((?: [a-z][a-z-]*)+)")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]+`")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def settings_read() -> set[str]:
    """The name of every setting that config.py asks the environment for."""
    tree = ast.parse((ROOT / "registry" / "config.py").read_text())
    asked = {
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.args
        and isinstance(call.args[0], ast.Constant)
    }  # fmt: skip
    return {name for name in asked if isinstance(name, str) and _SETTING.fullmatch(name)}


def commands() -> Iterator[str]:
    """Every command of `flask registry`, such as “history verify”."""
    app = Flask("commands")
    add_commands(app)
    yield from _leaves(app.cli.commands["registry"], ())


def _leaves(command: click.Command, path: tuple[str, ...]) -> Iterator[str]:
    if not isinstance(command, click.Group):
        yield " ".join(path)
        return
    for name, one in command.commands.items():
        yield from _leaves(one, (*path, name))


def anchors_of(page: Path) -> set[str]:
    """What a link into this page may name: its headings, as they are written in addresses."""
    headings = _HEADING.findall(_FENCE.sub("", page.read_text()))
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in plain}


def test_every_setting_is_in_the_table_and_every_row_is_a_setting() -> None:
    read = settings_read()
    assert {"PORT", "SECRET_KEY", "SMTP_PASSWORD", "DEMO"} <= read
    assert set(_ROW.findall(OPERATORS)) == read


def test_secrets_can_come_from_a_file_and_the_page_says_so() -> None:
    for name in ("SECRET_KEY", "SMTP_PASSWORD"):
        assert f"`{name}_FILE`" in OPERATORS


def test_every_command_is_described() -> None:
    found = list(commands())
    assert "history verify" in found
    missing = [name for name in found if f"| `registry {name}" not in OPERATORS]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_page_names_a_command_that_is_not_there(page: Path) -> None:
    known = set(commands())
    code = [*_FENCE.findall(page.read_text()), *_CODE.findall(_FENCE.sub("", page.read_text()))]
    for text in code:
        for words in _COMMAND.findall(text):
            named = words.split()
            starts = {" ".join(named[:count]) for count in range(1, len(named) + 1)}
            assert starts & known, f"registry {' '.join(named)}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in _LINK.findall(_FENCE.sub("", page.read_text())):
        if "://" in link or link.startswith("mailto:"):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors_of(target), link
