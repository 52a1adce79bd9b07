"""A case as a reviewer reads it: what was sent, what the rules suggest, what was found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from registry import clock
from registry.assessments.evaluating import (
    edition_of,
    flags_of,
    frozen_profile,
    review_evaluation,
    reviewed_on,
    uncleared_flags,
)
from registry.assessments.letters import LETTERS_WITH_REASONS
from registry.assessments.lifecycle import Action, Status, actions_from
from registry.assessments.models import Assessment, Finding, Submission
from registry.assessments.promises import Target
from registry.assessments.saying import in_words
from registry.assessments.services.decide import a_senior_signs, why_not_approve
from registry.assessments.services.submit import LEAD
from registry.criteria.content import Criterion, ProfileQuestion, Question, Wording
from registry.criteria.evaluation import (
    Evaluation,
    QuestionOutcome,
    Result,
    finding_choices,
    listed_until,
    wording,
)
from registry.criteria.official_links import OfficialLink, links_for
from registry.criteria.profile import Profile
from registry.matching.models import Match
from registry.matching.queries import matches_of, strong_matches
from registry.matching.reasons import in_words as in_plain_reasons
from registry.organisations.models import Organisation
from registry.people.models import NamedLead
from registry.people.queries import named_lead
from registry.permissions import P, can
from registry.reviews.after_steps import after_approval_steps
from registry.reviews.comparing import approved_before
from registry.reviews.flags import Flag, explained
from registry.reviews.forms import RESULTS
from registry.reviews.papers import Paper, Shown, Wanted, papers_of
from registry.reviews.queries import holder_of, people, time_taken

DECISIONS = (
    (Action.APPROVE, P.APPROVE, "Approve", "reviews.approve"),
    (
        Action.RETURN_FOR_CHANGES,
        P.RETURN_FOR_CHANGES,
        "Send questions back",
        "reviews.return_for_changes",
    ),
    (Action.RECOMMEND, P.RECOMMEND, "Recommend", "reviews.recommend"),
    (Action.REFUSE, P.REFUSE, "Refuse", "reviews.refuse"),
    (Action.SEND_BACK, P.SEND_BACK, "Send back to the reviewer", "reviews.send_back"),
)  # fmt: skip


@dataclass(frozen=True)
class CaseView:
    """Everything that the pages of a case show. `question` is the one that is open, if any."""

    assessment: Assessment
    submission: Submission
    profile: Profile
    evaluation: Evaluation
    target: Target
    actor: Any
    question: Question | None
    today: date

    @property
    def organisation_name(self) -> str:
        """The name as it was sent."""
        return str(self.submission.document["organisation"]["name"])

    @property
    def holder(self) -> Any:
        """Who holds the case."""
        return holder_of(self.assessment)

    @property
    def may_find(self) -> bool:
        """Whether this person may write findings now."""
        return self.assessment.status == Status.IN_REVIEW and can(
            self.actor, P.RECORD_FINDING, self.assessment
        )

    @property
    def may_start(self) -> bool:
        """Whether this person may take the case now."""
        return self._may(Action.START_REVIEW, P.START_REVIEW)

    @property
    def may_release(self) -> bool:
        """Whether this person may put the case back."""
        return self._may(Action.RELEASE, P.RELEASE)

    @property
    def may_tell_link(self) -> bool:
        """Whether this person may say that they have a link to the club."""
        return can(self.actor, P.STATE_CONFLICTS, self.assessment)

    @property
    def may_reassign(self) -> bool:
        """Whether this person may give the case to another reviewer now."""
        return self.assessment.status == Status.IN_REVIEW and can(
            self.actor, P.REASSIGN, self.assessment
        )

    @property
    def may_note(self) -> bool:
        """Whether this person may write notes for the council."""
        return can(self.actor, P.WRITE_NOTE, self.assessment)

    @property
    def is_kept_out(self) -> bool:
        """Whether this person had a part in the case before an appeal was upheld."""
        return self.actor.id in self.assessment.kept_out_ids

    @property
    def was_approved_before(self) -> bool:
        """Whether there is an approval to hold this case against."""
        return approved_before(self.assessment) is not None

    @property
    def decisions(self) -> list[tuple[str, str]]:
        """The decisions this person may take from here: label and endpoint."""
        status = self.assessment.status
        offered = []
        for action, permission, label, endpoint in DECISIONS:
            if not self._may(action, permission):
                continue
            if action is Action.APPROVE and not self._approval_is_open():
                continue
            if action is Action.REFUSE and self.assessment.recommendation != "refuse":
                continue
            if (
                action is Action.RETURN_FOR_CHANGES
                and status == Status.IN_REVIEW
                and not self.may_find
            ):
                continue
            offered.append((label, endpoint))
        return offered + after_approval_steps(self.assessment, self.actor, self.today)

    @property
    def asked(self) -> list[Question]:
        """The questions that concern this club."""
        return [one.question for one in self.evaluation.questions.values() if one.applies]

    @property
    def unread(self) -> list[str]:
        """The questions without a finding."""
        return [q.key for q in self.asked if self.evaluation.questions[q.key].finding is None]

    @property
    def not_met(self) -> list[str]:
        """The questions found partly or not met."""
        poor = (Result.PARTLY, Result.NOT_MET)
        return [q.key for q in self.asked if self.evaluation.questions[q.key].result in poor]

    @property
    def to_send_back(self) -> list[Question]:
        """The questions as they are offered for sending back: those found wanting come first."""
        wanting = set(self.not_met)
        return sorted(self.asked, key=lambda question: question.key not in wanting)

    @property
    def words_so_far(self) -> dict[str, str]:
        """The words for the club that findings already hold."""
        return {f.question_key: f.words for f in self.assessment.findings if f.words}

    @property
    def flags(self) -> list[Flag]:
        """The flags of the case. Which club it may be the same as is for seniors and auditors."""
        found = flags_of(self.assessment)
        if can(self.actor, P.SEE_MATCHES, self.assessment) and strong_matches(
            self.assessment.organisation_id
        ):
            found = (*found, "dup_hit")
        return explained(found)

    @property
    def uncleared(self) -> tuple[str, ...]:
        """The flags that stop an approval until a senior clears them."""
        return uncleared_flags(self.assessment)

    @property
    def needs_senior(self) -> bool:
        """Whether a senior has to sign; the reason stays with seniors."""
        return a_senior_signs(self.assessment)

    @property
    def matches(self) -> list[tuple[Match, Organisation, list[str]]]:
        """Records that may be the same club, with the reasons: for seniors and auditors alone."""
        if not can(self.actor, P.SEE_MATCHES, self.assessment):
            return []
        number = self.assessment.organisation_id
        found = [one for one in matches_of(number) if can(self.actor, P.SEE_MATCHES, one)]
        return [(one, one.beside(number), in_plain_reasons(one.open_hits)) for one in found]

    @property
    def may_correct_letter(self) -> bool:
        """Whether a letter with reasons went out in which this person may mend a plain error."""
        sent = any(one.action in LETTERS_WITH_REASONS for one in self.assessment.decisions)
        return sent and can(self.actor, P.CORRECT_LETTER, self.assessment)

    @property
    def problems(self) -> list[str]:
        """What stops an approval today."""
        return why_not_approve(self.assessment, self.today)

    @property
    def criteria(self) -> list[tuple[Criterion, Result, int, int]]:
        """Each criterion with its result, once all of it is read, and how much of it is."""
        rows = []
        for criterion in edition_of(self.assessment).criteria:
            mine = [q for q in self.asked if q.criterion == criterion.number]
            read = sum(q.key not in self.unread for q in mine)
            result = self.evaluation.criteria[criterion.key]
            whole = result if read == len(mine) else Result.UNANSWERED
            rows.append((criterion, whole, read, len(mine)))
        return rows

    def outcomes_of(self, criterion: Criterion) -> list[QuestionOutcome]:
        """The questions of one criterion that concern this club."""
        return [
            self.evaluation.questions[q.key] for q in self.asked if q.criterion == criterion.number
        ]

    @property
    def outcome(self) -> QuestionOutcome:
        """How the open question stands."""
        assert self.question is not None
        return self.evaluation.questions[self.question.key]

    @property
    def words(self) -> Wording:
        """The open question and its help as this club was asked."""
        assert self.question is not None
        return wording(self.question, self.profile)

    @property
    def links(self) -> tuple[OfficialLink, ...]:
        """Pages of others that help with the open question."""
        return links_for(self.question.key) if self.question else ()

    @property
    def ticked(self) -> str:
        """What the club ticked that the open question is about."""
        flags = self.question.flag_words if self.question else {}
        return ", ".join(said for flag, said in flags.items() if getattr(self.profile, flag, False))

    @property
    def would_be_until(self) -> date | None:
        """The last day of the listing if it were approved today."""
        reviewed = reviewed_on(self.submission.document["answers"])
        return listed_until(self.today, reviewed) if reviewed else None

    @property
    def kept_finding(self) -> Mapping[str, Any]:
        """What was found before on the open question; else the rule's suggestion."""
        key = self.question.key if self.question else ""
        row = self._finding(key)
        if row is not None:
            return {"result": row.result, "reason": row.reason, "words": row.words}
        suggested = self.outcome.suggested
        offered = finding_choices(self.outcome.question, suggested)
        return {"result": str(suggested)} if suggested in offered else {}

    @property
    def said(self) -> list[tuple[str, list[str]]]:
        """What the club says to the open question, part by part."""
        assert self.question is not None
        return self.saying(self.question)

    def saying(self, question: Question | ProfileQuestion) -> list[tuple[str, list[str]]]:
        """What the club says to a question."""
        parts = self.submission.document["answers"].get(question.key) or {}
        return in_words(question, parts, self.profile, self._names)

    @property
    def about_the_club(self) -> list[tuple[str, list[str]]]:
        """What the club says of itself: each profile question with its answers on one line each."""
        rows = []
        for question in edition_of(self.assessment).profile_of("organisation"):
            lines = [line for _, said in self.saying(question) for line in said]
            if lines:
                rows.append((question.text, lines))
        return rows

    @property
    def contact(self) -> Mapping[str, str]:
        """The private contact in the open question's answer, for those who may see it."""
        if self.question is None or not can(self.actor, P.READ_PRIVATE_CONTACT, self.assessment):
            return {}
        parts = self.submission.document["answers"].get(self.question.key) or {}
        return next((v for v in parts.values() if isinstance(v, dict)), {})

    @property
    def lead(self) -> NamedLead | None:
        """What the lead in this answer said to it, by the link of our email."""
        if self.question is None or self.question.key != LEAD:
            return None
        organisation_id = self.assessment.organisation_id
        email = str(self.contact.get("email", ""))
        return named_lead(organisation_id, email) if email else None

    @property
    def papers(self) -> list[Paper]:
        """The papers that belong to the open question: shown for it, or named in its answer."""
        key = self.question.key if self.question else ""
        return papers_of(self.submission, key, _numbers(self.answer))

    @property
    def answer(self) -> Mapping[str, Any]:
        """What the club sent as its answer to the open question."""
        key = self.question.key if self.question else ""
        return self.submission.document["answers"].get(key) or {}

    def shown(self, wanted: Wanted) -> Shown:
        """The papers beside the open question, opened as the address asks."""
        mine = self.papers
        numbers = {paper.file_id for paper in mine}
        others = [p for p in papers_of(self.submission, "", ()) if p.file_id not in numbers]
        return Shown(mine, others, wanted)

    @property
    def places(self) -> list[dict[str, Any]]:
        """The real places, for the reviewer only."""
        return list(self.submission.document["places"])

    @property
    def activities(self) -> list[dict[str, Any]]:
        """What families would read of each activity that was whole when it was sent."""
        return list(self.submission.document["public"]["activities"])

    @property
    def history(self) -> list[tuple[Any, str]]:
        """The decisions so far, with the name of who took each."""
        names = people({decision.by_id for decision in self.assessment.decisions})
        return [(d, names.get(d.by_id or 0, "The clock")) for d in self.assessment.decisions]

    @property
    def key_before(self) -> str:
        """The question before the open one, in the order of the list."""
        keys, at = self._keys_and_place
        return keys[at - 1] if at > 0 else ""

    @property
    def key_after(self) -> str:
        """The question after the open one, in the order of the list."""
        keys, at = self._keys_and_place
        return keys[at + 1] if 0 <= at < len(keys) - 1 else ""

    @property
    def _keys_and_place(self) -> tuple[list[str], int]:
        keys = [one.question.key for row in self.criteria for one in self.outcomes_of(row[0])]
        key = self.question.key if self.question else ""
        return keys, keys.index(key) if key in keys else -1

    @property
    def findings_offered(self) -> list[str]:
        """The findings that the form of the open question offers, in its order."""
        offered = finding_choices(self.outcome.question, self.outcome.suggested)
        return [label for value, label in RESULTS if Result(value) in offered]

    def short_of(self, key: str) -> str:
        """The short name of a question; empty for none."""
        return next((q.short for q in edition_of(self.assessment).questions if q.key == key), "")

    def next_unread(self, after: str = "") -> str | None:
        """The next question without a finding, going round from the one just done."""
        keys = [q.key for q in self.asked]
        start = keys.index(after) + 1 if after in keys else 0
        return next((k for k in keys[start:] + keys[:start] if k in self.unread), None)

    def _finding(self, key: str) -> Finding | None:
        return next((f for f in self.assessment.findings if f.question_key == key), None)

    @property
    def _names(self) -> dict[int, str]:
        return {one["id"]: one["name"] for one in self.submission.document["evidence"]}

    def _may(self, action: Action, permission: P) -> bool:
        return action in actions_from(self.assessment.status) and can(
            self.actor, permission, self.assessment
        )

    def _approval_is_open(self) -> bool:
        """Whether everything is read, no flag stops it, and it is this person's to approve."""
        return not (self.unread or self.uncleared) and self._approval_is_theirs()

    def _approval_is_theirs(self) -> bool:
        """The holder's while in review; a second senior's once recommended to approve."""
        if self.assessment.status == Status.IN_REVIEW:
            return self.assessment.holder_id == self.actor.id
        return (
            self.assessment.recommendation == "approve"
            and self.assessment.recommended_by_id != self.actor.id
        )


def view_of(
    assessment: Assessment, actor: Any, today: date | None = None, key: str | None = None
) -> CaseView:
    """The case as this person sees it, with one question open where `key` names one."""
    today = today or clock.today()
    submission = assessment.latest_submission
    assert submission is not None, "a case is something that was sent"
    evaluation = review_evaluation(assessment, today)
    outcome = evaluation.questions.get(key or "")
    return CaseView(
        assessment=assessment,
        submission=submission,
        profile=frozen_profile(submission),
        evaluation=evaluation,
        target=time_taken(assessment, today),
        actor=actor,
        question=outcome.question if outcome and outcome.applies else None,
        today=today,
    )


def _numbers(value: Any) -> list[int]:
    """Every evidence number that an answer names, in lists and in tables."""
    if isinstance(value, dict):
        named = [v for k, v in value.items() if k == "file" and isinstance(v, int)]
        return named + [
            n for v in value.values() for n in _numbers(v) if isinstance(v, dict | list)
        ]
    if isinstance(value, list):
        return [v for v in value if isinstance(v, int)] + [
            n for v in value if isinstance(v, dict) for n in _numbers(v)
        ]
    return []
