"""Loading a whole country of postcodes while people go on searching.

The new table is made beside the old one, a slice at a time, each in a short transaction, so that
nobody who saves something waits for long. At the end the two are exchanged in one. Until then
whatever happens, a broken file or a power cut, leaves the old table as it was.
"""

import secrets
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, MetaData, Table, delete, insert, inspect, select
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.schema import CreateTable

from registry.database import db
from registry.errors import BadInput
from registry.geography.code_list import read_names
from registry.geography.code_point import is_code_point, read_code_point
from registry.geography.models import Postcode
from registry.geography.places import format_postcode
from registry.geography.postcode_file import (
    ROWS_AT_ONCE,
    BadPostcodeFile,
    Batch,
    PostcodeRow,
    read_batches,
)
from registry.geography.services import centres_of, keep_wards

Progress = Callable[[float], None]

# How the names of tables begin that are there for a while only.
BESIDE = "postcode_beside_"
_TABLE = "postcode"
# Between two slices, so that somebody who waits to save gets a turn.
_PAUSE_SECONDS = 0.004
_BUSY = (
    "The postcodes were being read for too long to exchange them. Nothing was changed. Try again "
    "when fewer people are here."
)
# What PostgreSQL calls a row that is there twice, and a table that is not there.
_KINDS = {"23505": IntegrityError, "42P01": ProgrammingError}
_WAITED_TOO_LONG = "55P03"
# How long the exchange waits for pages that are being read, on PostgreSQL.
_PATIENCE = "20s"


@dataclass(frozen=True)
class Replaced:
    """What a file did: how many postcodes it gave, how many had no point and were left out, how
    many of the old ones it does not name and stay, and how many wards have no name."""

    loaded: int
    left_out: int
    kept: int
    wards_without_name: int


def replace_postcodes(
    path: Path,
    countries: Collection[str] = (),
    progress: Progress = lambda share: None,
) -> Replaced:
    """Load a CSV of ours (gzipped or not) or a Code-Point Open zip, and commit.

    A postcode that is there already is brought up to date, and none is taken away: an ended
    postcode still says where a venue is. `countries` are codes that the zip is narrowed to.
    Raises BadInput with the line and the reason; then nothing has changed.
    """
    _throw_away()
    twin = f"{BESIDE}{secrets.token_hex(4)}"
    try:
        with _writing() as to:
            _create(to, twin)
        loaded, left_out = _fill(twin, _batches(path, countries), progress)
        kept = _keep_old(twin)
        return Replaced(loaded, left_out, kept, _exchange(twin))
    except BadPostcodeFile as error:
        raise BadInput(f"{error} Nothing was changed.") from error
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}. Nothing was changed.") from error
    except (OperationalError, ProgrammingError) as error:
        if getattr(error.orig, "sqlstate", "") == _WAITED_TOO_LONG:
            raise BadInput(_BUSY) from error
        if _is_there(twin):
            raise
        raise BadInput(
            "Somebody else began to load postcodes. Nothing was changed here."
        ) from error
    finally:
        _throw_away(twin)


def _batches(path: Path, countries: Collection[str]) -> Iterator[Batch]:
    if is_code_point(path):
        names = {**_known_names(), **read_names(path)}
        return read_code_point(path, names, countries)
    return read_batches(path)


def _known_names() -> dict[str, str]:
    """The names of wards and authorities that the old table knows."""
    with _reading() as to:
        wards = select(Postcode.ward_code, Postcode.ward_name)
        authorities = select(Postcode.authority_code, Postcode.authority_name)
        found = to.execute(wards.union(authorities)).all()
    return {code: name for code, name in found if code and name}


def _fill(twin: str, batches: Iterator[Batch], progress: Progress) -> tuple[int, int]:
    loaded = left_out = 0
    for batch in batches:
        with _writing() as to:
            try:
                _add(to, twin, batch.rows)
            except IntegrityError as error:
                db.session.rollback()
                raise BadPostcodeFile(_twice(twin, batch.rows)) from error
        loaded += len(batch.rows)
        left_out += batch.left_out
        progress(batch.share)
        time.sleep(_PAUSE_SECONDS)
    return loaded, left_out


