"""A club without email: entered by one reviewer, waiting for a colleague, with a letter to post."""

from datetime import timedelta
from io import BytesIO

from registry import clock
from registry.accounts.models import Account
from registry.assessments import services as assessments
from registry.assisted import services as assisted
from registry.demonstration import walking
from registry.demonstration.paperwork import paper
from registry.demonstration.walking import ActivityPlan, ClubPlan, VenuePlan

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


def assist(reviewer: Account) -> None:
    """Do what this reviewer did three days ago, after a telephone call."""
    with clock.at(clock.now() - timedelta(days=3)):
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
    with clock.at(clock.now() - timedelta(days=2)):
        name, content = paper("coach-safeguarding", PLAN.name, "docx")
        assisted.prepare(
            begun,
            reviewer,
            declared_name=OWNER,
            declared_role=JOB,
            signed_on=clock.today(),
            declaration=BytesIO(content),
            filename=name,
        )
