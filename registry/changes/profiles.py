"""The club as it is in force and as it wants to be: what its questions are held against."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from registry.assessments.evaluating import Answers, edition_of
from registry.assessments.in_force import (
    DATES_OF_RISK_CHECKS,
    RISK_CHECKS,
    answers_in_force,
    answers_with,
    public_record_in_force,
)
from registry.assessments.models import Assessment, Change
from registry.changes.queries import open_changes
from registry.criteria.evaluation import Evaluation, Result, evaluate
from registry.criteria.profile import Profile, case_flags, profile_problems
from registry.organisations.models import Activity
from registry.organisations.services import activity_profile

__all__ = [
    "brought_questions",
    "evaluation_in_force",
    "evaluation_with",
    "is_in_force",
    "new_flags_to_clear",
    "wanted_profile",
]

# Each activity has a change of its own for these two.
OF_EACH_ACTIVITY = (RISK_CHECKS, DATES_OF_RISK_CHECKS)
ABOUT = "about."
GOOD_ENOUGH = (Result.NA, Result.MET)
TO_CLEAR = ("ofsted_check", "school_check")


def is_in_force(assessment: Assessment, activity: Activity) -> bool:
    """Whether the council has accepted this activity: a new one is not, until it has."""
    return str(activity.id) in public_record_in_force(assessment)["activities"]


def evaluation_in_force(assessment: Assessment, today: date) -> Evaluation:
    """How the answers in force stand today, by the rules."""
    answers = answers_in_force(assessment)
    return _evaluated(assessment, answers, _activities(assessment, {}), today)


def evaluation_with(assessment: Assessment, change: Change, today: date) -> Evaluation:
    """How they would stand if this change were accepted.

    The answer of a question that is asked because of something that waits too is held against
    the club as it will be with both.
    """
    answers = answers_in_force(assessment)
    if change.about == "question":
        answers = answers_with(answers, change)
        if not change.question_key.startswith("p_"):
            answers = answers_with(_wanted_answers(assessment), change)
            return _evaluated(assessment, answers, _wanted_activities(assessment), today)
        return _evaluated(assessment, answers, _activities(assessment, {}), today)
    return _evaluated(assessment, answers, _activities(assessment, _facts_of([change])), today)


def wanted_profile(assessment: Assessment) -> Profile:
    """The club with everything that waits."""
    return Profile.from_answers(_wanted_answers(assessment), _wanted_activities(assessment))


def brought_questions(assessment: Assessment, today: date) -> set[str]:
    """The questions that what waits brings along, and that are not well answered yet."""
    now = evaluation_in_force(assessment, today)
    answers = _wanted_answers(assessment)
    then = _evaluated(assessment, answers, _wanted_activities(assessment), today)
    keys = {
        key
        for key, one in then.questions.items()
        if one.applies
        and one.level.blocks
        and one.result not in GOOD_ENOUGH
        and now.questions[key].result in GOOD_ENOUGH
        and key not in OF_EACH_ACTIVITY
    }
    before = profile_problems(answers_in_force(assessment))
    return keys | (set(profile_problems(answers)) - set(before))


def new_flags_to_clear(assessment: Assessment, change: Change) -> list[str]:
    """The flags that a senior has to clear, and that this change would set."""
    answers = answers_in_force(assessment)
    now = Profile.from_answers(answers, _activities(assessment, {}))
    if change.about == "question":
        answers = answers_with(answers, change)
    then = Profile.from_answers(answers, _activities(assessment, _facts_of([change])))
    before = set(case_flags(now, answers))
    return [flag for flag in case_flags(then, answers) if flag in TO_CLEAR and flag not in before]


def _evaluated(
    assessment: Assessment, answers: Answers, activities: list[dict[str, Any]], today: date
) -> Evaluation:
    profile = Profile.from_answers(answers, activities)
    return evaluate(edition_of(assessment), profile, answers, None, today)


def _wanted_answers(assessment: Assessment) -> Answers:
    """What is in force, with what the club says of itself and nobody has accepted yet."""
    answers = answers_in_force(assessment)
    for change in open_changes(assessment.organisation_id):
        if change.question_key.startswith("p_") and change.fields:
            answers = answers_with(answers, change)
    return answers


def _wanted_activities(assessment: Assessment) -> list[dict[str, Any]]:
    waiting = open_changes(assessment.organisation_id)
    return _activities(assessment, _facts_of(waiting), new_too=True)


def _facts_of(changes: list[Change]) -> dict[int, dict[str, Any]]:
    """The facts that some changes bring to each activity; an empty one for a new activity."""
    found: dict[int, dict[str, Any]] = {}
    for one in changes:
        if one.about == "activity":
            found.setdefault(one.record_id, {}).update(one.after)
        elif one.question_key == RISK_CHECKS and one.record_id:
            found.setdefault(one.record_id, {})
    return found


def _activities(
    assessment: Assessment, facts: Mapping[int, Mapping[str, Any]], *, new_too: bool = False
) -> list[dict[str, Any]]:
    """The activities as the criteria read them: those in force, and those that facts name."""
    in_force = public_record_in_force(assessment)["activities"]
    return [
        _with_facts(activity, facts.get(activity.id, {}))
        for activity in assessment.organisation.activities
        if activity.state != "ended"
        and (new_too or str(activity.id) in in_force or activity.id in facts)
    ]


def _with_facts(activity: Activity, facts: Mapping[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = dict(activity_profile(activity))
    profile = dict(told["profile"])
    for name, value in facts.items():
        if name.startswith(ABOUT):
            key = name.removeprefix(ABOUT)
            ages = {n: v for n, v in profile.get(key, {}).items() if n in ("youngest", "oldest")}
            profile[key] = {**(value or {}), **(ages if key == "p_ages" else {})}
    ages = dict(profile.get("p_ages", {}))
    for name, part in (("min_months", "youngest"), ("max_months", "oldest")):
        if name in facts:
            ages[part] = facts[name] // 12
    return {**told, "profile": {**profile, "p_ages": ages}}


def question_of(assessment: Assessment, key: str) -> Any:
    """A question of the edition, about the club or of a criterion; None for another key."""
    edition = edition_of(assessment)
    asked: list[Any] = [*edition.questions, *edition.profile_of("organisation")]
    return next((one for one in asked if one.key == key), None)
