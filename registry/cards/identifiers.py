"""What things are called in feeds: numbers that stay the same for ever, on any address.

Made of the council's own code, the kind of thing and our number of it (RFC 9562, version 5). So
two councils never call two things alike, and one that moves to another address renames nothing.
"""

from functools import lru_cache
from hashlib import sha1
from uuid import UUID, uuid5

from registry.config import settings

# Drawn once. Another one would rename everything that anybody ever fetched.
_REGISTERS = UUID("5d0f5e0e-8f0b-4a0c-9a3e-0c4f1f2a7b61")


def identifier(kind: str, *which: int | str) -> str:
    """The identifier of one thing: `identifier("service", activity_id)`."""
    return identifier_in(settings().authority_code, kind, *which)


def identifier_in(authority_code: str, kind: str, *which: int | str) -> str:
    """The same for a register of that council. Pure."""
    told = "/".join((kind, *map(str, which)))
    # What uuid5() does, in half the time: a feed has a dozen of these in each service.
    digest = sha1(_of_council(authority_code) + told.encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(digest[16], 16) & 3]
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-{variant}{digest[17:20]}-{digest[20:32]}"


@lru_cache(maxsize=8)
def _of_council(authority_code: str) -> bytes:
    return uuid5(_REGISTERS, authority_code).bytes
