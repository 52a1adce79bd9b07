"""What somebody means by their words, asked of the register as it stands.

The words that cards have are read once for each version of the register, and only when somebody
types one that is new. A large register is not read again for every edit: a word that came with
the last edits is found all the same, because whether a word is there is asked of the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.database import db
from registry.directory.everyday import Everyday, everyday
from registry.directory.meaning import Understood, understand
from registry.directory.models import CardWord, RegisterVersion
from registry.directory.spelling import Vocabulary
from registry.directory.words import MOST_QUERY_WORDS, fold, forms, split

__all__ = ["understood"]

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


@lru_cache(maxsize=2_000)
def _understood(text: str, as_typed: bool, known: Everyday, vocabulary: Vocabulary) -> Understood:
    return understand(text, known, vocabulary, as_typed=as_typed)


def _vocabulary(known: Everyday, text: str) -> Vocabulary:
    """The register's words; read anew where they have changed in a way that counts for a text."""
    session: Session = db.session()
    where = str(db.engine.url)
    version = session.scalars(select(RegisterVersion.version)).one()
    stamp = (where, version, known.stamp)
    read = _read.get(where)
    if read is not None and (read.stamp == stamp or _will_do(read, known, text)):
        return read.vocabulary
    cards = _words_of_cards(session)
    _read[where] = _Read(stamp, monotonic(), Vocabulary(cards, known.known))
    return _read[where].vocabulary


def _will_do(read: _Read, known: Everyday, text: str) -> bool:
    """Whether a large register's words of a moment ago are good enough for this text."""
    if len(read.vocabulary.cards) < _LARGE or read.stamp[2] != known.stamp:
        return False
    strange = [word for word in split(fold(text)) if not read.vocabulary.has(word)]
    return monotonic() - read.at < _SECONDS and not _is_any_there(strange[:MOST_QUERY_WORDS])


def _is_any_there(words: list[str]) -> bool:
    found = select(CardWord.word).where(CardWord.word.in_({f for w in words for f in forms(w)}))
    return bool(words) and db.session.scalars(found.limit(1)).first() is not None


def _words_of_cards(session: Session) -> Mapping[str, int]:
    found = select(CardWord.word, func.count()).group_by(CardWord.word)
    return dict(session.execute(found).all())
