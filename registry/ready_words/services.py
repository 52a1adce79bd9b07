"""Keeping the ready-made words: those that came along, and those that the council writes."""

from typing import Any

from sqlalchemy import func, select

from registry.audit import services as history
from registry.database import db
from registry.errors import BadInput, StaleVersion
from registry.ready_words.models import ReadyWords
from registry.ready_words.queries import shipped_words


def fill_in_words() -> None:
    """Add each text that came with the software and was never here; change none that is."""
    there = set(db.session.scalars(select(ReadyWords.key).where(ReadyWords.key.is_not(None))))
    for sort, one in enumerate(shipped_words()):
        if one.key not in there:
            db.session.add(
                ReadyWords(key=one.key, use=one.use, title=one.title, text=one.text, sort=sort)
            )
    db.session.flush()


def add_words(actor: Any, *, use: str, title: str, text: str) -> ReadyWords:
    """Write a new text. It stands after the others of its use."""
    _check(use, title, text)
    last = db.session.scalar(select(func.max(ReadyWords.sort)).where(ReadyWords.use == use))
    words = ReadyWords(use=use, title=title.strip(), text=text.strip(), sort=(last or 0) + 1)
    db.session.add(words)
    db.session.flush()
    history.record("add_words", words, actor, details={"use": use})
    return words


def change_words(
    words: ReadyWords, actor: Any, *, version: int, use: str, title: str, text: str, sort: int
) -> None:
    """Change a text. Raises StaleVersion where somebody else was quicker."""
    _hold(words, version)
    _check(use, title, text)
    words.use, words.title, words.text, words.sort = use, title.strip(), text.strip(), sort
    words.version += 1
    db.session.flush()
    history.record("change_words", words, actor, details={"use": use, "version": words.version})


def retire_words(words: ReadyWords, actor: Any) -> None:
    """Offer a text no more. What was written with it stays as it is."""
    _set_active(words, actor, False, "retire_words")


def bring_back_words(words: ReadyWords, actor: Any) -> None:
    """Offer a retired text again."""
    _set_active(words, actor, True, "bring_back_words")


def _set_active(words: ReadyWords, actor: Any, active: bool, action: str) -> None:
    db.session.refresh(words, with_for_update=True)
    if words.is_active is active:
        return
    words.is_active = active
    words.version += 1
    db.session.flush()
    history.record(action, words, actor)


def _hold(words: ReadyWords, version: int) -> None:
    db.session.refresh(words, with_for_update=True)
    if words.version != version:
        raise StaleVersion("Somebody changed these words since you opened them. Read them again.")


def _check(use: str, title: str, text: str) -> None:
    if not (use and title.strip() and text.strip()):
        raise BadInput("Choose a use, and write a title and the words.")
