"""When a question is asked, a part is shown or a level changes: conditions written as data.

An edition writes a condition as an inline table, for example

    { flag = "online" }                                   the flag is set
    { flag = "size", is = ["small", "large"] }            it is one of these
    { flag = "places", is = ["home"] }                    a list of things holds one of these
    { flag = "employees", at_least = 1 }                  a number is high enough
    { part = "said", is = ["yes"] }                       another part of the same answer
    { part = "have", below = "need" }                     a number is below that of another part
    { question = "sr_dbs_done", part = "need", at_least = 1 }    a part of another answer
    { part = "link" }                                     something was given
    { all = [ … ] }   { any = [ … ] }   { not = { … } }

Reading an answer never trusts its shape: anything unexpected is simply not there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["ALWAYS", "Check", "Condition", "Facts", "read_condition", "whole_number"]


@dataclass(frozen=True)
class Facts:
    """What a condition may look at: the profile's flags, this answer, and the other answers."""

    flags: Any = None
    parts: Any = None
    answers: Any = None

    def value(self, check: "Check") -> Any:
        """What the check is about, or None where nothing was said."""
        if check.flag:
            return getattr(self.flags, check.flag, None)
        parts = self.parts
        if check.question:
            parts = self.answers.get(check.question) if isinstance(self.answers, Mapping) else None
        return parts.get(check.part) if isinstance(parts, Mapping) else None

    def number(self, name: str) -> int | None:
        """A number given in another part of the same answer."""
        return whole_number(self.parts.get(name)) if isinstance(self.parts, Mapping) else None


class Condition:
    """Something that holds or does not hold for a club."""

    def holds(self, facts: Facts) -> bool:
        """Whether it holds."""
        raise NotImplementedError

    def may_hold(self, facts: Facts) -> bool:
        """Whether it could hold, whatever the other parts of the same answer turn out to say."""
        raise NotImplementedError

    def checks(self) -> Iterator["Check"]:
        """Every single check inside it, so that an edition can be read for unknown names."""
        raise NotImplementedError


@dataclass(frozen=True)
class All(Condition):
    """Every one of these. With none inside it always holds."""

    inside: tuple[Condition, ...] = ()

    def holds(self, facts: Facts) -> bool:
        return all(condition.holds(facts) for condition in self.inside)

    def may_hold(self, facts: Facts) -> bool:
        return all(condition.may_hold(facts) for condition in self.inside)

    def checks(self) -> Iterator["Check"]:
        for condition in self.inside:
            yield from condition.checks()


@dataclass(frozen=True)
class AtLeastOne(Condition):
    """One or more of these."""

    inside: tuple[Condition, ...]

    def holds(self, facts: Facts) -> bool:
        return any(condition.holds(facts) for condition in self.inside)

    def may_hold(self, facts: Facts) -> bool:
        return any(condition.may_hold(facts) for condition in self.inside)

    def checks(self) -> Iterator["Check"]:
        for condition in self.inside:
            yield from condition.checks()


@dataclass(frozen=True)
class Not(Condition):
    """The other way round."""

    inside: Condition

    def holds(self, facts: Facts) -> bool:
        return not self.inside.holds(facts)

    def may_hold(self, facts: Facts) -> bool:
        open_to_change = any(check.is_of_this_answer for check in self.inside.checks())
        return open_to_change or self.holds(facts)

    def checks(self) -> Iterator["Check"]:
        yield from self.inside.checks()


@dataclass(frozen=True)
class Check(Condition):
    """One flag, or one part of an answer, looked at in one way."""

    flag: str = ""
    question: str = ""
    part: str = ""
    among: tuple[str, ...] = ()
    at_least: int | None = None
    below: str = ""

    def holds(self, facts: Facts) -> bool:
        value = facts.value(self)
        if self.among:
            values = value if isinstance(value, (list, tuple)) else (value,)
            return any(isinstance(one, str) and one in self.among for one in values)
        if self.at_least is not None:
            number = whole_number(value)
            return number is not None and number >= self.at_least
        if self.below:
            number, ceiling = whole_number(value), facts.number(self.below)
            return number is not None and ceiling is not None and number < ceiling
        return bool(value)

    @property
    def is_of_this_answer(self) -> bool:
        """Whether it looks at another part of the same answer."""
        return not self.flag and not self.question

    def may_hold(self, facts: Facts) -> bool:
        return self.is_of_this_answer or self.holds(facts)

    def checks(self) -> Iterator["Check"]:
        yield self


ALWAYS = All()


def whole_number(value: Any) -> int | None:
    """The value if it is a whole number that a database could hold (true and false are not)."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63:
        return value
    return None


def read_condition(written: Any) -> Condition:
    """The condition that a table stands for. Raises ValueError where it makes no sense."""
    if written is None:
        return ALWAYS
    if not isinstance(written, Mapping) or not written:
        raise ValueError(f"a condition is a table, not {written!r}")
    names = set(written)
    if names == {"all"}:
        return All(tuple(read_condition(one) for one in written["all"]))
    if names == {"any"}:
        return AtLeastOne(tuple(read_condition(one) for one in written["any"]))
    if names == {"not"}:
        return Not(read_condition(written["not"]))
    unknown = names - {"flag", "question", "part", "is", "at_least", "below"}
    if unknown:
        raise ValueError(f"a condition does not know {', '.join(sorted(unknown))}")
    if ("flag" in names) == ("part" in names):
        raise ValueError(f"a condition looks at one flag or one part: {dict(written)!r}")
    if len(names & {"is", "at_least", "below"}) > 1:
        raise ValueError(f"a condition looks in one way only: {dict(written)!r}")
    among = written.get("is", [])
    if not isinstance(among, list) or not all(isinstance(one, str) for one in among):
        raise ValueError(f"“is” is a list of words: {dict(written)!r}")
    return Check(
        flag=written.get("flag", ""),
        question=written.get("question", ""),
        part=written.get("part", ""),
        among=tuple(among),
        at_least=written.get("at_least"),
        below=written.get("below", ""),
    )
