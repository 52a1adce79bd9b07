"""What invented clubs change and tell the council after they came on the list.

Each verb is a line of a story: `told = [{ ago = 3, does = "price", … }]`, so many days ago.
"""

from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from registry import clock
from registry.accounts.models import Account
from registry.accounts.tokens import link_from_seed
from registry.assessments.publish import publish
from registry.changes import services as changes
from registry.changes.queries import open_changes
from registry.criteria.paper_risks import paper_risks
from registry.database import db
from registry.demonstration.paperwork import paper
from registry.messages.models import Message
from registry.organisations import services as organisations
from registry.organisations.models import Activity, Organisation
from registry.people import services as people
from registry.people.queries import lead_of
from registry.telling import services as telling

__all__ = ["EVERY_RISK", "lead_says_yes", "tell"]

# Their owners have looked at what they send: nothing in an invented paper is private.
EVERY_RISK = tuple(risk.key for risk in paper_risks())


def tell(
    organisation: Organisation, owner: Account, reviewer: Account, told: Mapping[str, Any]
) -> None:
    """Do one line of a story, today."""
    _VERBS[told["does"]](organisation, owner, reviewer, told)
    publish(organisation)


def lead_says_yes(organisation: Organisation) -> None:
    """The safeguarding lead follows the link of the newest letter, and says that it is true."""
    lead = lead_of(organisation.id)
    if lead is None or lead.answer is not None:
        return
    letter = db.session.scalar(
        select(Message)
        .where(Message.template == "club/lead", Message.organisation_id == organisation.id)
        .order_by(Message.id.desc())
        .limit(1)
    )
    if letter is not None:
        link = link_from_seed(letter.context["purpose"], letter.context["seed"])
        people.answer_as_lead(link.rpartition("/")[2], is_lead=True)


def _alter(organisation: Organisation, owner: Account, _: Account, told: Mapping[str, Any]) -> None:
    """Alter facts of an activity: times and prices at once, a name when it is accepted."""
    organisations.change_activity(_activity(organisation, told), owner, **told["to"])


def _send_back(
    organisation: Organisation, _: Account, reviewer: Account, told: Mapping[str, Any]
) -> None:
    """The council sends back what waits."""
    waiting = next(one for one in open_changes(organisation.id) if one.state == "waiting")
    changes.send_back(waiting, reviewer, version=waiting.version, words=told["words"])


def _check_plan(
    organisation: Organisation, owner: Account, _: Account, told: Mapping[str, Any]
) -> None:
    """The safeguarding plan was checked again a few days ago."""
    checked_on = clock.today() - timedelta(days=3)
    telling.plan_checked(
        organisation,
        owner,
        checked_on=checked_on,
        papers=[_paper(organisation, "safeguarding")],
        looked_at=EVERY_RISK,
    )


def _lead_leaves(
    organisation: Organisation, owner: Account, _: Account, told: Mapping[str, Any]
) -> None:
    """The safeguarding lead goes; somebody covers, or nobody does yet."""
    telling.lead_leaves(organisation, owner, cover=told.get("cover"))


def _send_risk_check(
    organisation: Organisation, owner: Account, _: Account, told: Mapping[str, Any]
) -> None:
    """The risk check of an activity that came later: the council reads it now."""
    added = changes.add_paper(
        organisation,
        owner,
        "hs_ra_all",
        _paper(organisation, "risk-check-hall"),
        checked=EVERY_RISK,
    )
    changes.tell_risk_check(
        _activity(organisation, told), owner, paper=added.id, checked_on=clock.today()
    )


def _invite(
    organisation: Organisation, owner: Account, _: Account, told: Mapping[str, Any]
) -> None:
    """Somebody is asked to help, and has not answered yet."""
    people.invite_person(organisation, owner, email=told["email"], role="member")


_VERBS = {
    "alter": _alter,
    "send back": _send_back,
    "check plan": _check_plan,
    "lead leaves": _lead_leaves,
    "send risk check": _send_risk_check,
    "invite": _invite,
}


def _activity(organisation: Organisation, told: Mapping[str, Any]) -> Activity:
    return next(one for one in organisation.activities if one.name == told["activity"])


def _paper(organisation: Organisation, name: str) -> FileStorage:
    file, content = paper(name, organisation.name, "docx", reviewed_on=clock.today())
    return FileStorage(BytesIO(content), filename=file)
