"""Clubs to evaluate: their profile and answers, ready to be spoilt one part at a time."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from registry.criteria.content import Edition
from registry.criteria.evaluation import Evaluation, Finding, Result, evaluate, suggest
from registry.criteria.loading import current_edition
from registry.criteria.profile import Profile
from registry.demonstration.answers import good_activity_profile, good_answers, good_profile

TODAY = date(2026, 11, 22)


@dataclass
class Club:
    """A club of one kind with two activities, whose answers all meet the criteria to begin with."""

    kind: str
    today: date = TODAY
    about: dict[str, Any] = field(default_factory=dict)
    activities: list[dict[str, Any]] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.about = good_profile(self.kind)
        self.activities = [
            {
                "id": number,
                "name": f"Activity {number}",
                "status": "active",
                "profile": good_activity_profile(self.kind),
            }
            for number in (1, 2)
        ]
        self.answers = deepcopy(
            good_answers(self.kind, file_id=5, today=self.today, activity_ids=[1, 2])
        )

    @property
    def edition(self) -> Edition:
        return current_edition()

    @property
    def profile(self) -> Profile:
        return Profile.from_answers(self.about, self.activities)

    def tick(self, key: str, **parts: Any) -> None:
        """Change a profile answer of the club, or of its first activity."""
        about = {one.key for one in self.edition.profile_of("organisation")}
        answers = self.about if key in about else self.activities[0]["profile"]
        answers[key] = parts

    def say(self, key: str, **parts: Any) -> None:
        """Change parts of an answer; None takes a part away."""
        answer = self.answers.setdefault(key, {})
        answer.update(parts)
        self.answers[key] = {name: value for name, value in answer.items() if value is not None}

    def answer(self, key: str, **parts: Any) -> None:
        """Give a whole answer anew."""
        self.answers[key] = parts

    def suggested(self, key: str, on: date | None = None) -> Result:
        """What the rule makes of one answer."""
        question = self.edition.question(key)
        return suggest(question, self.answers, self.profile, on or self.today)

    def as_it_sees_itself(self, on: date | None = None) -> Evaluation:
        return evaluate(self.edition, self.profile, self.answers, None, on or self.today)

    def agreed(self, on: date | None = None) -> dict[str, Finding]:
        """Findings of a reviewer who agrees with every suggestion."""
        return {
            key: Finding(one.suggested, "", one.suggested)
            for key, one in self.as_it_sees_itself(on).questions.items()
            if one.applies
        }

    def as_found(self, findings: dict[str, Finding], on: date | None = None) -> Evaluation:
        return evaluate(self.edition, self.profile, self.answers, findings, on or self.today)


@pytest.fixture
def edition() -> Edition:
    return current_edition()


@pytest.fixture
def dance() -> Club:
    """A dance school: large, paid staff, a hired hall, a show."""
    return Club("large")


@pytest.fixture
def coach() -> Club:
    """A football coach who works alone and is paid by parents."""
    return Club("lone_paid")


@pytest.fixture
def chess() -> Club:
    """A chess club of three volunteers."""
    return Club("small_volunteers")


@pytest.fixture
def madrasah() -> Club:
    """Evening classes in a mosque's own building, for one faith, with children under 8 for long."""
    return Club("madrasah")


@pytest.fixture
def clubs(dance: Club, coach: Club, chess: Club, madrasah: Club) -> dict[str, Club]:
    return {"dance": dance, "coach": coach, "chess": chess, "madrasah": madrasah}
