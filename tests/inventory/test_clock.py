"""Time comes from one place, and only an invented past may stop it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

REGISTRY = Path(__file__).resolve().parents[2] / "registry"
MODULES = sorted(REGISTRY.rglob("*.py"))
# What asks the machine itself what time it is.
ASKS = {"now", "utcnow", "today", "fromtimestamp", "time"}
OF_THE_MACHINE = {"datetime", "date", "time"}


def attributes(path: Path) -> Iterator[tuple[str, str]]:
    """Every `name.attribute` of a file, such as ("clock", "at")."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield node.value.id, node.attr


def imports_from_clock(path: Path) -> set[str]:
    """What a file takes out of registry.clock by name."""
    return {
        name.name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module == "registry.clock"
        for name in node.names
    }


def test_the_search_finds_what_it_looks_for() -> None:
    assert ("clock", "at") in set(attributes(REGISTRY / "demonstration" / "building.py"))
    assert ("datetime", "now") in set(attributes(REGISTRY / "clock.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(REGISTRY)))
def test_only_the_demonstration_stops_the_clock(path: Path) -> None:
    if path.is_relative_to(REGISTRY / "demonstration"):
        return
    assert ("clock", "at") not in set(attributes(path))
    assert "at" not in imports_from_clock(path)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(REGISTRY)))
def test_nobody_asks_the_machine_for_the_time(path: Path) -> None:
    # Ages of files, and how long something took, are the machine's affair.
    allowed = {("datetime", "fromtimestamp")} if path.name == "store.py" else set()
    if path == REGISTRY / "clock.py":
        return
    asked = {(name, what) for name, what in attributes(path) if name in OF_THE_MACHINE}
    assert {pair for pair in asked if pair[1] in ASKS} <= allowed
