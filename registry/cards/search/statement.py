"""The statements that answer a search, put together for either database.

One goes over the rows that are near and have the words and gives one line back: how many meet all
of the groups that were asked for, the facets of those, and the values of a group for those that
meet all the others. From this every count can be told (`counting`). The other one puts those that
meet all in order and gives a page of them, with their cards.
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
# What is added to the tier of a row that is unsure.
UNSURE = 4
_PLACED = "CASE WHEN s.lat IS NULL THEN 0 ELSE 1 END"


class Dialect(Protocol):
    """What each database says in its own way."""

    # Puts texts of many rows together, and the greatest of several numbers.
    joined: str
    greatest: str
    COLUMNS: Sequence[str]

    def place(self, name: str) -> str:
        """Where the value of this name goes."""

    def holds(self, text: str, value: str) -> str:
        """Whether a text has this in it."""

    def among(self, key: str, keys: str) -> str:
        """Whether a key is one of these, which have commas between them."""

    def source(self, asked: Asked, values: dict[str, Any]) -> str:
        """The rows that are near and have the words."""

    def within(self, asked: Asked, far: str, most: str) -> str:
        """Whether a row of the source is within the circle, or has no point."""

    def having(self, asked: Asked, values: dict[str, Any], most: int) -> str:
        """Up to so many rows that have the words, whatever else there is of them."""


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

    def counts(self) -> str:
        """One line: how many meet all, and surely; what their facets are; with words also how well
        each fits and its key; and the values of every group that was asked for."""
        groups, unsure = self.asked.groups, self._unsure()
        found = self._all_but("")
        told = [
            self._counted(found),
            "NULL" if unsure == "0" else self._counted([*found, f"{unsure} = 0"]),
            self._joined("s.facets", "", found),
            self._joined(self._placed(), ",", found) if self.asked.words else "NULL",
            *(self._values_of(group) for group in groups),
        ]
        where = self._base()
        if len(groups) == 2:
            where.append(f"({' OR '.join(map(self._meets, groups))})")
        elif len(groups) > 2:
            missed = (f"CASE WHEN {self._meets(group)} THEN 0 ELSE 1 END" for group in groups)
            where.append(f"{' + '.join(missed)} <= 1")
        return self._select(told, where)

    def page(self, limit: int, offset: int, keys: str = "") -> str:
        """Those that meet all, so many of them in order: number, whether unsure, whether it has a
        point, document.

        `keys` are those of all of them, where they are known.
        """
        order = {f"o{n}": one for n, one in enumerate(self._order())}
        told = ["s.id AS id", f"{self._unsure()} AS unsure", f"{_PLACED} AS placed"]
        told += [f"{one} AS {name}" for name, one in order.items()]
        ends = f"LIMIT {self.put('limit', limit)} OFFSET {self.put('offset', offset)}"
        in_order = f"ORDER BY unsure, {', '.join(order)}"
        if keys:
            these = self.dialect.among("s.key", keys)
            some = f"SELECT {', '.join(told)} FROM search_row s WHERE {these}"
        else:
            some = self._select(told, [*self._base(), *self._all_but("")])
        return (
            "SELECT p.id, p.unsure, p.placed, CAST(c.document AS TEXT)"
            f" FROM ({some} {in_order} {ends}) p"
            f" JOIN card c ON c.activity_id = p.id {in_order}"
        )

    def total(self) -> str:
        """The statement that only counts."""
        return self._select(["count(*)"], [*self._base(), *self._all_but("")])

    def numbers(self) -> str:
        """The statement that only says which."""
        return self._select(["s.id"], [*self._base(), *self._all_but("")])

    def having(self, most: int) -> str:
        """How many rows have the words, wherever they are; nobody counts on after `most`."""
        return f"SELECT count(*) FROM ({self.dialect.having(self.asked, self.values, most)}) h"

    def _select(self, told: Sequence[str], where: Sequence[str]) -> str:
        source = self.dialect.source(self.asked, self.values)
        return f"SELECT {', '.join(told)} FROM {source} WHERE {' AND '.join(where)}"

    def _joined(self, what: str, between: str, where: Sequence[str]) -> str:
        return f"{self.dialect.joined.format(what, between)}{_where(where)}"

    def _counted(self, where: Sequence[str]) -> str:
        return f"count(*){_where(where)}"

    def _values_of(self, group: str) -> str:
        """The values of a group for all that meet the others."""
        column = f"s.{COLUMN.get(group, 'facets')}" if group != SOON_GROUP else self._dates()
        return self._joined(f"CAST({column} AS TEXT)", BETWEEN, self._all_but(group))

    def _all_but(self, group: str) -> list[str]:
        """That every group but one is met."""
        return [self._meets(one) for one in self.asked.groups if one != group]

    def _base(self) -> list[str]:
        """What has to be so before any group is looked at."""
        return [f"s.until >= {self.put('today', self.asked.today)}", *self._where()]

    def _where(self) -> list[str]:
        """Once for each card, at the nearest of its places, and there near enough."""
        if self.asked.point is None:
            return ["s.lead = 1"]
        far, other = self._far(), self._far("o")
        nearer = f"({other} < {far} OR ({other} = {far} AND o.key < s.key))"
        others = f"SELECT 1 FROM search_row o WHERE o.id = s.id AND {nearer}"
        nearest = f"(s.many = 0 OR NOT EXISTS ({others}))"
        if self.asked.miles is None:
            return [nearest]
        most = self.put("most", self.asked.miles * self.asked.miles)
        return [self.dialect.within(self.asked, far, most), nearest]

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

    def _order(self) -> list[str]:
        near = ["(s.lat IS NULL)"] if self.asked.point else []
        far = [self._far()] if self.asked.point else []
        tier = [self._tier()] if self.asked.words else []
        name = ["s.sort_name", "s.id"]
        coming, today = self._dates(), self.put("today", self.asked.today)
        soonest = [
            f"({coming} = 0)",
            f"({coming} & -{coming})",
            f"(CASE WHEN s.next >= {today} THEN 0 ELSE 1 END)",
            f"(CASE WHEN {coming} = 0 AND s.next >= {today} THEN s.next END)",
        ]
        ways = {
            DISTANCE: [*near, *far, *tier, *name],
            NEXT: [*soonest, *near, *tier, *far, *name],
            PRICE: ["(s.price IS NULL)", "s.price", *near, *tier, *far, *name],
            NAME: name,
        }
        return ways.get(self.asked.sort, [*near, *tier, *far, *name])

    def _placed(self) -> str:
        """A digit that says how well a row fits, and its key (`nearest`)."""
        fit = f"{self._unsure()} * {UNSURE} + {self._tier()}"
        return f"CAST({fit} AS TEXT) || CAST(s.key AS TEXT)"

    def _tier(self) -> str:
        """How near the heart of the card the word stands that fits least well."""
        tiers = [self._tier_of(n, word) for n, word in enumerate(self.asked.words)]
        return f"{self.dialect.greatest}({', '.join(tiers)})" if len(tiers) > 1 else tiers[0]

    def _tier_of(self, number: int, word: Sought) -> str:
        named = self._any_in("s.names", f"w{number}_", word.exact)
        of_kind = self._any_in("s.kinds", f"w{number}_", word.exact)
        cases = [f"WHEN {named} THEN {OF_THE_NAME}", f"WHEN {of_kind} THEN {CATEGORY}"]
        if word.also:
            also = (
                self._any_in(column, f"v{number}_", word.also) for column in ("s.names", "s.kinds")
            )
            cases.append(f"WHEN {' OR '.join(also)} THEN {CATEGORY}")
        return f"CASE {' '.join(cases)} ELSE {DESCRIPTION} END"

    def _any_in(self, column: str, name: str, words: Sequence[str]) -> str:
        each = (
            self.dialect.holds(column, self.put(f"{name}{n}", f" {word} "))
            for n, word in enumerate(words)
        )
        return f"({' OR '.join(each)})"


def _where(conditions: Sequence[str]) -> str:
    return f" FILTER (WHERE {' AND '.join(conditions)})" if conditions else ""


def is_unanswered(facets: str, words: Sequence[str]) -> bool:
    """Whether somebody who lacks one of these marks said of none of them that it is not there."""
    return not any(f" {NO}{word} " in facets for word in words)
