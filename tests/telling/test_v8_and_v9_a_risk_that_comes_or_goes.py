"""V8 and V9: what follows when a flag of an activity goes, or comes, after the approval."""

from dataclasses import replace

import pytest
from flask import Flask

from registry.assessments import services
from registry.assessments.in_force import answers_in_force
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment
from registry.changes import services as changes
from registry.changes.profiles import wanted_profile
from registry.criteria.evaluation import applies
from registry.criteria.loading import load_edition
from registry.database import db
from registry.demonstration.walking import ActivityPlan
from registry.jobs.nightly import run_night
from registry.organisations.models import Activity
from registry.organisations.services import change_activity
from tests import factories as make
from tests.changes.story import cards, the_change
from tests.rigs.travelling import Clock
from tests.telling.story import accept

YES, NO = {"said": "yes"}, {"said": "no"}
ONLINE = {"said": "yes", "rules": "Two adults join. Cameras of children stay off."}
TAP = ActivityPlan(
    "Tap for beginners", ("dance_arts.dance",), (7, 11), ((2, "16:30", "17:30"),), summary="Tap."
)


def a_club(app: Flask, clock: Clock, **risks) -> Assessment:
    """A club on the list with two activities; the first has these risks, well answered."""
    clock.travel_to("2026-10-01")
    first = replace(make.DANCE.activities[0], profile=dict.fromkeys(risks, YES))
    plan = replace(make.DANCE, activities=(first, TAP), answers=dict(risks.values()))
    assessment = make.an_approved(plan=plan)
    db.session.commit()
    return assessment


def say(activity: Activity, **risks) -> None:
    """The club answers about its activity anew."""
    owner = make.owner_of(activity.organisation)
    change_activity(activity, owner, about={**activity.about, **risks})
    db.session.commit()


def is_asked(assessment: Assessment, key: str) -> bool:
    """Whether the question concerns the club as it will be."""
    question = load_edition(assessment.edition).question(key)
    return applies(question, wanted_profile(assessment))


@pytest.fixture
def online_club(app: Flask, clock: Clock) -> Assessment:
    """One activity is taught online."""
    return a_club(app, clock, p_online=("sg_online", ONLINE))


def test_v8_a_risk_that_goes_asks_nothing_keeps_the_old_answer_and_lapses_nothing(
    online_club: Assessment, clock: Clock
) -> None:
    club, until = online_club.organisation, online_club.listed_until
    activity = club.activities[0]
    before = answers_in_force(online_club)["sg_online"]
    assert before
    say(activity, p_online=NO)
    change = the_change(club, "waiting")
    assert accept(change, make.a_reviewer())
    db.session.commit()
    assert not is_asked(online_club, "sg_online")
    assert answers_in_force(online_club)["sg_online"] == before
    assert (online_club.status, online_club.listed_until) == (Status.APPROVED, until)
    clock.travel_to("2026-11-20")
    night = run_night()
    assert (night.lapsed, night.held) == (0, 0)
    assert set(cards(club)) == {one.id for one in club.activities}


@pytest.mark.parametrize(
    ("risk", "part"),
    [("p_overnight", "overnight"), ("p_oneone", "one_to_one"), ("p_care", "personal_care")],
)
def test_v8_nights_away_personal_care_and_being_alone_stay_until_they_are_accepted(
    app: Flask, clock: Clock, risk: str, part: str
) -> None:
    clock.travel_to("2026-10-01")
    away = {"said": "yes", part: "Two adults are near. Parents agree in writing."}
    special = {"said": "yes", "overnight": "Leader award", "shows": "Licence from the council"}
    first = replace(make.DANCE.activities[0], profile={risk: YES})
    plan = replace(
        make.DANCE,
        activities=(first, TAP),
        answers={"sg_away": away, "hs_special": special},
    )
    recommended = make.a_recommended(what="approve", plan=plan)
    senior = make.a_senior()
    services.approve(recommended, senior, **make.read(recommended))
    db.session.commit()
    activity = recommended.organisation.activities[0]
    before = cards(recommended.organisation)
    say(activity, **{risk: NO})
    change = the_change(recommended.organisation, "waiting")
    assert change.kind == "flag_off"
    assert activity.about[risk] == YES
    assert cards(recommended.organisation) == before
    assert accept(change, make.a_reviewer())
    assert activity.about[risk] == NO


def test_v9_a_risk_that_comes_hides_its_activity_until_its_question_is_accepted(
    app: Flask, clock: Clock
) -> None:
    assessment = a_club(app, clock)
    club, reviewer = assessment.organisation, make.a_reviewer()
    first, other = club.activities
    say(first, p_online=YES)
    asked, flag = the_change(club, "asked"), the_change(club, "waiting")
    assert (asked.question_key, flag.kind) == ("sg_online", "flag_on")
    assert set(cards(club)) == {other.id}
    owner = make.owner_of(assessment)
    changes.tell(club, owner, "sg_online", ONLINE, version=asked.version)
    assert set(cards(club)) == {other.id}  # sent, and not yet accepted
    assert accept(asked, reviewer)
    assert accept(flag, reviewer)
    assert set(cards(club)) == {first.id, other.id}


def test_v9_the_others_stay_however_long_it_takes(app: Flask, clock: Clock) -> None:
    assessment = a_club(app, clock)
    club = assessment.organisation
    first, other = club.activities
    say(first, p_online=YES)
    clock.travel_to("2026-12-20")
    assert run_night().held == 0
    assert set(cards(club)) == {other.id}
