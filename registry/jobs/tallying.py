"""Taking in what the web processes counted: slip by slip, each in a transaction of its own."""

import logging
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from sqlalchemy import select

from registry.administration.notices import read_only
from registry.cards.models import Card
from registry.config import settings
from registry.database import db
from registry.tallies.services import write_down
from registry.tallies.slips import Slip, waiting

log = logging.getLogger(__name__)


def take_in_tallies() -> int:
    """Write down every slip that waits. Returns how many there were.

    What cannot be written today stays where it is; what is no slip is thrown away.
    """
    if read_only() is not None:
        return 0
    return sum(_take_in(path) for path in waiting(settings().tallies_dir))


def _take_in(path: Path) -> bool:
    slip = _read(path)
    if slip is None:
        return False
    try:
        write_down(slip, _owners)
        db.session.commit()
    except Exception as error:
        db.session.rollback()
        log.error("counts could not be written: %s", type(error).__name__)
        return False
    path.unlink(missing_ok=True)
    return True


def _read(path: Path) -> Slip | None:
    try:
        return Slip.from_text(path.read_text())
    except (ValueError, KeyError, TypeError):
        log.error("what waits as a count is none: %s", path.name)
        with suppress(OSError):
            path.unlink(missing_ok=True)
    except OSError as error:
        log.error("a count cannot be read: %s", type(error).__name__)
    return None


def _owners(activity_ids: Collection[int]) -> dict[int, int]:
    """Which organisation each listing is of; none for what is on no card any more."""
    found = select(Card.activity_id, Card.organisation_id).where(Card.activity_id.in_(activity_ids))
    return dict(db.session.execute(found).all())
