"""The demonstration register: invented clubs at real postcodes, walked through by the services.

Everything that happened to every club is put in one order of time and done at its own instant,
in one transaction of the caller's: there is a whole register afterwards, or none.
"""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import update

from registry import clock
from registry.database import db
from registry.demonstration.administering import parts_of_administering
from registry.demonstration.assisting import parts_of_assisting
from registry.demonstration.clubs import Club, written_clubs
from registry.demonstration.coming_again import parts_of_coming_again
from registry.demonstration.disputing import parts_of_disputing
from registry.demonstration.invention import invented_clubs
from registry.demonstration.lost_letters import lose_a_letter
from registry.demonstration.marking import mark
from registry.demonstration.moments import Part
from registry.demonstration.people import People
from registry.demonstration.second_looks import parts_of_second_looks
from registry.demonstration.stories import Story
from registry.demonstration.telling_us import parts_of_telling
from registry.messages.models import Message

# Letters of the last days wait for the worker, so that there is something in the outbox to see.
LETTERS_TO_SEE = timedelta(days=14)
STAFF_CAME = timedelta(days=600)
WRITTEN = 60  # clubs that somebody wrote; more are made from these
MOST = 100_000
# What is not the story of one club alone.
TOGETHER = (
    parts_of_administering,
    parts_of_assisting,
    parts_of_coming_again,
    parts_of_disputing,
    parts_of_second_looks,
    parts_of_telling,
)


def load(
    organisations: int = WRITTEN,
    seed: int = 1,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> None:
    """Fill an empty database, and mark it. The same seed makes the same register, with dates
    around today. The caller commits."""
    today, now = clock.today(), clock.now()
    mark(organisations, seed)
    people = People()
    with clock.at(now - STAFF_CAME):
        people.make_staff()
    stories = [Story(club, people, today, seed) for club in clubs_of(organisations, seed)]
    parts: list[Part] = [part for story in stories for part in story.parts()]
    for parts_of in TOGETHER:
        parts += parts_of(people, today)
    parts.sort(key=lambda part: part[0])
    for done, (instant, act) in enumerate(parts, start=1):
        with clock.at(instant):
            act()
        db.session.flush()
        progress(done, len(parts))
    _old_letters_went()
    lose_a_letter()


def clubs_of(count: int, seed: int) -> list[Club]:
    """That many clubs: those that were written, then others made from them."""
    written = list(written_clubs()[:count])
    return written + invented_clubs(count - len(written), seed)


def _old_letters_went() -> None:
    """Nobody gets letters of last year today: those went when they were written."""
    db.session.execute(
        update(Message)
        .where(Message.queued_at < clock.now() - LETTERS_TO_SEE)
        .values(sent_at=Message.queued_at, attempts=1)
    )
