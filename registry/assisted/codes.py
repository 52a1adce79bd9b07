"""The code in a letter: made from a seed with the installation's key when the letter is printed.

The database keeps its digest. So a copy of the database, letters and all, confirms nothing.
"""

import hashlib
import hmac
import secrets

from registry.accounts.tokens import digest_of_word
from registry.config import settings

__all__ = ["digest_of_code", "letter_code", "new_seed"]

# No 0 or O, 1 or I: the code is typed from paper.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH = 16


def new_seed() -> str:
    """What the letter keeps until it is printed."""
    return secrets.token_urlsafe(24)


def letter_code(seed: str) -> str:
    """The code of a letter, in groups of four: 80 bits that nobody can guess."""
    key = hmac.digest(settings().secret_key.encode(), f"letter {seed}".encode(), hashlib.sha256)
    code = "".join(LETTERS[byte % len(LETTERS)] for byte in key[:LENGTH])
    return "-".join(code[at : at + 4] for at in range(0, LENGTH, 4))


def digest_of_code(typed: str) -> str:
    """The digest of a code, however its letters and spaces were typed."""
    return digest_of_word("".join(one for one in typed.upper() if one.isalnum()))
