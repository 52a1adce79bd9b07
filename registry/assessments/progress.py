"""How far a self-check has come: what is asked, what is done, what is still to do, what is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from registry.assessments.evaluating import (
    Answers,
    edition_of,
    profile_of,
    unfinished_papers,
    working_answers,
)
from registry.assessments.lifecycle import Status
from registry.assessments.models import Answer, Assessment
from registry.assessments.queries import returned_words
from registry.criteria.content import Criterion, Edition, ProfileQuestion, Question
from registry.criteria.evaluation import (
    Evaluation,
    Result,
    applies,
    evaluate,
    profile_questions,
)
from registry.criteria.profile import Profile, profile_problems
from registry.criteria.renewing import since_last_time
from registry.organisations.gaps import RUNNING
from registry.organisations.services import activity_gaps
from registry.web.formats import plural

__all__ = ["PROFILE_PAGES", "ProfilePage", "Progress", "Section", "State", "Task"]

MINUTES_FOR_A_PROFILE_PAGE = 3
MINUTES_TO_LOOK_AGAIN = 1


class State(StrEnum):
    """How one task stands for the club."""

    TO_DO = "to_do"  # nothing said yet
    BEGUN = "begun"  # something said, something missing
    CHECK = "check"  # copied from last time, not yet confirmed
    ANEW = "anew"  # the same, and something in it has to be given anew
    SENT_BACK = "sent_back"  # the council asks for it again
    DONE = "done"

    @property
    def words(self) -> str:
        """The state as the pages say it."""
        return {
            "to_do": "To do",
            "begun": "Carry on",
            "check": "Check again",
            "anew": "New date",
            "sent_back": "Sent back",
            "done": "Done",
        }[self]

    @property
    def colour(self) -> str | None:
        """The colour of its tag; what is done has none."""
        return {"to_do": "grey", "sent_back": "yellow", "done": None}.get(self, "blue")


@dataclass(frozen=True)
class ProfilePage:
    """A short page of questions about the club."""

    key: str
    title: str
    short: str
    questions: tuple[str, ...]


PROFILE_PAGES = (
    ProfilePage(
        "people",
        "Who helps run your club?",
        "The people who help",
        ("p_people", "p_paid", "p_employees", "p_vols", "p_young_help", "p_solo_type"),
    ),
    ProfilePage(
        "places",
        "Where do you meet, and who can come?",
        "Where you meet and who can come",
        ("p_place", "p_limits", "p_school_hours"),
    ),
    ProfilePage(
        "groups",
        "Do you belong to a bigger group?",
        "Groups you belong to, and your numbers",
        ("p_national", "p_ofsted", "p_charity"),
    ),
)


@dataclass(frozen=True)
class Task:
    """One line of the task list. `problem` says what a line that was begun still needs."""

    key: str
    short: str
    state: State
    must: bool = True
    problem: str = ""
    is_open: bool = True

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do in it."""
        return self.state is State.DONE


@dataclass(frozen=True)
class Section:
    """A criterion with its tasks."""

    criterion: Criterion
    tasks: tuple[Task, ...]

    @property
    def done(self) -> int:
        """How many of its tasks are done."""
        return sum(task.is_done for task in self.tasks)


