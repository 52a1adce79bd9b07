"""The pages of questions: about the club, and one for each question of the self-check."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from registry.assessments.forms import AnswerForm
from registry.assessments.models import Assessment
from registry.assessments.progress import PROFILE_PAGES, ProfilePage, Progress
from registry.assessments.queries import names_of_papers, organisation_in_view
from registry.assessments.routes.answer_page import LATER, MORE_ROWS, AnswerPage, Offered
from registry.assessments.routes.blueprint import (
    address_of_page,
    blueprint,
    progress_of,
    self_check_of,
    with_numbers,
)
from registry.assessments.saying import in_words
from registry.criteria.answers import evidence_ids, read
from registry.criteria.content import ProfileQuestion, Question
from registry.criteria.dbs_checks import dbs_table
from registry.criteria.evaluation import answer_problems, missing_parts, wording
from registry.criteria.model_texts import texts_for
from registry.criteria.official_links import links_for
from registry.criteria.profile import Profile, profile_problems
from registry.errors import NotFound
from registry.information.queries import help_contacts
from registry.organisations.models import Organisation
from registry.permissions import P
from registry.web.guard import requires

A_FILE_IS_COMING = 1


@blueprint.route("/club/<id:organisation_id>/self-check/about", methods=["GET", "POST"])
@requires(P.ANSWER, on=organisation_in_view)
def about(organisation: Organisation) -> ResponseReturnValue:
    """The first page about the club."""
    return _about(organisation, PROFILE_PAGES[0])


@blueprint.route("/club/<id:organisation_id>/self-check/about/<page>", methods=["GET", "POST"])
@requires(P.ANSWER, on=organisation_in_view)
def about_page(organisation: Organisation, page: str) -> ResponseReturnValue:
    """Another page about the club."""
    chosen = next((one for one in PROFILE_PAGES[1:] if one.key == page), None)
    if chosen is None:
        raise NotFound()
    return _about(organisation, chosen)


@blueprint.route("/club/<id:organisation_id>/self-check/<key>", methods=["GET", "POST"])
@requires(P.ANSWER, on=organisation_in_view)
def question(organisation: Organisation, key: str) -> ResponseReturnValue:
    """One question of the self-check."""
    assessment = self_check_of(organisation)
    if assessment is None:
        return redirect(url_for(".tasks", organisation_id=organisation.id))
    progress = progress_of(assessment)
    if key not in progress.evaluation.questions:
        raise NotFound()
    if not progress.is_asked(key):
        flash("You do not need to answer that question.")
        return redirect(url_for(".tasks", organisation_id=organisation.id), 303)
    if not progress.is_open(key):
        return _closed(organisation, key)
    page = QuestionPage(organisation, assessment, progress, key)
    return page.save() if request.method == "POST" else page.show()


def _about(organisation: Organisation, page: ProfilePage) -> ResponseReturnValue:
    assessment = self_check_of(organisation)
    if assessment is None:
        return redirect(url_for(".tasks", organisation_id=organisation.id))
    progress = progress_of(assessment)
    if not any(progress.is_open(key) for key in page.questions):
        return _closed(organisation, "about")
    shown = AboutPage(organisation, assessment, progress, page)
    return shown.save() if request.method == "POST" else shown.show()


def _closed(organisation: Organisation, key: str) -> ResponseReturnValue:
    """What was sent can be read, and not changed."""
    flash("This answer is not open for changes now. You can read it here.")
    address = url_for(".check", organisation_id=organisation.id, _anchor=key)
    return redirect(address, 303)


class QuestionPage(AnswerPage):
    """One question of the self-check."""

    template = "assessments/question.html"

    def __init__(
        self, organisation: Organisation, assessment: Assessment, progress: Progress, key: str
    ) -> None:
        super().__init__(organisation, assessment, progress)
        self.key = key

    @property
    def question(self) -> Question:
        """The question, in the words for this club."""
        question = self.progress.edition.question(self.key)
        words = wording(question, self.progress.profile)
        return replace(question, text=words.text, help=with_numbers(words.help))

    @property
    def questions(self) -> Sequence[Question]:
        """Just the one."""
        return (self.question,)

    def problems(self, parts: Mapping[str, Any], form: AnswerForm) -> None:
        """What cannot be right always counts; what is missing counts when the person goes on."""
        said = {**self._unseen(form), **parts[self.key], **self._papers_to_come(form)}
        profile, today = self.progress.profile, self.progress.today
        for name, sentence in answer_problems(self.question, said, profile, today).items():
            form.blame(self.key, name, sentence)
        if request.form.get("then") in (LATER, MORE_ROWS):
            return
        for name, sentence in missing_parts(self.question, said, profile, today).items():
            form.blame(self.key, name, sentence)

    def after(self) -> str:
        """The next question to do; the task list when none is left."""
        following = progress_of(self.assessment).next_open(self.key)
        if following is None:
            return url_for(".tasks", organisation_id=self.organisation.id)
        return url_for(".question", organisation_id=self.organisation.id, key=following)

    def context(self) -> dict[str, Any]:
        """The question, why it is asked, and where it stands among the others."""
        question, progress = self.question, self.progress
        section = next(
            one for one in progress.sections if one.criterion.number == question.criterion
        )
        keys = [task.key for task in section.tasks]
        return {
            "question": question,
            "text": question.text,
            "help": question.help,
            "good": [with_numbers(line) for line in question.good],
            "numbers": help_contacts().in_texts,
            "texts": texts_for(self.key),
            "links": links_for(self.key),
            "has_dbs_tool": self.key in dbs_table().questions,
            "part_of": section,
            "task": progress.task(question),
            "position": keys.index(self.key) + 1,
            "returned": progress.returned.get(self.key, ""),
            "last_time": self._last_time(),
            "anew": list(self._to_give_anew().values()),
            "more_rows": any(
                part.type == "table" and not part.rows_from for part in question.parts
            ),
        }

    def _last_time(self) -> list[tuple[str, list[str]]]:
        """What the club said the time before, in words, less what this person may not see."""
        row = self.progress.rows.get(self.key)
        if row is None or not row.last_time:
            return []
        hidden = {name for _, name in self._private()}
        shown = {name: value for name, value in row.last_time.items() if name not in hidden}
        papers = names_of_papers(evidence_ids([self.question], {self.key: shown}))
        return in_words(self.question, shown, self.progress.profile, papers)

    def _to_give_anew(self) -> dict[str, str]:
        """What is still missing of an answer from last time: part → sentence."""
        said, profile = self._kept(self.key), self.progress.profile
        return missing_parts(self.question, said, profile, self.progress.today)

    def _unseen(self, form: AnswerForm) -> dict[str, Any]:
        """Kept parts that this person does not see; they still count as given."""
        asked = form.sheets[self.key].replaces
        return {k: v for k, v in self._kept(self.key).items() if k not in asked}

    def _papers_to_come(self, form: AnswerForm) -> dict[str, Any]:
        """Papers as they will be once this is saved, for asking whether any is missing."""
        found: dict[str, Any] = {}
        offered = Offered.with_this_request()
        sheet = form.sheets[self.key]
        for block in sheet.shown:
            if block.kind == "file":
                stay = [
                    paper.evidence_id
                    for paper in block.papers
                    if not form[f"remove-{paper.evidence_id}"].data
                ]
                reused = form[f"{block.name}-reuse"].data if f"{block.name}-reuse" in form else []
                coming = len(reused) + len(offered.of(block.name))
                found[block.part.name] = stay + [A_FILE_IS_COMING] * coming
            elif block.kind == "table" and any(name.endswith("-new") for name in block.names):
                found[block.part.name] = [
                    {"activity_id": about, "file": A_FILE_IS_COMING}
                    for about, chosen in sheet.files_chosen(form).items()
                    if chosen or offered.of(f"{block.stem}-{about}-new")
                ]
        return found


class AboutPage(AnswerPage):
    """A short page of questions about the club."""

    template = "assessments/about.html"

    def __init__(
        self,
        organisation: Organisation,
        assessment: Assessment,
        progress: Progress,
        page: ProfilePage,
    ) -> None:
        super().__init__(organisation, assessment, progress)
        self.page = page

    @property
    def questions(self) -> Sequence[ProfileQuestion]:
        """The page's questions."""
        return self.progress.questions_on(self.page)

    def problems(self, parts: Mapping[str, Any], form: AnswerForm) -> None:
        """What cannot be right about the club; gaps only when the person goes on."""
        profile = Profile.from_answers(self.progress.answers, [])
        for question in self.questions:
            reading = read(question, parts[question.key], profile, self.progress.today)
            for name, sentence in reading.wrong.items():
                form.blame(question.key, name, sentence)
        together = {**self.progress.answers, **parts}
        wrong = profile_problems(together)
        for key in self.keys:
            if key not in wrong:
                continue
            if request.form.get("then") == LATER and not _contradicts(key, parts):
                continue
            form.blame(key, _first_gap(self.progress, key, parts[key]), wrong[key])

    def after(self) -> str:
        """The next page about the club, then the first question to do."""
        following = self.progress.next_profile_page(self.page)
        if following:
            return address_of_page(self.organisation, following)
        return url_for(".tasks", organisation_id=self.organisation.id)

    def context(self) -> dict[str, Any]:
        """The page's title and number."""
        return {
            "page": self.page,
            "pages": PROFILE_PAGES,
            "position": PROFILE_PAGES.index(self.page) + 1,
        }


def _contradicts(key: str, parts: Mapping[str, Any]) -> bool:
    """Whether a problem is a contradiction, not a gap: the person has answered the question."""
    return bool(parts.get(key))


def _first_gap(progress: Progress, key: str, said: Mapping[str, Any]) -> str:
    """The part of a question about the club that a problem is shown at."""
    question = progress.edition.profile_question(key)
    for part in question.parts:
        if part.required and part.name not in said:
            return part.name
    return question.parts[0].name
