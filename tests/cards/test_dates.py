"""Since when something is on the list, and when it last said something new."""

from datetime import date
from typing import Any

from registry.cards.dates import digest_of
from registry.cards.models import CardDates
from registry.cards.services import replace_cards, say_anew
from registry.database import db
from tests.cards.cards import card, put

LAST = date(2027, 2, 1)


def dates(number: int) -> tuple[str, str]:
    """First listed, and changed: as days."""
    db.session.expire_all()
    row = db.session.get_one(CardDates, number)
    first = f"{row.first_listed_at:%d %b}" if row.first_listed_at else ""
    return first, f"{row.changed_at:%d %b}"


def test_a_card_is_new_once_and_changed_when_it_says_something_else(app, clock):
    clock.freeze("2026-11-22 10:00")
    put(card("Judo", activity_id=5, organisation=5, until=LAST))
    assert dates(5) == ("22 Nov", "22 Nov")
    clock.freeze("2026-11-24 10:00")
    put(card("Judo", activity_id=5, organisation=5, until=LAST, sessions=[]))
    assert dates(5) == ("22 Nov", "24 Nov")
    clock.freeze("2026-11-25 10:00")
    put(card("Judo", activity_id=5, organisation=5, until=LAST, sessions=[]))
    assert dates(5) == ("22 Nov", "24 Nov")


def test_one_that_comes_back_is_not_new_but_has_to_be_read_again(app, clock):
    clock.freeze("2026-11-22 10:00")
    judo = card("Judo", activity_id=5, organisation=5, until=LAST)
    put(judo)
    clock.freeze("2026-11-23 10:00")
    replace_cards(5, [])
    assert dates(5) == ("22 Nov", "22 Nov")
    clock.freeze("2026-11-27 10:00")
    put(judo)
    assert dates(5) == ("22 Nov", "27 Nov")


def test_a_card_that_is_older_than_its_dates_is_never_taken_for_new(app, clock):
    clock.freeze("2026-11-22 10:00")
    judo = card("Judo", activity_id=5, organisation=5, until=LAST)
    put(judo)
    db.session.delete(db.session.get_one(CardDates, 5))
    db.session.commit()
    clock.freeze("2026-11-24 10:00")
    put(judo)
    assert dates(5) == ("", "24 Nov")


def test_other_words_of_the_council_are_a_change(app, clock):
    def louder(document: dict[str, Any]) -> dict[str, Any]:
        return {**document, "languages": ["Polish"]}

    clock.freeze("2026-11-22 10:00")
    put(card("Judo", activity_id=5, organisation=5, until=LAST))
    clock.freeze("2026-11-24 10:00")
    say_anew(louder)
    assert dates(5) == ("22 Nov", "24 Nov")


def test_the_order_of_its_parts_changes_no_document():
    assert digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1}) != digest_of({"a": 1})
