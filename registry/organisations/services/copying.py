"""A new activity that is like another one."""

from typing import Any

from registry.audit.services import record
from registry.database import db
from registry.errors import BadInput
from registry.organisations.facts import fields_of, set_facts
from registry.organisations.keeping import keeping, wanted_facts
from registry.organisations.models import Activity
from registry.organisations.services.activities import MOST_ACTIVITIES
from registry.organisations.services.changing import add_with_slug, may
from registry.permissions import P

_NEVER_COPIED = ("name", "picture", "last_on")
_LONGEST_NAME = 200


def duplicate_activity(activity: Activity, actor: Any) -> Activity:
    """A draft with all that the club tells of this one, besides its name and its picture.

    What the council reads of it is asked anew: its risk check, and what is done with children.
    A copy that nobody touched yet is the copy: a button pressed twice makes one.
    """
    organisation = activity.organisation
    may(actor, P.EDIT_ORGANISATION, organisation)
    name = f"{activity.name[: _LONGEST_NAME - 7]} (copy)"
    for other in organisation.activities:
        if other.name == name and other.state == "draft" and other.version == 1:
            return other
    if len(organisation.activities) >= MOST_ACTIVITIES:
        raise BadInput("You have as many activities as one club can. Call us if you need more.")
    names = [one for one in fields_of(activity) if one not in _NEVER_COPIED and "." not in one]
    facts = wanted_facts(activity, names)
    ages = {one: facts[one] for one in ("min_months", "max_months")}
    copy = Activity(name=name, state="draft", about={}, organisation_id=organisation.id, **ages)
    add_with_slug(copy, name, "activity")
    db.session.refresh(organisation, ["activities"])
    set_facts(copy, facts)
    keeping().added(copy, actor)
    record("copy_activity", copy, actor, details={"from": activity.id})
    return copy
