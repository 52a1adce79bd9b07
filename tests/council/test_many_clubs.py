"""The front page, the list of cases and the reports stay quick: more clubs bring no more questions
to the database. What a page shows of the few cases on it is read case by case."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event

from registry import clock
from registry.council.gathering import gathered
from registry.database import db
from registry.insights.periods import period_of
from registry.insights.reports import reports
from registry.reviews.queue import cases
from tests import factories as make


@contextmanager
def counted() -> Iterator[list[str]]:
    """Every question to the database."""
    asked: list[str] = []

    def note(*given: Any) -> None:
        asked.append(given[2])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_more_clubs_bring_no_more_questions(app: Flask) -> None:
    nia, today = make.a_person("Nia Evans", "senior"), clock.today()
    looks: dict[str, Callable[[], object]] = {
        "the list of cases": lambda: cases(nia, today),
        "what waits": lambda: gathered(nia, today),
        "the reports": lambda: reports(period_of("", today), today, False),
    }
    spent: dict[str, list[int]] = {name: [] for name in looks}
    for plan in (make.DANCE, make.CHESS, make.COACH):
        make.an_approved(plan=plan)
        make.a_submitted(plan=plan)
        for name, look in looks.items():
            db.session.commit()
            db.session.expire_all()
            with app.test_request_context(), counted() as asked:
                look()
            spent[name].append(len(asked))
    assert {name: found[1] for name, found in spent.items()} == {
        name: found[2] for name, found in spent.items()
    }
    assert spent["the reports"][2] <= 30
