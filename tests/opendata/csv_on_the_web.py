"""What an independent reader of CSV on the Web (the package csvw) makes of tables."""

from pathlib import Path

from csvw import CSVW


def problem_with(metadata: Path) -> str:
    """What is wrong with the tables that this file describes, which lie beside it; or nothing."""
    try:
        found = CSVW(str(metadata), validate=True)
        return "" if found.is_valid else "; ".join(str(one.message) for one in found.warnings)
    except (ValueError, UserWarning) as problem:  # warnings are errors here
        return str(problem) or type(problem).__name__
