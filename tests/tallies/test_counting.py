"""Looks at listings, and words that found nothing: what is kept, and above all what is not."""

import json
import logging
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.cards.models import Card
from registry.database import db
from registry.jobs.nightly import run_night
from registry.jobs.tallying import take_in_tallies
from registry.tallies import looked_at, missed
from registry.tallies.gathering import MOST_WORDS, Gathering
from registry.tallies.handing_over import hand_over
from registry.tallies.models import ListingLook, MissedTrace, MissedWord
from registry.tallies.noting import gathering
from registry.tallies.queries import looks_of, missed_words
from registry.tallies.slips import Slip, waiting
from registry.tallies.wording import plain_words
from tests.cards.cards import card, put

PHONE = "Mozilla/5.0 (Linux; Android 9; Moto E5) AppleWebKit/537.36 Mobile Safari/537.36"
A_MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nothing_counted():
    gathering.take()
    yield
    gathering.take()


@pytest.fixture
def some_page(app):
    """A request of somebody with a telephone; anything of it may be given."""

    def asked(**changes):
        headers = {"User-Agent": PHONE, **changes.pop("headers", {})}
        return app.test_request_context("/activities", headers=headers, **changes)

    return asked


def work() -> None:
    """What happens every few minutes: the process hands over, the worker writes."""
    hand_over()
    take_in_tallies()


def days_of(clock, *words: str, days: int) -> None:
    """Somebody looks for these on so many days."""
    for number in range(days):
        clock.travel_to(A_MONDAY + timedelta(days=number))
        for one in words:
            missed(one)
        work()


# Looks.


def test_looks_are_added_up_by_the_week_and_shown_to_the_club(app, clock):
    put(card("Chess", activity_id=7, organisation=3), card("Dance", activity_id=8, organisation=4))
    clock.travel_to(A_MONDAY)
    looked_at(7)
    looked_at(7)
    work()
    clock.travel_to(A_MONDAY + timedelta(days=6))
    looked_at(7)
    looked_at(8)
    work()
    clock.travel_to(A_MONDAY + timedelta(days=7))
    looked_at(7)
    work()
    rows = db.session.query(ListingLook).order_by(ListingLook.activity_id, ListingLook.week)
    assert [(r.activity_id, r.week, r.times) for r in rows] == [
        (7, date(2026, 11, 16), 3),
        (7, date(2026, 11, 23), 1),
        (8, date(2026, 11, 16), 1),
    ]
    assert looks_of(3, date(2026, 11, 16)) == {7: 4}
    assert looks_of(3, date(2026, 11, 23)) == {7: 1}


def test_what_is_on_no_card_any_more_is_not_counted(app):
    looked_at(99)
    work()
    assert db.session.query(ListingLook).count() == 0
    assert not list(waiting(app.extensions["settings"].tallies_dir))


@pytest.mark.parametrize(
    "changes",
    [
        {"headers": {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}},
        {"headers": {"User-Agent": ""}},
        {"headers": {"User-Agent": "curl/8.5.0"}},
        {"headers": {"Sec-Purpose": "prefetch;prerender"}},
        {"headers": {"Cookie": "session=of-the-club-itself"}},
        {"method": "HEAD"},
    ],
)
def test_robots_and_whoever_is_signed_in_are_not_counted(some_page, changes):
    with some_page(**changes):
        looked_at(7)
        missed("karate")
    assert not gathering.take()


def test_somebody_with_a_telephone_is_counted(some_page):
    with some_page():
        looked_at(7)
    assert sum(gathering.take().looks.values()) == 1


def test_a_question_asks_no_database(some_page, monkeypatch):
    monkeypatch.setattr(db, "session", None)
    with some_page():
        looked_at(7)
        missed("karate")
    assert gathering.take()


# Words.


def test_a_word_is_kept_from_the_third_day_on(app, clock):
    put(card("Chess"))
    days_of(clock, "trampolining", days=2)
    assert missed_words() == []
    assert db.session.query(MissedTrace).count() == 2
    days_of(clock, "Trampolining!", days=3)
    assert missed_words() == [("trampolining", 3, date(2026, 11, 18))]
    clock.travel_to(A_MONDAY + timedelta(days=5))
    missed("trampolining")
    work()
    assert missed_words() == [("trampolining", 4, date(2026, 11, 21))]


def test_ten_times_on_one_day_is_one_day(app, clock):
    clock.travel_to(A_MONDAY)
    for _ in range(10):
        missed("trampolining")
        work()
    assert db.session.query(MissedTrace).count() == 1
    assert missed_words() == []


def test_a_word_that_some_card_has_is_not_missed(app, clock):
    put(card("Chess for all"))
    days_of(clock, "chess", days=4)
    assert db.session.query(MissedTrace).count() == 0


def test_a_word_near_the_registers_own_may_be_kept_and_a_strange_one_never(app, clock):
    put(card("Zumbarella dancing"))
    days_of(clock, "zumbarela", "qwrtplk", days=4)
    assert [word for word, _, _ in missed_words()] == ["zumbarela"]


SECRET = ("WV10 0BB", "WV10", "Wojciechowska", "07700 900123", "+44 7700 900123", "a@b.example")


