"""What the stories of this room share: a club on the list, its pages, its letters, its papers."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from registry import clock
from registry.assessments.models import Assessment, Change
from registry.cards.models import Card
from registry.changes import services as changes
from registry.changes.queries import open_change
from registry.database import db
from registry.messages.models import Message
from registry.organisations.models import Organisation
from tests.files.specimens import a_pdf

BEFORE_A_DAY_IS_OVER = "23:59"


def is_shown(organisation: Organisation) -> bool:
    """Whether the public query of today finds the club: the date alone decides."""
    db.session.flush()
    rows = db.session.scalars(
        select(Card.activity_id).where(
            Card.organisation_id == organisation.id, Card.listed_until >= clock.today()
        )
    )
    return bool(rows.all())


def told(template: str, organisation: Organisation | None = None) -> int:
    """How many of one message there are."""
    query = select(Message.id).where(Message.template == template)
    if organisation is not None:
        query = query.where(Message.organisation_id == organisation.id)
    return len(db.session.scalars(query).all())


def asked(organisation: Organisation) -> set[str]:
    """The questions that the club is asked and has not sent."""
    rows = db.session.scalars(
        select(Change.question_key).where(
            Change.organisation_id == organisation.id, Change.state.in_(("asked", "sent_back"))
        )
    )
    return set(rows)


def question(organisation: Organisation, key: str) -> Change:
    """The open change of one question."""
    found = open_change(organisation.id, "question", 0, key)
    assert found is not None, key
    return found


def accept(change: Change, reviewer: Any, reason: str = "Read, and it is right.") -> bool:
    """A reviewer accepts what was read."""
    return changes.accept(change, reviewer, version=change.version, reason=reason)


def a_paper(words: str = "Checked by the committee") -> FileStorage:
    """A PDF that a club sends."""
    return FileStorage(BytesIO(a_pdf(words, "Our safeguarding plan")), filename="Minutes.pdf")


def page_of(visitor: Callable[..., Any], assessment: Assessment) -> Any:
    """What anybody gets at the address of the club's public page."""
    return visitor().get(f"/organisations/{assessment.organisation.slug}")
