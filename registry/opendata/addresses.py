"""Web addresses as clubs type them, as feeds want them: whole, and in plain letters. Pure."""

import re
from urllib.parse import quote, urlsplit, urlunsplit

_SCHEME = re.compile(r"(?i)[a-z][a-z0-9+.-]*:(?!\d)")
_KEPT = "/?:@!$&'()*+,;=-._~%"


def web_uri(typed: str) -> str:
    """“kingfisher.example” is https://kingfisher.example; nothing for what is no web address."""
    given = typed.strip()
    if not given or not given.isprintable() or " " in given or "\\" in given:
        return ""
    try:
        parts = urlsplit(given if _SCHEME.match(given) else f"https://{given}")
        host, port = parts.hostname or "", parts.port
        host = host.encode("idna").decode()
    except (ValueError, UnicodeError):
        return ""
    named = re.fullmatch(r"(?i)[a-z0-9-]+(\.[a-z0-9-]+)+", host)
    if parts.scheme.lower() not in ("http", "https") or not named or parts.username:
        return ""
    where = f"{host}:{port}" if port else host
    path, query, fragment = (
        quote(part, safe=_KEPT) for part in (parts.path, parts.query, parts.fragment)
    )
    whole = urlunsplit((parts.scheme.lower(), where, path, query, fragment))
    return "" if re.search(r"%(?![0-9A-Fa-f]{2})", whole) else whole
