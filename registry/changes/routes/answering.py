"""Answering what a change asks: one question of the self-check, or one activity's risk check."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry import clock
from registry.assessments.evaluating import Answers
from registry.assessments.forms import AnswerForm, Paper, Setting, answer_form
from registry.assessments.in_force import RISK_CHECKS, answers_in_force, changed_assessment
from registry.assessments.models import Assessment, Change
from registry.assessments.routes.answer_page import (
    Offered,
    Warned,
    about_file,
    tick_for,
    ticked_for,
)
from registry.assessments.saying import facts_of_file
from registry.assessments.services.evidence import Unchecked
from registry.audit.services import record_read
from registry.changes import services
from registry.changes.forms import risk_check_form
from registry.changes.profiles import is_in_force, question_of, wanted_profile
from registry.changes.queries import change_of, open_change
from registry.changes.routes.blueprint import blueprint
from registry.changes.wording import title_of
from registry.criteria.answers import read, risk_check_dates, risk_check_rows
from registry.criteria.content import Question
from registry.criteria.evaluation import wording
from registry.criteria.profile import Profile
from registry.database import db
from registry.errors import BadInput, NotAllowedNow, NotFound, StaleVersion
from registry.organisations.models import Activity
from registry.organisations.queries import activity_for
from registry.organisations.services import activity_gaps
from registry.permissions import P
from registry.web import shelf
from registry.web.guard import requires
from registry.web.identifiers import sent_number


@dataclass
class Papers:
    """Taking in the files of one page: those that may not come in, and why."""

    assessment: Assessment
    key: str
    offered: Offered
    refused: list[tuple[str, str]] = field(default_factory=list)
    warned: list[Warned] = field(default_factory=list)

    def take_in(self, name: str) -> list[int]:
        """Take in the files of one field; their numbers."""
        found = []
        for sent in list(self.offered.of(name)):
            try:
                paper = services.add_paper(
                    self.assessment.organisation,
                    current_user,
                    self.key,
                    sent.storage(),
                    checked=ticked_for(sent),
                )
            except Unchecked as unchecked:
                self.refused.append((name, about_file(sent, unchecked)))
                ticks = tuple((tick_for(sent, risk.key), risk) for risk in unchecked.risks)
                self.warned.append(Warned(sent.filename, ticks))
            except BadInput as bad:
                self.refused.append((name, about_file(sent, bad)))
                self.offered.waiting.remove(sent)
            else:
                found.append(paper.id)
        return found


@blueprint.route(
    "/club/<id:organisation_id>/changes/<id:change_id>/answer", methods=["GET", "POST"]
)
@requires(P.SEND_CHANGE, on=change_of)
def answer(change: Change) -> ResponseReturnValue:
    """Answer what was asked, or mend what was sent back, and send it."""
    question = question_of(change.assessment, change.question_key)
    if question is None or change.record_id or not change.is_open:
        raise NotFound()
    page = AnswerOfChange(change, question)
    return page.save() if request.method == "POST" else page.show()


class AnswerOfChange:
    """The page of one question that a change asks."""

    def __init__(self, change: Change, question: Any) -> None:
        self.change = change
        self.assessment = change.assessment
        self.key = change.question_key
        self.question = question
        self.profile: Profile = wanted_profile(self.assessment)
        in_force = answers_in_force(self.assessment)
        said = {**in_force.get(self.key, {}), **change.after}
        self.answers: Answers = {**in_force, self.key: said}
        self.said: Mapping[str, Any] = said

    def show(self) -> ResponseReturnValue:
        """The page as it stands, or as it was when its web session ended."""
        if any(part.type == "contact" and self.said.get(part.name) for part in self.question.parts):
            record_read(("contact", self.assessment.id), current_user, self.change.organisation_id)
        form = answer_form([self.question], self._setting(), shelf.form_data())
        offered = Offered.with_this_request()
        return self._page(form, offered, offered.word, [])

    def save(self) -> ResponseReturnValue:
        """Send it; on a mistake say what it is, and lose nothing."""
        form = answer_form([self.question], self._setting(), shelf.form_data())
        offered = Offered.with_this_request()
        form.validate()
        parts = form.parts_of(self.key)
        asked = read(self.question, {**self.said, **parts}, self.profile, clock.today()).asked
        form.forgive(self.key, asked)
        for name, sentence in offered.let_go_of_bad():
            form.add_error(name, sentence)
        papers = Papers(self.assessment, self.key, offered)
        if not form.errors:
            self._take_in(form, parts, papers)
            for name, sentence in papers.refused:
                form.add_error(name, sentence)
        if form.errors:
            return self._again(form, papers, 422)
        try:
            services.tell(
                self.change.organisation,
                current_user,
                self.key,
                parts,
                version=_version(),
            )
        except (BadInput, NotAllowedNow, StaleVersion) as problem:
            form.add_error(None, problem.sentence)
            return self._again(form, papers, problem.status)
        shelf.clear()
        flash("Sent. The council reads it and tells you by email.")
        return redirect(url_for("changes.club", organisation_id=self.change.organisation_id), 303)

    def _take_in(self, form: AnswerForm, parts: dict[str, Any], papers: Papers) -> None:
        """The papers that stay, those used again, and those that came with the form."""
        by_file = {one.file_id: one.id for one in self.assessment.evidence}
        for block in form.sheets[self.key].shown:
            if block.kind != "file":
                continue
            stay = [
                paper.evidence_id
                for paper in block.papers
                if not form[f"remove-{paper.evidence_id}"].data
            ]
            again = form[f"{block.name}-reuse"].data if f"{block.name}-reuse" in form else []
            reused = [by_file[number] for number in again if number in by_file]
            parts[block.part.name] = [*stay, *reused, *papers.take_in(block.name)]

    def _setting(self) -> Setting:
        evidence = self.assessment.evidence
        mine = {
            number
            for part in self.question.parts
            if part.type == "file"
            for number in self.said.get(part.name) or ()
        }
        return Setting(
            profile=self.profile,
            answers=self.answers,
            files={one.file_id: one.file.name for one in evidence},
            papers={
                self.key: [
                    Paper(one.id, one.file_id, one.file.name, facts_of_file(one.file))
                    for one in evidence
                    if one.id in mine
                ]
            },
        )

    def _again(self, form: AnswerForm, papers: Papers, status: int) -> ResponseReturnValue:
        """The page once more, with all that was typed and sent. No record is changed."""
        account_id, change_id = current_user.id, self.change.id
        db.session.rollback()
        word = papers.offered.keep(account_id) or ""
        self.change = db.session.get_one(Change, change_id)
        return self._page(form, papers.offered, word, papers.warned), status

    def _page(self, form: AnswerForm, offered: Offered, word: str, warned: list[Warned]) -> str:
        told, is_question = self.question, isinstance(self.question, Question)
        words = wording(told, self.profile) if is_question else told
        return render_template(
            "changes/answer.html",
            organisation=self.change.organisation,
            change=self.change,
            question=told,
            text=words.text,
            help=words.help,
            form=form,
            sheet=form.sheets[self.key],
            versions={"version": self.change.version},
            kept_word=word,
            kept_files=[one.filename for one in offered.waiting],
            warned=warned,
            ticked=frozenset(request.form.getlist("checked")),
            was_away=request.method == "GET" and bool(request.args.get("kept")),
        )


@blueprint.route(
    "/club/<id:organisation_id>/activities/<id:activity_id>/risk-check", methods=["GET", "POST"]
)
@requires(P.SEND_CHANGE, on=activity_for)
def risk_check(activity: Activity) -> ResponseReturnValue:
    """Send the risk check of one activity: that is how a new one comes on the list."""
    assessment = changed_assessment(activity.organisation_id, clock.today())
    if assessment is None or activity.state == "ended":
        flash("Put the risk check of this activity in your self-check.")
        return redirect(f"/club/{activity.organisation_id}/activities/{activity.id}", 303)
    change = open_change(activity.organisation_id, "question", activity.id, RISK_CHECKS)
    form = _risk_check_form(assessment, activity, change)
    offered = Offered.with_this_request()
    if request.method == "GET":
        return _risk_check_page(assessment, activity, change, form, offered, offered.word)
    papers = Papers(assessment, RISK_CHECKS, offered)
    status = _send_risk_check(activity, form, papers)
    if status == 303:
        shelf.clear()
        flash("Sent. The council reads it and tells you by email.")
        return redirect(url_for(".club", organisation_id=activity.organisation_id), 303)
    account_id, number, place = current_user.id, activity.id, activity.organisation_id
    db.session.rollback()
    word = offered.keep(account_id) or ""
    activity = activity_for(place, number)
    shown = _risk_check_page(assessment, activity, change, form, offered, word, papers.warned)
    return shown, status


def _send_risk_check(activity: Activity, form: Any, papers: Papers) -> int:
    """Send it, and say how that went: 303, or the status of what has to be mended."""
    for name, sentence in papers.offered.let_go_of_bad():
        form.add_error(name, sentence)
    if not form.validate() or form.errors:
        return 422
    sent = papers.take_in("paper")
    for name, sentence in papers.refused:
        form.add_error(name, sentence)
    number = sent[0] if sent else sent_number(form.there.data)
    if not papers.refused and number is None:
        form.add_error("paper", "Add the risk check, or choose one that you have sent before")
    if form.errors or number is None:
        return 422
    try:
        services.tell_risk_check(
            activity,
            current_user,
            paper=number,
            checked_on=form.checked_on.data,
            version=form.read_version,
        )
    except (BadInput, NotAllowedNow, StaleVersion) as problem:
        form.add_error(None, problem.sentence)
        return problem.status
    return 303


def _risk_check_form(assessment: Assessment, activity: Activity, change: Change | None) -> Any:
    papers = [one for one in assessment.evidence if one.question_key == RISK_CHECKS]
    answers = answers_in_force(assessment)
    file = risk_check_rows(answers).get(activity.id)
    day = risk_check_dates(answers).get(file) if file else None
    kept: dict[str, Any] = {"there": str(file or ""), "checked_on": day}
    if change is not None:
        kept |= {"version": change.version}
        if change.after.get("file"):
            kept |= {"there": str(change.after["file"])}
    choices = [(str(one.id), one.file.name) for one in papers]
    return risk_check_form(choices, kept, shelf.form_data())


def _risk_check_page(
    assessment: Assessment,
    activity: Activity,
    change: Change | None,
    form: Any,
    offered: Offered,
    word: str,
    warned: list[Warned] | None = None,
) -> str:
    return render_template(
        "changes/risk_check.html",
        organisation=activity.organisation,
        activity=activity,
        change=change,
        title=title_of(change) if change else "",
        is_new=not is_in_force(assessment, activity),
        gaps=activity_gaps(activity),
        form=form,
        versions={},
        kept_word=word,
        kept_files=[one.filename for one in offered.waiting],
        warned=warned or [],
        ticked=frozenset(request.form.getlist("checked")),
        was_away=request.method == "GET" and bool(request.args.get("kept")),
    )


def _version() -> int | None:
    return sent_number(request.form.get("version", ""))
