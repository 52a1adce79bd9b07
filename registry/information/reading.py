"""How somebody likes to read: bigger text, more room, other colours, clearer letters.

Kept in one cookie that holds the choices and nothing else: no number, no name, no date. Each choice
is a class on the page, and the usual look has none.
"""

from collections.abc import Mapping
from dataclasses import dataclass

COOKIE = "reading"
USUAL = "usual"
KEPT_FOR = 365 * 24 * 60 * 60


@dataclass(frozen=True)
class Preference:
    """One thing to choose, with its ways; the usual one comes first."""

    name: str
    asks: str
    ways: tuple[tuple[str, str], ...]


PREFERENCES = (
    Preference(
        "text",
        "How big should the text be?",
        (
            (USUAL, "The usual size"),
            ("large", "Large"),
            ("larger", "Larger"),
            ("largest", "Twice the usual size"),
        ),
    ),
    Preference(
        "room",
        "How much room should there be between lines and letters?",
        ((USUAL, "The usual room"), ("wide", "More room")),
    ),
    Preference(
        "colours",
        "Which colours are best for you?",
        (
            (USUAL, "The usual colours"),
            ("strong", "Black on white"),
            ("dark", "White on black"),
            ("cream", "Soft: dark on cream"),
        ),
    ),
    Preference(
        "letters",
        "Which letters are best for you?",
        ((USUAL, "The usual letters"), ("clear", "Clearer letters, no two alike")),
    ),
)


def choices_in(cookie: str) -> dict[str, str]:
    """What a cookie says, for each preference; what it does not know is left as usual."""
    said = set(cookie.split("."))
    return {
        one.name: next((way for way, _ in one.ways if way in said and way != USUAL), USUAL)
        for one in PREFERENCES
    }


def cookie_of(choices: Mapping[str, str]) -> str:
    """The cookie that keeps these choices; empty for the usual look."""
    known = {one.name: {way for way, _ in one.ways} for one in PREFERENCES}
    kept = [choices.get(name, USUAL) for name in known]
    return ".".join(
        way for way, ways in zip(kept, known.values(), strict=True) if way in ways - {USUAL}
    )


def classes_of(cookie: str) -> str:
    """The classes of a page for whoever has this cookie, such as “reading-large reading-dark”."""
    return " ".join(f"reading-{way}" for way in choices_in(cookie).values() if way != USUAL)