def test_what_nobody_may_keep_is_nowhere(app, clock, caplog):
    """Neither in the database, nor on its way to the worker, nor in a log."""
    put(card("Chess"))
    caplog.set_level(logging.DEBUG)
    folder = app.extensions["settings"].tallies_dir
    lying = []
    for number in range(5):
        clock.travel_to(A_MONDAY + timedelta(days=number))
        for one in SECRET:
            missed(one)
            missed(f"karate {one}")
        hand_over()
        lying += [path.read_text() for path in waiting(folder)]
        take_in_tallies()
    db.session.commit()
    kept = [json.dumps([str(v) for row in _every_row() for v in row]), *lying, caplog.text]
    for one in ("WV10", "0BB", "Wojciechowska", "900123", "7700", "b.example"):
        assert not [text for text in kept if one.casefold() in text.casefold()], one


def test_before_the_third_day_the_word_itself_is_nowhere(app, clock):
    put(card("Chess"))
    folder = app.extensions["settings"].tallies_dir
    for number in range(2):
        clock.travel_to(A_MONDAY + timedelta(days=number))
        missed("trampolining")
        hand_over()
        assert all("trampolining" not in path.read_text() for path in waiting(folder))
        take_in_tallies()
        db.session.commit()
        assert "trampolining" not in json.dumps([str(v) for row in _every_row() for v in row])


def _every_row():
    for table in db.metadata.sorted_tables:
        if table.name in ("listing_look", "missed_trace", "missed_word"):
            yield from db.session.execute(table.select())


@given(st.text(max_size=60))
def test_no_question_with_a_digit_or_an_address_leaves_a_word(text):
    words = plain_words(text)
    if any(letter.isdigit() for letter in text) or "@" in text:
        assert words == ()
    assert all(word.isalpha() or not word.isascii() for word in words)
    assert all(3 <= len(word) <= 30 for word in words)


def test_nobody_fills_the_memory():
    many = Gathering()
    many.miss((f"word{n}" for n in range(3 * MOST_WORDS)), date(2026, 11, 16))
    assert len(many.take().words) == MOST_WORDS


# On the way to the worker.


def test_where_nothing_can_be_handed_over_it_waits_in_memory(app, monkeypatch):
    put(card("Chess", activity_id=7))
    looked_at(7)
    folder = app.extensions["settings"].tallies_dir
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("in the way")
    with pytest.raises(OSError):
        hand_over()
    folder.unlink()
    looked_at(7)
    work()
    assert db.session.query(ListingLook).one().times == 2


def test_what_is_no_slip_is_thrown_away_and_stops_nothing(app, caplog):
    put(card("Chess", activity_id=7))
    looked_at(7)
    hand_over()
    folder = app.extensions["settings"].tallies_dir
    (folder / "0.json").write_text('{"looks": "secret words"}')
    assert take_in_tallies() == 1
    assert not list(waiting(folder))
    assert "secret words" not in caplog.text


def test_what_cannot_be_written_today_waits(app, monkeypatch):
    put(card("Chess", activity_id=7))
    looked_at(7)
    hand_over()
    folder = app.extensions["settings"].tallies_dir
    with monkeypatch.context() as broken:
        broken.setattr("registry.jobs.tallying.write_down", lambda *_: 1 / 0)
        assert take_in_tallies() == 0
    assert len(list(waiting(folder))) == 1
    assert take_in_tallies() == 1


def test_the_first_count_starts_the_clock_and_only_once():
    woken = []
    counts = Gathering()
    counts.when_there_is_something(lambda: woken.append(1))
    counts.look(7, date(2026, 11, 16))
    counts.look(8, date(2026, 11, 16))
    assert len(woken) == 1
    counts.take()
    counts.look(7, date(2026, 11, 16))
    assert len(woken) == 2


@given(
    st.lists(st.tuples(st.dates(), st.integers(1), st.integers(1))),
    st.lists(st.tuples(st.dates(), st.binary(min_size=32, max_size=32))),
)
def test_a_slip_reads_as_it_was_written(looks, traces):
    slip = Slip(looks, traces, ["karate"])
    assert Slip.from_text(slip.to_text()) == slip


# Forgetting.


def test_the_night_forgets_words_after_90_days_and_looks_after_two_years(app, clock):
    put(card("Chess", activity_id=7))
    days_of(clock, "trampolining", days=3)
    looked_at(7)
    work()
    clock.travel_to(A_MONDAY + timedelta(days=2 + 90))
    run_night()
    assert len(missed_words()) == 1
    clock.travel_to(A_MONDAY + timedelta(days=2 + 91))
    run_night()
    assert missed_words() == []
    assert db.session.query(MissedTrace).count() == 0
    assert db.session.query(ListingLook).count() == 1
    clock.travel_to(A_MONDAY + timedelta(days=735))
    run_night()
    assert db.session.query(ListingLook).count() == 0
    assert db.session.query(MissedWord).count() == 0
    assert db.session.query(Card).count() >= 0


# What pages say.


def test_a_listing_that_is_opened_and_opened_again_was_looked_at_twice(app, client):
    put(card("Chess", activity_id=7))
    headers = {"User-Agent": PHONE}
    first = client.get("/activities/activity-7", headers=headers)
    held = {**headers, "If-None-Match": first.headers["ETag"]}
    assert client.get("/activities/activity-7", headers=held).status == 304
    client.get("/activities/activity-8", headers=headers)
    assert {number: n for (_, number), n in gathering.take().looks.items()} == {7: 2}


def test_a_search_without_a_hit_notes_its_words_and_one_with_a_hit_none(app, client):
    put(card("Chess"))
    headers = {"User-Agent": PHONE}
    client.get("/activities?q=chess", headers=headers)
    client.get("/activities?q=archery+juniors", headers=headers)
    client.get("/activities?q=archery&postcode=WV10+0BB", headers=headers)
    assert {word for _, word in gathering.take().words} == {"archery", "juniors"}
