"""Keeping a new version of a list. The caller asks who may, writes the history, and commits."""

import secrets
from collections.abc import Iterable
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from registry import clock
from registry.database import db
from registry.errors import StaleVersion
from registry.lists.items import Item
from registry.lists.models import KeptList, KeptListVersion
from registry.lists.queries import ask_again


def keep_version(key: str, after: int, items: Iterable[Item], actor: Any = None) -> int:
    """Make these the list; answers the number of the new version.

    `after` is the version that they were made of. Raises StaleVersion where that is not the one
    that counts any more.
    """
    number = after + 1
    _take_the_place(key, after, number)
    db.session.add(
        KeptListVersion(
            key=key,
            number=number,
            items=[one.to_record() for one in items],
            made_at=clock.now(),
            made_by_id=getattr(actor, "id", None),
        )
    )
    db.session.flush()
    ask_again()
    return number


def _take_the_place(key: str, after: int, number: int) -> None:
    """Writers of one list stand in line at its row; the second finds that it has moved."""
    stamp = secrets.token_hex(8)
    if after == 0:
        try:
            with db.session.begin_nested():
                db.session.add(KeptList(key=key, number=number, stamp=stamp))
        except IntegrityError as error:
            raise StaleVersion() from error
        return
    moved = db.session.scalars(
        update(KeptList)
        .where(KeptList.key == key, KeptList.number == after)
        .values(number=number, stamp=stamp)
        .returning(KeptList.number)
    ).all()
    if not moved:
        raise StaleVersion()
