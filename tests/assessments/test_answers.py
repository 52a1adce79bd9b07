"""Keeping what a club says: as given, one question at a time, and only what is open."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry import clock
from registry.assessments import services
from registry.assessments.models import Answer, Assessment
from registry.assessments.progress import Progress, State
from registry.assessments.services.answers import Changed, kept_answer, save_answer
from registry.audit.models import Entry
from registry.database import db
from registry.errors import NotAllowedNow, NotFound, NotYours
from registry.organisations import services as organisations
from tests.factories import (
    a_draft,
    a_member,
    a_person,
    a_reviewer,
    a_submitted,
    complete,
    holder_of,
    in_review,
    owner_of,
    read,
)


@pytest.fixture
def draft(app: Flask) -> Assessment:
    """A dance school's self-check that was just begun."""
    return a_draft()


def version_of(assessment: Assessment, key: str) -> int:
    answer = kept_answer(assessment, key)
    return answer.version if answer else 0


def state_of(assessment: Assessment, key: str) -> State:
    tasks = {task.key: task for task in Progress(assessment, clock.today()).question_tasks}
    return tasks[key].state


def entries() -> int:
    return db.session.scalar(select(func.count()).select_from(Entry)) or 0


def test_a_helper_may_answer_and_a_stranger_or_a_reviewer_may_not(draft: Assessment) -> None:
    helper = a_member(draft.organisation)
    assert save_answer(draft, helper, "eq_bully", {"said": "yes"}, version=0)
    for outsider in (a_person(), a_reviewer()):
        with pytest.raises(NotYours):
            save_answer(draft, outsider, "eq_bully", {"said": "no"}, version=1)


def test_a_question_that_does_not_concern_the_club_is_not_here(draft: Assessment) -> None:
    for key in ("sg_lone_contact", "eq_limits", "no_such_key", "p_trips"):
        with pytest.raises(NotFound):
            save_answer(draft, owner_of(draft), key, {"said": "yes"}, version=0)


def test_an_old_answer_is_kept_where_its_question_is_not_asked_any_more(draft: Assessment) -> None:
    owner = owner_of(draft)
    save_answer(draft, owner, "p_people", {"number": 7}, version=0)
    save_answer(draft, owner, "sr_recheck", {"choice": "update_service"}, version=0)
    save_answer(draft, owner, "p_people", {"number": 1}, version=1)
    asked = [question.key for question in Progress(draft, clock.today()).asked]
    assert "sr_recheck" not in asked
    save_answer(draft, owner, "p_people", {"number": 7}, version=2)
    assert state_of(draft, "sr_recheck") is State.DONE


def test_the_second_saver_hears_of_the_first_unless_both_say_the_same(draft: Assessment) -> None:
    owner = owner_of(draft)
    save_answer(draft, owner, "eq_bully", {"said": "yes"}, version=0)
    with pytest.raises(Changed) as told:
        save_answer(draft, owner, "eq_bully", {"said": "no"}, version=0)
    assert told.value.theirs.parts == {"said": "yes"}
    assert told.value.theirs.version == 1
    before = entries()
    assert save_answer(draft, owner, "eq_bully", {"said": "yes"}, version=0)
    assert version_of(draft, "eq_bully") == 1
    assert entries() == before


def test_parts_that_a_page_did_not_ask_stay(draft: Assessment) -> None:
    owner = owner_of(draft)
    lead = {"name": "Sandeep Rai", "email": "lead@example.org"}
    save_answer(draft, owner, "sg_lead", {"said": "yes", "lead": lead}, version=0)
    asked = frozenset({"said", "note"})
    save_answer(draft, owner, "sg_lead", {"said": "partly"}, version=1, replaces=asked)
    answer = kept_answer(draft, "sg_lead")
    assert answer is not None
    assert answer.parts == {"said": "partly", "lead": lead}


def test_saying_nothing_keeps_nothing_and_taking_back_what_was_said_is_kept(
    draft: Assessment,
) -> None:
    owner = owner_of(draft)
    assert save_answer(draft, owner, "eq_bully", {"said": "", "note": ""}, version=0) is None
    assert db.session.scalar(select(func.count()).select_from(Answer)) == 0
    save_answer(draft, owner, "eq_bully", {"said": "yes"}, version=0)
    save_answer(draft, owner, "eq_bully", {}, version=1)
    assert state_of(draft, "eq_bully") is State.TO_DO


@pytest.mark.parametrize(
    ("parts", "state"),
    [
        ({}, State.TO_DO),
        ({"course": "Level 3"}, State.BEGUN),
        ({"course": "Level 3", "date": "2001-05-01"}, State.DONE),
    ],
    ids=["nothing", "a part missing", "complete, though too long ago"],
)
def test_how_an_answer_counts(draft: Assessment, parts: dict[str, Any], state: State) -> None:
    save_answer(draft, owner_of(draft), "sg_lead_training", parts, version=0)
    assert state_of(draft, "sg_lead_training") is state


def test_nothing_is_open_while_the_council_has_it(app: Flask) -> None:
    submitted = a_submitted()
    with pytest.raises(NotAllowedNow):
        save_answer(submitted, owner_of(submitted), "eq_bully", {"said": "no"}, version=1)


def test_after_a_return_only_what_was_sent_back_is_open(app: Flask) -> None:
    assessment = returned(eq_bully="How do you tell parents?")
    progress = Progress(assessment, clock.today())
    assert [task.key for task in progress.question_tasks if task.is_open] == ["eq_bully"]
    assert not any(task.is_open for task in progress.profile_tasks)
    assert state_of(assessment, "eq_bully") is State.SENT_BACK
    owner = owner_of(assessment)
    with pytest.raises(NotAllowedNow):
        save_answer(assessment, owner, "sg_adults", {"said": "no"}, version=1)
    with pytest.raises(NotAllowedNow):
        save_answer(assessment, owner, "p_people", {"number": 2}, version=1)
    save_answer(assessment, owner, "eq_bully", {"said": "yes", "note": "By phone"}, version=1)
    assert state_of(assessment, "eq_bully") is State.DONE


def test_what_the_mending_leaves_without_an_answer_opens_too(app: Flask) -> None:
    """A new activity asks for its risk check, and what it does asks its own questions."""
    assessment = returned(eq_bully="How do you tell parents?")
    owner, activity = owner_of(assessment), assessment.organisation.activities[0]
    organisations.change_activity(
        activity, owner, about={**activity.about, "p_online": {"said": "yes"}}
    )
    progress = Progress(assessment, clock.today())
    assert progress.is_open("sg_online")
    save_answer(assessment, owner, "sg_online", {"said": "yes", "rules": "Two adults"}, version=0)
    assert Progress(assessment, clock.today()).is_open("sg_online")
    assert not Progress(assessment, clock.today()).is_open("sg_adults")


def test_last_years_answers_count_once_they_are_confirmed(app: Flask) -> None:
    first = complete(a_draft())
    owner = owner_of(first)
    services.close(first, owner)
    second = services.begin(first.organisation, owner)
    assert state_of(second, "eq_bully") is State.CHECK
    parts = dict(kept_answer(second, "eq_bully").parts)
    save_answer(second, owner, "eq_bully", parts, version=version_of(second, "eq_bully"))
    assert state_of(second, "eq_bully") is State.DONE


def returned(**words: str) -> Assessment:
    assessment = in_review()
    services.return_for_changes(assessment, holder_of(assessment), **read(assessment), words=words)
    return assessment
