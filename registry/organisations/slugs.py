"""The words in a public address: plain, unique, and never changed once given.

A slug is made once, from the first name. A later change of name leaves it, because links to it
are on posters and in people's phones.
"""

import re
import unicodedata
from collections.abc import Collection

LONGEST = 80
# Words that are pages of their own, or would read as if they were.
KEPT_FREE = frozenset(("new", "edit", "search", "all", "map", "feed", "index"))
_SPELT = str.maketrans(
    {"&": " and ", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "þ": "th",
     "’": "", "'": "", "‘": ""}
)  # fmt: skip


def slug_of(name: str, otherwise: str) -> str:
    """The name in small plain letters and hyphens; `otherwise` where nothing is left of it."""
    spelt = name.lower().translate(_SPELT)
    plain = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    slug = slug if len(slug) <= LONGEST else slug[:LONGEST].rpartition("-")[0] or slug[:LONGEST]
    return otherwise if not slug or slug in KEPT_FREE or slug.isdecimal() else slug


def free_slug(wanted: str, taken: Collection[str]) -> str:
    """The slug itself, or the first of slug-2, slug-3… that nobody has."""
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"
