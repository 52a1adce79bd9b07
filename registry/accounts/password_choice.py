"""Which passwords we do not take: those that somebody who tries to get in would try first.

Length is asked of everybody. The rest is not asked in a demonstration, whose one password is on
its sign-in page. No rule asks for capitals, digits or signs: they make passwords worse.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

SHORTEST = 12
LONGEST = 4096
COMMON = Path(__file__).parent / "content" / "common_passwords.txt"

TOO_SHORT = "The password must be 12 characters or more. Three or four words work well"
TOO_LONG = "The password must be 4,096 characters or fewer"
TOO_EASY = (
    "Choose a password that is harder to guess. "
    "Three or four words that do not belong together work well"
)

# Digits and signs that stand in for letters: “p4ssw0rd”.
DISGUISES = str.maketrans("013457@$!", "oieastasi")
RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "0123456789",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "1q2w3e4r5t6y7u8i9o0p",
)
REPEATED = re.compile(r"(.{1,6}?)\1+.{0,5}", re.DOTALL)
NOT_LETTERS = re.compile(r"[\W\d_]+")
NOT_LETTERS_OR_DIGITS = re.compile(r"[\W_]+")
# What must be left of a password when the words that anybody would guess are taken out.
LETTERS_OF_ITS_OWN = 5


def problem_with(password: str, known_words: Iterable[str], *, lenient: bool = False) -> str | None:
    """What is wrong with a password in one sentence, or None.

    `known_words` are what an outsider knows: the service, the council, the person's name and
    address. `lenient` asks for length alone (a demonstration).
    """
    if len(password) < SHORTEST:
        return TOO_SHORT
    if len(password) > LONGEST:
        return TOO_LONG
    if not lenient and is_easy_to_guess(password, known_words):
        return TOO_EASY
    return None


def is_easy_to_guess(password: str, known_words: Iterable[str] = ()) -> bool:
    """Whether it is one thing over and over, a run of keys, or little but words to be expected."""
    plain = unicodedata.normalize("NFKC", password).casefold()
    squeezed = NOT_LETTERS_OR_DIGITS.sub("", plain)
    if REPEATED.fullmatch(plain) or REPEATED.fullmatch(squeezed) or _is_run(squeezed):
        return True
    known = _known(known_words)
    undisguised = NOT_LETTERS.sub("", plain.translate(DISGUISES))
    return _is_expected(NOT_LETTERS.sub("", plain), known) or _is_expected(undisguised, known)


def _is_expected(letters: str, known: frozenset[str]) -> bool:
    """Whether taking out what is known, and two common words, leaves next to nothing."""
    common = 2
    found = False
    for word in sorted(known | _common_words(), key=lambda word: (-len(word), word)):
        while word in letters and (word in known or common):
            letters = letters.replace(word, "", 1)
            common -= word not in known
            found = True
    return found and len(letters) < LETTERS_OF_ITS_OWN


def _known(texts: Iterable[str]) -> frozenset[str]:
    """Each text as letters alone, and each of its words."""
    words: set[str] = set()
    for text in texts:
        plain = unicodedata.normalize("NFKC", text).casefold()
        words.add(NOT_LETTERS.sub("", plain))
        words.update(NOT_LETTERS.split(plain))
    return frozenset(word for word in words if len(word) >= 3)


def _is_run(squeezed: str) -> bool:
    """“123456789012”, “qwertyuiopasdf”, “abcdefghijkl”, and the same backwards."""
    rings = (run * (len(squeezed) // len(run) + 2) for run in RUNS)
    return len(squeezed) > 3 and any(squeezed in ring or squeezed[::-1] in ring for ring in rings)


@cache
def _common_words() -> frozenset[str]:
    """Our list, letters alone."""
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    words = {NOT_LETTERS.sub("", line.casefold()) for line in lines if not line.startswith("#")}
    return frozenset(words - {""})
