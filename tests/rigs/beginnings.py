"""What many tests begin with is walked there once, by the real steps, and copied from then on.

Walking a club to the list takes most of a second: answers, papers, a submission, findings, a
decision. A test whose database is still untouched may begin from a copy of where that leads. The
copy is made by the same factory, with the same arguments, on the same day, in the same process.
"""

import copy
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import time_machine
from sqlalchemy import Engine, event

from registry import clock
from registry.config import settings
from registry.database import Base, db
from tests.rigs.databases import Databases

P = ParamSpec("P")
R = TypeVar("R", bound=Base)
T = TypeVar("T")

_WRITES = ("INSERT", "UPDATE", "DELETE", "insert", "update", "delete")


@dataclass
class Beginnings:
    """The beginnings of one test process."""

    databases: Databases
    folder: Path
    untouched: bool = False
    kept: dict[str, Any] = field(default_factory=dict)

    def recall(self, key: str) -> Any:
        """Put back what was kept, and say where it led; None where nothing was."""
        if key not in self.kept:
            return None
        name, led_to = self.kept[key]
        self.let_go()
        if self.databases.start_anew(name):
            db.engine.dispose()
        shutil.rmtree(settings().data_dir, ignore_errors=True)
        shutil.copytree(self.folder / name, settings().data_dir)
        return copy.deepcopy(led_to)

    def keep(self, key: str, led_to: Any) -> None:
        """Keep the database and the files as they are now."""
        name = f"beginning_{len(self.kept)}"
        db.session.commit()
        self.let_go()
        self.databases.keep(name)
        shutil.copytree(settings().data_dir, self.folder / name)
        self.kept[key] = (name, copy.deepcopy(led_to))

    def let_go(self) -> None:
        """Nothing is under way in the database any more."""
        db.session.rollback()
        db.session.remove()
        # Whoever still has a connection, in a thread of a server perhaps, is not waited for.
        if not self.databases.stays or db.engine.pool.checkedout():  # type: ignore[attr-defined]
            db.engine.dispose()


_of_this_process: list[Beginnings] = []


def begin(beginnings: Beginnings) -> None:
    """From now on the database is as the template made it, until somebody writes to it."""
    _of_this_process[:] = [beginnings]
    beginnings.untouched = True


@event.listens_for(Engine, "before_cursor_execute")
def _notice_writing(_: Any, __: Any, statement: str, *rest: Any) -> None:
    if _of_this_process and statement.lstrip().startswith(_WRITES):
        _of_this_process[0].untouched = False


def once(name: str, walk: Callable[[], T]) -> T:
    """What a walk leads to: walked the first time, and a copy of where it led after that.

    What it answers has to be plain: names and numbers, and no records.
    """
    beginnings = _of_this_process[0] if _of_this_process else None
    if beginnings is None or not _can_be_copied(beginnings):
        return walk()
    key = repr((name, clock.today(), settings()))
    found: T | None = beginnings.recall(key)
    beginnings.untouched = False
    if found is None:
        found = walk()
        beginnings.keep(key, found)
    return found


def walked_once(walk: Callable[P, R]) -> Callable[P, R]:
    """A factory that walks the real steps the first time, and begins from a copy after that."""

    @wraps(walk)
    def begun(*args: P.args, **given: P.kwargs) -> R:
        if any(isinstance(one, db.Model) for one in (*args, *given.values())):
            return walk(*args, **given)

        def identity() -> tuple[type[R], int]:
            made = walk(*args, **given)
            return type(made), made.id  # type: ignore[attr-defined]

        said = repr((walk.__name__, args, sorted(given.items())))
        model, number = once(said, identity)
        return db.session.get_one(model, number)

    return begun


def _can_be_copied(beginnings: Beginnings) -> bool:
    """Only from the very start of a test, at the real time.

    What is to be undone as one step within a transaction cannot be put in its place from outside.
    """
    travelling = time_machine.escape_hatch.is_travelling()
    return beginnings.untouched and not travelling and not db.session().in_nested_transaction()
