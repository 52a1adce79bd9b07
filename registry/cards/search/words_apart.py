"""On SQLite: an index of words, made in a file of its own so that nobody waits for it.

Putting a million texts into an index of words takes long, and whoever does it keeps everybody else
from saving. So it is done beside the register, on another processor where there is one, from texts
that lie ready in a table that nobody uses yet; and what has become of it, a few blocks of bytes, is
then copied into that table's own index, a little at a time.
"""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType

from registry.cards.search import sqlite

# So many texts become one part of the index; all parts are joined at the end.
_OF_A_PART = 40_000
_BLOCKS_AT_ONCE = 2_000
_PATIENCE_SECONDS = 10.0
# Room for a whole part in memory.
_MEMORY = 256 * 1024 * 1024
_OPTIONS = (("hashsize", _MEMORY), ("automerge", 0), ("crisismerge", 10_000))


class Words:
    """An index of the texts that are kept beside a table of words, as they come to lie there."""

    def __init__(self, database: str, table: str) -> None:
        self.path = Path(f"{database}-{table}")
        self.table = table
        self._asked: SimpleQueue[tuple[int, int] | None] = SimpleQueue()
        self._trouble: BaseException | None = None
        self._remove()
        # One thread at a time uses it.
        self._to = sqlite3.connect(
            self.path, isolation_level=None, check_same_thread=False, timeout=_PATIENCE_SECONDS
        )
        self._to.execute("ATTACH ? AS register", (database,))
        self._to.execute("PRAGMA main.journal_mode = OFF")
        self._to.execute("PRAGMA main.synchronous = OFF")
        self._to.execute("PRAGMA register.secure_delete = FAST")
        self._to.execute(sqlite.words_apart("apart"))
        for option in _OPTIONS:
            self._to.execute("INSERT INTO apart (apart, rank) VALUES (?, ?)", option)
        self._thread = threading.Thread(target=self._follow, daemon=True)

    def __enter__(self) -> "Words":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        self._finish()
        self._to.close()
        self._remove()

    def index_up_to(self, key: int, more: int) -> None:
        """Every text up to this one lies ready: so many more than before."""
        self._asked.put((key, more))

    def counted(self) -> dict[str, int]:
        """On how many cards each word stands. Waits until all is indexed."""
        self._finish()
        if self._trouble:
            raise self._trouble
        self._to.execute("CREATE VIRTUAL TABLE temp.counted USING fts5vocab(main, apart, 'row')")
        cards = dict(self._to.execute("SELECT term, doc FROM counted WHERE term NOT GLOB '[_]*'"))
        # A card of several places has its words at each of them.
        for (text,) in self._to.execute(
            f"SELECT c0 FROM register.{self.table}_content WHERE id IN"
            f" (SELECT key FROM register.{self._rows} WHERE many = 1 AND lead = 0)"
        ):
            for word in {one for one in text.split() if not one.startswith("_")}:
                cards[word] -= 1
        return cards

    @property
    def _rows(self) -> str:
        return self.table.replace("search_words", "search_row")

    def put_in(self) -> Iterator[int]:
        """Copy the index to its place, a little at a time. Tells how far it has come."""
        last = 0
        into = f"INSERT OR REPLACE INTO register.{self.table}"
        while True:
            found = self._to.execute(
                "SELECT max(id) FROM (SELECT id FROM apart_data WHERE id > ? ORDER BY id LIMIT ?)",
                (last, _BLOCKS_AT_ONCE),
            ).fetchone()[0]
            if found is None:
                break
            self._to.execute(
                f"{into}_data SELECT id, block FROM apart_data WHERE id > ? AND id <= ?",
                (last, found),
            )
            last = found
            yield last
        self._to.execute(f"{into}_idx SELECT segid, term, pgno FROM apart_idx")
        yield last

    def _follow(self) -> None:
        try:
            first, last, waiting = -1, -1, 0
            while (told := self._asked.get()) is not None:
                last, waiting = told[0], waiting + told[1]
                if waiting >= _OF_A_PART:
                    self._index(first, last)
                    first, waiting = last, 0
            self._index(first, last)
            self._to.execute("INSERT INTO apart (apart) VALUES ('optimize')")
        except BaseException as trouble:  # told to whoever waits for it
            self._trouble = trouble

    def _index(self, after: int, last: int) -> None:
        texts = f"SELECT id, c0 FROM register.{self.table}_content"
        self._to.execute(
            f"INSERT INTO apart (rowid, words) {texts} WHERE id > ? AND id <= ? ORDER BY id",
            (after, last),
        )

    def _finish(self) -> None:
        if self._thread.is_alive():
            self._asked.put(None)
            self._thread.join()

    def _remove(self) -> None:
        self.path.unlink(missing_ok=True)
