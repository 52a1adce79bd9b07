"""Two people decide the same case in the same second: one decision, and one clear refusal."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from registry.accounts.models import Account
from registry.assessments import services
from registry.assessments.lifecycle import Action, Status
from registry.assessments.models import Assessment
from registry.database import db
from registry.errors import DomainError
from registry.messages.models import Message
from tests import factories as make

Act = Callable[[Assessment, Account, int], Any]


def refuses(case: Assessment, actor: Account, read: int) -> Any:
    """Refuse what was recommended to be refused."""
    return services.refuse(case, actor, submission_id=read, reason="No plan.")


def approves(case: Assessment, actor: Account, read: int) -> Any:
    """Approve, or sign what was recommended."""
    return services.approve(case, actor, submission_id=read)


def returns(case: Assessment, actor: Account, read: int) -> Any:
    """Send one question back."""
    words = {"sg_steps": "Add 999."}
    return services.return_for_changes(case, actor, submission_id=read, words=words)


def suspends(case: Assessment, actor: Account, _: int) -> Any:
    """Take the club off at once."""
    return services.suspend(case, actor, reason="Advice.")


def at_once(app: Flask, case: Assessment, acts: list[tuple[Account, Act]]) -> list[str]:
    """Both have the case open as it is; both press in the same moment. What became of each."""
    together, outcomes = threading.Barrier(len(acts)), []
    number, read = case.id, make.read(case)["submission_id"]

    def press(who: int, act: Act) -> None:
        with app.app_context():
            actor = db.session.get_one(Account, who)
            found = db.session.get_one(Assessment, number)
            assert found.status == status and actor.roles
            db.session.rollback()
            together.wait(20)
            try:
                act(found, actor, read)
                db.session.commit()
                outcomes.append("done")
            except DomainError as problem:
                db.session.rollback()
                outcomes.append(f"{problem.status}: {problem.sentence}")
            finally:
                db.session.remove()

    status = case.status
    pairs = [(who.id, act) for who, act in acts]
    db.session.commit()
    db.session.remove()
    threads = [threading.Thread(target=press, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(40)
    return sorted(outcomes, reverse=True)


def decided(number: int, *actions: Action) -> int:
    """How many decisions of these kinds there are."""
    db.session.expire_all()
    case = db.session.get_one(Assessment, number)
    return sum(one.action in actions for one in case.decisions)


@pytest.mark.parametrize("other", [refuses, returns], ids=["the same", "another"])
def test_of_two_seniors_one_decides_and_the_other_is_told_clearly(app: Flask, other: Act) -> None:
    case = make.a_recommended()
    number = case.id
    outcomes = at_once(app, case, [(make.a_senior(), refuses), (make.a_senior(), other)])
    assert outcomes[0] == "done"
    assert outcomes[1].startswith("409: "), outcomes
    assert decided(number, Action.REFUSE, Action.RETURN_FOR_CHANGES) == 1
    told = db.session.query(Message).filter(Message.template.in_(["club/refused", "club/returned"]))
    assert told.count() == 1, "the club reads one decision"


def test_a_holder_and_a_senior_who_decide_the_same_case_end_with_one_decision(app: Flask) -> None:
    case = make.in_review()
    number = case.id
    outcomes = at_once(app, case, [(make.holder_of(case), approves), (make.a_senior(), returns)])
    assert outcomes[0] == "done"
    assert outcomes[1].startswith("409: "), outcomes
    assert decided(number, Action.APPROVE, Action.RETURN_FOR_CHANGES) == 1


def test_two_seniors_who_suspend_at_once_suspend_once(app: Flask) -> None:
    case = make.an_approved()
    number = case.id
    outcomes = at_once(app, case, [(make.a_senior(), suspends), (make.a_senior(), suspends)])
    assert outcomes[0] == "done"
    assert outcomes[1].startswith("409: "), outcomes
    case = db.session.get_one(Assessment, number)
    assert (case.status, len(case.proposals)) == (Status.SUSPENDED, 1)
