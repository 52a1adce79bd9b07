"""How hard a text is to read, by the package that the project is held to."""

import sys
from importlib import import_module
from types import ModuleType

# textstat 0.7.4 asks for its word lists by a way that newer setuptools no longer has. The grade
# needs no word list.
sys.modules.setdefault("pkg_resources", ModuleType("pkg_resources"))
_textstat = import_module("textstat").textstat


def reading_grade(text: str) -> float:
    """The Flesch–Kincaid grade: the year of school in which a child can read it, less one."""
    return float(_textstat.flesch_kincaid_grade(text))
