"""Which approvals are read a second time: a rule that anybody with the seed can check. Pure.

Nobody chooses, and nobody can know beforehand without the seed. The same approval is drawn, or is
not, however often the rule is asked.
"""

import hashlib

__all__ = ["is_drawn"]


def is_drawn(seed: str, reference: str, share: int) -> bool:
    """Whether the approval with this reference is among `share` in a hundred.

    The first eight bytes of the SHA-256 of “seed:reference” as a number, modulo 100, are below
    the share.
    """
    digest = hashlib.sha256(f"{seed}:{reference}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % 100 < share
