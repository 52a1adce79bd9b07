"""Keeping passwords as argon2id hashes, and taking the same time whoever asks.

A password is kept exactly as it was typed: any letters, any spaces, never cut short.
"""

from dataclasses import dataclass
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from argon2.low_level import Type

from registry.config import settings

# An account that was made for somebody, until they choose a password of their own.
NO_PASSWORD = "none"  # noqa: S105
# Memory in KiB, passes, lanes. “strong” is OWASP's advice for argon2id; “cheap” is for tests.
PROFILES = {"strong": (19 * 1024, 2, 1), "cheap": (8, 1, 1)}


def hash_of(password: str) -> str:
    """What is kept of a password."""
    return _hashing(settings().password_profile).hasher.hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Whether this is the password. Where none is kept, the answer is no and takes as long."""
    hashing = _hashing(settings().password_profile)
    try:
        known = kept is not None and kept != NO_PASSWORD
        hashing.hasher.verify(kept if known and kept else hashing.nobodys, password)
    except (Argon2Error, InvalidHashError):
        return False
    return known


def take_as_long_as_hashing() -> None:
    """Spend the time of one hash, so that an answer comes no sooner where nobody is known."""
    matches(None, "")


def is_outdated(kept: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hashing(settings().password_profile).hasher.check_needs_rehash(kept)


@dataclass(frozen=True)
class _Hashing:
    hasher: PasswordHasher
    nobodys: str


@cache
def _hashing(profile: str) -> _Hashing:
    """Made once: a stand-in that was hashed for each request would itself take twice as long."""
    memory, passes, lanes = PROFILES[profile]
    hasher = PasswordHasher(time_cost=passes, memory_cost=memory, parallelism=lanes, type=Type.ID)
    return _Hashing(hasher, hasher.hash("nobody's password"))
