"""Letters that were put into the post."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from registry import clock
from registry.assessments.steps import ask
from registry.assisted.queries import Letter
from registry.audit import services as history
from registry.errors import BadInput
from registry.permissions import P


def posted(letters: Iterable[Letter], actor: Any, on: date) -> int:
    """Say on which day letters were posted. One that was is left as it is."""
    if on > clock.today():
        raise BadInput("The day of the post must be today or before.")
    count = 0
    for letter in letters:
        ask(actor, P.SEND_LETTERS, letter)
        if letter.message.sent_at is not None:
            continue
        if on < clock.local(letter.message.queued_at).date():
            raise BadInput("A letter cannot be posted before it was written.")
        noon = datetime.combine(on, time(12), tzinfo=clock.local(clock.now()).tzinfo)
        letter.message.sent_at = min(noon, clock.now())
        history.record(
            "post_letter",
            letter.message,
            actor,
            organisation_id=letter.message.organisation_id,
            details={"posted_on": on.isoformat()},
        )
        count += 1
    return count
