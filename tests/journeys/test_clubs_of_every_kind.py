"""Clubs of every kind, each asked what fits it and ending as domain F has it written."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from registry import clock
from registry.assessments import services
from registry.assessments.evaluating import (
    current_evaluation,
    flags_of,
    profile_of,
    review_evaluation,
)
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment
from registry.assessments.services.answers import save_answer
from registry.assessments.services.submit import what_is_missing
from registry.criteria.dbs_checks import Role, dbs_table, likely_check
from registry.criteria.evaluation import Level, Result
from registry.database import db
from registry.demonstration.walking import ActivityPlan, VenuePlan
from registry.errors import NotAllowedNow
from tests import factories as make
from tests.factories import CHESS, COACH, PASSWORD, a_draft, complete, holder_of, owner_of, read
from tests.files.specimens import a_pdf
from tests.page import Visitor

YES, NO = {"said": "yes"}, {"said": "no"}

SCOUTS = replace(
    make.DANCE,
    name="9th Foundry Lane Scouts",
    activities=(
        ActivityPlan(
            "Scout troop",
            ("uniformed.scouts",),
            (10, 14),
            ((4, "19:00", "20:30"),),
            summary="Camps, badges and games.",
            profile={"p_overnight": YES, "p_trips": YES, "p_risk": {"ticked": ["none"]}},
        ),
    ),
    profile={
        "p_national": {"choice": "uses", "name": "Scouts", "link": "https://www.scouts.org.uk"},
    },
    answers={
        "sg_policy": {"link": "https://www.scouts.org.uk/policy", "adopted_on": "2026-03-01"},
        "eq_policy": {"link": "https://www.scouts.org.uk/equality", "adopted_on": "2026-03-01"},
        "sg_away": {
            "said": "yes",
            "trips": "Parents sign first and know where we go.",
            "overnight": "Leaders sleep apart from the children. Two are awake to be called.",
        },
        "hs_special": {
            "said": "yes",
            "trips": "Our leaders follow the rules of the Scouts for trips.",
            "overnight": "The camp leader holds a nights away permit.",
        },
    },
)
TUTOR = replace(
    COACH,
    name="Maths with Ruth",
    venues=(VenuePlan("Our video room", "", privacy="online"),),
    activities=(
        ActivityPlan(
            "Maths, one to one",
            ("tuition.one_to_one",),
            (10, 15),
            ((2, "16:15", "17:00"),),
            summary="Maths online, with one tutor.",
            profile={"p_online": YES, "p_oneone": YES},
        ),
    ),
    profile={"p_place": {"ticked": ["online"]}},
    answers={
        "sg_online": {
            "said": "yes",
            "rules": "A parent lets the child in and stays in reach. No private messages.",
        },
        "sg_away": {
            "said": "yes",
            "one_to_one": "Parents agree first and can look in at any time.",
        },
    },
)
RESTRICTED = replace(
    CHESS,
    name="Riverside Swimmers",
    activities=(
        ActivityPlan(
            "Girls swim together",
            ("sport.swimming",),
            (8, 16),
            ((3, "18:00", "19:30"),),
            summary="A swim for girls, with women as coaches.",
            marks={"girls_only": ("yes", "")},
        ),
        ActivityPlan(
            "Swim for all",
            ("sport.swimming",),
            (8, 16),
            ((5, "10:00", "11:00"),),
            summary="A swim for everyone.",
        ),
    ),
    profile={"p_limits": YES},
    answers={
        "eq_limits": {
            "reason": "Some girls will only swim where no men are.",
            "others": "Swim for all is open to everyone.",
            "written": "yes",
        },
    },
)


@pytest.fixture
def sign_in(new_visitor: Callable[[], Visitor]) -> Callable[..., Visitor]:
    """Somebody's browser."""

    def signed_in(account: make.Account) -> Visitor:
        email = account.email
        db.session.commit()
        visitor = new_visitor()
        visitor.sign_in(email, PASSWORD)
        return visitor

    return signed_in


def asked(assessment: Assessment) -> set[str]:
    """The questions that this club is asked."""
    evaluation = current_evaluation(assessment, clock.today())
    return {key for key, one in evaluation.questions.items() if one.applies}


def level_of(assessment: Assessment, key: str) -> Level:
    return current_evaluation(assessment, clock.today()).questions[key].level


def suggested(assessment: Assessment, key: str) -> Result:
    return current_evaluation(assessment, clock.today()).questions[key].suggested


def say(assessment: Assessment, key: str, **parts: Any) -> None:
    """Save an answer in place of the one that is kept."""
    kept = next((one for one in assessment.answers if one.question_key == key), None)
    replaces = frozenset(kept.parts) if kept else frozenset()
    save_answer(
        assessment,
        owner_of(assessment),
        key,
        parts,
        version=kept.version if kept else 0,
        replaces=replaces | frozenset(parts),
    )


def send_and_read(draft: Assessment) -> Assessment:
    """Send it; a reviewer finds all met that the rules do not hold against it."""
    make.walking.submit(draft, owner_of(draft))
    reviewer = make.a_reviewer()
    services.start_review(draft, reviewer)
    make.walking.find_all_met(draft, reviewer)
    return draft


