"""What is left of a name, a number or an address when it is compared. Pure."""

import re
import unicodedata
from urllib.parse import urlsplit

import phonenumbers

# Words that say what sort of body it is, and not which.
TAKEN_AWAY = frozenset({"fc", "academy", "ltd", "limited", "the"})
# Where many have a page each, the page is the name; elsewhere the site is.
SHARED_SITES = frozenset(
    {
        "facebook.com",
        "instagram.com",
        "linktr.ee",
        "linkedin.com",
        "sites.google.com",
        "tiktok.com",
        "twitter.com",
        "x.com",
        "youtube.com",
    }
)
LONGEST = 200
_REGION = "GB"
_SHORTEST_PHONE = 7
_COMPANY_DIGITS = 8
_APOSTROPHES = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}`.]")
_NOT_A_WORD = re.compile(r"[\W_]+")
_NOT_IN_A_NUMBER = re.compile(r"[^0-9A-Z-]")


def plain_name(name: str) -> str:
    """A name without case, accents, punctuation and the words that most names share."""
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
        if not unicodedata.combining(letter)
    )
    words = _NOT_A_WORD.sub(" ", _APOSTROPHES.sub("", bare)).split()
    kept = [word for word in words if word not in TAKEN_AWAY] or words
    return " ".join(kept)[:LONGEST].strip()


def plain_email(email: str) -> str:
    """An email address as it is compared; empty where it is none."""
    bare = email.strip().casefold()
    return bare if "@" in bare.strip("@") else ""


def plain_phone(phone: str) -> str:
    """A telephone number as it is dialled from anywhere; empty where it is none."""
    try:
        read = phonenumbers.parse(phone, _REGION)
    except phonenumbers.NumberParseException:
        return ""
    if len(str(read.national_number)) < _SHORTEST_PHONE:
        return ""
    return phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164)


def plain_charity_number(number: str) -> str:
    """A charity's number; empty for what is typed where there is none, such as 0 or none."""
    return _number(number).lstrip("0")


def plain_company_number(number: str) -> str:
    """A company's number, with the zeros that it begins with; empty where there is none."""
    bare = _number(number).replace("-", "")
    if bare.isdigit():
        return bare.zfill(_COMPANY_DIGITS) if bare.strip("0") else ""
    return bare


def plain_ofsted_number(number: str) -> str:
    """An Ofsted number; empty where there is none."""
    bare = _number(number).replace("-", "")
    return bare if bare.strip("0") else ""


def plain_postcode(postcode: str) -> str:
    """A postcode without its space."""
    return "".join(postcode.split()).upper()


def plain_website(address: str) -> str:
    """The site of an address; where many have a page each on one site, the page as well."""
    bare = address.strip().casefold()
    if not bare:
        return ""
    try:
        parts = urlsplit(bare if "//" in bare else f"//{bare}")
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return ""
    if "." not in host:
        return ""
    path = parts.path.strip("/")
    if host in SHARED_SITES:
        return f"{host}/{path}"[:LONGEST] if path else ""
    return host[:LONGEST]


def _number(number: str) -> str:
    """Letters and digits alone; empty where there is no digit in it."""
    bare = _NOT_IN_A_NUMBER.sub("", number.upper()).strip("-")
    return bare if any(letter.isdigit() for letter in bare) else ""