def _add(to: Connection, table: str, rows: Sequence[PostcodeRow]) -> None:
    if not rows:
        return
    if not _is_postgresql(to):
        adding = insert(_like_postcodes(table)).compile(dialect=to.dialect)
        assert adding.positiontup == list(PostcodeRow._fields)
        to.exec_driver_sql(str(adding), list(rows))
        return
    statement = f"COPY {table} ({', '.join(PostcodeRow._fields)}) FROM STDIN"
    try:
        with (
            closing(to.connection.cursor()) as cursor,
            cursor.copy(statement) as copy,
        ):
            for row in rows:
                copy.write_row(row)
    # The driver's own errors: SQLAlchemy does not see what is copied.
    except Exception as error:
        kind = _KINDS.get(getattr(error, "sqlstate", None) or "")
        if kind is None:
            raise
        raise kind(statement, None, error) from error


def _twice(twin: str, rows: Sequence[PostcodeRow]) -> str:
    """Which postcode it was."""
    known, seen = _like_postcodes(twin), set[str]()
    with _reading() as to:
        for row in rows:
            asked = select(known.c.postcode).where(known.c.postcode == row.postcode)
            if row.postcode in seen or to.execute(asked).first():
                return f"{format_postcode(row.postcode)} is there twice."
            seen.add(row.postcode)
    return "A postcode is there twice."


def _keep_old(twin: str) -> int:
    """Take over what the file does not name."""
    old, new = Postcode.__table__, _like_postcodes(twin)
    is_new = select(new.c.postcode).where(new.c.postcode == old.c.postcode).exists()
    columns = [old.c[name] for name in PostcodeRow._fields]
    kept, last = 0, ""
    while True:
        asked = select(*columns).where(old.c.postcode > last, ~is_new).order_by(old.c.postcode)
        with _reading() as to:
            some = [PostcodeRow(*row) for row in to.execute(asked.limit(ROWS_AT_ONCE))]
        if not some:
            return kept
        with _writing() as to:
            _add(to, twin, some)
        kept, last = kept + len(some), some[-1].postcode


def _exchange(twin: str) -> int:
    """Let the twin be the table, with every ward's centre anew. How many of them have no name."""
    with _writing() as to:
        if _is_postgresql(to):
            to.exec_driver_sql(f"ANALYZE {twin}")
    with _reading():
        wards = centres_of(_like_postcodes(twin))
    with _writing() as to:
        if _is_postgresql(to):
            to.exec_driver_sql(f"SET LOCAL lock_timeout = '{_PATIENCE}'")
        for name, becomes in ((_TABLE, f"{twin}_old"), (twin, _TABLE)):
            to.exec_driver_sql(f"ALTER TABLE {name} RENAME TO {becomes}")
            if _is_postgresql(to):
                to.exec_driver_sql(f"ALTER INDEX pk_{name} RENAME TO pk_{becomes}")
        keep_wards(wards)
    return sum(1 for ward in wards if not ward["name"])


def _create(to: Connection, twin: str) -> None:
    """A table like the one of postcodes. On SQLite even the name of its key is the same."""
    table = _like_postcodes(twin)
    table.primary_key.name = f"pk_{twin}" if _is_postgresql(to) else f"pk_{_TABLE}"
    to.execute(CreateTable(table))


def _like_postcodes(twin: str) -> Table:
    return Postcode.__table__.to_metadata(MetaData(), name=twin)


def _throw_away(of: str = BESIDE) -> None:
    """Drop what an earlier load left behind, or this one: of SQLite's a few rows at a time, because
    one big step would keep others from saving."""
    with _reading() as to:
        left = [name for name in inspect(to).get_table_names() if name.startswith(of)]
        is_to_be_emptied = not _is_postgresql(to)
    for name in left:
        if is_to_be_emptied:
            _empty(name)
        with _writing() as to:
            to.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")


def _empty(table: str) -> None:
    key = _like_postcodes(table).c.postcode
    while True:
        with _writing() as to:
            some = select(key).limit(ROWS_AT_ONCE).scalar_subquery()
            if not to.execute(delete(key.table).where(key.in_(some))).rowcount:
                return
        time.sleep(_PAUSE_SECONDS)


def _is_there(table: str) -> bool:
    with _reading() as to:
        return inspect(to).has_table(table)


def _is_postgresql(to: Connection) -> bool:
    return to.dialect.name == "postgresql"


@contextmanager
def _reading() -> Iterator[Connection]:
    """The session, as a reader that nobody waits for."""
    db.session.rollback()
    try:
        yield db.session.connection(execution_options={"reading": True})
    finally:
        db.session.rollback()


@contextmanager
def _writing() -> Iterator[Connection]:
    """A short transaction of its own."""
    db.session.rollback()
    try:
        yield db.session.connection()
        db.session.commit()
    finally:
        db.session.rollback()