class Progress:
    """One self-check as its club sees it on one day."""

    def __init__(self, assessment: Assessment, today: date) -> None:
        self.assessment = assessment
        self.today = today
        self.edition: Edition = edition_of(assessment)
        self.profile: Profile = profile_of(assessment)
        self.answers: Answers = working_answers(assessment)

    @cached_property
    def evaluation(self) -> Evaluation:
        """How the answers stand. Worked out where it is asked for: saving one needs none of it."""
        return evaluate(
            self.edition,
            self.profile,
            self.answers,
            None,
            self.today,
            unfinished_papers(self.assessment),
        )

    @cached_property
    def returned(self) -> Mapping[str, str]:
        """The questions that the council sent back, with its words."""
        return returned_words(self.assessment)

    @property
    def can_be_changed(self) -> bool:
        """Whether the club has it in hand: a draft, or sent back."""
        return self.assessment.status in (Status.DRAFT, Status.RETURNED)

    @property
    def is_returned(self) -> bool:
        """Whether the council sent questions back."""
        return self.assessment.status == Status.RETURNED

    def is_asked(self, key: str) -> bool:
        """Whether this question concerns the club. Profile questions always do."""
        if key in self.profile_keys:
            return True
        return any(q.key == key and applies(q, self.profile) for q in self.edition.questions)

    def is_open(self, key: str) -> bool:
        """Whether the club may change this answer now.

        After a return only the questions that were sent back are open, and those that lost their
        answer by the mending: a new risk-check file has no date yet.
        """
        if self.assessment.status == Status.DRAFT:
            return self.is_asked(key)
        if not self.is_returned or not self.is_asked(key):
            return False
        return key in self.returned or key in self._opened_by_mending

    @cached_property
    def profile_keys(self) -> frozenset[str]:
        """The questions about the organisation."""
        return frozenset(one.key for one in self.edition.profile_of("organisation"))

    @cached_property
    def rows(self) -> Mapping[str, Answer]:
        """The kept answers by their question."""
        return {answer.question_key: answer for answer in self.assessment.answers}

    @cached_property
    def asked(self) -> tuple[Question, ...]:
        """Every question that concerns the club, in the order of the pages."""
        return tuple(q for q in self.edition.questions if applies(q, self.profile))

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The four criteria with their tasks."""
        return tuple(
            Section(c, tuple(self.task(q) for q in self.asked if q.criterion == c.number))
            for c in self.edition.criteria
        )

    @cached_property
    def profile_tasks(self) -> tuple[Task, ...]:
        """The short pages about the club."""
        wrong = profile_problems(self.answers)
        return tuple(self._profile_task(page, wrong) for page in PROFILE_PAGES)

    @cached_property
    def activity_gaps(self) -> tuple[tuple[Any, tuple[str, ...]], ...]:
        """Each activity that runs, with what its own page still needs."""
        return tuple(
            (activity, tuple(activity_gaps(activity)))
            for activity in self.assessment.organisation.activities
            if activity.state in RUNNING
        )

    @property
    def question_tasks(self) -> tuple[Task, ...]:
        """Every question's task."""
        return tuple(task for section in self.sections for task in section.tasks)

    @property
    def done(self) -> int:
        """How many pages are done."""
        return sum(task.is_done for task in (*self.profile_tasks, *self.question_tasks))

    @property
    def total(self) -> int:
        """How many pages there are."""
        return len(self.profile_tasks) + len(self.question_tasks)

    @property
    def left(self) -> int:
        """How many things must still be done: pages about the club, activities, questions."""
        activities = [bool(gaps) for _, gaps in self.activity_gaps] or [True]
        looked_at = (State.CHECK, State.ANEW)
        pages = (
            *self.profile_tasks,
            *(one for one in self.question_tasks if one.must or one.state in looked_at),
        )
        return sum(activities) + sum(task.is_open and not task.is_done for task in pages)

    @property
    def minutes_left(self) -> int:
        """About how long the rest takes."""
        minutes = sum(
            _minutes(task, MINUTES_FOR_A_PROFILE_PAGE)
            for task in self.profile_tasks
            if not task.is_done
        )
        return minutes + sum(
            _minutes(task, self.edition.question(task.key).minutes)
            for task in self.question_tasks
            if not task.is_done
        )

    @property
    def time_left(self) -> str:
        """40 minutes, 2 and a half hours; nothing when all is done."""
        minutes = self.minutes_left
        if minutes <= 50:
            return plural(minutes, "minute", "minutes") if minutes else ""
        halves = round(minutes / 30)
        hours = "an hour" if halves < 4 else f"{halves // 2} hours"
        if not halves % 2:
            return hours
        return "an hour and a half" if halves == 3 else f"{halves // 2} and a half hours"

    @property
    def last_saved_at(self) -> datetime | None:
        """When something was last saved."""
        return max((answer.updated_at for answer in self.assessment.answers), default=None)

    def task(self, question: Question) -> Task:
        """How one question stands."""
        outcome = self.evaluation.questions[question.key]
        return Task(
            question.key,
            question.short,
            self._state(question.key, outcome.result is not Result.UNANSWERED),
            must=outcome.blocks,
            is_open=self.is_open(question.key),
        )

    def next_open(self, after: str) -> str | None:
        """The next question to do after this one, round to the first; None when all is done."""
        tasks = [task for task in self.question_tasks if task.is_open]
        keys = [task.key for task in tasks]
        start = keys.index(after) + 1 if after in keys else 0
        for task in (*tasks[start:], *tasks[:start]):
            if not task.is_done and task.key != after:
                return task.key
        return None

    @cached_property
    def is_from_last_time(self) -> bool:
        """Whether it was begun from answers that the club gave before."""
        return any(row.last_time for row in self.rows.values())

    def since_last_time(self, question: Question | ProfileQuestion) -> str:
        """How a looked-at answer differs from last time's; empty where there was no last time."""
        row = self.rows.get(question.key)
        if not self.is_from_last_time or row is None or not row.confirmed:
            return ""
        return since_last_time(question, row.last_time, row.parts)

    @cached_property
    def unconfirmed_pages(self) -> tuple[ProfilePage, ...]:
        """The pages about the club with an answer from last time that nobody has looked at."""
        asked = {one.key for one in profile_questions(self.edition, "organisation", self.profile)}
        return tuple(
            page
            for page in PROFILE_PAGES
            if any(
                key in asked and key in self.rows and not self.rows[key].confirmed
                for key in page.questions
            )
        )

    def next_profile_page(self, after: ProfilePage) -> ProfilePage | None:
        """The page about the club that follows; None after the last."""
        rest = PROFILE_PAGES[PROFILE_PAGES.index(after) + 1 :]
        return rest[0] if rest else None

    def questions_on(self, page: ProfilePage) -> tuple[ProfileQuestion, ...]:
        """The questions of one page about the club."""
        return tuple(self.edition.profile_question(key) for key in page.questions)

    def _state(self, key: str, is_answered: bool) -> State:
        row = self.rows.get(key)
        if self.is_returned and key in self.returned and not self._was_mended(key):
            return State.SENT_BACK
        if row is not None and not row.confirmed and row.last_time:
            return State.CHECK if is_answered else State.ANEW
        if row is None or not any(value not in (None, "", [], {}) for value in row.parts.values()):
            return State.TO_DO
        if not is_answered:
            return State.BEGUN
        return State.DONE if row.confirmed else State.CHECK

    def _was_mended(self, key: str) -> bool:
        """Whether the club has saved this question since it was sent."""
        row, submission = self.rows.get(key), self.assessment.latest_submission
        return bool(row and submission and row.updated_at > submission.submitted_at)

    @cached_property
    def _opened_by_mending(self) -> frozenset[str]:
        blocking = {key for key, one in self.evaluation.questions.items() if one.blocks}
        mended = {key for key in blocking if self._was_mended(key)}
        return frozenset(self.evaluation.missing) | mended

    def _profile_task(self, page: ProfilePage, wrong: Mapping[str, str]) -> Task:
        problem = next((wrong[key] for key in page.questions if key in wrong), "")
        rows = [self.rows[key] for key in page.questions if key in self.rows]
        if not rows:
            state = State.TO_DO
        elif problem:
            state = State.BEGUN
        elif page not in self.unconfirmed_pages:
            state = State.DONE
        else:
            state = State.CHECK
        is_open = self.assessment.status == Status.DRAFT or any(
            self.is_open(key) for key in page.questions
        )
        return Task(page.key, page.short, state, True, problem, is_open)


def _minutes(task: Task, whole: int) -> int:
    """How long one page takes: to look at an answer again is quicker than to write it."""
    if task.state in (State.CHECK, State.ANEW):
        return min(whole, MINUTES_TO_LOOK_AGAIN)
    return whole
