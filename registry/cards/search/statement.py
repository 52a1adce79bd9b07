"""The one statement that answers a search, put together for either database.

It goes over the rows that are near and have the words once, keeps those that miss at most one of
the groups that were asked for, and gives one line back: how many meet all, the facets of those,
the values of a group for those that meet all the others, and the first of them in order. From this
every count can be told (`counting`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from registry.cards.search.asking import (
    AGE,
    COST,
    MOMENT,
    Asked,
    Sought,
)
from registry.cards.search.asking import (
    SOON as SOON_GROUP,
)
from registry.cards.search.moments import AHEAD, SOON
from registry.cards.search.rows import NO
from registry.cards.search.values import DISTANCE, NAME, NEXT, PRICE
from registry.cards.words.plain import CATEGORY, DESCRIPTION
from registry.cards.words.plain import NAME as OF_THE_NAME
from registry.geography.places import miles_per_degree

COLUMN = {AGE: "ages", MOMENT: "slots", COST: "costs"}
BETWEEN = "|"


class Dialect(Protocol):
    """What each database says in its own way."""

    # Puts texts of many rows together, greatest of several numbers, and the place of a name.
    joined: str
    greatest: str
    names: str
    kinds: str
    words_join: str
    words_columns: str
    COLUMNS: Sequence[str]

    def place(self, name: str) -> str:
        """Where the value of this name goes."""

    def holds(self, text: str, value: str) -> str:
        """Whether a text has this in it."""

    def source(self, asked: Asked, values: dict[str, Any]) -> str:
        """The rows that are near and have the words."""


@dataclass
class Statement:
    """SQL with its values, as it is being put together."""

    dialect: Dialect
    asked: Asked
    values: dict[str, Any] = field(default_factory=dict)

    def put(self, name: str, value: Any) -> str:
        """The place of a value."""
        self.values[name] = value
        return self.dialect.place(name)

    def found(self, limit: int, offset: int) -> str:
        """The whole statement: one line of answers."""
        told = [
            "(SELECT count(*) FROM m WHERE missed = 0)",
            f"(SELECT {self._joined('facets', '')} FROM m WHERE missed = 0)",
            *(self._values_of(group) for group in self.asked.groups),
            f"(SELECT {self._joined('told', ' ')} FROM ({self._page(limit, offset)}) page)",
        ]
        return f"WITH m AS MATERIALIZED ({self._met()}) SELECT {', '.join(told)}"

    def total(self) -> str:
        """The statement that only counts."""
        return f"WITH m AS MATERIALIZED ({self._met(only_all=True)}) SELECT count(*) FROM m"

    def _joined(self, column: str, between: str) -> str:
        return self.dialect.joined.format(column, between)

    def _values_of(self, group: str) -> str:
        column = COLUMN.get(group, "coming" if group == SOON_GROUP else "facets")
        bit = self.asked.bit(group)
        joined = self._joined(f"CAST({column} AS TEXT)", BETWEEN)
        return f"(SELECT {joined} FROM m WHERE missed IN (0, {bit}))"

    def _met(self, *, only_all: bool = False) -> str:
        """Every row in range that misses at most one group."""
        missing = [
            f"CASE WHEN {self._meets(group)} THEN 0 ELSE 1 END" for group in self.asked.groups
        ]
        bits = [f"{1 << n} * {one}" for n, one in enumerate(missing)]
        where = [f"s.until >= {self.put('today', self.asked.today)}", *self._where()]
        if only_all:
            where += [self._meets(group) for group in self.asked.groups]
        elif len(missing) > 1:
            where.append(f"{' + '.join(missing)} <= 1")
        columns = [
            "s.key", "s.id", "s.facets", "s.sort_name", "s.price", "s.ages", "s.slots", "s.costs",
            f"{self._far()} AS far",
            f"{' + '.join(bits) or '0'} AS missed",
            f"{self._unsure()} AS unsure",
            f"{self._coming()} AS coming",
            "s.next",
        ]  # fmt: skip
        if self.asked.words and self.dialect.words_columns:
            columns.append(self.dialect.words_columns)
        if only_all:
            columns = ["s.key"]
        source = self.dialect.source(self.asked, self.values)
        return f"SELECT {', '.join(columns)} FROM {source} WHERE {' AND '.join(where)}"

    def _where(self) -> list[str]:
        """What has to be so before any group is looked at."""
        if self.asked.point is None:
            return ["s.lead = 1"]
        far, other = self._far(), self._far("o")
        nearer = f"({other} < {far} OR ({other} = {far} AND o.key < s.key))"
        others = f"SELECT 1 FROM search_row o WHERE o.id = s.id AND {nearer}"
        nearest = f"(s.many = 0 OR NOT EXISTS ({others}))"
        if self.asked.miles is None:
            return [nearest]
        most = self.put("most", self.asked.miles * self.asked.miles)
        return [f"(s.lat IS NULL OR {far} <= {most})", nearest]

    def _far(self, row: str = "s") -> str:
        """Square miles from where somebody asked; NULL for what has no point."""
        point = self.asked.point
        if point is None:
            return "NULL"
        scale = miles_per_degree(point)
        la, lo = self.put("la", point.latitude), self.put("lo", point.longitude)
        ky, kx = self.put("ky", scale.latitude), self.put("kx", scale.longitude)
        north, east = f"(({row}.lat - {la}) * {ky})", f"(({row}.lon - {lo}) * {kx})"
        return f"({north} * {north} + {east} * {east})"

    def _meets(self, group: str) -> str:
        """Whether a row surely or perhaps meets a group."""
        if group in self.asked.masks:
            sure, may = self.asked.masks[group]
            return f"(s.{COLUMN[group]} & {self.put(f'any_{group}', sure | may)}) <> 0"
        if group == SOON_GROUP:
            return f"({self._is_soon()} OR {self._is_unknown()})"
        facets = self.asked.facets[group]
        each = [
            self.dialect.holds("s.facets", self.put(f"{group}{n}", f" {word} "))
            for n, word in enumerate(facets.words)
        ]
        return f"({(' AND ' if facets.all_of_them else ' OR ').join(each)})"

    def _unsure(self) -> str:
        """1 where a group that was asked for is only perhaps met."""
        perhaps = [
            f"(s.{COLUMN[group]} & {self.put(f'sure_{group}', sure)}) = 0"
            for group, (sure, may) in self.asked.masks.items()
            if may
        ]
        if self.asked.soon:
            perhaps.append(f"NOT {self._is_soon()}")
        return f"CASE WHEN {' OR '.join(perhaps)} THEN 1 ELSE 0 END" if perhaps else "0"

    def _coming(self) -> str:
        """The dates from today on as bits; none where they were told for too long a time ago."""
        if not self.asked.soon and self.asked.sort != NEXT:
            return "0"
        return self._dates()

    def _dates(self) -> str:
        today = self.put("today", self.asked.today)
        since = f"({today} - s.since)"
        return f"(CASE WHEN {since} BETWEEN 0 AND {AHEAD - 1} THEN s.dates >> {since} ELSE 0 END)"

    def _is_soon(self) -> str:
        return f"({self._dates()} & {(1 << SOON) - 1}) <> 0"

    def _is_unknown(self) -> str:
        """Nobody said when it happens, or what was known is over."""
        today = self.put("today", self.asked.today)
        over = f"({self._dates()} = 0 AND s.next <> 0 AND s.next < {today})"
        return f"(s.next IS NULL OR {over})"

    def _page(self, limit: int, offset: int) -> str:
        order = ", ".join(self._order())
        ends = f"LIMIT {self.put('limit', limit)} OFFSET {self.put('offset', offset)}"
        join = self.dialect.words_join if self.asked.words else ""
        told = "CAST(m.id AS TEXT) || ':' || CAST(m.unsure AS TEXT)"
        return f"SELECT {told} AS told FROM m{join} WHERE m.missed = 0 ORDER BY {order} {ends}"

    def _order(self) -> list[str]:
        near = ["(m.far IS NULL)"] if self.asked.point else []
        far = ["m.far"] if self.asked.point else []
        tier = [self._tier()] if self.asked.words else []
        name = ["m.sort_name", "m.id"]
        soonest = [
            "(m.coming = 0)",
            "(m.coming & -m.coming)",
            f"(CASE WHEN m.next >= {self.put('today', self.asked.today)} THEN 0 ELSE 1 END)",
            f"(CASE WHEN m.coming = 0 AND m.next >= {self.dialect.place('today')} THEN m.next END)",
        ]
        ways = {
            DISTANCE: [*near, *far, *tier, *name],
            NEXT: [*soonest, *near, *tier, *far, *name],
            PRICE: ["(m.price IS NULL)", "m.price", *near, *tier, *far, *name],
            NAME: name,
        }
        return ["m.unsure", *ways.get(self.asked.sort, [*near, *tier, *far, *name])]

    def _tier(self) -> str:
        """How near the heart of the card the word stands that fits least well."""
        tiers = [self._tier_of(n, word) for n, word in enumerate(self.asked.words)]
        return f"{self.dialect.greatest}({', '.join(tiers)})" if len(tiers) > 1 else tiers[0]

    def _tier_of(self, number: int, word: Sought) -> str:
        named = self._any_in(self.dialect.names, f"w{number}_", word.exact)
        of_kind = self._any_in(self.dialect.kinds, f"w{number}_", word.exact)
        cases = [f"WHEN {named} THEN {OF_THE_NAME}", f"WHEN {of_kind} THEN {CATEGORY}"]
        if word.also:
            also = (
                self._any_in(column, f"v{number}_", word.also)
                for column in (self.dialect.names, self.dialect.kinds)
            )
            cases.append(f"WHEN {' OR '.join(also)} THEN {CATEGORY}")
        return f"CASE {' '.join(cases)} ELSE {DESCRIPTION} END"

    def _any_in(self, column: str, name: str, words: Sequence[str]) -> str:
        each = (
            self.dialect.holds(column, self.put(f"{name}{n}", f" {word} "))
            for n, word in enumerate(words)
        )
        return f"({' OR '.join(each)})"


def is_unanswered(facets: str, words: Sequence[str]) -> bool:
    """Whether somebody who lacks one of these marks said of none of them that it is not there."""
    return not any(f" {NO}{word} " in facets for word in words)
