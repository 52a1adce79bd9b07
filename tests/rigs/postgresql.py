"""One database on PostgreSQL that is put back, row by row, to what a test starts from.

A copy of a whole database takes it a tenth of a second, and whoever comes to the new one has to
learn every table anew. So the database stays, and the application's connections with it. What
differs from what is to be there is found by what the server itself writes down of each row (which
transaction it came with), whoever wrote it: the test, another process, or a statement by hand.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql

TEMPLATE = "template_of_tests"

# What the server writes down of each table: how many rows, and the newest transaction of any.
Marks = dict[str, tuple[Any, ...]]

_TABLES = """
    SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""
_SEQUENCES = "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'"
# Whatever is made, altered or taken away leaves its mark on one of these.
_DESIGN = """
    SELECT
      (SELECT array_agg((oid, relname, relkind) ORDER BY oid)::text FROM pg_class
        WHERE relnamespace = 'public'::regnamespace),
      (SELECT (count(*), max(pg_attribute.xmin::text::bigint))::text FROM pg_attribute
        JOIN pg_class ON pg_class.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace AND attnum > 0),
      (SELECT array_agg((tgname, tgenabled, tgrelid) ORDER BY oid)::text
        FROM pg_trigger WHERE NOT tgisinternal),
      (SELECT (count(*), max(xmin::text::bigint))::text FROM pg_constraint),
      (SELECT (count(*), max(xmin::text::bigint))::text FROM pg_proc)
"""
_QUIETLY = """
    SET session_replication_role = replica;  -- no trigger and no foreign key looks on
    SET lock_timeout = '5s';
    SET jit = off;
    SET max_parallel_workers_per_gather = 0;
"""
_MANY_ROWS = 2_000
_TESTS_BETWEEN_CLEANINGS = 100


@dataclass(frozen=True)
class Kept:
    """What a test starts from: the rows of each table that differs from the template's."""

    rows: dict[str, bytes]
    sequences: Marks


class PostgresqlDatabases:
    """A server of our own on a socket in a temporary folder, where losing data does no harm."""

    stays = True

    def __init__(self, socket_folder: Path) -> None:
        self.socket_folder = socket_folder
        self.url = f"postgresql+psycopg://postgres@/registry?host={socket_folder}"
        self._kept: dict[str, Kept] = {}
        # How each table was left, and whose rows it has; and how all of them are made.
        self._marks: Marks = {}
        self._holds: dict[str, str] = {}
        self._design: list[Any] = []
        self._run("CREATE DATABASE registry TEMPLATE template0 ENCODING 'UTF8'")

    def keep_as_template(self) -> None:
        """Learn it by heart; and keep it whole, for after a test that altered the tables."""
        self._run(f"CREATE DATABASE {TEMPLATE} TEMPLATE registry")
        self._come_again()
        filled = {table for table, (count, _) in self._marks.items() if count}
        self._kept[TEMPLATE] = Kept(self._read(filled), self._ask_sequences())

    def keep(self, name: str) -> None:
        """The rows of every table that is not as the template has it."""
        marks = self._ask_tables(self._marks)
        changed = {
            table
            for table in marks
            if marks[table] != self._marks[table] or self._holds[table] != TEMPLATE
        }
        self._kept[name] = Kept(self._read(changed), self._ask_sequences())
        self._holds |= dict.fromkeys(changed, name)
        self._marks = marks

    def start_anew(self, name: str = TEMPLATE) -> bool:
        """Put back what is not as it should be."""
        if self._ask(_DESIGN) != self._design:
            self._begin_again()
            self.start_anew(name)
            return True
        try:
            self._put_back(name)
        except psycopg.errors.LockNotAvailable:
            self._run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = 'registry' AND application_name <> 'the rig'"
            )
            self._put_back(name)
            return True
        return False

    def _put_back(self, name: str) -> None:
        wanted, sequences = self._kept[name], self._ask_sequences()
        marks = self._ask_tables(self._marks)
        other = [
            table
            for table, mark in marks.items()
            if mark != self._marks[table]
            or self._holds[table] != (name if table in wanted.rows else TEMPLATE)
        ]
        with self._connection.transaction():
            for table in other:
                self._fill(table, wanted.rows.get(table, self._kept[TEMPLATE].rows.get(table, b"")))
            for sequence, at in wanted.sequences.items():
                if at != sequences[sequence]:
                    self._connection.execute("SELECT setval(%s, %s, %s)", (sequence, *at))
        self._clean(marks, other)
        self._marks = marks | self._ask_tables(other)
        self._holds |= {table: name if table in wanted.rows else TEMPLATE for table in other}

    def _fill(self, table: str, rows: bytes) -> None:
        cursor = self._connection.cursor()
        cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
        if rows:
            with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))) as copy:
                copy.write(rows)

    def _clean(self, marks: Marks, changed: Iterable[str]) -> None:
        """What was deleted would be read over by every test that follows."""
        self._started += 1
        many = [table for table in changed if marks[table][0] > _MANY_ROWS]
        if self._started % _TESTS_BETWEEN_CLEANINGS == 0:
            many = list(marks)
        if many:
            names = sql.SQL(", ").join(map(sql.Identifier, many))
            self._connection.execute(sql.SQL("VACUUM {}").format(names))

    def _read(self, tables: Iterable[str]) -> dict[str, bytes]:
        found = {}
        for table in tables:
            statement = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
            with self._connection.cursor().copy(statement) as copy:
                found[table] = b"".join(bytes(part) for part in copy)
        return found

    def _ask_tables(self, tables: Iterable[str]) -> Marks:
        each = sql.SQL("SELECT {}, count(*), max(xmin::text::bigint) FROM {}")
        return self._ask_each(each, tables)

    def _ask_sequences(self) -> Marks:
        return self._ask_each(sql.SQL("SELECT {}, last_value, is_called FROM {}"), self._sequences)

    def _ask_each(self, statement: sql.SQL, names: Iterable[str]) -> Marks:
        asked = [statement.format(sql.Literal(name), sql.Identifier(name)) for name in names]
        if not asked:
            return {}
        found = self._connection.execute(sql.SQL(" UNION ALL ").join(asked)).fetchall()
        return {str(name): tuple(said) for name, *said in found}

    def _ask(self, statement: LiteralString) -> list[Any]:
        return self._connection.execute(statement).fetchall()

    def _begin_again(self) -> None:
        """A test has altered the tables themselves: the whole database goes."""
        self._connection.close()
        self._run("DROP DATABASE registry WITH (FORCE)")
        self._run(f"CREATE DATABASE registry TEMPLATE {TEMPLATE} STRATEGY file_copy")
        self._come_again()

    def _come_again(self) -> None:
        """Get to know a database that holds what the template does."""
        self._connection = psycopg.connect(
            f"host={self.socket_folder} user=postgres dbname=registry application_name='the rig'",
            autocommit=True,
        )
        self._connection.execute(_QUIETLY)
        self._started = 0
        self._sequences = [name for (name,) in self._ask(_SEQUENCES)]
        self._marks = self._ask_tables([name for (name,) in self._ask(_TABLES)])
        self._holds = dict.fromkeys(self._marks, TEMPLATE)
        self._design = self._ask(_DESIGN)

    def _run(self, statement: LiteralString) -> None:
        where = f"host={self.socket_folder} user=postgres dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(statement)
