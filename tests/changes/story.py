"""What several tests of changes do: looking at cards, and telling of a risk check."""

import json
from datetime import date
from io import BytesIO
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from registry import clock
from registry.assessments.models import Change, Evidence
from registry.cards.models import Card
from registry.changes import services
from registry.database import db
from registry.organisations.models import Activity, Organisation
from tests.files.specimens import a_pdf


def cards(organisation: Organisation) -> dict[int, Any]:
    """What the public sees of each activity, as its card has it."""
    db.session.flush()
    rows = db.session.scalars(
        select(Card).where(
            Card.organisation_id == organisation.id, Card.listed_until >= clock.today()
        )
    )
    return {row.activity_id: json.loads(json.dumps(row.document)) for row in rows}


def changes(organisation: Organisation, *states: str) -> list[Change]:
    """The changes of an organisation, in the order in which they came."""
    rows = db.session.scalars(
        select(Change).where(Change.organisation_id == organisation.id).order_by(Change.id)
    )
    return [one for one in rows if not states or one.state in states]


def the_change(organisation: Organisation, *states: str) -> Change:
    """The only one."""
    found = changes(organisation, *states)
    assert len(found) == 1, [(one.kind, one.state) for one in found]
    return found[0]


def a_paper(organisation: Organisation, owner: Any, key: str, words: str = "Our risk check") -> int:
    """A paper of the club for one question."""
    sent = FileStorage(BytesIO(a_pdf(words, "What could hurt someone")), filename=f"{words}.pdf")
    paper: Evidence = services.add_paper(organisation, owner, key, sent)
    return paper.id


def send_risk_check(activity: Activity, owner: Any, checked_on: date | None = None) -> Change:
    """The owner sends the risk check of one activity."""
    paper = a_paper(activity.organisation, owner, "hs_ra_all", f"Risk check of {activity.name}")
    return services.tell_risk_check(
        activity, owner, paper=paper, checked_on=checked_on or clock.today()
    )
