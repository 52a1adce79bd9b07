"""The lifecycle table, searched as a graph: what it allows, and above all what it never does."""

import ast
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from registry.assessments.lifecycle import (
    FINAL,
    OPEN,
    STANDING,
    STORED,
    TABLE,
    WITHOUT_A_PERSON,
    Action,
    Status,
    actions_from,
    find,
)
from registry.errors import NotAllowedNow

S, A = Status, Action
ROOT = Path(__file__).resolve().parents[2]

# By hand, from what was agreed: what may be done from where, and where it ends.
EXPECTED = {
    (S.NONE, A.BEGIN): {S.DRAFT},
    (S.DRAFT, A.SUBMIT): {S.SUBMITTED},
    (S.RETURNED, A.SUBMIT): {S.SUBMITTED},
    (S.SUBMITTED, A.TAKE_BACK): {S.DRAFT},
    (S.SUBMITTED, A.START_REVIEW): {S.IN_REVIEW},
    (S.IN_REVIEW, A.RELEASE): {S.SUBMITTED},
    (S.IN_REVIEW, A.RETURN_FOR_CHANGES): {S.RETURNED},
    (S.RECOMMENDED, A.RETURN_FOR_CHANGES): {S.RETURNED},
    (S.IN_REVIEW, A.RECOMMEND): {S.RECOMMENDED},
    (S.RECOMMENDED, A.SEND_BACK): {S.IN_REVIEW},
    (S.IN_REVIEW, A.APPROVE): {S.APPROVED},
    (S.RECOMMENDED, A.APPROVE): {S.APPROVED},
    (S.RECOMMENDED, A.REFUSE): {S.REFUSED},
    (S.APPROVED, A.EXTEND): {S.APPROVED},
    (S.LAPSED, A.EXTEND): {S.APPROVED},
    (S.APPROVED, A.SUSPEND): {S.SUSPENDED},
    (S.SUSPENDED, A.LIFT): {S.APPROVED, S.LAPSED},
    (S.SUSPENDED, A.REVOKE): {S.REVOKED},
    (S.REFUSED, A.UPHOLD): {S.SUBMITTED},
    (S.SUSPENDED, A.UPHOLD): {S.APPROVED, S.LAPSED},
    (S.REVOKED, A.UPHOLD): {S.APPROVED, S.LAPSED},
    (S.APPROVED, A.LAPSE): {S.LAPSED},
    (S.APPROVED, A.SUPERSEDE): {S.SUPERSEDED},
    (S.DRAFT, A.GIVE_UP): {S.ABANDONED},
    (S.RETURNED, A.GIVE_UP): {S.ABANDONED},
    (S.ABANDONED, A.REOPEN): {S.DRAFT},
    (S.DRAFT, A.CLOSE): {S.CLOSED},
    (S.SUBMITTED, A.CLOSE): {S.CLOSED},
    (S.IN_REVIEW, A.CLOSE): {S.CLOSED},
    (S.RETURNED, A.CLOSE): {S.CLOSED},
    (S.RECOMMENDED, A.CLOSE): {S.CLOSED},
    (S.APPROVED, A.CLOSE): {S.CLOSED},
}


def edges() -> Iterator[tuple[Status, Action, Status]]:
    """Every single move that the table allows."""
    for step in TABLE:
        for start, end in product(step.starts, step.ends):
            yield start, step.action, end


def paths(start: Status, longest: int) -> Iterator[tuple[tuple[Action, Status], ...]]:
    """Every walk of at most so many steps."""
    walks: list[tuple[tuple[Action, Status], ...]] = [()]
    for _ in range(longest):
        walks = [
            (*walk, (action, end))
            for walk in walks
            for begin, action, end in edges()
            if begin is (walk[-1][1] if walk else start)
        ]
        yield from walks


@pytest.mark.parametrize(("status", "action"), list(product(Status, Action)))
def test_the_table_allows_exactly_what_was_agreed(status: Status, action: Action) -> None:
    if (status, action) not in EXPECTED:
        with pytest.raises(NotAllowedNow):
            find(status, action)
        assert action not in actions_from(status)
        return
    assert find(status, action).ends == EXPECTED[status, action]
    assert action in actions_from(status)


def test_nothing_is_listed_without_an_approval() -> None:
    """Every walk to `approved` from the beginning passes through the action approve."""
    for walk in paths(S.NONE, 9):
        if walk[-1][1] is S.APPROVED:
            assert A.APPROVE in [action for action, _ in walk], walk


def test_a_refused_one_is_never_listed_without_an_approval() -> None:
    for walk in paths(S.REFUSED, 7):
        if walk[-1][1] is S.APPROVED:
            assert A.APPROVE in [action for action, _ in walk], walk


def test_a_suspended_or_revoked_one_is_relisted_only_by_lift_or_uphold() -> None:
    """Until it is lifted or upheld, no walk from suspended reaches approved.

    Extend brings back a lapsed one; it became lapsed only through lift or uphold.
    """
    for start in (S.SUSPENDED, S.REVOKED):
        for walk in paths(start, 7):
            if walk[-1][1] is S.APPROVED:
                assert walk[0][0] in {A.LIFT, A.UPHOLD} or (
                    walk[0][0] is A.REVOKE and walk[1][0] is A.UPHOLD
                ), walk


def test_every_status_can_be_reached_and_left_but_the_final_ones() -> None:
    starts, ends = {start for start, _, _ in edges()}, {end for _, _, end in edges()}
    assert ends == set(STORED)
    assert set(STORED) - starts == FINAL


def test_a_suspension_neither_lapses_nor_closes_nor_is_superseded() -> None:
    assert set(actions_from(S.SUSPENDED)) == {A.LIFT, A.REVOKE, A.UPHOLD}


def test_open_and_standing_are_what_the_indexes_say() -> None:
    assert {S.DRAFT, S.SUBMITTED, S.IN_REVIEW, S.RETURNED, S.RECOMMENDED} == OPEN
    assert {S.APPROVED, S.SUSPENDED} == STANDING


def test_only_the_clock_and_a_brought_along_step_need_nobody() -> None:
    assert {step.action for step in TABLE if step.by is None} < WITHOUT_A_PERSON
    assert WITHOUT_A_PERSON - {step.action for step in TABLE if step.by is None} == {A.CLOSE}


def test_nothing_but_the_one_function_assigns_a_status() -> None:
    """Reads the code: an assignment to `.status` stands in steps.py and nowhere else."""
    found = []
    for file in (ROOT / "registry").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            targets = (
                node.targets
                if isinstance(node, ast.Assign)
                else [node.target]
                if isinstance(node, ast.AnnAssign | ast.AugAssign)
                else []
            )
            if any(isinstance(t, ast.Attribute) and t.attr == "status" for t in targets):
                found.append(file.relative_to(ROOT).as_posix())
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "setattr"
                and file.parent.relative_to(ROOT / "registry").parts[:1] == ("assessments",)
            ):
                found.append(f"setattr in {file.relative_to(ROOT).as_posix()}")
    assert found == ["registry/assessments/steps.py"]
