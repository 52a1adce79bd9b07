"""What needs somebody of the council today: their cases, the pool, and whatever else waits."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.assessments.lifecycle import Status
from registry.assessments.models import Assessment
from registry.council.gathering import gathered
from registry.council.items import Group
from registry.permissions import P, can
from registry.reviews.queue import WITH_US, Case, Row, cases, in_turn, next_case, rows

__all__ = ["Clocks", "Today", "today_for"]

AT_MOST = 8


@dataclass(frozen=True)
class Clocks:
    """How many cases are where against the targets."""

    over: int
    soon: int
    more: int
    not_started: int
    with_clubs: int


@dataclass(frozen=True)
class Today:
    """The front page of one person's desk. `clocks` is None for who reads no cases."""

    clocks: Clocks | None
    mine: list[Row]
    pressing: list[Row]
    take: Assessment | None
    pool: int
    groups: list[Group]

    @property
    def is_calm(self) -> bool:
        """Whether nothing waits for this person."""
        return not self.has_cases and not any(group.waits for group in self.groups)

    @property
    def has_cases(self) -> bool:
        """Whether any case is with us, or with a club that mends it."""
        return bool(self.mine or self.pressing or (self.clocks and self.clocks.with_clubs))


def today_for(actor: Any, today: date) -> Today:
    """What needs this person today."""
    groups = gathered(actor, today)
    if not can(actor, P.READ_CASE):
        return Today(None, [], [], None, 0, groups)
    found = cases(actor, today, (*WITH_US, Status.RETURNED))
    with_us = in_turn([case for case in found if case.assessment.status in WITH_US], today)
    mine = [case for case in with_us if _is_theirs(actor, case)]
    others = sorted(
        (case for case in with_us if not _is_theirs(actor, case)),
        key=lambda case: case.target.left,
    )
    shown = rows([*mine, *others[:AT_MOST]], today)
    return Today(
        clocks=_clocks(found),
        mine=shown[: len(mine)],
        pressing=shown[len(mine) :],
        take=next_case(actor, with_us, today),
        pool=sum(case.assessment.status == Status.SUBMITTED for case in with_us),
        groups=groups,
    )


def _is_theirs(actor: Any, case: Case) -> bool:
    return bool(case.assessment.holder_id == actor.id)


def _clocks(found: Sequence[Case]) -> Clocks:
    colours = Counter(case.target.colour for case in found)
    return Clocks(
        over=colours["red"],
        soon=colours["amber"],
        more=colours["green"],
        not_started=sum(case.start is not None and case.start.is_over for case in found),
        with_clubs=sum(case.assessment.status == Status.RETURNED for case in found),
    )
