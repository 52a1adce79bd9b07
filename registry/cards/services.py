"""Puts cards into the directory and takes them out. The caller commits."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import delete, insert, select, update

from registry import clock
from registry.cards.dates import keep_dates
from registry.cards.facts import keep_facts
from registry.cards.in_step import ChangedCard, cards_changed
from registry.cards.models import (
    Card,
    CardPicture,
    CardReference,
    RegisterVersion,
    WithheldCard,
)
from registry.cards.queries import register_version
from registry.cards.record import CardRecord, references_of
from registry.cards.search.index import replace as replace_in_index
from registry.cards.search.rows import LONGEST_SORT_NAME, Indexed, indexed
from registry.cards.words.plain import fold
from registry.database import db
from registry.timetable.council_terms import school_calendar

__all__ = [
    "draw_numbers",
    "fill_in_references",
    "raise_version",
    "register_version",
    "replace_cards",
    "say_anew",
    "withhold_cards",
]

Document = dict[str, Any]


def replace_cards(organisation_id: int, cards: list[CardRecord]) -> None:
    """Make these the organisation's only cards, and raise the register's version.

    In the caller's transaction: the directory says the new thing at the moment the step that
    changed it is on disk, and never something in between.
    """
    version = raise_version()
    of_theirs = Card.organisation_id == organisation_id
    gone = db.session.scalars(select(Card.activity_id).where(of_theirs)).all()
    # The pictures, the references and the facts of a card go with it.
    db.session.execute(delete(Card).where(of_theirs))
    for card in cards:
        _insert(card, version)
    keep_dates({card.activity_id: card.public_document() for card in cards}, gone)
    keep_facts(
        (one.activity_id, one.organisation_id, one.listed_until, one.public_document())
        for one in cards
    )
    replace_in_index(gone, [_indexed(card, version) for card in cards])
    cards_changed(
        gone,
        [ChangedCard(one.activity_id, one.listed_until, one.public_document()) for one in cards],
    )


def withhold_cards(organisation_id: int, cards: list[CardRecord]) -> None:
    """Make these the organisation's only cards that a quiet hold keeps from the public."""
    db.session.execute(delete(WithheldCard).where(WithheldCard.organisation_id == organisation_id))
    for card in cards:
        db.session.execute(
            insert(WithheldCard).values(
                activity_id=card.activity_id,
                organisation_id=card.organisation_id,
                slug=card.slug,
                listed_until=card.listed_until,
                document=card.public_document(),
            )
        )


def say_anew(in_words_of_now: Callable[[Document], Document]) -> None:
    """Put what every card says of its kinds and marks in other words, and its words in search.

    For a list of words that the council has changed: no card comes or goes.
    """
    version = raise_version()
    for card in db.session.scalars(select(Card).order_by(Card.activity_id)).all():
        document = in_words_of_now(card.document)
        if document == card.document:
            continue
        card.document, card.version = document, version
        keep_dates({card.activity_id: document}, [card.activity_id])
        replace_in_index((), [_indexed(card, version)])
        cards_changed((), [ChangedCard(card.activity_id, card.listed_until, document)])
    for withheld in db.session.scalars(select(WithheldCard)).all():
        withheld.document = in_words_of_now(withheld.document)
    db.session.flush()


def fill_in_references() -> None:
    """Let cards that were made before there were any references beside them be looked up."""
    has_one = select(CardReference).where(CardReference.activity_id == Card.activity_id).exists()
    for activity_id, document in db.session.execute(
        select(Card.activity_id, Card.document).where(~has_one)
    ).all():
        rows = [{"activity_id": activity_id, "reference": one} for one in references_of(document)]
        if rows:
            db.session.execute(insert(CardReference), rows)


def raise_version(by: int = 1) -> int:
    """One more than before. Two steps at once wait for each other here, so no number is shared."""
    version: int = db.session.execute(
        update(RegisterVersion)
        .where(RegisterVersion.id == 1)
        .values(version=RegisterVersion.version + by, raised_at=clock.now())
        .returning(RegisterVersion.version)
    ).scalar_one()
    return version


def draw_numbers(count: int) -> range:
    """That many numbers, above every one that was drawn before. Until the commit nobody else
    draws any, so that numbers come to light in their order."""
    last = raise_version(count)
    return range(last - count + 1, last + 1)


def _insert(card: CardRecord, version: int) -> None:
    document = card.public_document()
    db.session.execute(
        insert(Card).values(
            activity_id=card.activity_id,
            organisation_id=card.organisation_id,
            slug=card.slug,
            organisation_slug=card.organisation_slug,
            name=card.name,
            sort_name=fold(card.name)[:LONGEST_SORT_NAME],
            listed_until=card.listed_until,
            min_months=card.min_months,
            max_months=card.max_months,
            price_pence=card.price_pence,
            version=version,
            document=document,
        )
    )
    _insert_beside(CardPicture, card, [{"sha256": one} for one in card.pictures])
    _insert_beside(CardReference, card, [{"reference": one} for one in card.references])


def _indexed(card: CardRecord | Card, version: int) -> Indexed:
    document = card.public_document() if isinstance(card, CardRecord) else card.document
    return indexed(
        card.activity_id,
        version,
        card.name,
        card.listed_until,
        document,
        school_calendar(),
        clock.today(),
    )


def _insert_beside(
    model: type[CardPicture | CardReference],
    card: CardRecord | Card,
    rows: list[dict[str, object]],
) -> None:
    if rows:
        rows = [{"activity_id": card.activity_id, **row} for row in rows]
        db.session.execute(insert(model), rows)
