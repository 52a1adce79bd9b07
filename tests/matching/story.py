"""Clubs that have something in common, walked to where they stand by the real steps."""

from collections.abc import Sequence
from io import BytesIO

from werkzeug.datastructures import FileStorage

from registry.assessments import services
from registry.assessments.models import Assessment
from registry.assessments.services.evidence import add_paper
from registry.demonstration import walking
from registry.demonstration.told_later import EVERY_RISK
from registry.demonstration.walking import ClubPlan, VenuePlan
from tests import factories as make
from tests.files.specimens import a_pdf

SCOUT_POLICY = ("Policy.pdf", a_pdf("The national policy of all scouts"))


def plan(name: str, postcode: str = "WV10 0BB", phone: str = "") -> ClubPlan:
    """A small club of volunteers."""
    return ClubPlan(
        name=name,
        kind="small_volunteers",
        phone=phone,
        venues=(VenuePlan("The hall", postcode),),
        activities=make.CHESS.activities,
    )


def sent(
    club: ClubPlan,
    papers: Sequence[tuple[str, bytes]],
    with_blanks: Sequence[tuple[str, bytes]] = (),
) -> Assessment:
    """A self-check that was sent with these papers; the owner has looked at those with blanks."""
    assessment = make.a_draft(organisation=make.a_club(club, make.a_person()))
    owner = make.owner_of(assessment)
    walking.answer_profile(assessment, owner, club)
    walking.answer_questions(assessment, owner, club, papers)
    for name, content in with_blanks:
        paper = FileStorage(BytesIO(content), filename=name)
        add_paper(assessment, owner, "sg_policy", paper, checked=EVERY_RISK)
    walking.submit(assessment, owner)
    return assessment


def read_by(reviewer, assessment: Assessment) -> Assessment:
    """A reviewer takes it and finds every question met."""
    services.start_review(assessment, reviewer)
    walking.find_all_met(assessment, reviewer)
    return assessment
