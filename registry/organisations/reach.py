"""Web addresses and telephone numbers as people type them. Pure; raises ValueError."""

from urllib.parse import urlsplit

import phonenumbers

COUNTRY = "GB"


def web_address(typed: str) -> str:
    """A whole web address: `example.org` becomes `https://example.org`. No other schemes."""
    text = typed.strip()
    if not text:
        return ""
    whole = text if "://" in text else f"https://{text}"
    parts = urlsplit(whole)
    host = (parts.hostname or "").rstrip(".")
    plain = not any(letter.isspace() or letter in '<>"\\^`{|}' for letter in whole)
    if parts.scheme.lower() not in ("http", "https") or parts.username or not plain:
        raise ValueError(typed)
    if "." not in host or not all(host.split(".")) or host.replace(".", "").isdecimal():
        raise ValueError(typed)
    _ = parts.port
    return whole


def phone_number(typed: str) -> str:
    """A telephone number as people here write it: +44 1632 960123 becomes 01632 960123.

    What cannot be a number is refused; one that was never given out to anybody is let be.
    """
    text = typed.strip()
    if not text:
        return ""
    try:
        read = phonenumbers.parse(text, COUNTRY)
    except phonenumbers.NumberParseException as unreadable:
        raise ValueError(typed) from unreadable
    if read.extension or not phonenumbers.is_possible_number(read):
        raise ValueError(typed)
    at_home = read.country_code == phonenumbers.country_code_for_region(COUNTRY)
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(read, style.NATIONAL if at_home else style.INTERNATIONAL)
