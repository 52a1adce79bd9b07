"""“Which DBS check does this role need?”: the table of domain A.3 as data, and how it is read.

The first row that fits gives the answer, and no answer is more than “likely”. It is about a role
and never about a person: nothing that is asked here names anybody.

*Supervision, dated.* Work that is always supervised stays out of the fourth row until the day
that the law changes; from that day it counts like any other. The day is a setting, and empty
until a council has confirmed it.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from registry.criteria.conditions import ALWAYS, Condition, Facts, read_condition

__all__ = [
    "REGULATED",
    "Ask",
    "DbsTable",
    "Offered",
    "Role",
    "Row",
    "dbs_table",
    "likely_check",
    "role_in_a_table",
    "supervision_counts_on",
]

# What domain A.3 calls the tasks of row 4.
REGULATED = ("teach", "look_after", "advise", "drive", "chat")


@dataclass(frozen=True)
class Role:
    """What somebody does for children: a role, not a person.

    `days_in_30` is the most days in any 30. `alone` is worked out, see `seen`.
    """

    age: int = 16
    private: bool = False
    tasks: tuple[str, ...] = ()
    every_week: bool = False
    days_in_30: int = 0
    at_night: bool = False
    supervised: bool = False
    alone: bool = True

    def seen(self, supervision_counts: bool) -> "Role":
        """The role as the law sees it: whether being watched makes a difference."""
        return replace(self, alone=not (self.supervised and supervision_counts))


@dataclass(frozen=True)
class Offered:
    """One choice of a question, and what it says of the role."""

    value: str
    label: str
    hint: str = ""
    alone: bool = False
    gives: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Ask:
    """One question of the page. `many` takes several choices."""

    name: str
    text: str
    help: str
    missing: str
    choices: tuple[Offered, ...]
    many: bool = False
    asked_when: Condition = ALWAYS


@dataclass(frozen=True)
class Level:
    """One level of check: its name, what to do, and how to get one."""

    key: str
    label: str
    do: tuple[str, ...]
    how: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One row of the table."""

    number: int
    role: str
    level: Level
    reason: str
    when: Condition


@dataclass(frozen=True)
class DbsTable:
    """The table, the questions that lead to a row, and the official tool for the doubtful case."""

    checked_on: date
    official_title: str
    official_link: str
    questions: tuple[str, ...]
    asks: tuple[Ask, ...]
    rows: tuple[Row, ...]

    def role(self, said: Mapping[str, Iterable[str]]) -> Role:
        """The role in what was chosen: the name of a question → its values. Others are left out."""
        role = Role()
        for ask in self.asks:
            chosen = set(said.get(ask.name, ()))
            offered = [one for one in ask.choices if one.value in chosen]
            if ask.many:
                role = replace(role, tasks=tuple(one.value for one in offered))
            elif offered:
                role = replace(role, **offered[0].gives)
        return role

    def still_needed(self, said: Mapping[str, Iterable[str]]) -> dict[str, str]:
        """The questions without which no row can be found: name → what to do.

        Nobody need say how often somebody under 16 helps.
        """
        needed: dict[str, str] = {}
        role = self.role(said)
        for ask in self.asks:
            if self._is_settled(role, ask, needed):
                break
            known = {one.value for one in ask.choices}
            given = known & set(said.get(ask.name, ()))
            if not given and ask.asked_when.holds(Facts(flags=role)):
                needed[ask.name] = ask.missing
        return needed

    def _is_settled(self, role: Role, ask: Ask, needed: Mapping[str, str]) -> bool:
        """Whether an early row fits already, whatever the rest would say."""
        if needed:
            return False
        facts = Facts(flags=role)
        early = {"private": 1, "tasks": 2, "how_often": 3}.get(ask.name, 0)
        return any(row.number <= early and row.when.holds(facts) for row in self.rows)


@cache
def dbs_table() -> DbsTable:
    """The table of our content. Raises ValueError or KeyError where it makes no sense."""
    path = resources.files("registry.criteria") / "content" / "dbs-checks.toml"
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    levels = {
        one["key"]: Level(one["key"], one["label"], tuple(one["do"]), tuple(one["how"]))
        for one in written["level"]
    }
    return DbsTable(
        checked_on=written["checked_on"],
        official_title=written["official_title"],
        official_link=written["official_link"],
        questions=tuple(written["questions"]),
        asks=tuple(_ask(one) for one in written["asks"]),
        rows=tuple(
            Row(
                number=one["number"],
                role=one["role"],
                level=levels[one["level"]],
                reason=one["reason"],
                when=read_condition(one["when"] or None),
            )
            for one in written["row"]
        ),
    )


def _ask(written: Mapping[str, Any]) -> Ask:
    return Ask(
        name=written["name"],
        text=written["text"],
        help=written["help"],
        missing=written["missing"],
        choices=tuple(Offered(**one) for one in written["choices"]),
        many=written.get("many", False),
        asked_when=read_condition(written.get("asked_when")),
    )


def supervision_counts_on(today: date, supervision_ends_on: date | None) -> bool:
    """Whether being watched keeps a role out of the fourth row on this day."""
    return supervision_ends_on is None or today < supervision_ends_on


def likely_check(role: Role, *, supervision_counts: bool = True) -> Row:
    """The first row that fits the role. The last row fits everything."""
    facts = Facts(flags=role.seen(supervision_counts))
    return next(one for one in dbs_table().rows if one.when.holds(facts))


_TASKS_OF_WORK = {
    "care": ("personal_care",),
    "lead": ("teach",),
    "manage": ("manage",),
    "no_contact": ("no_contact",),
    "other": ("other",),
}


def role_in_a_table(row: Mapping[str, Any]) -> Role:
    """A row of a club's own table of roles (`sr_roles`) as a role."""
    work = row.get("work")
    often = row.get("how_often") == "often"
    return Role(
        tasks=_TASKS_OF_WORK.get(work, ()) if isinstance(work, str) else (),
        every_week=often,
        days_in_30=4 if often else 0,
        supervised=row.get("supervised") != "no",
    )
