"""What is asked about appeals. Nobody sees one of a case in which they had a part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from registry.accounts.models import Account
from registry.appeals.models import AGAINST, UNDER_WAY, Appeal
from registry.appeals.rules import DAYS_TO_DECIDE, answer_by
from registry.assessments.letters import LETTERS_WITH_REASONS
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment, Decision
from registry.assessments.promises import Target, target_of
from registry.assessments.standing import all_assessments
from registry.database import db
from registry.organisations.models import Membership, Organisation
from registry.permissions import P, can

ENDED_AS = {"refuse": Status.REFUSED, "suspend": Status.SUSPENDED, "revoke": Status.REVOKED}


@dataclass(frozen=True)
class Waiting:
    """One appeal that is not answered: by when it should be, and how many days are left.

    `due_on` is None while it came late and nobody has said whether that is to be excused.
    """

    appeal: Appeal
    due_on: date | None
    target: Target | None
    officer: str

    @property
    def words(self) -> str:
        """How it stands with the promise to answer."""
        return self.target.words if self.target else "Came late"

    @property
    def colour(self) -> str:
        """Red over, amber soon, green before; always shown with words."""
        return self.target.colour if self.target else "amber"


def waiting(actor: Any, today: date) -> list[Waiting]:
    """The appeals that this person may see and that nobody has answered, the oldest first."""
    found = db.session.scalars(
        _appeals().where(Appeal.state.in_(UNDER_WAY)).order_by(Appeal.asked_at, Appeal.id)
    )
    seen = [one for one in found if can(actor, P.READ_APPEAL, one)]
    names = names_of({one.appeal_officer_id for one in seen})
    return [_waiting(one, names, today) for one in seen]


def answered(actor: Any, most: int = 50) -> list[Appeal]:
    """The appeals that ended, the last first."""
    found = db.session.scalars(
        _appeals()
        .where(Appeal.state.not_in(UNDER_WAY))
        .order_by(Appeal.settled_at.desc(), Appeal.id.desc())
        .limit(most)
    )
    return [one for one in found if can(actor, P.READ_APPEAL, one)]


def appeal(appeal_id: int) -> Appeal | None:
    """An appeal with everything that permissions and its page ask for."""
    return db.session.scalar(_appeals().where(Appeal.id == appeal_id))


def how_it_stands(one: Appeal, today: date) -> Waiting:
    """By when it should be answered, and who answers it."""
    return _waiting(one, names_of({one.appeal_officer_id}), today)


def under_way(organisation_id: int) -> Appeal | None:
    """The appeal of an organisation that nobody has answered."""
    return db.session.scalar(
        _appeals().where(Appeal.organisation_id == organisation_id, Appeal.state.in_(UNDER_WAY))
    )


def appeals_of(organisation_id: int) -> Sequence[Appeal]:
    """Everything that an organisation ever asked, the last first."""
    return db.session.scalars(
        _appeals().where(Appeal.organisation_id == organisation_id).order_by(Appeal.id.desc())
    ).all()


def decision_to_appeal(organisation: Organisation) -> tuple[Assessment, Decision] | None:
    """The decision that stands now and that a club may appeal against; None where there is none.

    One decision has one appeal, unless the club took that back.
    """
    if organisation.closed_at is not None:
        return None
    asked = {one.decision_id for one in appeals_of(organisation.id) if one.state != "taken_back"}
    for assessment in all_assessments(organisation.id):
        decision = decision_that_stands(assessment)
        if decision is not None:
            return None if decision.id in asked else (assessment, decision)
    return None


def decision_that_stands(assessment: Assessment) -> Decision | None:
    """The refusal, suspension or revocation by which an assessment stands as it does."""
    last = next((one for one in reversed(assessment.decisions) if one.action in AGAINST), None)
    return last if last is not None and ENDED_AS[last.action] == assessment.status else None


@dataclass(frozen=True)
class SentLetter:
    """A letter with reasons that went to a club: its decision, and its words as last corrected."""

    decision: Decision
    words: str


def last_letter(assessment: Assessment) -> SentLetter | None:
    """The last letter with reasons that went to a club."""
    last = next(
        (one for one in reversed(assessment.decisions) if one.action in LETTERS_WITH_REASONS), None
    )
    return SentLetter(last, words_of(assessment, last)) if last is not None else None


def words_of(assessment: Assessment, decision: Decision) -> str:
    """The reasons of a decision as the club has them: with the errors in them put right."""
    corrected = [
        one.reason
        for one in assessment.decisions
        if one.action == "correct_letter" and one.details.get("corrects") == decision.id
    ]
    return corrected[-1] if corrected else decision.reason


def case(assessment_id: int) -> Assessment | None:
    """A case that was sent, with the people whom permissions ask about."""
    found = db.session.scalar(
        select(Assessment).where(Assessment.id == assessment_id).options(*_of_the_case())
    )
    return found if found and found.submissions else None


def names_of(ids: set[int | None]) -> dict[int, str]:
    """The names of some people."""
    wanted = [number for number in ids if number is not None]
    if not wanted:
        return {}
    rows = db.session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def _waiting(one: Appeal, names: dict[int, str], today: date) -> Waiting:
    officer = names.get(one.appeal_officer_id or 0, "")
    if one.begins_on is None:
        return Waiting(one, None, None, officer)
    target = target_of([(one.begins_on, None)], today, DAYS_TO_DECIDE)
    return Waiting(one, answer_by(one.begins_on), target, officer)


def _appeals() -> Select[Appeal]:
    return select(Appeal).options(
        joinedload(Appeal.assessment).options(*_of_the_case()), joinedload(Appeal.decision)
    )


def _of_the_case() -> tuple[Any, ...]:
    return (
        selectinload(Assessment.submissions),
        selectinload(Assessment.decisions),
        selectinload(Assessment.findings),
        selectinload(Assessment.acts),
        selectinload(Assessment.organisation)
        .selectinload(Organisation.members)
        .joinedload(Membership.account),
        selectinload(Assessment.organisation).selectinload(Organisation.declared_links),
    )
