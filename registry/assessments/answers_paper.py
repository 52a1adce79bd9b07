"""All answers of a self-check on one paper, to read, print or keep: a draft, or what was sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.assessments.evaluating import (
    edition_of,
    frozen_profile,
    profile_of,
    working_answers,
)
from registry.assessments.models import Assessment, Submission
from registry.assessments.saying import in_words
from registry.criteria.content import Edition, ProfileQuestion, Question
from registry.criteria.evaluation import applies, profile_questions, wording
from registry.criteria.profile import Profile
from registry.organisations.services import activity_profile
from registry.papers.markdown import Block, Box, Heading, Line, Paragraph, Run
from registry.web.formats import date_and_time, long_date

__all__ = ["AnswersPaper", "answers_paper", "blocks_of_answers"]

NO_ANSWER = "No answer yet"


@dataclass(frozen=True)
class Said:
    """One question with what was said to it, line by line."""

    key: str
    question: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """Some questions under one heading."""

    title: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class AnswersPaper:
    """Everything that was asked of the club and what it said. `sent` is empty for a draft."""

    club: str
    reference: str
    edition: str
    submission: Submission | None
    parts: tuple[Part, ...]

    @property
    def is_draft(self) -> bool:
        """Whether the council has not got this."""
        return self.submission is None

    @property
    def standing(self) -> str:
        """What this paper is, in one sentence."""
        if self.submission is None:
            return "Draft. The council has not got these answers."
        sent = self.submission
        return f"Sent by {sent.declared_name} on {date_and_time(sent.submitted_at)}."


def answers_paper(assessment: Assessment, submission: Submission | None) -> AnswersPaper:
    """The paper of what was sent; without a submission, of the answers as they are now."""
    reading = _Sent(submission) if submission is not None else _Draft(assessment)
    edition = edition_of(assessment)
    return AnswersPaper(
        club=reading.club,
        reference=assessment.reference,
        edition=assessment.edition,
        submission=submission,
        parts=(
            _about(edition, reading),
            _activities(edition, reading),
            *_criteria(edition, reading),
        ),
    )


class _Reading:
    """Where the answers are read from."""

    club: str
    profile: Profile
    answers: Mapping[str, Mapping[str, Any]]
    activities: list[Mapping[str, Any]]
    names: Mapping[int, str]

    def said(
        self, question: Question | ProfileQuestion, text: str, parts: Mapping[str, Any] | None
    ) -> Said:
        lines: list[str] = []
        for label, said in in_words(question, parts or {}, self.profile, self.names):
            lead = label.rstrip("?").rstrip()
            if lead and len(said) == 1:
                lines.append(f"{lead}: {said[0]}")
            else:
                lines += [f"{lead}:", *said] if lead else said
        return Said(question.key, text, tuple(lines) or (NO_ANSWER,))


class _Draft(_Reading):
    def __init__(self, assessment: Assessment) -> None:
        self.club = assessment.organisation.name
        self.profile = profile_of(assessment)
        self.answers = working_answers(assessment)
        running = [one for one in assessment.organisation.activities if one.state != "ended"]
        self.activities = [activity_profile(one) for one in running]
        self.names = {one.id: one.file.name for one in assessment.evidence}


class _Sent(_Reading):
    def __init__(self, submission: Submission) -> None:
        document = submission.document
        self.club = str(document["organisation"]["name"])
        self.profile = frozen_profile(submission)
        self.answers = document["answers"]
        self.activities = document["activities"]
        self.names = {one["id"]: one["name"] for one in document["evidence"]}


def _about(edition: Edition, reading: _Reading) -> Part:
    asked = profile_questions(edition, "organisation", reading.profile)
    said = (reading.said(one, one.text, reading.answers.get(one.key)) for one in asked)
    return Part("About your club", tuple(said))


def _activities(edition: Edition, reading: _Reading) -> Part:
    """One entry for each activity, with what the criteria ask of it on a line each."""
    asked = profile_questions(edition, "activity", reading.profile)
    found = []
    for activity in reading.activities:
        about = activity.get("profile") or {}
        lines = []
        for one in asked:
            said = reading.said(one, one.text, about.get(one.key)).lines
            lines.append(f"{one.short}: {'; '.join(said)}")
        found.append(Said(f"activity-{activity['id']}", str(activity["name"]), tuple(lines)))
    return Part("Your activities", tuple(found))


def _criteria(edition: Edition, reading: _Reading) -> list[Part]:
    parts = []
    for criterion in edition.criteria:
        asked = [q for q in edition.questions_of(criterion.number) if applies(q, reading.profile)]
        said = (
            reading.said(one, wording(one, reading.profile).text, reading.answers.get(one.key))
            for one in asked
        )
        parts.append(Part(f"{criterion.number}. {criterion.label}", tuple(said)))
    return parts


def blocks_of_answers(paper: AnswersPaper, today: date) -> list[Block]:
    """The paper as blocks that any writer sets."""
    opening: list[Line] = [
        (Run(paper.standing, bold=True),),
        (Run(f"Reference {paper.reference}. Questions of edition {paper.edition}. "),
         Run(f"Written out on {long_date(today)}."),),
    ]  # fmt: skip
    blocks: list[Block] = [Box(tuple(opening))]
    for part in paper.parts:
        blocks.append(Heading(2, (Run(part.title),)))
        for said in part.said:
            blocks.append(Heading(3, (Run(said.question),)))
            blocks.append(Paragraph(_on_lines(said.lines)))
    return blocks


def _on_lines(lines: tuple[str, ...]) -> Line:
    runs: list[Run] = []
    for line in lines:
        runs += [Run("\n"), Run(line)] if runs else [Run(line)]
    return tuple(runs)
