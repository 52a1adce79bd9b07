"""The index of searches: kept with every step, made anew beside itself, and told the new dates."""

from datetime import date, timedelta

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import select, text

from registry.cards.models import Card, SearchTouched, SearchWord
from registry.cards.queries import search
from registry.cards.search import rebuilding
from registry.cards.search.rebuilding import fill, rebuild, refresh_dates
from registry.cards.search.request import SearchRequest
from registry.cards.services import replace_cards
from registry.database import db
from tests.cards.cards import HEATH_TOWN, card, document, put, session

SUNDAY = date(2026, 11, 22)
FROM_DOCUMENTS = {"from_documents": True}


def names(**asked) -> list[str]:
    """The names that a request finds, in order."""
    db.session.rollback()
    return [hit.document["name"] for hit in search(SearchRequest(**asked)).hits]


def vocabulary() -> dict[str, int]:
    """On how many cards each word stands."""
    db.session.rollback()
    return dict(db.session.execute(select(SearchWord.word, SearchWord.cards)).all())


def everything() -> list[tuple]:
    """Every row of the index."""
    db.session.rollback()
    return sorted(map(tuple, db.session.execute(text("SELECT key, id, facets FROM search_row"))))


def test_words_are_counted_with_every_step(app):
    put(card("Chess", organisation=1, activity_id=1), card("Chess", organisation=2, activity_id=2))
    assert vocabulary()["chess"] == 2
    put(card("Judo", organisation=1, activity_id=1))
    assert vocabulary()["chess"] == vocabulary()["judo"] == 1
    replace_cards(2, [])
    db.session.commit()
    assert "chess" not in vocabulary()


def test_a_step_that_is_given_up_leaves_the_index_alone(app):
    put(card("Chess", organisation=1, activity_id=1))
    before = everything(), vocabulary()
    replace_cards(1, [card("Judo", organisation=1, activity_id=1)])
    assert (everything(), vocabulary()) == before
    assert names(q="chess") == ["Chess"]


def test_an_empty_index_is_filled_from_the_cards(app):
    put(card("Chess"), card("Judo", also_at=[document()["venue"]]))
    before = everything(), vocabulary()
    for table in ("search_row", "search_word"):
        db.session.execute(text(f"DELETE FROM {table}"))
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text("DELETE FROM search_words"))
    db.session.commit()
    assert names(q="chess") == []
    assert fill() == 2
    db.session.commit()
    assert (everything(), vocabulary()) == before
    assert names(q="chess") == ["Chess"]
    assert fill() == 0


def test_made_anew_it_is_the_same(app):
    put(*(card(f"Club {n:02}", organisation=n, activity_id=n) for n in range(1, 30)))
    before = everything(), vocabulary()
    told = []
    for _ in range(3):
        assert rebuild(lambda done, of: told.append((done, of))) == 29
        assert (everything(), vocabulary()) == before
        assert len(names(q="club 1")) > 0
    assert told[-1] == (29, 29)
    db.session.rollback()
    left = {"search_row_old", "search_row_twin", "search_words_old", "search_word_old"}
    assert not left & {*db.inspect(db.engine).get_table_names()}


@pytest.mark.parametrize(
    ("told", "how"), [("version = 0", {}), ("made = 1", {}), ("lead = lead", FROM_DOCUMENTS)]
)
def test_what_is_no_longer_right_is_made_from_its_document(app, told, how):
    put(card("Chess", organisation=1), card("Judo", organisation=2))
    before = everything(), vocabulary()
    db.session.execute(text(f"UPDATE search_row SET facets = ' kart ', {told} WHERE lead = 1"))
    db.session.commit()
    assert everything() != before[0]
    rebuild(**how)
    assert (everything(), vocabulary()) == before
    assert names(q="chess") == ["Chess"]


def test_what_is_still_right_is_copied(app, monkeypatch):
    put(card("Chess", organisation=1), card("Judo", organisation=2))
    monkeypatch.setattr(rebuilding, "indexed", None)
    assert rebuild() == 2
    assert names(q="judo") == ["Judo"]
    assert vocabulary()["judo"] == 1


def test_the_words_on_sqlite_are_those_of_the_texts_however_often_they_are_made_anew(app):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps both in one row")
    put(*(card(f"Club {n}", organisation=n, activity_id=n) for n in range(1, 9)))
    for number in range(3):
        rebuild()
        put(card(f"Chess {number}", organisation=number + 1, activity_id=number + 1))
        db.session.execute(
            text("INSERT INTO search_words (search_words) VALUES ('integrity-check')")
        )
        db.session.commit()
    assert len(names(q="chess")) == 3


