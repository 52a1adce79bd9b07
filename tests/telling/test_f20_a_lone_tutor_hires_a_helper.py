"""F20: somebody who worked alone has a first helper. A change, with the questions it brings."""

from datetime import date

import pytest
from flask import Flask

from registry.assessments.in_force import answers_in_force
from registry.assessments.models import Assessment
from registry.assessments.standing import holds
from registry.changes import services as changes
from registry.changes.profiles import wanted_profile
from registry.clock import today
from registry.database import db
from registry.demonstration.answers import good_answers
from registry.errors import BadInput
from registry.jobs.nightly import run_night
from registry.telling.services import somebody_helps
from tests import factories as make
from tests.changes.story import a_paper
from tests.changes.story import changes as every_change
from tests.rigs.travelling import Clock
from tests.telling.story import accept, asked, is_shown, question, told

CRITERION_2 = {"sr_steps", "sr_guidance", "sr_checks", "sr_roles", "sr_dbs_done"}
PROFILE = {"p_paid": {"said": "no"}, "p_vols": {"said": "yes"}, "p_young_help": {"said": "no"}}


@pytest.fixture
def tutor(app: Flask, clock: Clock) -> Assessment:
    """A coach who works alone, on the list."""
    clock.travel_to("2026-10-01")
    assessment = make.an_approved(plan=make.COACH)
    db.session.commit()
    clock.travel_to("2026-11-23")
    return assessment


def send_everything(tutor: Assessment) -> list:
    """The owner answers each question that is asked, as a careful club would."""
    club, owner = tutor.organisation, make.owner_of(tutor)
    for key in sorted(asked(club) & set(PROFILE)):
        changes.tell(club, owner, key, PROFILE[key], version=question(club, key).version)
    sent = []
    for key in sorted(asked(club)):
        paper = a_paper(club, owner, key, f"Paper for {key}")
        good = good_answers(
            "small_volunteers",
            file_id=paper,
            today=today(),
            activity_ids=[a.id for a in club.activities],
        )
        version = question(club, key).version
        sent.append(changes.tell(club, owner, key, good[key], version=version))
    db.session.commit()
    return sent


def test_the_club_is_small_now_and_criterion_two_and_a_lead_are_asked(
    tutor: Assessment, clock: Clock
) -> None:
    club = tutor.organisation
    change = somebody_helps(club, make.owner_of(tutor), people=2)
    db.session.commit()
    assert (change.kind, change.state) == ("first_helper", "waiting")
    assert wanted_profile(tutor).size == "small"
    found = asked(club)
    assert found >= CRITERION_2
    assert "sg_lead" in found
    assert {"p_paid", "p_vols"} <= found
    due = {question(club, key).due_on for key in found}
    assert due == {date(2026, 12, 21)}
    # Listed meanwhile, and what is in force is as it was.
    assert is_shown(club)
    assert answers_in_force(tutor)["p_people"] == {"number": 1}


def test_not_sent_in_twenty_working_days_the_listing_is_held(
    tutor: Assessment, clock: Clock
) -> None:
    club = tutor.organisation
    somebody_helps(club, make.owner_of(tutor), people=2)
    db.session.commit()
    clock.travel_to("2026-12-21 23:59")
    assert is_shown(club)
    clock.to_midnight_after(date(2026, 12, 21))
    assert not is_shown(club)
    assert [hold.kind for hold in holds(club.id)] == ["change_overdue"]
    assert run_night().held == 1
    assert told("club/off-the-list") == 1


def test_once_sent_the_clock_stands_still_and_accepted_it_is_as_before(
    tutor: Assessment, clock: Clock
) -> None:
    club, reviewer = tutor.organisation, make.a_reviewer()
    before = tutor.latest_submission
    helper = somebody_helps(club, make.owner_of(tutor), people=2)
    clock.travel_to("2026-12-10")
    sent = send_everything(tutor)
    assert asked(club) == set()
    clock.travel_to("2027-01-11")
    assert is_shown(club)
    assert run_night().held == 0
    for change in [helper, *[c for c in _waiting(club) if c.id != helper.id]]:
        assert accept(change, reviewer), change.question_key
    db.session.commit()
    assert {one.state for one in sent} == {"accepted"}
    assert is_shown(club)
    assert holds(club.id) == []
    assert answers_in_force(tutor)["p_people"] == {"number": 2}
    # The old answers stay with the submission that they were sent in.
    assert tutor.latest_submission is before
    assert before.document["answers"]["p_people"] == {"number": 1}
    assert "sr_lone" in before.document["answers"]


def test_a_hold_ends_when_all_that_was_owed_is_accepted(tutor: Assessment, clock: Clock) -> None:
    club, reviewer = tutor.organisation, make.a_reviewer()
    somebody_helps(club, make.owner_of(tutor), people=2)
    db.session.commit()
    clock.travel_to("2026-12-22 00:35")
    run_night()
    clock.travel_to("2027-01-05")
    send_everything(tutor)
    *first, last = _waiting(club)
    for change in first:
        accept(change, reviewer)
    db.session.commit()
    assert not is_shown(club)
    accept(last, reviewer)
    db.session.commit()
    assert is_shown(club)
    assert told("club/back") == 1


def test_one_is_no_helper(tutor: Assessment) -> None:
    with pytest.raises(BadInput):
        somebody_helps(tutor.organisation, make.owner_of(tutor), people=1)


def _waiting(club) -> list:
    return every_change(club, "waiting")
