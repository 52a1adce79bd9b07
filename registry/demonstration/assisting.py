"""A club without email: entered by one reviewer, waiting for a colleague, with a letter to post."""

from datetime import date
from functools import partial
from io import BytesIO

from sqlalchemy import select

from registry import clock
from registry.assessments import services as assessments
from registry.assessments.models import Assessment
from registry.assisted import services as assisted
from registry.database import db
from registry.demonstration import walking
from registry.demonstration.moments import Part, at_desk
from registry.demonstration.paperwork import paper
from registry.demonstration.people import People
from registry.demonstration.walking import ActivityPlan, ClubPlan, VenuePlan
from registry.organisations.models import Organisation

REVIEWER = "reviewer2@example.org"
OWNER, JOB, PHONE = "Pearl Osei", "Chair", "01902 496 0140"
PLAN = ClubPlan(
    name="Ettingshall Dominoes for All Ages",
    kind="small_volunteers",
    venues=(VenuePlan("Ettingshall Community Room", "WV2 2JX", "The Avenue"),),
    activities=(
        ActivityPlan(
            "Dominoes after school",
            ("stem_games.chess",),
            (8, 16),
            ((2, "16:00", "17:30"),),
            summary="Learn dominoes from people who have played all their lives.",
        ),
    ),
)


def parts_of_assisting(people: People, today: date) -> list[Part]:
    """What this reviewer did after a telephone call, and when the paper had come."""
    return [
        (at_desk(today, 3, 14), partial(_enter, people)),
        (at_desk(today, 2, 16), partial(_prepare, people)),
    ]


def _enter(people: People) -> None:
    reviewer = people.of_the_council(REVIEWER)
    club = assisted.register_for(
        reviewer,
        owner=OWNER,
        address="17 Parkfield Grove\nEttingshall\nWolverhampton\nWV2 2JX",
        phone=PHONE,
        how="paper",
        club=PLAN.name,
    )
    walking.add_records(club, reviewer, PLAN)
    begun = assessments.begin(club, reviewer)
    walking.answer_profile(begun, reviewer, PLAN)
    plan = paper("safeguarding", PLAN.name, "docx")
    walking.answer_questions(begun, reviewer, PLAN, [plan], lead=(OWNER, PHONE))


def _prepare(people: People) -> None:
    """Everything is entered, and waits for a colleague or for the code of the letter."""
    name, content = paper("coach-safeguarding", PLAN.name, "docx")
    assisted.prepare(
        db.session.scalars(
            select(Assessment).join(Organisation).where(Organisation.name == PLAN.name)
        ).one(),
        people.of_the_council(REVIEWER),
        declared_name=OWNER,
        declared_role=JOB,
        signed_on=clock.today(),
        declaration=BytesIO(content),
        filename=name,
    )
