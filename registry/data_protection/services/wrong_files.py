"""A paper that should never have been sent: a filled form, a certificate, somebody else's data.

It is erased at once, whatever the state of the case. Digest and reason stay. The data protection
officer gets a record, every reviewer whose club showed the same file is told, and the club is
asked for a blank one. Nothing here ever says what was in the file.
"""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import select

from registry import clock
from registry.accounts.models import Account
from registry.assessments.in_force import changed_assessment
from registry.assessments.letters import desk_link, owners_of
from registry.assessments.lifecycle import OPEN, Status
from registry.assessments.models import Answer, Assessment, Evidence, ReturnedQuestion
from registry.assessments.queries import returned_words
from registry.assessments.services.review import record_finding
from registry.assessments.standing import open_assessment
from registry.assessments.steps import ask
from registry.audit import services as history
from registry.changes.queries import open_change
from registry.changes.services.tell import ask_for
from registry.config import settings
from registry.data_protection.models import DataBreach, LostPaper
from registry.data_protection.services.forgetting import forget_name_of_file
from registry.data_protection.wording import REASONS, reason_for_the_club
from registry.database import db
from registry.errors import BadInput, NotAllowedNow
from registry.files.erasing import erase_wrong_file
from registry.files.models import WRONG_FILES, StoredFile
from registry.messages import services as messages
from registry.permissions import P, can
from registry.working_days import add_working_days

__all__ = ["ask_again", "erase", "settle_breach"]

TO_ANSWER = 20  # working days, as for every answer that the council asks a listed club for


def erase(suspect: Any, actor: Any, reason: str) -> DataBreach:
    """Erase a wrong file, wherever it is shown, and begin everything that follows from it.

    `suspect` is a file with its organisation (queries.Suspect). Raises NotAllowedNow where it
    was erased before, BadInput where no reason of the list is given.
    """
    ask(actor, P.ERASE_WRONG_FILE, suspect)
    stored = suspect.file
    if reason not in WRONG_FILES:
        raise BadInput("Choose what is wrong with the file.")
    if stored.erased_at is not None:
        raise NotAllowedNow("This file is erased already.")
    breach = DataBreach(
        sha256=stored.sha256,
        reason=reason,
        organisation_id=stored.organisation_id,
        found_at=clock.now(),
        found_by_id=actor.id,
        uploaded_at=stored.uploaded_at,
    )
    db.session.add(breach)
    db.session.flush()
    breach.papers.extend(list(_places_of(breach)))
    db.session.flush()
    history.record(
        "wrong_file",
        stored,
        actor,
        organisation_id=stored.organisation_id,
        details={"sha256": stored.sha256, "reason": reason, "breach": breach.id},
    )
    forget_name_of_file(stored.sha256)
    erase_wrong_file(stored.sha256, reason, actor.id)
    _tell_the_officer(breach)
    for paper in breach.papers:
        if paper.organisation_id == breach.organisation_id:
            ask_again(paper, actor)
        else:
            _tell_the_reviewer(paper)
    return breach


def ask_again(paper: LostPaper, actor: Any) -> None:
    """Tell a club that a file of it is erased, and ask for a blank one: once for each question.

    The question is opened where it can be; where the council is just reading, its words go back
    with the rest.
    """
    ask(actor, P.ERASE_WRONG_FILE, paper)
    if paper.asked_at is not None:
        raise NotAllowedNow("The club has been asked already.")
    opened = _open_question(paper, actor)
    paper.asked_at, paper.asked_by_id = clock.now(), actor.id
    for name, address in owners_of(paper.organisation):
        messages.queue(
            "club/wrong-file",
            address,
            {
                "name": name,
                "organisation": paper.organisation.name,
                "why": reason_for_the_club(paper.breach.reason),
                "opened": opened,
                "desk_link": desk_link(paper.organisation),
            },
            f"club/wrong-file:{paper.id}:{address}",
            organisation_id=paper.organisation_id,
        )
    history.record(
        "ask_again",
        paper,
        actor,
        details={"question": paper.question_key, "file": paper.file_id, "opened": opened},
    )


def settle_breach(
    breach: DataBreach,
    actor: Any,
    *,
    is_a_risk: bool,
    words: str,
    told_regulator_on: Any = None,
    told_people_on: Any = None,
) -> None:
    """Write down what the data protection officer found. It may be written again."""
    ask(actor, P.ANSWER_DATA_REQUEST, None)
    if not words.strip():
        raise BadInput("Write what you found, without what was in the file.")
    if is_a_risk and told_regulator_on is None:
        raise BadInput("Give the day on which the Information Commissioner was told.")
    breach.is_a_risk, breach.words = is_a_risk, words.strip()
    breach.told_regulator_on, breach.told_people_on = told_regulator_on, told_people_on
    breach.settled_at, breach.settled_by_id = clock.now(), actor.id
    history.record(
        "settle_breach",
        breach,
        actor,
        details={"is_a_risk": is_a_risk, "told_regulator_on": str(told_regulator_on or "")},
    )


