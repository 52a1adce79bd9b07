"""The papers that a club shows for its answers. Private, kept byte for byte."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, BinaryIO, cast

from werkzeug.datastructures import FileStorage

from registry import clock
from registry.assessments.models import Answer, Assessment, Evidence
from registry.assessments.progress import Progress
from registry.assessments.queries import other_names_on_the_list
from registry.assessments.steps import ask, lock
from registry.audit import services as history
from registry.criteria.content import Edition
from registry.criteria.paper_risks import PaperRisk, paper_risk, risks_in
from registry.database import db
from registry.errors import BadInput, NotAllowedNow, NotFound
from registry.files import services as files
from registry.files.kinds import LARGEST_FILE
from registry.files.models import StoredFile
from registry.permissions import P

RISK_CHECKS = "hs_ra_all"

__all__ = [
    "Unchecked",
    "add_paper",
    "own_papers",
    "papers_of",
    "remove_paper",
    "reuse_paper",
    "sent_files",
    "show_again",
    "take_in",
]


def papers_of(assessment: Assessment, key: str) -> list[Evidence]:
    """The papers shown for one question, in the order they came."""
    return [one for one in assessment.evidence if one.question_key == key]


def sent_files(assessment: Assessment) -> list[StoredFile]:
    """Every file of this attempt once, however many questions show it."""
    return list({one.file_id: one.file for one in assessment.evidence}.values())


class Unchecked(BadInput):
    """A paper in which something may be wrong, and nobody has said that they looked.

    `risks` are those that wait for an answer.
    """

    def __init__(self, risks: tuple[PaperRisk, ...]) -> None:
        seen = ". ".join(risk.seen for risk in risks)
        super().__init__(f"{seen}. Look at it, then tell us that you have checked")
        self.risks = risks


def add_paper(
    assessment: Assessment,
    actor: Any,
    key: str,
    sent: FileStorage,
    *,
    checked: Collection[str] = (),
) -> Evidence:
    """Take in a file and show it for a question. Raises BadInput with what to send instead.

    `checked` names the risks of this file that the person says they have looked at; raises
    Unchecked for any other that concerns the question. A file that this attempt holds already,
    byte for byte under the same name, is shown again and not kept twice.
    """
    _ask_open(assessment, actor, key)
    return take_in(assessment, actor, key, sent, checked=checked)


def take_in(
    assessment: Assessment,
    actor: Any,
    key: str,
    sent: FileStorage,
    *,
    checked: Collection[str] = (),
) -> Evidence:
    """The same for whoever has asked already whether this may be done."""
    content = cast(BinaryIO, sent.stream).read(LARGEST_FILE + 1)
    stored, text = files.keep_and_read(
        content, sent.filename or "file", assessment.organisation_id, actor.id
    )
    for held in sent_files(assessment):
        if (held.sha256, held.name) == (stored.sha256, stored.name):
            db.session.delete(stored)
            db.session.flush()
            return show_again(assessment, actor, key, held.id)
    found = _risks(assessment, text)
    about_this = [risk for risk in map(paper_risk, found) if risk.concerns(key)]
    unanswered = tuple(risk for risk in about_this if risk.key not in checked)
    if unanswered:
        db.session.delete(stored)
        db.session.flush()
        raise Unchecked(unanswered)
    return _show(assessment, actor, key, stored, found)


def _risks(assessment: Assessment, text: str) -> tuple[str, ...]:
    """What may be wrong with a paper of this club, by its words."""
    organisation = assessment.organisation
    return risks_in(
        text,
        own=organisation.name,
        others=other_names_on_the_list(organisation.id, clock.today()),
        numbers=(organisation.phone,),
    )


def reuse_paper(assessment: Assessment, actor: Any, key: str, file_id: int) -> Evidence:
    """Show a file that this attempt already holds for one more question."""
    _ask_open(assessment, actor, key)
    return show_again(assessment, actor, key, file_id)


def show_again(assessment: Assessment, actor: Any, key: str, file_id: int) -> Evidence:
    """The same for whoever has asked already whether this may be done."""
    shown = next((one for one in papers_of(assessment, key) if one.file_id == file_id), None)
    if shown is not None:
        return shown
    stored = next((one for one in sent_files(assessment) if one.id == file_id), None)
    if stored is None:
        raise NotFound()
    risks = next(one.risks for one in assessment.evidence if one.file_id == file_id)
    return _show(assessment, actor, key, stored, risks)


def remove_paper(assessment: Assessment, actor: Any, evidence: Evidence) -> None:
    """Take a paper away from a question, and from every answer that points to it.

    What was sent before keeps it: a submission is never changed.
    """
    _ask_open(assessment, actor, evidence.question_key)
    for answer in assessment.answers:
        _forget(answer, evidence)
    history.record(
        "remove_evidence",
        evidence,
        actor,
        organisation_id=assessment.organisation_id,
        details={"question": evidence.question_key, "file": evidence.file_id},
    )
    assessment.evidence.remove(evidence)
    db.session.delete(evidence)
    db.session.flush()


def own_papers(
    assessment: Assessment, actor: Any, edition: Edition, key: str, parts: Mapping[str, Any]
) -> dict[str, Any]:
    """The parts of an answer, pointing at papers of their own question.

    A paper of this attempt that another question shows gets a row here too. Numbers that are no
    paper of this attempt are left out: an answer never points at somebody else's file.
    """
    known = {one.id: one for one in assessment.evidence}

    def own(number: Any, question: str) -> int | None:
        there = known.get(number) if isinstance(number, int) else None
        if there is None or there.question_key == question:
            return there.id if there else None
        return show_again(assessment, actor, question, there.file_id).id

    said = dict(parts)
    found = next((one for one in edition.questions if one.key == key), None)
    for part in found.parts if found else ():
        value = said.get(part.name)
        if not isinstance(value, list):
            continue
        if part.type == "file":
            mine = [own(number, key) for number in value]
            said[part.name] = [number for number in mine if number is not None]
        elif part.rows_from == "risk_files":
            said[part.name] = _with_files(value, lambda number: _risk_file(assessment, number))
        elif any(column.choices_from == "evidence" for column in part.columns):
            said[part.name] = _with_files(value, lambda number: own(number, key))
    return said


def _with_files(rows: list[Any], replace: Callable[[Any], int | None]) -> list[dict[str, Any]]:
    """Rows with the paper of each replaced; rows whose paper is not ours lose it."""
    found = []
    for row in rows:
        if isinstance(row, Mapping):
            file = replace(row.get("file"))
            rest = {name: value for name, value in row.items() if name != "file"}
            found.append({**rest, "file": file} if file is not None else rest)
    return found


def _risk_file(assessment: Assessment, number: Any) -> int | None:
    """The paper as the risk checks show it: the same file may have a row for another question."""
    there = next((one for one in assessment.evidence if one.id == number), None)
    if there is None:
        return None
    shown = [one.id for one in papers_of(assessment, RISK_CHECKS) if one.file_id == there.file_id]
    return shown[0] if shown else there.id


def _show(
    assessment: Assessment, actor: Any, key: str, stored: StoredFile, risks: Collection[str]
) -> Evidence:
    evidence = Evidence(
        assessment_id=assessment.id,
        question_key=key,
        file_id=stored.id,
        file=stored,
        risks=list(risks or []),
        added_at=clock.now(),
        added_by_id=actor.id,
    )
    assessment.evidence.append(evidence)
    db.session.flush()
    history.record(
        "add_evidence",
        evidence,
        actor,
        organisation_id=assessment.organisation_id,
        details={
            "question": key,
            "file": stored.id,
            "sha256": stored.sha256,
            **({"risks": list(risks)} if risks else {}),
        },
    )
    return evidence


def _ask_open(assessment: Assessment, actor: Any, key: str) -> None:
    lock(assessment)
    ask(actor, P.ANSWER, assessment)
    progress = Progress(assessment, clock.today())
    if not progress.is_asked(key):
        raise NotFound()
    if not progress.is_open(key):
        raise NotAllowedNow("This question is not open now.")


def _forget(answer: Answer, evidence: Evidence) -> None:
    """Take every mention of one paper out of an answer.

    The version of its own question stays: the page that removes it saves that answer next.
    """
    parts = {name: _without(value, evidence.id) for name, value in answer.parts.items()}
    if parts != answer.parts:
        answer.parts = parts
        answer.updated_at = clock.now()
        if answer.question_key != evidence.question_key:
            answer.version += 1


def _without(value: Any, evidence_id: int) -> Any:
    if not isinstance(value, list):
        return value
    kept = [one for one in value if one != evidence_id or isinstance(one, bool)]
    return [
        {k: v for k, v in one.items() if k != "file" or v != evidence_id}
        if isinstance(one, dict)
        else one
        for one in kept
    ]
