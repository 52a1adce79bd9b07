"""What becomes of an edit: written at once, or kept until the council has read it.

That is decided above this room, by the one table of registry.changes: `keep_changes_with` says
how. Until somebody says so, everything is written at once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import Flask, current_app

from registry.organisations.facts import Record, fact, set_facts
from registry.organisations.models import Activity

__all__ = ["Keeping", "Kept", "keep_changes_with", "keeping", "wanted_about", "wanted_facts"]


@dataclass(frozen=True)
class Kept:
    """What became of an edit: the facts that were written, and those that wait."""

    written: Mapping[str, Any] = field(default_factory=dict)
    waiting: Mapping[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.written or self.waiting)


def _write(record: Record, values: Mapping[str, Any], actor: Any, begins_on: date | None) -> Kept:
    set_facts(record, values)
    return Kept(written=values)


@dataclass(frozen=True)
class Keeping:
    """What is handed down: how facts are kept, which wait, and how an activity starts.

    `keep(record, facts, actor, begins_on)` writes facts or lets them wait. `wanted(record)` gives
    the facts that wait. `added(activity, actor)` is told of a new activity, which has its
    record already, and `ended` of one that its club ended. `starts_as(activity)` is the state of
    one with nothing missing. `is_read(record)` says whether the council has accepted this record,
    so that an edit of it is a change.
    """

    keep: Callable[[Record, Mapping[str, Any], Any, date | None], Kept] = _write
    wanted: Callable[[Record], Mapping[str, Any]] = lambda record: {}
    added: Callable[[Activity, Any], None] = lambda activity, actor: None
    ended: Callable[[Activity, Any], None] = lambda activity, actor: None
    starts_as: Callable[[Activity], str] = lambda activity: "live"
    is_read: Callable[[Record], bool] = lambda record: False


def keep_changes_with(app: Flask, how: Keeping) -> None:
    """Say how edits of organisations on the list are kept."""
    app.extensions["keep_changes"] = how


def keeping() -> Keeping:
    """How edits are kept in this application."""
    how: Keeping = current_app.extensions.get("keep_changes") or Keeping()
    return how


def wanted_about(activity: Activity) -> dict[str, Any]:
    """The profile answers of an activity as the club wants them."""
    waiting = keeping().wanted(activity)
    new = {n.removeprefix("about."): v for n, v in waiting.items() if n.startswith("about.")}
    return {**activity.about, **new}


def wanted_facts(record: Record, names: Any) -> dict[str, Any]:
    """These facts as the club wants them: what waits, else what is in force."""
    waiting = keeping().wanted(record)
    return {name: waiting.get(name, fact(record, name)) for name in names}
