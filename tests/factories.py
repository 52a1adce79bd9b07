"""Clubs and people for tests. Every status is reached by taking the real steps to it."""

from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

from registry.accounts.models import Account
from registry.accounts.services.roles import give_role, make_account
from registry.assessments import services
from registry.assessments.models import Assessment, Hold
from registry.clock import now
from registry.database import db
from registry.demonstration import walking
from registry.demonstration.walking import ActivityPlan, ClubPlan, VenuePlan
from registry.organisations.models import Membership, Organisation
from tests.files.specimens import a_pdf
from tests.rigs.authenticator import give_app
from tests.rigs.beginnings import walked_once

PASSWORD = "three old canal boats"
_numbers = count(1)

DANCE = ClubPlan(
    name="Kingfisher Dance Project",
    kind="large",
    description="Dance for children and young people.",
    venues=(VenuePlan("Foundry Lane Hall", "WV10 0BB", "Foundry Lane"),),
    activities=(
        ActivityPlan(
            "Street Dance Juniors",
            ("dance_arts.dance",),
            (7, 11),
            ((1, "16:30", "17:30"),),
            summary="Street dance for beginners.",
        ),
    ),
)
COACH = ClubPlan(
    name="Marcus Bell Football Coaching",
    kind="lone_paid",
    venues=(VenuePlan("West Park", "WV1 4PH"),),
    activities=(
        ActivityPlan(
            "Saturday football",
            ("sport.football",),
            (6, 11),
            ((5, "10:00", "11:00"),),
            summary="Football skills in a small group.",
        ),
    ),
)
CHESS = ClubPlan(
    name="Tettenhall Juniors Chess",
    kind="small_volunteers",
    venues=(VenuePlan("Village Hall", "WV6 8QT"),),
    activities=(
        ActivityPlan(
            "Chess club",
            ("stem_games.chess",),
            (8, 16),
            ((3, "18:00", "19:30"),),
            summary="Learn to play, or play better.",
        ),
    ),
)

MADRASAH = ClubPlan(
    name="Noor Evening Madrasah",
    kind="madrasah",
    venues=(VenuePlan("Noor Hall", "WV2 4AA"),),
    activities=(
        ActivityPlan(
            "Evening classes",
            ("faith.madrasah",),
            (5, 14),
            ((0, "17:00", "19:30"),),
            price_kind="free",
            summary="Reading and stories, in small groups.",
        ),
    ),
)


def a_person(name: str = "Sandeep Rai", *roles: str, email: str = "") -> Account:
    """Somebody with an account; with roles, somebody of the council, with an app for the codes."""
    account = make_account(email or f"person{next(_numbers)}@example.org", name, PASSWORD)
    for role in roles:
        give_role(account, role)
    if roles:
        give_app(account)
    return account


def a_reviewer() -> Account:
    """A reviewer with no link to any club."""
    return a_person("Jo Bennett", "reviewer")


def a_senior() -> Account:
    """A senior with no link to any club."""
    return a_person("Ade Cole", "senior")


@walked_once
def a_club(plan: ClubPlan = DANCE, owner: Account | None = None) -> Organisation:
    """A club with its place and activity, not yet assessed."""
    return walking.register(plan, owner or a_person())


def a_member(organisation: Organisation) -> Account:
    """Somebody who helps at the club and does not own it."""
    account = a_person("Dawn Whitehouse")
    organisation.members.append(
        Membership(account_id=account.id, account=account, role="member", since=now())
    )
    db.session.flush()
    return account


def owner_of(record: Assessment | Organisation) -> Account:
    """The owner of a club, or of an assessment's club."""
    organisation = record.organisation if isinstance(record, Assessment) else record
    return next(m.account for m in organisation.members if m.role == "owner")


@walked_once
def a_draft(plan: ClubPlan = DANCE, organisation: Organisation | None = None) -> Assessment:
    """A self-check that was just begun."""
    organisation = organisation or a_club(plan)
    return services.begin(organisation, owner_of(organisation))


def complete(
    assessment: Assessment, plan: ClubPlan = DANCE, reviewed_on: date | None = None
) -> Assessment:
    """Answer everything, with a real PDF."""
    owner = owner_of(assessment)
    walking.answer_profile(assessment, owner, plan)
    papers = [_policy(assessment.organisation_id)]
    walking.answer_questions(assessment, owner, plan, papers, reviewed_on)
    return assessment


@walked_once
def a_submitted(
    plan: ClubPlan = DANCE,
    organisation: Organisation | None = None,
    reviewed_on: date | None = None,
) -> Assessment:
    """A self-check that waits for a reviewer."""
    assessment = complete(a_draft(plan, organisation), plan, reviewed_on)
    walking.submit(assessment, owner_of(assessment))
    return assessment


@walked_once
def in_review(reviewer: Account | None = None, met: bool = True, **given: Any) -> Assessment:
    """A case that a reviewer holds; with every finding made if `met`."""
    assessment = a_submitted(**given)
    reviewer = reviewer or a_reviewer()
    services.start_review(assessment, reviewer)
    if met:
        walking.find_all_met(assessment, reviewer)
    return assessment


def holder_of(assessment: Assessment) -> Account:
    """The reviewer who holds the case."""
    return db.session.get_one(Account, assessment.holder_id)


def read(assessment: Assessment) -> dict[str, int]:
    """The submission that a decision names."""
    assert assessment.latest_submission is not None
    return {"submission_id": assessment.latest_submission.id}


@walked_once
def a_returned(**given: Any) -> Assessment:
    """A case whose steps question was sent back."""
    assessment = in_review(**given)
    services.return_for_changes(
        assessment, holder_of(assessment), **read(assessment), words={"sg_steps": "Add 999."}
    )
    return assessment


@walked_once
def a_recommended(what: str = "refuse", **given: Any) -> Assessment:
    """A case that waits for a senior."""
    assessment = in_review(**given)
    services.recommend(
        assessment, holder_of(assessment), **read(assessment), what=what, reason="As found."
    )
    return assessment


@walked_once
def an_approved(**given: Any) -> Assessment:
    """A listed club's assessment."""
    assessment = in_review(**given)
    services.approve(assessment, holder_of(assessment), **read(assessment))
    return assessment


@walked_once
def a_refused(**given: Any) -> Assessment:
    """A refused one."""
    assessment = a_recommended(**given)
    services.refuse(assessment, a_senior(), **read(assessment), reason="No plan.")
    return assessment


@walked_once
def a_suspended(**given: Any) -> Assessment:
    """A suspended one, not yet countersigned."""
    assessment = an_approved(**given)
    services.suspend(assessment, a_senior(), reason="Advice from the LADO.")
    return assessment


def with_hold(assessment: Assessment, kind: str = "quiet", off: bool = False) -> Hold:
    """A hold, as its own pages will set it."""
    hold = Hold(
        organisation_id=assessment.organisation_id,
        kind=kind,
        takes_listing_off=off,
        since=now(),
    )
    db.session.add(hold)
    db.session.flush()
    return hold


def hidden(plan: ClubPlan, privacy: str = "hidden") -> ClubPlan:
    """The same club at a place that may not be shown."""
    return replace(plan, venues=tuple(replace(v, privacy=privacy) for v in plan.venues))


def _policy(number: int) -> tuple[str, bytes]:
    """A plan of a club's own: two that send the same file may be one club."""
    lines = ("Our safeguarding plan", "Call 999 or the MASH", f"Club {number}")
    return "Safeguarding plan.pdf", a_pdf(*lines)
