"""Links between staff and clubs. One that is told takes the club out of that person's sight."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from registry import clock
from registry.assessments import services as assessments
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment
from registry.assessments.steps import ask
from registry.audit import services as history
from registry.database import db
from registry.errors import BadInput
from registry.organisations.models import DeclaredLink, Organisation
from registry.permissions import P, can
from registry.reviews.models import ConflictStatement


def state_conflicts(
    actor: Any, *, none_to_tell: bool, organisations: Collection[Organisation], others: str
) -> ConflictStatement:
    """Say which clubs one has a link to, or that there are none. It holds for a year.

    What was told before stays: a link is only ever added here.
    """
    ask(actor, P.STATE_CONFLICTS, None)
    told = bool(organisations or others.strip() or links_of(actor.id))
    if none_to_tell and (organisations or others.strip()):
        raise BadInput("You said that there are none, and named one. Choose one of the two.")
    if not none_to_tell and not told:
        raise BadInput("Name the clubs that you have a link to, or say that there are none.")
    for organisation in organisations:
        tell_link(organisation, actor)
    statement = ConflictStatement(
        account_id=actor.id,
        stated_on=clock.today(),
        none_to_tell=none_to_tell,
        others=others.strip(),
    )
    db.session.add(statement)
    db.session.flush()
    history.record("state_conflicts", statement, actor, details={"links": len(organisations)})
    return statement


def tell_link(organisation: Organisation, actor: Any) -> None:
    """Say that one has a link to a club. A case of it that one holds goes back to the queue."""
    if db.session.get(DeclaredLink, (actor.id, organisation.id)) is not None:
        return
    held = db.session.scalars(
        select(Assessment).where(
            Assessment.organisation_id == organisation.id,
            Assessment.holder_id == actor.id,
            Assessment.status == Status.IN_REVIEW,
        )
    )
    for case in held.all():
        if can(actor, P.RELEASE, case):
            assessments.release(case, actor)
    organisation.declared_links.append(
        DeclaredLink(account_id=actor.id, organisation_id=organisation.id, declared_at=clock.now())
    )
    db.session.flush()
    history.record("tell_link", organisation, actor)


def links_of(account_id: int) -> list[DeclaredLink]:
    """The links that this person has told of."""
    return list(
        db.session.scalars(select(DeclaredLink).where(DeclaredLink.account_id == account_id))
    )
