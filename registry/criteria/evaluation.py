"""From answers and findings to results: what applies, what is suggested, and how criteria stand.

Pure. A rule suggests; only the reviewer's finding counts for a decision, and the rules run again
on the day of the decision, so that what was in date at submission and no longer is counts as it
is now (domain A.6, Results and Criterion).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.criteria.answers import read, risk_check_dates, risk_check_rows
from registry.criteria.conditions import Facts
from registry.criteria.content import Edition, Level, ProfileQuestion, Question, Wording
from registry.criteria.dates import add_months
from registry.criteria.profile import Profile
from registry.criteria.rules import RULES, Case, Result, risk_files, worse

__all__ = [
    "Evaluation",
    "Finding",
    "Level",
    "QuestionOutcome",
    "Result",
    "answer_problems",
    "applies",
    "evaluate",
    "finding_choices",
    "level",
    "listed_until",
    "missing_parts",
    "needs_reason",
    "offers_partly",
    "profile_questions",
    "risk_check_ok_until",
    "risk_files",
    "suggest",
    "two_people_reasons",
    "wording",
]


@dataclass(frozen=True)
class Finding:
    """What a reviewer found on one question, and what the rule suggested when it was found."""

    result: Result
    reason: str
    suggested: Result


@dataclass(frozen=True)
class QuestionOutcome:
    """How one question stands: whether it is asked of this club, its level for it, what the rule
    suggests today, what the reviewer found, and the result of the two."""

    question: Question
    applies: bool
    level: Level
    suggested: Result
    finding: Finding | None
    result: Result

    @property
    def blocks(self) -> bool:
        """Whether its criterion fails without it."""
        return self.level.blocks and self.result is not Result.NA


@dataclass(frozen=True)
class Evaluation:
    """How a self-assessment stands on one day.

    `criteria` has a result for the key of each criterion. `unanswered` names every question still
    open; `missing` those of them without which it cannot be sent (CORE and LAW).
    `may_be_approved` is only ever true on reviewer findings.
    """

    questions: Mapping[str, QuestionOutcome]
    criteria: Mapping[str, Result]
    may_be_approved: bool
    improvement_actions: tuple[str, ...]
    unanswered: tuple[str, ...]
    missing: tuple[str, ...]


def applies(question: Question, profile: Profile) -> bool:
    """Whether the question is asked of this club. Derived from the profile, never chosen."""
    return question.logic.holds(Facts(flags=profile))


def level(question: Question, profile: Profile, answers: Any) -> Level:
    """How much the question weighs for this club."""
    facts = Facts(flags=profile, answers=answers)
    for other in question.level_when:
        if other.when.holds(facts):
            return other.level
    return question.level


def wording(question: Question, profile: Profile) -> Wording:
    """The question and its help in this club's words, `{flags}` filled with what it ticked."""
    facts = Facts(flags=profile)
    words = Wording(question.text, question.help)
    for other in question.wording_when:
        if other.when.holds(facts):
            words = other
            break
    ticked = [said for flag, said in question.flag_words.items() if getattr(profile, flag, False)]
    return Wording(words.text, words.help.replace("{flags}", ", ".join(ticked)))


def offers_partly(question: Question) -> bool:
    """Whether “partly” is one of the findings for this question."""
    return bool(question.partly)


def finding_choices(question: Question, suggested: Result) -> tuple[Result, ...]:
    """The findings that a reviewer may choose from. “Does not concern them” is one of them only
    where the rule says so from the answer itself."""
    choices = [Result.MET, Result.PARTLY, Result.NOT_MET, Result.NA]
    if not offers_partly(question):
        choices.remove(Result.PARTLY)
    if suggested is not Result.NA:
        choices.remove(Result.NA)
    return tuple(choices)


def needs_reason(suggested: Result, finding: Result) -> bool:
    """Whether a reviewer must say why: the finding differs from what the rule suggests."""
    return suggested != finding


def suggest(
    question: Question,
    answers: Any,
    profile: Profile,
    today: date,
    unfinished: Collection[int] = (),
) -> Result:
    """What the rule makes of the answer today.

    `unfinished` are papers (evidence ids) with blanks left in them: one of those is never more
    than partly, where partly is offered.
    """
    if not applies(question, profile):
        return Result.NA
    said = answers.get(question.key) if isinstance(answers, Mapping) else None
    reading = read(question, said, profile, today, answers)
    if not reading.given or reading.missing or reading.wrong:
        return Result.UNANSWERED
    case = Case(question, reading.given, reading.asked, answers, profile, today)
    result = RULES[question.rule.name](case)
    if result is Result.MET and offers_partly(question) and _papers(reading.given) & {*unfinished}:
        return Result.PARTLY
    return result


def _papers(given: Mapping[str, Any]) -> set[int]:
    """Every paper that an answer points at, in lists and in tables."""
    found: set[int] = set()
    for value in given.values():
        for one in value if isinstance(value, list) else ():
            number = one.get("file") if isinstance(one, Mapping) else one
            if isinstance(number, int):
                found.add(number)
    return found


