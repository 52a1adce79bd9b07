"""What somebody typed from a piece of paper, as the reference that is meant. Pure."""

import unicodedata

__all__ = ["LETTERS", "reference_typed"]

# Those of a reference (assessments/services/begin.py): no 0 or O, 1 or I among them.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
START, LENGTH = "SAS", 6
_LONGEST = 200
# What no reference has is one of the two that look like it.
_MISREAD = str.maketrans({"0": "Q", "O": "Q", "1": "L", "I": "L"})


def reference_typed(text: str) -> str | None:
    """“sas 7kq 2mx” is SAS-7KQ2MX; so is the whole address of a check. None for anything else."""
    if len(text) > _LONGEST:
        return None
    plain = unicodedata.normalize("NFKC", text).rstrip("/ \t\r\n").rpartition("/")[2].upper()
    letters = "".join(one for one in plain if one.isalnum())
    if len(letters) == len(START) + LENGTH and letters.startswith(START):
        letters = letters.removeprefix(START)
    letters = letters.translate(_MISREAD)
    if len(letters) != LENGTH or not set(letters) <= set(LETTERS):
        return None
    return f"{START}-{letters}"