def approve(case: Assessment, actor: make.Account | None = None) -> Assessment:
    services.approve(case, actor or holder_of(case), **read(case), reason="All four are met.")
    return case


# F3


def test_f03_a_football_coach_who_works_alone_needs_the_right_check_done(app: Flask) -> None:
    """Sole-trader football coach, paid by parents, weekly."""
    draft = complete(a_draft(COACH), COACH)
    profile = profile_of(draft)
    assert (profile.size, profile.lone_paid) == ("lone", True)
    assert {"sr_lone", "sg_lone_contact"} <= asked(draft)
    assert not {"sr_steps", "sg_lead"} & asked(draft)

    weekly = likely_check(Role(tasks=("teach",), every_week=True, days_in_30=5))
    assert (weekly.number, weekly.level.label) == (4, "Enhanced with Barred List")
    assert any("21 January 2026" in line and "umbrella" in line for line in weekly.level.how)
    assert "sr_lone" in dbs_table().questions

    for short_of_it in ("applied", "basic_done"):
        say(draft, "sr_lone", ticked=["dbs", "references"], choice=short_of_it,
            checked_on=clock.today().isoformat())  # fmt: skip
        assert suggested(draft, "sr_lone") is Result.PARTLY
    case = send_and_read(draft)
    services.record_finding(
        case, holder_of(case), "sr_lone", **read(case), result="partly", reason=""
    )
    criteria = review_evaluation(case, clock.today()).criteria
    assert criteria["recruitment"] is Result.PARTLY
    assert [key for key, result in criteria.items() if result is not Result.MET] == ["recruitment"]
    with pytest.raises(NotAllowedNow):
        approve(case)

    done = complete(a_draft(COACH), COACH)
    assert suggested(done, "sr_lone") is Result.MET
    assert approve(send_and_read(done)).status == Status.APPROVED, "one reviewer is enough"


def test_f03_a_certificate_is_refused_at_upload_and_says_why(
    app: Flask, sign_in: Callable[..., Visitor]
) -> None:
    draft = a_draft(COACH)
    make.walking.answer_profile(draft, owner_of(draft), COACH)
    club = sign_in(owner_of(draft))
    address = f"/club/{draft.organisation_id}/self-check/sg_policy"
    certificate = a_pdf("Disclosure and Barring Service", "Enhanced Certificate", "001234567890")
    page = club.get(address).form("answer").fill({"file": [("DBS.pdf", certificate)]}).submit()
    assert page.status == 422
    assert "This looks like a DBS certificate, so we did not keep it." in page.errors[0]
    assert "We kept your file" not in page.main
    db.session.rollback()
    assert draft.evidence == []

    picture = BytesIO()
    Image.new("RGB", (60, 80), "white").save(picture, "PNG")
    photo = ("Photo.png", picture.getvalue())
    page = club.get(address).form("answer").fill({"file": [photo]}).submit()
    assert page.status == 200, "no machine reads a photo: a reviewer presses “wrong file”"


# F5


def test_f05_a_scout_group_uses_its_national_policy_by_link(app: Flask) -> None:
    """Link and the local day are enough for the policy; local facts are asked; a senior signs."""
    draft = complete(a_draft(SCOUTS), SCOUTS)
    for key in ("sg_policy", "eq_policy"):
        say(draft, key, **SCOUTS.answers[key])
        assert suggested(draft, key) is Result.MET
    say(draft, "sg_policy", link="https://www.scouts.org.uk/policy")
    assert suggested(draft, "sg_policy") is Result.UNANSWERED, "the local day is always asked"
    say(draft, "sg_policy", **SCOUTS.answers["sg_policy"])

    assert {"sg_lead", "sg_steps", "hs_ra_all"} <= asked(draft)
    assert level_of(draft, "sg_away") is Level.CORE
    assert level_of(draft, "hs_special") is Level.CORE
    for local in ("sg_lead", "sg_steps", "hs_ra_all"):
        kept = next(one for one in draft.answers if one.question_key == local)
        before = dict(kept.parts)
        say(draft, local)
        assert suggested(draft, local) is not Result.MET, local
        say(draft, local, **before)

    case = approve(send_and_read(draft))
    assert case.status == Status.RECOMMENDED, "a camp overnight: a senior signs"
    senior = make.a_senior()
    assert approve(case, senior).status == Status.APPROVED


def test_f05_when_membership_lapses_its_own_policy_is_asked_for(
    app: Flask, sign_in: Callable[..., Visitor]
) -> None:
    draft = complete(a_draft(SCOUTS), SCOUTS)
    for key in ("sg_policy", "eq_policy"):
        say(draft, key, **SCOUTS.answers[key])
    assert what_is_missing(draft, clock.today()) == []
    say(draft, "p_national", choice="no")
    missing = {key for key, _ in what_is_missing(draft, clock.today())}
    assert missing == {"sg_policy", "eq_policy"}
    page = sign_in(owner_of(draft)).get(f"/club/{draft.organisation_id}/self-check/sg_policy")
    assert "Or a link to your national group’s plan" not in page.main


