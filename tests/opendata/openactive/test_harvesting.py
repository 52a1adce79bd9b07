"""Somebody who reads a feed while clubs change ends with exactly what is public."""

import threading
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from random import Random

import pytest
from flask import Flask
from sqlalchemy import delete, select

from registry.cards.models import Card
from registry.cards.record import CardRecord
from registry.cards.services import replace_cards
from registry.config import Settings
from registry.database import db
from registry.opendata.openactive.models import FeedItem
from registry.opendata.openactive.services import keep_these_in_step
from tests.cards.cards import card, put, session
from tests.opendata.openactive.harvesting import SERIES, SESSIONS, Harvester, harvester
from tests.page import Visitor
from tests.rigs.travelling import Clock

CLUBS, WRITERS = 6, 3
MOST = 3
MENDED = 120


@pytest.mark.parametrize(
    ("limit", "steps"), [(3, 8), pytest.param(None, 60, marks=pytest.mark.slow)]
)
def test_a_harvester_that_reads_while_clubs_change_ends_with_what_is_public(
    limit: int | None, steps: int, app: Flask, settings: Settings, clock: Clock
) -> None:
    clock.travel_to("2026-11-23 09:00")
    db.session.remove()
    changing = threading.Event()
    troubles: list[BaseException] = []
    readers: dict[str, Harvester] = {}

    def read(feed: str) -> None:
        reader = harvester(Visitor(app, settings.public_url), feed, limit)
        readers[feed] = reader
        while not changing.is_set():
            reader.read_on(pages=1)
            time.sleep(0.01)

    writers = [
        _thread(partial(_change_clubs, app, Random(seed), steps), troubles)
        for seed in range(WRITERS)
    ]
    reading = [_thread(partial(read, feed), troubles) for feed in (SERIES, SESSIONS)]
    for one in writers:
        one.join(MENDED)
    changing.set()
    for one in reading:
        one.join(MENDED)
    assert troubles == []
    public = set(db.session.scalars(select(Card.slug)))
    db.session.rollback()
    assert public
    for feed, reader in readers.items():
        assert reader.numbers, "nothing was read while clubs changed"
        reader.read_on()
        afresh = harvester(Visitor(app, settings.public_url), feed).read_on()
        assert reader.known == afresh.known
        assert reader.slugs == public


def test_of_two_steps_at_once_neither_is_missed(
    app: Flask, settings: Settings, clock: Clock
) -> None:
    """The first draws its numbers and is slow to commit. The second would be done before it."""
    clock.travel_to("2026-11-23 09:00")
    put(*(_football(club, 1, Random(club)) for club in (1, 2)))
    db.session.execute(delete(FeedItem))
    db.session.commit()
    db.session.remove()
    drawn, read = threading.Event(), threading.Event()
    troubles: list[BaseException] = []

    def slow() -> None:
        with app.app_context():
            keep_these_in_step([11])
            drawn.set()
            read.wait(MENDED)
            db.session.commit()

    def quick() -> None:
        with app.app_context():
            drawn.wait(MENDED)
            keep_these_in_step([21])
            db.session.commit()

    steps = [_thread(slow, troubles), _thread(quick, troubles)]
    drawn.wait(MENDED)
    steps[1].join(0.5)
    reader = harvester(Visitor(app, settings.public_url)).read_on()
    read.set()
    for one in steps:
        one.join(MENDED)
    assert troubles == []
    assert reader.read_on().slugs == {"football-1-1", "football-2-1"}


def _change_clubs(app: Flask, random: Random, steps: int) -> None:
    """Clubs come, change and go, some by two hands at once; some steps are given up half-way."""
    with app.app_context():
        for _ in range(steps):
            club = random.randrange(1, CLUBS + 1)
            listed = random.sample(range(MOST), random.randint(0, MOST))
            replace_cards(club, [_football(club, number, random) for number in listed])
            # Somebody else may want to draw numbers meanwhile.
            time.sleep(random.choice((0, 0.002, 0.01)))
            if random.random() < 0.2:
                db.session.rollback()
            else:
                db.session.commit()
        db.session.remove()


def _football(club: int, number: int, random: Random) -> CardRecord:
    """One of a club's activities, on some day at some time."""
    week = session(
        key="weekly",
        days=[random.randrange(7)],
        season="all_year",
        start=random.choice(("16:00", "17:00")),
        end="18:00",
    )
    return card(
        f"Football {random.randint(1, 3)}",
        activity_id=club * 10 + number,
        organisation=club,
        slug=f"football-{club}-{number}",
        categories=("sport.football",),
        sessions=[week],
        until=date(2026, 12, 20),
    )


def _thread(work: Callable[[], None], troubles: list[BaseException]) -> threading.Thread:
    def watched() -> None:
        try:
            work()
        except BaseException as trouble:
            troubles.append(trouble)

    thread = threading.Thread(target=watched, daemon=True)
    thread.start()
    return thread
