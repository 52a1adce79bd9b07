"""What is different between two things that a club sent: answers, papers, what families read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from registry import clock
from registry.assessments.evaluating import edition_of, frozen_profile
from registry.assessments.in_force import approved_submission
from registry.assessments.models import Assessment, Submission
from registry.assessments.saying import part_in_words
from registry.assessments.standing import all_assessments
from registry.changes.wording import label_of, said
from registry.criteria.answers import read
from registry.criteria.content import ProfileQuestion, Question

__all__ = [
    "Answered",
    "Comparison",
    "Piece",
    "Replaced",
    "approved_before",
    "compared",
    "compared_answer",
    "returned_before",
    "texts_compared",
    "words_compared",
]

# Beyond this a text is compared line by line alone: words would take too long.
MOST_WORDS = 4000
Piece = tuple[str, str]  # ("same", "out" or "in"; the words)
Asked = Question | ProfileQuestion


@dataclass(frozen=True)
class Replaced:
    """A paper that came, went, or is another one under its question."""

    how: str  # "in", "out" or "other"
    name: str
    file_id: int
    before: str = ""
    before_id: int = 0


@dataclass(frozen=True)
class Answered:
    """One question whose answer or papers are not what they were."""

    key: str
    short: str
    lines: Sequence[tuple[str, list[Piece]]]
    papers: Sequence[Replaced] = ()
    contact: bool = False

    @property
    def is_anything(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.lines or self.papers or self.contact)


@dataclass(frozen=True)
class Comparison:
    """Everything that is different between two submissions."""

    before: Submission
    after: Submission
    answers: Sequence[Answered] = ()
    records: Sequence[tuple[str, list[tuple[str, list[Piece]]]]] = field(default_factory=list)

    @property
    def is_anything(self) -> bool:
        """Whether anything is different at all."""
        return bool(self.answers or self.records)

    def of(self, key: str) -> Answered | None:
        """What is different at one question."""
        return next((one for one in self.answers if one.key == key), None)


def returned_before(assessment: Assessment) -> Submission | None:
    """What was sent before the last submission of a case, and came back from us or was taken
    back; None for the first."""
    return assessment.submissions[-2] if len(assessment.submissions) > 1 else None


def approved_before(assessment: Assessment) -> Submission | None:
    """What was approved last, before this case or in it."""
    latest = assessment.latest_submission
    found = [approved_submission(one) for one in all_assessments(assessment.organisation_id)]
    earlier = [one for one in found if one and latest and one.id != latest.id]
    return max(
        (one for one in earlier if latest and one.submitted_at <= latest.submitted_at),
        key=lambda one: one.submitted_at,
        default=None,
    )


def compared(assessment: Assessment, before: Submission) -> Comparison:
    """The last submission of a case against an earlier one."""
    after = assessment.latest_submission
    assert after is not None, "a case is something that was sent"
    edition = edition_of(assessment)
    asked: list[Asked] = [*edition.profile_of("organisation"), *edition.questions]
    answers = (compared_answer(question, before, after) for question in asked)
    return Comparison(
        before,
        after,
        [one for one in answers if one.is_anything],
        list(_records(before.document.get("facts", {}), after.document.get("facts", {}))),
    )


def compared_answer(question: Asked, before: Submission, after: Submission) -> Answered:
    """One question of two submissions."""
    old, new = _said(question, before), _said(question, after)
    lines = [
        (label, words_compared("\n".join(old.get(label, [])), "\n".join(new.get(label, []))))
        for label in dict.fromkeys([*new, *old])
        if old.get(label) != new.get(label)
    ]
    short = question.short if isinstance(question, Question) else question.text
    papers = [] if isinstance(question, ProfileQuestion) else _papers(question.key, before, after)
    private = bool(_contact(question, before) != _contact(question, after))
    return Answered(question.key, short, lines, papers, private)


def words_compared(before: str, after: str) -> list[Piece]:
    """Two texts word by word: what stayed, what went out, what came in."""
    old, new = _words(before), _words(after)
    if max(len(old), len(new)) > MOST_WORDS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    pieces: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        out, came = "".join(old[i:j]), "".join(new[k:m])
        if tag == "equal":
            pieces.append(("same", out))
        else:
            pieces += [(how, words) for how, words in (("out", out), ("in", came)) if words]
    return pieces


def texts_compared(before: Sequence[str], after: Sequence[str]) -> list[list[Piece]]:
    """The paragraphs of two papers that are not the same, word by word."""
    found: list[list[Piece]] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            found.append(words_compared("\n".join(before[i:j]), "\n".join(after[k:m])))
    return found


def _words(text: str) -> list[str]:
    """Each word with the space behind it, so that together they are the text again."""
    found: list[str] = []
    for line in text.splitlines(keepends=True):
        spaced = line.split(" ")
        found += [f"{word} " for word in spaced[:-1]] + [word for word in spaced[-1:] if word]
    return found


def _said(question: Asked, submission: Submission) -> dict[str, list[str]]:
    """What was said, part by part. Papers are compared by what is in them, not by their names."""
    document = submission.document
    parts = document["answers"].get(question.key) or {}
    profile = frozen_profile(submission)
    names = {one["id"]: one["name"] for one in document["evidence"]}
    asked = read(question, parts, profile, clock.today()).asked
    said = {
        part.label: part_in_words(part, parts.get(part.name), profile, names)
        for part in question.parts
        if part.name in asked and part.type != "file"
    }
    return {label: lines for label, lines in said.items() if lines}


def _contact(question: Asked, submission: Submission) -> list[Any]:
    """What is private in an answer: that it changed is said, and not how."""
    parts = submission.document["answers"].get(question.key) or {}
    return [parts.get(part.name) for part in question.parts if part.type == "contact"]


def _papers(key: str, before: Submission, after: Submission) -> list[Replaced]:
    old, new = _shown_for(key, before), _shown_for(key, after)
    came = [one for digest, one in new.items() if digest not in old]
    went = [one for digest, one in old.items() if digest not in new]
    found = []
    for one in came:
        same_name = next((gone for gone in went if gone["name"] == one["name"]), None)
        only = went[0] if len(came) == len(went) == 1 else None
        gone = same_name or only
        if gone is None:
            found.append(Replaced("in", one["name"], one["file_id"]))
        else:
            went.remove(gone)
            found.append(
                Replaced("other", one["name"], one["file_id"], gone["name"], gone["file_id"])
            )
    return found + [Replaced("out", one["name"], one["file_id"]) for one in went]


def _shown_for(key: str, submission: Submission) -> dict[str, dict[str, Any]]:
    evidence = submission.document["evidence"]
    return {one["sha256"]: one for one in evidence if one["question_key"] == key}


def _records(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[tuple[str, list[tuple[str, list[Piece]]]]]:
    """What is told of the organisation, its places and its activities: record by record."""
    for kind, words in (("organisation", "The club"), ("venue", "Place"), ("activity", "Activity")):
        old, new = before.get(kind, {}), after.get(kind, {})
        for number in dict.fromkeys([*new, *old]):
            lines = list(_facts(old.get(number, {}), new.get(number, {})))
            if lines:
                name = (new.get(number) or old.get(number) or {}).get("name", "")
                how = "" if number in old and number in new else ": new"
                how = how if number in new else ": gone"
                yield (words if kind == "organisation" else f"{words}: {name}{how}", lines)


def _facts(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[tuple[str, list[Piece]]]:
    for name in dict.fromkeys([*after, *before]):
        old, new = before.get(name), after.get(name)
        if old != new and (old or new):
            was = "\n".join(said(name, old)) if old else ""
            now = "\n".join(said(name, new)) if new else ""
            if was != now:
                yield label_of(name), words_compared(was, now)
