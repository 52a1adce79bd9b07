"""F4, F11 and F22: what another team looks at first. No flag refuses anybody.

Under 8s for more than two hours and no Ofsted number, or many hours in school time: approve is not
offered and nothing is public until a senior clears the flag with a reason, or a number is given;
then one reviewer approves.
"""

from collections.abc import Callable
from dataclasses import replace

from flask import Flask

from registry.accounts.models import Account
from registry.assessments.evaluating import flags_of, uncleared_flags
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment
from registry.cards.models import Card
from registry.database import db
from registry.demonstration.walking import ActivityPlan
from tests import factories as make
from tests.page import Visitor

EXEMPT = "Religious study only. The club states the exemption that it relies on, on page 2."
HOLIDAY = replace(
    make.MADRASAH,
    name="Bright Days Holiday Club",
    activities=(
        ActivityPlan(
            "Holiday club",
            ("holiday.club",),
            (5, 11),
            tuple((day, "09:00", "15:00") for day in range(5)),
            price_kind="haf",
            summary="Play, sport and a hot meal.",
        ),
    ),
)


def at_desk(new_visitor: Callable[[], Visitor], who: Account) -> Visitor:
    """Somebody at their desk."""
    email = who.email
    db.session.commit()
    visitor = new_visitor()
    visitor.sign_in(email)
    return visitor


def now(number: int) -> Assessment:
    """The case as the database has it."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Assessment, number)


def is_not_approved_until_cleared(
    new_visitor: Callable[[], Visitor],
    case: Assessment,
    reason: str,
    flag: str = "ofsted_check",
    team: str = "early years",
) -> None:
    """The flag stops the holder; a senior clears it with a reason; then the holder approves."""
    number, address = case.id, f"/council/cases/{case.id}"
    senior = make.a_senior()
    assert uncleared_flags(case) == (flag,)
    name = case.organisation.name
    desk = at_desk(new_visitor, make.holder_of(case))
    assert f"{name}: for the {team} team" in desk.get("/council").main
    page = desk.get(address)
    assert "Approve" not in page.links, "it is not offered"
    page = desk.get(f"{address}/approve")
    assert "A flag is not cleared yet" in page.main
    page = page.form().submit("See the letter")
    assert (page.status, now(number).status) == (409, Status.IN_REVIEW)
    assert db.session.query(Card).count() == 0
    assert desk.get(f"{address}/flags/{flag}").status == 403
    clearing = at_desk(new_visitor, senior).get(address).follow("Clear this flag").form()
    assert clearing.submit("Clear the flag").errors == ["Write why"]
    clearing.fill(reason=reason).submit("Clear the flag")
    assert now(number).clearances[0].reason == reason
    assert f"{name}: for the {team} team" not in desk.get("/council").main
    page = desk.get(address).follow("Approve").form().submit("See the letter").press("Approve")
    assert "is on the list" in page.text
    assert now(number).status == Status.APPROVED
    assert db.session.query(Card).count() == 1


def test_f04_a_madrasah_is_approved_by_one_reviewer_once_a_senior_has_cleared_the_flag(
    app: Flask, new_visitor: Callable[[], Visitor]
) -> None:
    case = make.in_review(plan=make.MADRASAH)
    is_not_approved_until_cleared(new_visitor, case, EXEMPT)


def test_f11_a_holiday_club_with_haf_waits_for_a_written_exemption(
    app: Flask, new_visitor: Callable[[], Visitor]
) -> None:
    case = make.in_review(plan=HOLIDAY)
    is_not_approved_until_cleared(new_visitor, case, "A written exemption of 3 November.")
    card = db.session.query(Card).one()
    assert card.document["cost"]["kind"] == "haf", "families find it as HAF"


def test_f11_a_number_opens_it_without_a_senior(app: Flask) -> None:
    number = {"p_ofsted": {"said": "yes", "number": "EY123456"}}
    case = make.in_review(plan=replace(HOLIDAY, profile=number))
    assert flags_of(case) == ()


def test_f22_a_learning_hub_in_school_time_waits_for_the_education_team(
    app: Flask, client: Visitor, new_visitor: Callable[[], Visitor]
) -> None:
    hub = replace(
        make.CHESS,
        name="Tettenhall Learning Hub",
        profile={"p_school_hours": {"said": "yes", "children": 12, "hours": 20}},
    )
    case = make.in_review(plan=hub)
    slug = case.organisation.slug
    db.session.commit()
    unknown = client.get("/organisations/never-was")
    hidden = client.get(f"/organisations/{slug}")
    assert (hidden.status, hidden.main) == (404, unknown.main), "the public page is neutral"
    why = "Home-educated children, 20 hours over three places. Education agrees."
    is_not_approved_until_cleared(new_visitor, case, why, "school_check", "education")
