"""What somebody means by their words, asked of the register as it stands.

The words that cards have are read once for each version of the register, and only when somebody
types one that is new. A large register is not read again for every edit: a word that came with
the last edits is found all the same, because whether a word is there is asked of the database.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic

from sqlalchemy import select

from registry.cards.models import SearchWord
from registry.cards.words.everyday import Everyday, everyday
from registry.cards.words.meaning import Understood, understand
from registry.cards.words.plain import FILLERS, MOST_QUERY_WORDS, fold, forms, split
from registry.cards.words.spelling import Vocabulary
from registry.database import db, forget_what_was_kept, register_version

__all__ = ["forget_words", "understood", "words_worth_knowing"]

# A register with more words than this is read again only so often.
_LARGE = 5_000
_SECONDS = 60.0


@dataclass(frozen=True)
class _Read:
    """The words of a register at one version."""

    stamp: tuple[str, int, str]
    at: float
    vocabulary: Vocabulary


_read: dict[str, _Read] = {}


def understood(text: str, *, as_typed: bool = False) -> Understood:
    """What a text asks for, today, in this register."""
    if not text.strip():
        return Understood()
    known = everyday()
    return _understood(text, as_typed, known, _vocabulary(known, text))


def forget_words() -> None:
    """Read the words anew at the next question: another database stands where this one did."""
    _read.clear()
    forget_what_was_kept()


def words_worth_knowing(words: Iterable[str]) -> set[str]:
    """Which of these no card has, though they are near the register's own or everyday words.

    For the council's report of what families look for and do not find: a name or anything else
    that somebody typed by mistake is near neither.
    """
    asked = set(words)
    known = everyday()
    vocabulary = _vocabulary(known, " ".join(sorted(asked)))
    said = FILLERS | known.every | known.soft
    missing = (word for word in asked - said if not vocabulary.has(word))
    return {w for w in missing if known.knows(w) or vocabulary.nearest(w) is not None}


def cards_having(word: str) -> int:
    """On how many cards a word stands, as far as the words were last read."""
    read = _read.get(str(db.engine.url))
    return read.vocabulary.cards.get(word, 0) if read else 0


@lru_cache(maxsize=2_000)
def _understood(text: str, as_typed: bool, known: Everyday, vocabulary: Vocabulary) -> Understood:
    return understand(text, known, vocabulary, as_typed=as_typed)


def _vocabulary(known: Everyday, text: str) -> Vocabulary:
    """The register's words; read anew where they have changed in a way that counts for a text."""
    where = str(db.engine.url)
    version = register_version()
    stamp = (where, version, known.stamp)
    read = _read.get(where)
    if read is not None and (read.stamp == stamp or _will_do(read, known, text)):
        return read.vocabulary
    _read[where] = _Read(stamp, monotonic(), Vocabulary(_words_of_cards(), known.said))
    return _read[where].vocabulary


def _will_do(read: _Read, known: Everyday, text: str) -> bool:
    """Whether a large register's words of a moment ago are good enough for this text."""
    if len(read.vocabulary.cards) < _LARGE or read.stamp[2] != known.stamp:
        return False
    strange = [word for word in split(fold(text)) if not read.vocabulary.has(word)]
    return monotonic() - read.at < _SECONDS and not _is_any_there(strange[:MOST_QUERY_WORDS])


def _is_any_there(words: list[str]) -> bool:
    every = {form for word in words for form in forms(word)}
    found = select(SearchWord.word).where(SearchWord.word.in_(every))
    return bool(words) and db.session.scalars(found.limit(1)).first() is not None


def _words_of_cards() -> Mapping[str, int]:
    return dict(db.session.execute(select(SearchWord.word, SearchWord.cards)).all())
