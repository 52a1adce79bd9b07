"""When a self-check moves on to a newer edition (domain A.6.6, V10).

What was sent keeps its edition. A draft may be sent under the edition that it was begun with for
60 days after the next one came into force; then it moves to the one in force, with its answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from registry.criteria.content import Edition, ProfileQuestion, Question
from registry.criteria.loading import KnownEdition, in_force_on, known_editions

SENT_UNDER_THE_OLD = timedelta(days=60)


@dataclass(frozen=True)
class Difference:
    """One question that is not what it was. One that went has no `after`, a new one no `before`."""

    key: str
    before: Question | ProfileQuestion | None
    after: Question | ProfileQuestion | None

    @property
    def kind(self) -> str:
        """added, removed, level or changed."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        moved = getattr(self.before, "level", None) != getattr(self.after, "level", None)
        return "level" if moved else "changed"

    @property
    def question(self) -> Question | ProfileQuestion:
        """The question as it is now, or as it was before it went."""
        found = self.after or self.before
        assert found is not None
        return found


def last_day_of(number: str) -> date | None:
    """The last day on which a draft may be sent under an edition; None while none follows it."""
    after = _next_of(number)
    return after.in_force_on + SENT_UNDER_THE_OLD if after else None


def edition_for_draft(number: str, today: date) -> str:
    """The edition under which a draft stands today that was begun with the edition of a number."""
    last_day = last_day_of(number)
    return in_force_on(today).number if last_day and today > last_day else number


def differences(before: Edition, after: Edition) -> tuple[Difference, ...]:
    """Every question that is not the same in both, in the order of the newer."""
    old, new = _by_key(before), _by_key(after)
    changed = [
        Difference(key, old.get(key), question)
        for key, question in new.items()
        if old.get(key) != question
    ]
    gone = [Difference(key, question, None) for key, question in old.items() if key not in new]
    return (*changed, *gone)


def _by_key(edition: Edition) -> Mapping[str, Question | ProfileQuestion]:
    asked: list[Question | ProfileQuestion] = [*edition.questions, *edition.profile_questions]
    return {one.key: one for one in asked}


def _next_of(number: str) -> KnownEdition | None:
    known = known_editions()
    here = next((n for n, one in enumerate(known) if one.number == number), None)
    later = known[here + 1 :] if here is not None else ()
    return next(iter(later), None)
