"""Two records that came after one like them, and a proposal to put two together."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from sqlalchemy import select

from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment
from registry.database import db
from registry.demonstration.moments import Part, at_desk, on
from registry.demonstration.people import People
from registry.matching.queries import all_strong_matches
from registry.merging.services import propose_merge
from registry.organisations.models import Organisation
from registry.organisations.services import register_organisation

ADMINISTRATOR = "admin@example.org"
WHY = "One club, one owner's telephone. The second record was made by a new helper by mistake."


def parts_of_coming_again(people: People, today: date) -> list[Part]:
    """Two come that are here, and an administrator has seen one of them."""
    evening = today - timedelta(days=3)
    return [
        (on(evening, 18, 40), partial(_come_with_a_phone, people)),
        (on(evening, 20, 5), partial(_come_with_a_website, people)),
        (at_desk(today, 2, 15), partial(_propose, people)),
    ]


def _come_with_a_phone(people: People) -> None:
    """One with the name and the telephone of a club that is here."""
    known = next((one for one in _clubs() if one.phone), None)
    if known is not None:
        by = people.known("ashley@example.org", "Ashley Ward")
        register_organisation(by, name=f"The {known.name} Ltd", phone=known.phone)


def _come_with_a_website(people: People) -> None:
    """One with the website of a club that is here, and another name."""
    linked = next((one for one in reversed(_clubs()) if one.website), None)
    if linked is not None:
        by = people.known("wren@example.org", "Wren Castle")
        register_organisation(by, name="Wednesfield Welcome Juniors", website=linked.website)


def _propose(people: People) -> None:
    """An administrator proposes to put the first two together. A senior has not signed yet."""
    first = next(iter(all_strong_matches()), None)
    if first is not None:
        kept, duplicate = (
            db.session.get_one(Organisation, number) for number in (first.one_id, first.other_id)
        )
        propose_merge(kept, duplicate, people.of_the_council(ADMINISTRATOR), reason=WHY)


def _clubs() -> Sequence[Organisation]:
    """Those that are on the list, the oldest first."""
    listed = select(Assessment.organisation_id).where(Assessment.status == Status.APPROVED)
    return (
        db.session.scalars(
            select(Organisation)
            .where(Organisation.closed_at.is_(None), Organisation.id.in_(listed))
            .order_by(Organisation.id)
        )
        .unique()
        .all()
    )