def profile_questions(edition: Edition, of: str, profile: Profile) -> tuple[ProfileQuestion, ...]:
    """The profile questions asked of this `organisation`, or of each `activity` of it."""
    facts = Facts(flags=profile)
    return tuple(one for one in edition.profile_of(of) if one.asked_when.holds(facts))


def answer_problems(
    question: Question | ProfileQuestion, parts: Any, profile: Profile, today: date
) -> dict[str, str]:
    """What cannot be right in an answer being saved: part → sentence. Gaps are `missing_parts`."""
    reading = read(question, parts, profile, today)
    problems = dict(reading.wrong)
    counts_checks = isinstance(question, Question) and question.rule.name == "dbs_counts"
    need, have = reading.given.get("need"), reading.given.get("have")
    if counts_checks and need is not None and have is not None and have > need:
        problems["have"] = "This cannot be more than the number who need a check"
    return problems


def missing_parts(
    question: Question | ProfileQuestion, parts: Any, profile: Profile, today: date
) -> dict[str, str]:
    """What an answer still needs before it is complete: part → sentence."""
    return dict(read(question, parts, profile, today).missing)


def evaluate(
    edition: Edition,
    profile: Profile,
    answers: Any,
    findings: Mapping[str, Finding] | None,
    today: date,
    unfinished: Collection[int] = (),
) -> Evaluation:
    """How the answers stand today: as the club sees itself (`findings` None), or as the reviewer
    found, where a question without a finding is open. `unfinished` as in `suggest`."""
    outcomes = {
        question.key: _outcome(question, profile, answers, findings, today, unfinished)
        for question in edition
    }
    criteria = {
        criterion.key: _criterion_result(
            [one for one in outcomes.values() if one.question.criterion == criterion.number]
        )
        for criterion in edition.criteria
    }
    unanswered = [one for one in outcomes.values() if one.result is Result.UNANSWERED]
    return Evaluation(
        questions=outcomes,
        criteria=criteria,
        may_be_approved=findings is not None
        and bool(criteria)
        and all(result is Result.MET for result in criteria.values()),
        improvement_actions=tuple(
            one.question.key
            for one in outcomes.values()
            if not one.level.blocks and one.result not in (Result.MET, Result.NA)
        ),
        unanswered=tuple(one.question.key for one in unanswered),
        missing=tuple(one.question.key for one in unanswered if one.level.blocks),
    )


def _outcome(
    question: Question,
    profile: Profile,
    answers: Any,
    findings: Mapping[str, Finding] | None,
    today: date,
    unfinished: Collection[int],
) -> QuestionOutcome:
    suggested = suggest(question, answers, profile, today, unfinished)
    finding = findings.get(question.key) if findings is not None else None
    asked = applies(question, profile)
    if not asked:
        result = Result.NA
    elif findings is None:
        result = suggested
    else:
        result = _found(question, finding, suggested)
    weight = level(question, profile, answers)
    return QuestionOutcome(question, asked, weight, suggested, finding, result)


def _found(question: Question, finding: Finding | None, suggested: Result) -> Result:
    """What a finding comes to today.

    “Does not concern them” counts only where the rule says the same; “partly” only where it is
    offered; and a finding made on another suggestion than today's counts as the worse of the two,
    because a date has passed since.
    """
    if finding is None:
        return Result.UNANSWERED
    result = Result(finding.result)
    if result is Result.NA:
        return Result.NA if suggested is Result.NA else Result.UNANSWERED
    if result is Result.PARTLY and not offers_partly(question):
        result = Result.NOT_MET
    if finding.suggested != suggested:
        result = worse(result, suggested)
    return result


def _criterion_result(outcomes: list[QuestionOutcome]) -> Result:
    """Met if there is at least one question that blocks and every one of them is met; partly if
    none is worse than partly; else not met."""
    results = [one.result for one in outcomes if one.blocks]
    if not results:
        return Result.NOT_MET
    if all(result is Result.MET for result in results):
        return Result.MET
    if all(result in (Result.MET, Result.PARTLY) for result in results):
        return Result.PARTLY
    return Result.NOT_MET


def listed_until(decision_on: date, reviewed_on: date) -> date:
    """The last day of a listing: 12 months from the decision, or from the day the club last
    checked its plan, whichever is first (domain B.2)."""
    return min(add_months(decision_on, 12), add_months(reviewed_on, 12))


def risk_check_ok_until(answers: Any, activity_id: int) -> date | None:
    """The last day on which an activity's own risk check is in date: its review + 12 months.

    None where no risk check is mapped to the activity, or its date is not known.
    """
    day = risk_check_dates(answers).get(risk_check_rows(answers).get(activity_id, 0))
    return add_months(day, 12) if day else None


def two_people_reasons(profile: Profile) -> tuple[str, ...]:
    """Why the profile asks for a second person to sign: nights away, personal care, or an adult
    alone with a child under 16 (domain G2). Empty where one person may."""
    current = profile.current
    reasons = {
        "overnight": any(one.overnight for one in current),
        "personal_care": any(one.personal_care for one in current),
        "one_to_one": any(one.one_to_one and one.has_under_16s for one in current),
    }
    return tuple(reason for reason, holds in reasons.items() if holds)
