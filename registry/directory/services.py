"""Puts cards into the directory and takes them out. The caller commits."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import delete, insert, select, update

from registry.database import db
from registry.directory.cards import CardRecord, references_of
from registry.directory.categories import both_levels, broad_words
from registry.directory.models import (
    Card,
    CardCategory,
    CardDay,
    CardPicture,
    CardPoint,
    CardReference,
    CardWord,
    RegisterVersion,
    WithheldCard,
)
from registry.directory.queries import register_version
from registry.directory.words import fold, index_words

__all__ = [
    "fill_in_references",
    "raise_version",
    "register_version",
    "replace_cards",
    "say_anew",
    "withhold_cards",
]

Document = dict[str, Any]

_LONGEST_SORT_NAME = 200


def replace_cards(organisation_id: int, cards: list[CardRecord]) -> None:
    """Make these the organisation's only cards, and raise the register's version.

    In the caller's transaction: the directory says the new thing at the moment the step that
    changed it is on disk, and never something in between.
    """
    version = raise_version()
    # The words, categories, days, points and pictures of a card go with it.
    db.session.execute(delete(Card).where(Card.organisation_id == organisation_id))
    for card in cards:
        _insert(card, version)


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
        db.session.execute(delete(CardWord).where(CardWord.activity_id == card.activity_id))
        rows = [
            {"activity_id": card.activity_id, "word": w, "tier": t} for w, t in _words(document)
        ]
        db.session.execute(insert(CardWord), rows)
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


def raise_version() -> int:
    """One more than before. Two steps at once wait for each other here, so no number is shared."""
    version: int = db.session.execute(
        update(RegisterVersion)
        .where(RegisterVersion.id == 1)
        .values(version=RegisterVersion.version + 1)
        .returning(RegisterVersion.version)
    ).scalar_one()
    return version


def _insert(card: CardRecord, version: int) -> None:
    document = card.public_document()
    db.session.execute(
        insert(Card).values(
            activity_id=card.activity_id,
            organisation_id=card.organisation_id,
            slug=card.slug,
            organisation_slug=card.organisation_slug,
            name=card.name,
            sort_name=fold(card.name)[:_LONGEST_SORT_NAME],
            listed_until=card.listed_until,
            min_months=card.min_months,
            max_months=card.max_months,
            price_pence=card.price_pence,
            version=version,
            document=document,
        )
    )
    points: list[dict[str, object]] = [
        {"place": n, "latitude": y, "longitude": x} for n, y, x in card.points
    ]
    _insert_beside(CardPoint, card, points)
    _insert_beside(CardPicture, card, [{"sha256": one} for one in card.pictures])
    _insert_beside(CardReference, card, [{"reference": one} for one in card.references])
    _insert_beside(CardWord, card, [{"word": w, "tier": t} for w, t in _words(document)])
    _insert_beside(CardCategory, card, [{"code": c} for c in sorted(both_levels(card.categories))])
    _insert_beside(CardDay, card, [{"day": day} for day in sorted(set(card.days))])


def _words(document: dict[str, object]) -> list[tuple[str, int]]:
    return sorted(index_words(document, broad_words).items())


def _insert_beside(
    model: type[CardWord | CardCategory | CardDay | CardPoint | CardPicture | CardReference],
    card: CardRecord | Card,
    rows: list[dict[str, object]],
) -> None:
    if rows:
        rows = [{"activity_id": card.activity_id, **row} for row in rows]
        db.session.execute(insert(model), rows)
