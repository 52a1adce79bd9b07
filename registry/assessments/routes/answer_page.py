"""A page of questions: what is shown, what is saved, and that nothing typed or sent is lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import FileStorage, MultiDict

from registry.assessments.forms import AnswerForm, Paper, Setting, answer_form, version_name
from registry.assessments.models import Assessment, Evidence
from registry.assessments.progress import Progress
from registry.assessments.queries import names_of
from registry.assessments.routes.blueprint import (
    progress_of,
)
from registry.assessments.saying import facts_of_file, in_words
from registry.assessments.services.answers import Changed, Theirs, save_answer
from registry.assessments.services.evidence import (
    Unchecked,
    add_paper,
    papers_of,
    remove_paper,
    reuse_paper,
    sent_files,
)
from registry.audit.services import record_read
from registry.criteria.answers import read, risk_check_rows
from registry.criteria.content import ProfileQuestion, Question
from registry.criteria.paper_risks import PaperRisk
from registry.database import db
from registry.errors import BadInput
from registry.files.kinds import examine
from registry.organisations.models import Organisation
from registry.permissions import P, can
from registry.web import shelf

LATER, MORE_ROWS = "later", "more"


@dataclass
class Offered:
    """Files that came with a form, or wait on the shelf from the time before."""

    waiting: list[shelf.KeptFile] = field(default_factory=list)
    word: str = ""

    @classmethod
    def with_this_request(cls) -> "Offered":
        """Those on the shelf that were not dropped, then those just sent."""
        word = request.values.get("kept", "")
        if request.method == "GET" and not word:
            word = shelf.left_here()
        before = shelf.kept(word)
        dropped = set(request.form.getlist("drop-kept"))
        found = [
            one for n, one in enumerate(before.files if before else ()) if str(n) not in dropped
        ]
        if request.method == "POST":
            found += shelf.sent_files()
        return cls(found, word)

    def of(self, name: str) -> list[shelf.KeptFile]:
        """The files of one field."""
        return [one for one in self.waiting if one.field == name]

    def let_go_of_bad(self) -> list[tuple[str, str]]:
        """Drop each file that is not one of the kinds we take, and say why: (field, sentence)."""
        refused = []
        for sent in list(self.waiting):
            try:
                examine(sent.content, sent.filename)
            except BadInput as bad:
                self.waiting.remove(sent)
                refused.append((sent.field, about_file(sent, bad)))
        return refused

    def keep(self, account_id: int) -> str | None:
        """Put them on the shelf, so that none has to be chosen twice."""
        if not self.waiting:
            return None
        return shelf.keep(account_id, request.path, MultiDict(), self.waiting)


@dataclass(frozen=True)
class Warned:
    """A file in which something may be wrong, until the person says that they have looked.

    `ticks` are the values of the boxes, one for each risk; each names the file by its content.
    """

    filename: str
    ticks: tuple[tuple[str, PaperRisk], ...]


def tick_for(sent: shelf.KeptFile, risk: str) -> str:
    """The value of the box that says: I have looked at this in this very file."""
    return f"{sha256(sent.content).hexdigest()[:20]}:{risk}"


def ticked_for(sent: shelf.KeptFile) -> frozenset[str]:
    """The risks of a file that the person says they have looked at."""
    digest = tick_for(sent, "")
    ticks = request.form.getlist("checked")
    return frozenset(one.removeprefix(digest) for one in ticks if one.startswith(digest))


def about_file(sent: shelf.KeptFile, bad: BadInput) -> str:
    """What is wrong with one of several files, with its name."""
    told = sent.filename in bad.sentence
    return bad.sentence if told else f"{sent.filename}: {bad.sentence}"


class AnswerPage:
    """A page of questions: what is shown, and what happens when it is saved."""

    template = ""

    def __init__(
        self, organisation: Organisation, assessment: Assessment, progress: Progress
    ) -> None:
        self.organisation = organisation
        self.assessment = assessment
        self.progress = progress
        self.warned: list[Warned] = []

    @property
    def questions(self) -> Sequence[Question | ProfileQuestion]:
        """What the page asks."""
        raise NotImplementedError

    @property
    def keys(self) -> list[str]:
        """Their keys."""
        return [one.key for one in self.questions]

    def context(self) -> dict[str, Any]:
        """What only this kind of page shows."""
        return {}

    def problems(self, parts: Mapping[str, Any], form: AnswerForm) -> None:
        """Blame the form for what cannot be right."""
        raise NotImplementedError

    def after(self) -> str:
        """The address that “Save and continue” leads to."""
        raise NotImplementedError

    def show(self) -> ResponseReturnValue:
        """The page as it stands, or as it was when its web session ended."""
        self._record_private_read()
        form = answer_form(self.questions, self.setting(), shelf.form_data())
        offered = Offered.with_this_request()
        return self._page(form, offered, offered.word)

    def save(self) -> ResponseReturnValue:
        """Save what is given; on a mistake say what it is, and lose nothing."""
        form = answer_form(self.questions, self.setting(), shelf.form_data())
        offered = Offered.with_this_request()
        form.validate()
        parts = {key: form.parts_of(key) for key in self.keys}
        self._forgive_what_is_not_asked(parts, form)
        self.problems(parts, form)
        for name, sentence in offered.let_go_of_bad():
            form.add_error(name, sentence)
        if form.errors:
            return self._again(form, offered, 422)
        refused, meanwhile = self._write(form, parts, offered)
        if refused:
            for name, sentence in refused:
                form.add_error(name, sentence)
            return self._again(form, offered, 422)
        if meanwhile:
            return self._again(form, offered, 409, meanwhile)
        shelf.clear()
        if request.form.get("then") == LATER:
            flash("Saved. You can carry on at any time.")
            return redirect(url_for(".tasks", organisation_id=self.organisation.id), 303)
        if request.form.get("then") == MORE_ROWS:
            return redirect(request.path, 303)
        return redirect(self.after(), 303)

    def _forgive_what_is_not_asked(
        self, parts: Mapping[str, dict[str, Any]], form: AnswerForm
    ) -> None:
        """What was typed under a choice that was not made need not be right."""
        for question in self.questions:
            said = {**self._kept(question.key), **parts[question.key]}
            asked = read(question, said, self.progress.profile, self.progress.today).asked
            form.forgive(question.key, asked)

    def setting(self) -> Setting:
        """What stands round the questions."""
        return Setting(
            profile=self.progress.profile,
            answers=self.progress.answers,
            files={one.id: one.name for one in sent_files(self.assessment)},
            papers=self._papers(),
            risk_files=self._risk_files(),
            private=self._private(),
        )

    def _papers(self) -> dict[str, list[Paper]]:
        found: dict[str, list[Paper]] = {}
        for one in self.assessment.evidence:
            told = ". You told us that you checked it" if one.risks else ""
            paper = Paper(one.id, one.file_id, one.file.name, facts_of_file(one.file) + told)
            found.setdefault(one.question_key, []).append(paper)
        return found

    def _risk_files(self) -> dict[int, str]:
        """The risk checks in use, each with the activities that it covers."""
        covers: dict[int, list[str]] = {}
        rows = risk_check_rows(self.progress.answers)
        for activity in self.progress.profile.active:
            if activity.id in rows:
                covers.setdefault(rows[activity.id], []).append(activity.name)
        names = {one.id: one.file.name for one in self.assessment.evidence}
        return {
            number: f"{names[number]} ({', '.join(activities)})"
            for number, activities in covers.items()
            if number in names
        }

    def _private(self) -> frozenset[tuple[str, str]]:
        """The contacts that were given and that this person may not see (domain B.8)."""
        return frozenset(
            (question.key, part.name)
            for question in self.questions
            for part in question.parts
            if part.type == "contact"
            and not may_see_contact(self.assessment, self._kept(question.key).get(part.name))
        )

    def _kept(self, key: str) -> Mapping[str, Any]:
        return self.progress.answers.get(key, {})

    def _record_private_read(self) -> None:
        """A private contact is read: the entry comes before it is shown."""
        shown = any(
            part.type == "contact" and self._kept(question.key).get(part.name)
            and (question.key, part.name) not in self._private()
            for question in self.questions
            for part in question.parts
        )  # fmt: skip
        if shown:
            record_read(("contact", self.assessment.id), current_user, self.organisation.id)

    def _write(
        self, form: AnswerForm, parts: Mapping[str, dict[str, Any]], offered: Offered
    ) -> tuple[list[tuple[str, str]], list[Theirs]]:
        """Save papers and answers. Gives (field, sentence) for each file that may not come in,
        and every answer of the page that somebody else saved meanwhile."""
        refused: list[tuple[str, str]] = []
        meanwhile: list[Theirs] = []
        for key, said in parts.items():
            self._write_papers(form, key, said, offered, refused)
            if refused:
                continue
            try:
                save_answer(
                    self.assessment,
                    current_user,
                    key,
                    said,
                    version=_version(key),
                    replaces=form.sheets[key].replaces | self._file_parts(form, key),
                )
            except Changed as changed:
                meanwhile.append(changed.theirs)
        return refused, meanwhile

    def _file_parts(self, form: AnswerForm, key: str) -> frozenset[str]:
        return frozenset(b.part.name for b in form.sheets[key].shown if b.kind == "file")

    def _write_papers(
        self,
        form: AnswerForm,
        key: str,
        said: dict[str, Any],
        offered: Offered,
        refused: list[tuple[str, str]],
    ) -> None:
        """Add, reuse and remove papers, and let the answer point at those that are left."""
        for block in form.sheets[key].shown:
            if block.kind == "file":
                self._change_papers(form, key, block.name, offered, refused)
                said[block.part.name] = [one.id for one in papers_of(self.assessment, key)]
            elif block.kind == "table" and any(name.endswith("-new") for name in block.names):
                self._map_rows(form, key, block.part.name, said, offered, refused)

    def _change_papers(
        self,
        form: AnswerForm,
        key: str,
        name: str,
        offered: Offered,
        refused: list[tuple[str, str]],
    ) -> None:
        for paper in list(papers_of(self.assessment, key)):
            if f"remove-{paper.id}" in form and form[f"remove-{paper.id}"].data:
                remove_paper(self.assessment, current_user, paper)
        if f"{name}-reuse" in form:
            for file_id in form[f"{name}-reuse"].data:
                reuse_paper(self.assessment, current_user, key, file_id)
        for sent in offered.of(name):
            self._take_in(key, sent, name, offered, refused)

    def _map_rows(
        self,
        form: AnswerForm,
        key: str,
        part_name: str,
        said: dict[str, Any],
        offered: Offered,
        refused: list[tuple[str, str]],
    ) -> None:
        """Each row's file: the one just sent, else the one chosen. Papers no row uses go."""
        sheet = form.sheets[key]
        rows: list[dict[str, Any]] = []
        for about, chosen in sheet.files_chosen(form).items():
            name = f"{sheet.prefix}{part_name}-{about}-new"
            evidence: Evidence | None = None
            for sent in offered.of(name):
                evidence = self._take_in(key, sent, name, offered, refused)
            if evidence is None and chosen is not None:
                evidence = reuse_paper(self.assessment, current_user, key, chosen)
            if evidence is not None:
                rows.append({"activity_id": about, "file": evidence.id})
        used = {row["file"] for row in rows}
        for paper in list(papers_of(self.assessment, key)):
            if paper.id not in used and not refused:
                remove_paper(self.assessment, current_user, paper)
        said[part_name] = rows

    def _take_in(
        self,
        key: str,
        sent: shelf.KeptFile,
        name: str,
        offered: Offered,
        refused: list[tuple[str, str]],
    ) -> Evidence | None:
        storage: FileStorage = sent.storage()
        ticked = ticked_for(sent)
        try:
            return add_paper(self.assessment, current_user, key, storage, checked=ticked)
        except Unchecked as unchecked:
            refused.append((name, about_file(sent, unchecked)))
            ticks = tuple((tick_for(sent, risk.key), risk) for risk in unchecked.risks)
            if any(one.ticks == ticks for one in self.warned):
                offered.waiting.remove(sent)  # the same file once more: one question is enough
            else:
                self.warned.append(Warned(sent.filename, ticks))
            return None
        except BadInput as bad:
            refused.append((name, about_file(sent, bad)))
            offered.waiting.remove(sent)
            return None

    def _again(
        self, form: AnswerForm, offered: Offered, status: int, meanwhile: Sequence[Theirs] = ()
    ) -> ResponseReturnValue:
        """The page once more, with all that was typed and sent. No record is changed."""
        account_id = current_user.id
        db.session.rollback()
        word = offered.keep(account_id) or ""
        self.progress = progress_of(self.assessment)
        return self._page(form, offered, word, meanwhile), status

    def _page(
        self, form: AnswerForm, offered: Offered, word: str, meanwhile: Sequence[Theirs] = ()
    ) -> str:
        names = names_of({one.by_id for one in meanwhile if one.by_id})
        overtaken = {one.key for one in meanwhile}
        versions = {
            key: _kept_version(self.assessment, key)
            if (request.method == "GET" and not shelf.form_data()) or key in overtaken
            else _version(key)
            for key in self.keys
        }
        return render_template(
            self.template,
            organisation=self.organisation,
            assessment=self.assessment,
            progress=self.progress,
            form=form,
            sheets=form.sheets,
            versions={version_name(key): version for key, version in versions.items()},
            kept_word=word,
            kept_files=[one.filename for one in offered.waiting],
            warned=self.warned,
            ticked=frozenset(request.form.getlist("checked")),
            was_away=request.method == "GET" and bool(request.args.get("kept")),
            meanwhile=[
                (names.get(one.by_id or 0, "Somebody"), self._title(one.key), self._in_words(one))
                for one in meanwhile
            ],
            **self.context(),
        )

    def _title(self, key: str) -> str:
        """The question’s short name, where the page asks several."""
        if len(self.questions) == 1:
            return ""
        return next(one.short for one in self.questions if one.key == key)

    def _in_words(self, theirs: Theirs) -> list[tuple[str, list[str]]]:
        names = {one.id: one.file.name for one in self.assessment.evidence}
        hidden = {name for key, name in self._private() if key == theirs.key}
        shown = {name: value for name, value in theirs.parts.items() if name not in hidden}
        question = next(one for one in self.questions if one.key == theirs.key)
        return in_words(question, shown, self.progress.profile, names)


def may_see_contact(assessment: Assessment, contact: Any) -> bool:
    """Whether this person may see a private contact: the owner, and the lead their own."""
    if not contact or can(current_user, P.READ_PRIVATE_CONTACT, assessment):
        return True
    email = contact.get("email", "") if isinstance(contact, Mapping) else ""
    return bool(email) and email.lower() == current_user.email.lower()


def _version(key: str) -> int:
    form = shelf.form_data()
    sent = form.get(version_name(key), "0") if form else "0"
    return int(sent) if sent.isdecimal() and len(sent) < 10 else 0


def _kept_version(assessment: Assessment, key: str) -> int:
    return next((a.version for a in assessment.answers if a.question_key == key), 0)
