"""Since when an activity is on the list, and when its card last said something new.

Kept beside the cards, in the transaction that puts them in. An activity that was off the list
for a while and comes back is not a new one, so the row of one that has left stays.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import insert, select, update

from registry import clock
from registry.cards.models import CardDates
from registry.database import db

Document = Mapping[str, Any]


def keep_dates(documents: Mapping[int, Document], before: Collection[int]) -> None:
    """Note when these cards came or changed. `before` are the activities that had a card."""
    if not documents:
        return
    found = select(CardDates).where(CardDates.activity_id.in_(documents))
    known = {one.activity_id: one for one in db.session.scalars(found)}
    now, new = clock.now(), []
    for number, document in documents.items():
        digest = digest_of(document)
        row = known.get(number)
        if row is None:
            # One that was there before anybody kept dates has been listed since nobody knows when.
            since = None if number in before else now
            new.append(
                {
                    "activity_id": number,
                    "first_listed_at": since,
                    "changed_at": now,
                    "digest": digest,
                }
            )
        elif row.digest != digest or number not in before:
            db.session.execute(
                update(CardDates)
                .where(CardDates.activity_id == number)
                .values(changed_at=now, digest=digest)
            )
    if new:
        db.session.execute(insert(CardDates), new)


def digest_of(document: Document) -> str:
    """A document by its words, whatever the order of its parts."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
