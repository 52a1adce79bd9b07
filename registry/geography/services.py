"""Fills the postcode table. The caller commits."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import ARRAY, Table, bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from registry.database import db
from registry.errors import BadInput
from registry.geography.models import Postcode, Ward
from registry.geography.postcode_file import BadPostcodeFile, read_postcodes

# What the registry brings with it: the WV, WS, DY and B areas, see data/README.md.
OUR_POSTCODES = Path(__file__).parent / "data" / "postcodes.csv.gz"

_ROWS_AT_ONCE = 5_000


def load_postcodes(path: Path = OUR_POSTCODES) -> int:
    """Put every postcode of a CSV file (or a gzipped one) into the table; answers how many.

    A postcode that is there already is brought up to date, and none is taken away: an ended
    postcode still says where a venue is. The centre of every ward is worked out again.
    All or nothing: the file is read to its end before the first row is written.

    Raises BadInput with the line and the reason; then nothing has changed.
    """
    try:
        count = sum(1 for _ in read_postcodes(path))
        rows = read_postcodes(path)
        while some := list(islice(rows, _ROWS_AT_ONCE)):
            _write(Postcode.__table__, "postcode", [row._asdict() for row in some])
    except BadPostcodeFile as error:
        raise BadInput(str(error)) from error
    keep_wards(centres_of(Postcode.__table__))
    db.session.expire_all()
    return count


def centres_of(postcodes: Table) -> list[dict[str, Any]]:
    """Each ward of a table of postcodes, with its one public point: the mean of their points."""
    columns = postcodes.c
    centres = db.session.execute(
        select(
            columns.ward_code.label("code"),
            func.max(columns.ward_name).label("name"),
            func.max(columns.authority_code).label("authority_code"),
            func.avg(columns.latitude).label("latitude"),
            func.avg(columns.longitude).label("longitude"),
            func.count().label("postcodes"),
        )
        .where(columns.ward_code != "", columns.latitude.is_not(None))
        .group_by(columns.ward_code)
    ).mappings()
    return [dict(centre) for centre in centres]


def keep_wards(wards: list[dict[str, Any]]) -> None:
    """Let these be all the wards there are."""
    _write(Ward.__table__, "code", wards)
    known = {ward["code"] for ward in wards}
    gone = [{"gone": code} for code in db.session.scalars(select(Ward.code)) if code not in known]
    if gone:
        code = Ward.__table__.c.code
        db.session.execute(delete(Ward.__table__).where(code == bindparam("gone")), gone)


def _write(table: Table, key: str, rows: list[dict[str, Any]]) -> None:
    """Insert the rows, or bring up to date those whose key is there."""
    if not rows:
        return
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(_replacing(_adding_columns(table, rows), key, rows[0]))
    else:
        db.session.execute(_replacing(sqlite.insert(table), key, rows[0]), rows)


def _replacing(adding: Any, key: str, names: Iterable[str]) -> Any:
    fresh = {name: adding.excluded[name] for name in names if name != key}
    return adding.on_conflict_do_update(index_elements=[key], set_=fresh)


def _adding_columns(table: Table, rows: list[dict[str, Any]]) -> postgresql.Insert:
    """One statement with an array for each column: PostgreSQL takes it many times faster."""
    columns = [
        func.unnest(bindparam(name, [row[name] for row in rows], ARRAY(table.c[name].type)))
        for name in rows[0]
    ]
    return postgresql.insert(table).from_select(list(rows[0]), select(*columns))