def _places_of(breach: DataBreach) -> Iterable[LostPaper]:
    """One for each question of each club that shows the file; one at least for the club where it
    was found, such as for the proof of a hand-over."""
    rows = db.session.execute(
        select(Assessment.organisation_id, Assessment.id, Evidence.question_key, Evidence.file_id)
        .join(Evidence, Evidence.assessment_id == Assessment.id)
        .join(StoredFile, StoredFile.id == Evidence.file_id)
        .where(StoredFile.sha256 == breach.sha256)
        .order_by(Assessment.id.desc(), Evidence.id)
    )
    latest: dict[tuple[int, str], LostPaper] = {}
    for organisation_id, assessment_id, key, file_id in rows:
        latest.setdefault(
            (organisation_id, key),
            LostPaper(
                organisation_id=organisation_id,
                assessment_id=assessment_id,
                file_id=file_id,
                question_key=key,
            ),
        )
    shown_by = {organisation_id for organisation_id, _ in latest}
    uses = db.session.scalars(
        select(StoredFile).where(StoredFile.sha256 == breach.sha256).order_by(StoredFile.id)
    )
    for stored in uses:
        if stored.organisation_id not in shown_by:
            shown_by.add(stored.organisation_id)
            latest[stored.organisation_id, ""] = LostPaper(
                organisation_id=stored.organisation_id, file_id=stored.id
            )
    return latest.values()


def _open_question(paper: LostPaper, actor: Any) -> str:
    """Let the club answer the question anew. Says how: “now”, “later”, or nothing."""
    organisation, key = paper.organisation, paper.question_key
    under_way = open_assessment(organisation.id)
    if not key or organisation.closed_at is not None:
        return ""
    if under_way is not None and _holds(under_way, paper):
        _take_away(under_way, paper.breach.sha256, key)
        return _open_in(under_way, paper, actor)
    if changed_assessment(organisation.id, clock.today()) is None:
        return ""
    there = open_change(organisation.id, "question", 0, key)
    if there is not None and there.state == "waiting":
        return "later"
    ask_for(organisation, None, key, due_on=add_working_days(clock.today(), TO_ANSWER))
    return "now"


def _holds(under_way: Assessment, paper: LostPaper) -> bool:
    digest = paper.breach.sha256
    return any(
        one.question_key == paper.question_key and one.file.sha256 == digest
        for one in under_way.evidence
    )


def _open_in(under_way: Assessment, paper: LostPaper, actor: Any) -> str:
    key, submission = paper.question_key, under_way.latest_submission
    words = reason_for_the_club(paper.breach.reason)
    if under_way.status == Status.DRAFT:
        return "now"
    if under_way.status == Status.RETURNED and submission is not None:
        if key not in returned_words(under_way):
            db.session.add(
                ReturnedQuestion(
                    assessment_id=under_way.id,
                    submission_id=submission.id,
                    question_key=key,
                    words=words,
                )
            )
        return "now"
    if under_way.status == Status.IN_REVIEW and can(actor, P.RECORD_FINDING, under_way):
        assert submission is not None, "nobody reads what was not sent"
        record_finding(
            under_way,
            actor,
            key,
            submission_id=submission.id,
            result="not_met",
            reason=f"{REASONS[paper.breach.reason]}. The file is erased.",
            words=words,
        )
    return "later" if under_way.status in OPEN else ""


def _take_away(under_way: Assessment, sha256: str, key: str) -> None:
    """The working copy points at the file no more; what was sent is never changed."""
    gone = [
        one for one in under_way.evidence if one.question_key == key and one.file.sha256 == sha256
    ]
    numbers = {one.id for one in gone}
    for answer in under_way.answers:
        _forget(answer, numbers)
    for one in gone:
        under_way.evidence.remove(one)
        db.session.delete(one)
    db.session.flush()


def _forget(answer: Answer, numbers: Collection[int]) -> None:
    parts = {name: _without(value, numbers) for name, value in answer.parts.items()}
    if parts != answer.parts:
        answer.parts, answer.version = parts, answer.version + 1
        answer.updated_at = clock.now()


def _without(value: Any, numbers: Collection[int]) -> Any:
    if not isinstance(value, list):
        return value
    return [
        {name: kept for name, kept in one.items() if name != "file" or kept not in numbers}
        if isinstance(one, dict)
        else one
        for one in value
        if isinstance(one, dict | bool) or one not in numbers
    ]


def _tell_the_officer(breach: DataBreach) -> None:
    """The data protection officer gets the fact, never the content."""
    chosen = settings()
    messages.queue(
        "council/data-breach",
        chosen.dpo_email or chosen.council_email,
        {
            "name": "team",
            "organisation": breach.organisation.name,
            "why": REASONS[breach.reason],
            "count": str(len({one.organisation_id for one in breach.papers})),
            "case_link": f"{chosen.public_url}/admin/breaches/{breach.id}",
        },
        f"council/data-breach:{breach.id}",
        organisation_id=breach.organisation_id,
    )


def _tell_the_reviewer(paper: LostPaper) -> None:
    """Whoever holds the other club's case is told; the team where nobody does."""
    under_way = open_assessment(paper.organisation_id)
    holder = (
        db.session.get(Account, under_way.holder_id)
        if under_way is not None and under_way.holder_id
        else None
    )
    messages.queue(
        "council/wrong-file",
        holder.email if holder and not holder.disabled else settings().council_email,
        {
            "name": holder.name if holder and not holder.disabled else "team",
            "organisation": paper.organisation.name,
            "why": REASONS[paper.breach.reason],
            "case_link": f"{settings().public_url}/council/lost-papers/{paper.id}",
        },
        f"council/wrong-file:{paper.id}",
        organisation_id=paper.organisation_id,
    )
