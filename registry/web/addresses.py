"""Which addresses are of this site: what a form or a header says may lead anywhere."""

from urllib.parse import urlsplit

LONGEST = 2_000


def is_local(wanted: str) -> bool:
    """One slash at the front, and nothing that a browser would read as another site's address."""
    if not wanted.startswith("/") or wanted.startswith("//") or len(wanted) > LONGEST:
        return False
    if "\\" in wanted or any(ord(letter) <= 32 or ord(letter) == 127 for letter in wanted):
        return False
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc


def path_on(site: str, address: str | None) -> str:
    """The path and query of an address of this site, such as a Referer; empty for another's."""
    path = (address or "").removeprefix(site.rstrip("/"))
    return path if path != address and is_local(path) else ""
