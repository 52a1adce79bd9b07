"""Writing the index: in the transaction of the step that changed the cards, and by the million."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Connection

from registry.cards.search import postgresql, sqlite
from registry.cards.search.rows import Indexed, Row, Words, marked
from registry.cards.search.statement import Dialect
from registry.database import db

ROW, WORDS, VOCABULARY, TOUCHED = "search_row", "search_words", "search_word", "search_touched"
# In the table of what was touched: the index is being made anew.
IN_THE_MAKING = 0
_OF_A_ROW = tuple(name for name in Row._fields if name not in ("key", "id"))

Kept = dict[int, tuple[Row, Words]]
Values = dict[str, Any]


def dialect(to: Connection) -> Dialect:
    """How this database says it."""
    return cast(Dialect, postgresql if is_postgresql(to) else sqlite)


def is_postgresql(to: Connection) -> bool:
    """Whether this is PostgreSQL."""
    return to.dialect.name == "postgresql"


def replace(gone: Iterable[int], cards: Sequence[Indexed]) -> None:
    """Take these activities out of the index and put these cards in, in the caller's transaction.

    While the index is made anew, that these were touched is kept for it.
    """
    db.session.flush()
    index = Index(db.session.connection())
    numbers = sorted({*gone, *(one.activity_id for one in cards)})
    index.replace(numbers, cards)
    index.say_touched(numbers)


def write_index(cards: Iterable[Indexed]) -> None:
    """Put in cards that are not there yet, in the caller's transaction: many at a time."""
    db.session.flush()
    Index(db.session.connection()).add(list(cards))


