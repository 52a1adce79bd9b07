"""Pure means pure: rules import nothing but Python itself and other rules."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

REGISTRY = Path(__file__).resolve().parents[2] / "registry"
PURE = [
    *sorted(REGISTRY.glob("criteria/*.py")),
    *map(
        REGISTRY.joinpath,
        (
            "assessments/lifecycle.py",
            "geography/places.py",
            "permissions.py",
            "errors.py",
            "timetable/recurrence.py",
            "timetable/terms.py",
        ),
    ),
]
# What rules may know of one another.
MAY_KNOW = (
    "registry.criteria",
    "registry.permissions",
    "registry.errors",
    "registry.timetable.recurrence",
    "registry.timetable.terms",
)


def imports_of(path: Path) -> Iterator[str]:
    """The module of every import in a file, wherever it stands."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports name their room in full"
            yield node.module or ""


@pytest.mark.parametrize("path", PURE, ids=lambda path: str(path.relative_to(REGISTRY)))
def test_rules_import_only_python_and_other_rules(path: Path):
    strangers = [
        name
        for name in imports_of(path)
        if name.partition(".")[0] not in sys.stdlib_module_names and not name.startswith(MAY_KNOW)
    ]
    assert strangers == []


def test_only_the_criteria_know_the_criteria_among_the_pure():
    """The questions must be usable without the register around them."""
    for path in REGISTRY.glob("criteria/*.py"):
        known = {name for name in imports_of(path) if name.startswith("registry")}
        assert all(name.startswith("registry.criteria") for name in known), path
