"""The front page of the council's desk, for each role, and the emails that never arrived."""

from flask import Flask

from registry import clock
from registry.database import db
from registry.messages.models import Message
from registry.messages.services import queue
from registry.organisations.models import Organisation
from tests import factories as make
from tests.inventory.pages.row import Row, World
from tests.rigs.letters import Outbox


def desk_world(app: Flask, outbox: Outbox) -> World:
    """A desk with something of everything on it."""
    world = World()
    holder = make.a_reviewer()
    world.person("holder", holder)
    world.person("senior", make.a_senior())
    world.person("officer", make.a_person("Kit Moss", "appeal_officer"))
    world.person("administrator", make.a_person("Ola Adeyemi", "administrator"))
    world.person("auditor", make.a_person("Bea Stone", "auditor"))
    world.case("read", make.in_review(holder))
    world.case("new", make.a_submitted(plan=make.CHESS))
    world.case("to_list", make.a_recommended("approve"))
    suspended = make.a_suspended()
    world.case("suspended", suspended)
    never_arrived(suspended.organisation)
    db.session.commit()
    return world


def never_arrived(organisation: Organisation, template: str = "club/closed") -> Message:
    """An email that seven tries could not deliver."""
    number = db.session.query(Message).count()
    queue(
        template,
        f"gone{number}@example.org",
        {"organisation": organisation.name, "name": "Sandeep"},
        f"gone:{number}",
        organisation_id=organisation.id,
    )
    message = db.session.query(Message).filter_by(dedupe_key=f"gone:{number}").one()
    message.attempts, message.given_up_at = 7, clock.now()
    message.last_error = "SMTPRecipientsRefused: 550 No such mailbox here"
    db.session.flush()
    return message


DESK = (
    Row("desk-of-a-reviewer", "holder", "/council"),
    Row("desk-of-a-senior", "senior", "/council"),
    Row("desk-of-an-administrator", "administrator", "/council"),
    Row("desk-of-an-appeal-officer", "officer", "/council"),
    Row("desk-of-an-auditor", "auditor", "/council", is_alike=True),
    Row("emails-that-never-arrived", "administrator", "/council/emails"),
    Row("emails-to-look-at", "auditor", "/council/emails"),
    Row("reports", "senior", "/council/reports"),
    Row("reports-for-publishing", "senior", "/council/reports?for=publishing&period=2026"),
)