def test_what_is_changed_while_it_is_made_anew_is_in_it(app, monkeypatch):
    put(*(card(f"Chess {n}", organisation=n, activity_id=n) for n in range(1, 7)))
    monkeypatch.setattr(rebuilding, "_SLICE", 2)
    monkeypatch.setattr(rebuilding, "_FEW", 1)

    def meanwhile(done: int, of: int) -> None:
        if done == 4:
            put(card("Judo", organisation=1, activity_id=1))
            put(card("Judo new", organisation=9, activity_id=9))
            replace_cards(2, [])
            replace_cards(6, [])
            db.session.commit()
            assert names(q="judo") == ["Judo", "Judo new"]

    rebuild(meanwhile)
    assert names() == ["Chess 3", "Chess 4", "Chess 5", "Judo", "Judo new"]
    assert names(q="judo") == ["Judo", "Judo new"]
    assert (vocabulary()["chess"], vocabulary()["judo"]) == (3, 2)
    db.session.rollback()
    assert db.session.query(SearchTouched).count() == 0
    put(card("Later", organisation=3, activity_id=3))
    assert db.session.query(SearchTouched).count() == 0


@pytest.mark.parametrize("days_later", [0, 1, 6, 7, 8, 40, 61, 80])
def test_the_next_date_is_right_however_long_the_night_was_missed(app, clock, days_later):
    clock.freeze(SUNDAY)
    weekly = session(days=[1], season="all_year")
    put(
        card("Tuesdays", until=date(2027, 11, 1), sessions=[weekly]),
        card("Thursdays", until=date(2027, 11, 1), sessions=[{**weekly, "days": [3]}]),
    )
    clock.freeze(SUNDAY + timedelta(days=days_later))
    assert len(names(soon=True)) == 2
    first = ["Tuesdays", "Thursdays"] if clock_day(days_later) not in (2, 3) else None
    if first and days_later < 55:
        assert names(sort="next") == first
    assert refresh_dates() == (2 if days_later >= 7 else 0)
    if days_later >= 7 and first:
        assert names(sort="next") == first
    assert all(not hit.unsure for hit in search(SearchRequest(soon=True)).hits)


def clock_day(days_later: int) -> int:
    """The day of the week, Monday is 0."""
    return (SUNDAY + timedelta(days=days_later)).weekday()


def test_the_dates_of_a_card_that_has_gone_are_not_asked_for_ever(app, clock):
    clock.freeze(SUNDAY)
    put(card("Chess"))
    db.session.query(Card).delete()
    db.session.commit()
    clock.freeze(SUNDAY + timedelta(days=10))
    assert refresh_dates() == 1
    assert refresh_dates() == 0
    assert everything() == []


@pytest.mark.parametrize(
    "q",
    ['"', "'", "%", "_1_2", "__1_2", "a OR b", "NEAR(a b)", "names:chess", "chess*", "-chess",
     "\0", "a\0b", "(((", "chess & judo | !x", "\\", "\ud800", "१२ हिन्दी", "x" * 5000,
     " ".join(f"word{n}" for n in range(5000)), "1:1", "e-sports", "SW1A 0AA"],
)  # fmt: skip
def test_no_words_make_a_search_fail(app, q):
    put(card("Chess and judo"))
    found = search(SearchRequest(q=q, postcode="WV10 0BB", miles=2.0))
    assert found.total in (0, 1)


@pytest.mark.parametrize(
    "asked",
    [{"support": ("\0",)}, {"languages": ("\0", "'")}, {"categories": ("%",)}, {"page": 10**9}],
)
def test_no_values_make_a_search_fail(app, asked):
    put(card("Chess"))
    assert search(SearchRequest(**asked)).total in (0, 1)


def test_a_card_at_the_edge_of_a_cell_is_found_from_the_next(app):
    put(card("Chess", at=(HEATH_TOWN[0] + 0.0001, HEATH_TOWN[1])))
    for miles in (0.5, 1.0, 5.0, 6.0, 20.0):
        assert names(postcode="WV10 0BB", miles=miles) == ["Chess"]


def test_going_back_gives_the_tables_before_what_they_held(app):
    put(
        card("Street chess", activity_id=5, days=(1, 5), categories=("sport.football",)),
        card("Judo online", activity_id=6, at=None),
    )
    db.session.rollback()
    downgrade(revision="0003")
    told = {
        table: sorted(map(tuple, db.session.execute(text(f"SELECT {columns} FROM {table}"))))
        for table, columns in (
            ("card_word", "activity_id, word, tier"),
            ("card_day", "activity_id, day"),
            ("card_category", "activity_id, code"),
            ("card_point", "activity_id, place, latitude"),
        )
    }
    assert (5, "chess", 0) in told["card_word"]
    assert (5, "football", 1) in told["card_word"]
    assert (6, "heath", 2) in told["card_word"]
    assert told["card_day"] == [(5, 1), (5, 5), (6, 1)]
    assert (5, "sport") in told["card_category"]
    assert (5, "sport.football") in told["card_category"]
    assert told["card_point"] == [(5, 0, HEATH_TOWN[0])]
    db.session.rollback()
    upgrade()
    assert fill() == 2
    db.session.commit()
    assert names(q="street chess", days=(5,)) == ["Street chess"]


def test_who_said_no_is_not_counted_as_one_who_did_not_say(app):
    def signs(answer: str) -> list[dict[str, str]]:
        return [{"code": "bsl", "label": "BSL", "answer": answer}] if answer else []

    put(*(card(f"Club {said or 'silent'}", support=signs(said)) for said in ("yes", "no", "")))
    found = search(SearchRequest(support=("bsl",)))
    assert (found.total, found.unsaid) == (1, {"support": 1})
    assert search(SearchRequest()).unsaid == {}