@dataclass(frozen=True)
class Index:
    """The index, or its twin that is made beside it."""

    to: Connection
    suffix: str = ""

    def add(self, cards: Sequence[Indexed]) -> None:
        """Put in cards that are not there yet."""
        self._insert(sorted(((row, one.words) for one in cards for row in one.rows), key=_key))
        self.count(Counter(word for one in cards for word in one.words.every))

    def replace(self, numbers: Sequence[int], cards: Sequence[Indexed]) -> None:
        """Take these activities out, and put in these cards of them. What stays is not touched, and
        of what says the same in the same words nothing but its row."""
        wanted = {row.key: (row, one.words) for one in cards for row in one.rows}
        kept = self._kept(numbers)
        said = {key for key, told in wanted.items() if key in kept and kept[key][1] == told[1]}
        self._remove([key for key in kept if key not in said])
        self._insert([wanted[key] for key in sorted(wanted) if key not in said])
        # What says the same of a later version stays: a rebuild will look at its document once.
        self._update(
            wanted[key][0]
            for key in sorted(said)
            if kept[key][0] != wanted[key][0]._replace(version=kept[key][0].version)
        )
        more = _said(wanted)
        more.subtract(_said(kept))
        self.count({word: number for word, number in more.items() if number})

    def copy(self, after: int, to: int, made: int) -> int:
        """Copy the rows with keys in this range that are still right from the index itself. Tells
        how many. On SQLite their words are kept beside, and are not looked for yet."""
        columns = ", ".join(f"s.{name}" for name in dialect(self.to).COLUMNS)
        names = columns.replace("s.", "")
        between = f"s.key > {after} AND s.key <= {to}"
        copied = self.to.exec_driver_sql(
            f"INSERT INTO {self._table(ROW)} ({names}) SELECT {columns} FROM {ROW} s"
            " CROSS JOIN card c WHERE c.activity_id = s.id AND c.version = s.version"
            f" AND s.made = {made} AND {between} ORDER BY s.key"
        )
        if not is_postgresql(self.to):
            self.to.exec_driver_sql(
                f"INSERT INTO {self._table(WORDS)}_content (id, c0) SELECT w.id, w.c0"
                f" FROM {self._table(ROW)} s CROSS JOIN {WORDS}_content w"
                f" WHERE w.id = s.key AND {between}"
            )
        return copied.rowcount

    def refresh(self, cards: Sequence[Indexed]) -> None:
        """Say anew of cards that are there when they happen, and for how much."""
        rows = (row for one in cards for row in one.rows)
        self._update(rows, ("since", "next", "dates", "costs", "price"))

    def say_touched(self, numbers: Sequence[int]) -> None:
        """Keep the numbers of these activities, if the index is being made anew."""
        asked = f"SELECT 1 FROM {TOUCHED} WHERE activity_id = {IN_THE_MAKING}"
        if numbers and self.to.exec_driver_sql(asked).first():
            self._many(
                f"INSERT INTO {TOUCHED} (activity_id) VALUES ({self._put('number')})"
                " ON CONFLICT DO NOTHING",
                [{"number": number} for number in numbers],
            )

    def _kept(self, numbers: Sequence[int]) -> Kept:
        """What the index has of these activities."""
        if not numbers:
            return {}
        columns = ", ".join(f"s.{name}" for name in Row._fields)
        source, text = f"{self._table(ROW)} s", "tsvector_to_array(s.words)"
        if not is_postgresql(self.to):
            text = "w.c0"
            source += f" JOIN {self._table(WORDS)}_content w ON w.id = s.key"
        among = ", ".join(map(str, numbers))
        found = self.to.exec_driver_sql(
            f"SELECT {columns}, {text} FROM {source} WHERE s.id IN ({among})"
        )
        rows = ((Row(*one[:-1]), one[-1]) for one in found)
        return {row.key: (row, _words(row, words)) for row, words in rows}

    def _remove(self, keys: Sequence[int]) -> None:
        told = [{"key": key} for key in keys]
        self._many(f"DELETE FROM {self._table(ROW)} WHERE key = {self._put('key')}", told)
        if not is_postgresql(self.to):
            self._many(f"DELETE FROM {self._table(WORDS)} WHERE rowid = :key", told)

    def _insert(self, pairs: Sequence[tuple[Row, Words]]) -> None:
        """In the order of their keys, as FTS5 likes it."""
        columns = dialect(self.to).COLUMNS
        places = ", ".join(map(self._put, columns))
        sql = f"INSERT INTO {self._table(ROW)} ({', '.join(columns)}) VALUES ({places})"
        if is_postgresql(self.to):
            lexemes = f"array_to_tsvector(CAST({self._put('words')} AS text[]))"
            sql = sql.replace(self._put("words"), lexemes)
            told = ({**row._asdict(), "words": sorted({*marked(row, w)})} for row, w in pairs)
            self._many(sql, list(told))
            return
        self._many(sql, [row._asdict() for row, _ in pairs])
        self._many(
            f"INSERT INTO {self._table(WORDS)} (rowid, words) VALUES (:key, :words)",
            [{"key": row.key, "words": " ".join(marked(row, words))} for row, words in pairs],
        )

    def _update(self, rows: Iterable[Row], names: Sequence[str] = _OF_A_ROW) -> None:
        """Put in what rows say that are there already."""
        sets = ", ".join(f"{name} = {self._put(name)}" for name in names)
        self._many(
            f"UPDATE {self._table(ROW)} SET {sets} WHERE key = {self._put('key')}",
            [{name: getattr(row, name) for name in (*names, "key")} for row in rows],
        )

    def count(self, more: Mapping[str, int]) -> None:
        """On how many cards each word stands, more or fewer than before."""
        table = self._table(VOCABULARY)
        told = [{"word": word, "more": number} for word, number in sorted(more.items())]
        self._many(
            f"INSERT INTO {table} (word, cards) VALUES ({self._put('word')}, {self._put('more')})"
            f" ON CONFLICT (word) DO UPDATE SET cards = {table}.cards + excluded.cards",
            told,
        )
        fewer = [{"word": word} for word, number in more.items() if number < 0]
        self._many(f"DELETE FROM {table} WHERE word = {self._put('word')} AND cards <= 0", fewer)

    def count_every_word(self) -> None:
        """On PostgreSQL: keep on how many cards each word stands, where nothing is kept yet."""
        rows = f"SELECT words FROM {self._table(ROW)} WHERE lead = 1"
        self.to.exec_driver_sql(
            f"INSERT INTO {self._table(VOCABULARY)} (word, cards)"
            f" SELECT word, ndoc FROM ts_stat('{rows}') WHERE left(word, 1) <> '_'"
        )

    def _table(self, name: str) -> str:
        return f"{name}{self.suffix}"

    def _put(self, name: str) -> str:
        return dialect(self.to).place(name)

    def _many(self, sql: str, rows: Sequence[Values]) -> None:
        if rows:
            self.to.exec_driver_sql(sql, list(rows))


def _key(pair: tuple[Row, Words]) -> int:
    return pair[0].key


def _said(rows: Kept) -> Counter[str]:
    """On how many cards each word stands."""
    cards = {row.id: words for row, words in rows.values()}
    return Counter(word for words in cards.values() for word in words.every)


def _words(row: Row, kept: str | list[str]) -> Words:
    """The words of a row, out of all those that it is found by."""
    heart = {*row.names.split(), *row.kinds.split()}
    every = kept.split() if isinstance(kept, str) else kept
    rest = sorted(word for word in every if word not in heart and not word.startswith("_"))
    return Words(row.names, row.kinds, f" {' '.join(rest)} " if rest else " ")
