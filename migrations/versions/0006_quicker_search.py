"""A quicker index: rows say what they were made of and how, and have the words that count most.

The index is emptied here and filled from the cards by `flask registry migrate`, right after this.
"""

from collections.abc import Sequence

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_SQLITE_ROW = (
    "key INTEGER PRIMARY KEY, id INTEGER NOT NULL, lead INTEGER NOT NULL, many INTEGER NOT NULL,"
    " until INTEGER NOT NULL, lat REAL, lon REAL, ages INTEGER NOT NULL, slots INTEGER NOT NULL,"
    " costs INTEGER NOT NULL, price INTEGER, since INTEGER NOT NULL, dates INTEGER NOT NULL,"
    " next INTEGER, {added}sort_name TEXT NOT NULL, facets TEXT NOT NULL{last}"
)
_POSTGRESQL_ROW = (
    "key BIGINT CONSTRAINT pk_search_row PRIMARY KEY, id INTEGER NOT NULL,"
    " lead SMALLINT NOT NULL, many SMALLINT NOT NULL, until INTEGER NOT NULL,"
    " lat DOUBLE PRECISION, lon DOUBLE PRECISION, ages INTEGER NOT NULL, slots BIGINT NOT NULL,"
    " costs INTEGER NOT NULL, price INTEGER, since INTEGER NOT NULL, dates BIGINT NOT NULL,"
    ' next INTEGER, {added}sort_name TEXT COLLATE "C" NOT NULL, facets TEXT COLLATE "C" NOT NULL,'
    ' names TEXT COLLATE "C" NOT NULL, kinds TEXT COLLATE "C" NOT NULL, words TSVECTOR NOT NULL'
)
_STORAGE = (
    "ALTER TABLE search_row ALTER COLUMN words SET STORAGE EXTERNAL,"
    " ALTER COLUMN facets SET STORAGE PLAIN, ALTER COLUMN sort_name SET STORAGE PLAIN,"
    " ALTER COLUMN names SET STORAGE PLAIN, ALTER COLUMN kinds SET STORAGE PLAIN"
)
_GIN = "CREATE INDEX ix_search_row_words ON search_row USING gin (words) WITH (fastupdate = off)"
_OF_CARDS = "CREATE INDEX {name} ON search_row (id)"

_ADDED = "version {whole} NOT NULL, made INTEGER NOT NULL, "
_LAST = ", names TEXT NOT NULL, kinds TEXT NOT NULL"


def upgrade() -> None:
    """Make the tables anew, empty."""
    _drop()
    op.execute("DELETE FROM search_word")
    if _is_postgresql():
        _make(_POSTGRESQL_ROW.format(added=_ADDED.format(whole="BIGINT")))
        op.execute(_STORAGE)
        op.execute("ALTER TABLE search_row SET (toast_tuple_target = 128, fillfactor = 90)")
        op.execute(_GIN)
        return
    _make(_SQLITE_ROW.format(added=_ADDED.format(whole="INTEGER"), last=_LAST))
    op.execute(
        "CREATE VIRTUAL TABLE search_words USING fts5(words, detail=none, columnsize=0,"
        " tokenize=\"ascii tokenchars '_'\")"
    )


def downgrade() -> None:
    """Give the tables before what these hold."""
    op.execute("ALTER TABLE search_row RENAME TO search_row_new")
    if _is_postgresql():
        for name in ("pk_search_row", "ix_search_row_id", "ix_search_row_words"):
            op.execute(f"ALTER INDEX {name} RENAME TO {name}_new")
        _make(_POSTGRESQL_ROW.format(added=""))
        op.execute(_STORAGE)
        op.execute("ALTER TABLE search_row SET (toast_tuple_target = 128)")
        op.execute(_GIN)
        _copy(_BEFORE)
        op.execute("DROP TABLE search_row_new")
        return
    op.execute("DROP INDEX ix_search_row_id")
    _make(_SQLITE_ROW.format(added="", last=""))
    _copy([name for name in _BEFORE if name not in ("names", "kinds", "words")])
    op.execute("ALTER TABLE search_words RENAME TO search_words_new")
    op.execute(
        "CREATE VIRTUAL TABLE search_words USING fts5(names, kinds, others, detail=none,"
        " columnsize=0, tokenize='ascii')"
    )
    _give_words_back()
    op.execute("DROP TABLE search_words_new")
    op.execute("DROP TABLE search_row_new")


_BEFORE = (
    "key", "id", "lead", "many", "until", "lat", "lon", "ages", "slots", "costs", "price", "since",
    "dates", "next", "sort_name", "facets", "names", "kinds", "words",
)  # fmt: skip


def _drop() -> None:
    op.execute("DROP TABLE search_row")
    if not _is_postgresql():
        op.execute("DROP TABLE search_words")


def _make(columns: str) -> None:
    op.execute(f"CREATE TABLE search_row ({columns})")
    op.execute(_OF_CARDS.format(name="ix_search_row_id"))


def _copy(names: Sequence[str]) -> None:
    told = ", ".join(names)
    op.execute(f"INSERT INTO search_row ({told}) SELECT {told} FROM search_row_new")


def _give_words_back() -> None:
    """In three columns, without those that no text has."""
    bind = op.get_bind()
    rows = bind.exec_driver_sql(
        "SELECT s.key, s.names, s.kinds, w.c0 FROM search_row_new s"
        " JOIN search_words_new_content w ON w.id = s.key"
    ).all()
    for key, names, kinds, words in rows:
        heart = {*names.split(), *kinds.split()}
        rest = sorted(w for w in words.split() if w not in heart and not w.startswith("_"))
        bind.exec_driver_sql(
            "INSERT INTO search_words (rowid, names, kinds, others) VALUES (?, ?, ?, ?)",
            (key, names, kinds, f" {' '.join(rest)} " if rest else " "),
        )


def _is_postgresql() -> bool:
    return bool(op.get_bind().dialect.name == "postgresql")
