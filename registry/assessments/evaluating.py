"""Holding an assessment against its edition of the criteria, on a given day."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from registry import clock
from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment, Submission
from registry.config import settings
from registry.criteria.content import Edition
from registry.criteria.dates import written_date
from registry.criteria.dbs_checks import supervision_counts_on
from registry.criteria.evaluation import Evaluation, Finding, Result, evaluate
from registry.criteria.loading import load_edition
from registry.criteria.moving_on import edition_for_draft
from registry.criteria.paper_risks import BLANKS, paper_risk, risks_for
from registry.criteria.profile import Profile, case_flags
from registry.database import db
from registry.organisations.services import activity_profile

Answers = dict[str, dict[str, Any]]


def edition_of(assessment: Assessment) -> Edition:
    """The edition that the assessment was begun with, whatever is current now.

    A draft that was not sent in time is on to the one in force from the day after, whether or not
    the night has written so down.
    """
    if assessment.status == Status.DRAFT:
        return load_edition(edition_for_draft(assessment.edition, clock.today()))
    return load_edition(assessment.edition)


def working_answers(assessment: Assessment) -> Answers:
    """What the club has put in so far, profile included."""
    return {answer.question_key: answer.parts for answer in assessment.answers}


def profile_of(assessment: Assessment) -> Profile:
    """The flags as the club's working answers and activities set them today."""
    activities = [activity_profile(a) for a in assessment.organisation.activities]
    return Profile.from_answers(working_answers(assessment), activities)


def current_evaluation(assessment: Assessment, today: date) -> Evaluation:
    """How the working answers stand: what the club itself sees."""
    return evaluate(
        edition_of(assessment),
        profile_of(assessment),
        working_answers(assessment),
        None,
        today,
        unfinished_papers(assessment),
    )


def frozen_profile(submission: Submission) -> Profile:
    """The flags as they were when the submission was sent."""
    return Profile.from_answers(submission.document["answers"], submission.document["activities"])


def review_evaluation(assessment: Assessment, today: date) -> Evaluation:
    """How the last submission stands on the reviewer's findings, with the rules run today."""
    submission = assessment.latest_submission
    assert submission is not None, "only what was sent can be reviewed"
    return evaluate(
        edition_of(assessment),
        frozen_profile(submission),
        submission.document["answers"],
        findings_of(assessment),
        today,
        unfinished_as_sent(submission),
    )


def findings_of(assessment: Assessment) -> Mapping[str, Finding]:
    """The reviewer's findings as the criteria read them."""
    return {
        row.question_key: Finding(Result(row.result), row.reason, Result(row.suggested))
        for row in assessment.findings
    }


def flags_of(assessment: Assessment) -> tuple[str, ...]:
    """The flags of the case (domain A.7) that its last submission sets."""
    submission = assessment.latest_submission
    if submission is None:
        return ()
    backdated = ("backdated",) if _is_backdated(assessment, submission) else ()
    return (*_flags_of_answers(submission), *_flags_of_papers(submission), *backdated)


def _flags_of_answers(submission: Submission) -> tuple[str, ...]:
    return case_flags(
        frozen_profile(submission),
        submission.document["answers"],
        school_hours=settings().school_hours_limit,
        supervision_counts=supervision_counts_on(clock.today(), settings().dbs_supervision_ends_on),
    )


def _is_backdated(assessment: Assessment, submission: Submission) -> bool:
    """Whether it names a check of the plan from before the day on which the club lapsed, that it
    had not named by then."""
    reviewed = reviewed_on(submission.document["answers"])
    if reviewed is None:
        return False
    lapsed = db.session.scalars(
        select(Assessment).where(
            Assessment.organisation_id == assessment.organisation_id,
            Assessment.status == Status.LAPSED,
            Assessment.listed_until >= reviewed,
            Assessment.listed_until < clock.local(submission.submitted_at).date(),
        )
    )
    told = (one.latest_submission for one in lapsed)
    return any(one and reviewed_on(one.document["answers"]) != reviewed for one in told)


def _flags_of_papers(submission: Submission) -> tuple[str, ...]:
    """What was seen in a paper that was sent, wherever it matters."""
    found = (
        risk.flag
        for one in submission.document["evidence"]
        for risk in risks_for(one.get("risks"), one["question_key"])
        if risk.flag
    )
    return tuple(dict.fromkeys(found))


def unfinished_papers(assessment: Assessment) -> frozenset[int]:
    """The papers of an attempt that still have blanks in them, where that matters."""
    return _with_blanks((one.id, one.question_key, one.risks) for one in assessment.evidence)


def unfinished_as_sent(submission: Submission) -> frozenset[int]:
    """The same of what was sent."""
    sent = submission.document["evidence"]
    return _with_blanks((one["id"], one["question_key"], one.get("risks")) for one in sent)


def _with_blanks(papers: Iterable[tuple[int, str, Iterable[str] | None]]) -> frozenset[int]:
    blanks = paper_risk(BLANKS)
    return frozenset(
        number for number, key, risks in papers if BLANKS in (risks or ()) and blanks.concerns(key)
    )


def uncleared_flags(assessment: Assessment) -> tuple[str, ...]:
    """The flags that stop an approval until a senior clears them with a reason."""
    submission = assessment.latest_submission
    left = {"ofsted_check", "school_check"} - {one.flag for one in assessment.clearances}
    return tuple(f for f in _flags_of_answers(submission) if f in left) if submission else ()


def reviewed_on(answers: Mapping[str, Mapping[str, Any]]) -> date | None:
    """When the club says it last checked its safeguarding plan."""
    return written_date((answers.get("sg_review_date") or {}).get("date"))