# F10


def test_f10_an_online_tutor_is_asked_about_online_and_one_to_one(
    app: Flask, sign_in: Callable[..., Visitor]
) -> None:
    """Online-only maths tutor, one child at a time, from home: no child comes to the home."""
    draft = complete(a_draft(TUTOR), TUTOR)
    assert profile_of(draft).size == "lone"
    assert not {"hs_fire", "hs_first_aid"} & asked(draft)
    assert level_of(draft, "sg_online") is Level.CORE
    assert level_of(draft, "sg_away") is Level.CORE
    assert {"sg_online", "sg_away"} <= asked(draft)

    case = send_and_read(draft)
    assert "home_venue" not in flags_of(case)
    assert "one_to_one" in flags_of(case)
    approve(case)
    assert case.status == Status.RECOMMENDED, "pupils under 16, one to one: a senior signs"
    senior = make.a_senior()
    approve(case, senior)
    assert case.status == Status.APPROVED
    visitor = sign_in(make.a_person())
    listing = visitor.get("/activities/maths-one-to-one")
    assert listing.status == 200
    assert "Online" in listing.main


def test_f10_were_children_to_come_to_the_home_it_would_be_hidden(
    app: Flask, sign_in: Callable[..., Visitor]
) -> None:
    home = replace(
        TUTOR,
        venues=(VenuePlan("My kitchen", "WV6 8QT", "12 Foundry Lane", privacy="hidden"),),
        activities=(replace(TUTOR.activities[0], profile={"p_oneone": YES}),),
        profile={"p_place": {"ticked": ["home"]}},
    )
    draft = complete(a_draft(home), home)
    assert "hs_fire" in asked(draft)
    fire = current_evaluation(draft, clock.today()).questions["hs_fire"].question
    assert any("home: a simple plan is enough" in line for line in fire.good)
    assert suggested(draft, "hs_fire") is Result.MET, "no written fire risk check for a home"
    case = send_and_read(draft)
    assert "home_venue" in flags_of(case)
    approve(case)
    approve(case, make.a_senior())
    visitor = sign_in(make.a_person())
    listing = visitor.get("/activities/maths-one-to-one")
    assert listing.status == 200
    for private in ("Foundry Lane", "My kitchen", "WV6 8QT", "4.15pm", "5pm"):
        assert private not in listing.text, private
    assert visitor.get("/activities/maths-one-to-one.ics").status == 404


# F12


def test_f12_a_tiny_chess_club_is_approved_with_something_to_work_on(app: Flask) -> None:
    """3 helpers, no employees; two pages are enough; no public liability insurance."""
    draft = complete(a_draft(CHESS), CHESS)
    assert profile_of(draft).size == "small"
    assert "hs_employers" not in asked(draft)
    say(draft, "hs_public", said="no")
    assert suggested(draft, "hs_public") is Result.NOT_MET
    assert level_of(draft, "hs_public") is Level.GOOD
    case = send_and_read(draft)
    decision = services.approve(case, holder_of(case), **read(case))
    assert case.status == Status.APPROVED, "one reviewer is enough"
    assert decision.details["improvement_actions"] == ["hs_public"]


# F16


@pytest.mark.parametrize("plan", [RESTRICTED, make.MADRASAH], ids=["girls-swim", "one-faith"])
def test_f16_a_club_for_some_people_gives_its_reason_and_no_rule_judges_it(
    app: Flask, plan: make.ClubPlan, sign_in: Callable[..., Visitor]
) -> None:
    draft = complete(a_draft(plan), plan)
    assert profile_of(draft).restricted
    assert level_of(draft, "eq_limits") is Level.CORE
    for reason in ("Because.", "We teach our own faith.", "The law is an ass."):
        say(draft, "eq_limits", reason=reason, others="We tell them of others.", written="yes")
        assert suggested(draft, "eq_limits") is Result.MET
    say(draft, "eq_limits", reason="Because.", others="We tell them of others.", written="no")
    assert suggested(draft, "eq_limits") is Result.PARTLY
    say(draft, "eq_limits", others="We tell them of others.", written="yes")
    assert suggested(draft, "eq_limits") is Result.UNANSWERED, "a reason is asked"
    page = sign_in(owner_of(draft)).get(f"/club/{draft.organisation_id}/self-check/eq_limits")
    assert "https://www.equalityhumanrights.com/" in page.hrefs

    say(draft, "eq_limits", reason="Ours.", others="We tell them of others.", written="yes")
    case = send_and_read(draft)
    desk = sign_in(holder_of(case)).get(f"/council/cases/{case.id}/questions/eq_limits")
    assert "https://www.equalityhumanrights.com/" in desk.hrefs
    assert "Do not rule on the law" in desk.main


def test_f16_the_girls_session_says_so_and_the_other_does_not(app: Flask, client: Visitor) -> None:
    approve(send_and_read(complete(a_draft(RESTRICTED), RESTRICTED)))
    girls, everyone = (
        client.get(f"/activities/{slug}").main for slug in ("girls-swim-together", "swim-for-all")
    )
    assert "a session for girls only" in girls
    assert "girls only" not in everyone
