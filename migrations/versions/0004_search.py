"""What searches are answered from: an index of slim rows in place of four tables of words, days,
kinds and points.

The index is filled from the cards by `flask registry migrate`, right after this, and by nothing
else: what a row holds is for the program of the day to say.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SQLITE = (
    "CREATE TABLE search_row (key INTEGER PRIMARY KEY, id INTEGER NOT NULL, lead INTEGER NOT NULL,"
    " many INTEGER NOT NULL, until INTEGER NOT NULL, lat REAL, lon REAL, ages INTEGER NOT NULL,"
    " slots INTEGER NOT NULL, costs INTEGER NOT NULL, price INTEGER, since INTEGER NOT NULL,"
    " dates INTEGER NOT NULL, next INTEGER, sort_name TEXT NOT NULL, facets TEXT NOT NULL)",
    "CREATE VIRTUAL TABLE search_words USING fts5(names, kinds, others, detail=none, columnsize=0,"
    " tokenize='ascii')",
    "CREATE INDEX ix_search_row_id ON search_row (id)",
)
POSTGRESQL = (
    "CREATE TABLE search_row (key BIGINT CONSTRAINT pk_search_row PRIMARY KEY, id INTEGER NOT NULL,"
    " lead SMALLINT NOT NULL, many SMALLINT NOT NULL, until INTEGER NOT NULL,"
    " lat DOUBLE PRECISION, lon DOUBLE PRECISION, ages INTEGER NOT NULL, slots BIGINT NOT NULL,"
    " costs INTEGER NOT NULL, price INTEGER, since INTEGER NOT NULL, dates BIGINT NOT NULL,"
    ' next INTEGER, sort_name TEXT COLLATE "C" NOT NULL, facets TEXT COLLATE "C" NOT NULL,'
    ' names TEXT COLLATE "C" NOT NULL, kinds TEXT COLLATE "C" NOT NULL,'
    " words TSVECTOR NOT NULL)",
    "ALTER TABLE search_row ALTER COLUMN words SET STORAGE EXTERNAL,"
    " ALTER COLUMN facets SET STORAGE PLAIN, ALTER COLUMN sort_name SET STORAGE PLAIN,"
    " ALTER COLUMN names SET STORAGE PLAIN, ALTER COLUMN kinds SET STORAGE PLAIN",
    "ALTER TABLE search_row SET (toast_tuple_target = 128)",
    "CREATE INDEX ix_search_row_id ON search_row (id)",
    "CREATE INDEX ix_search_row_words ON search_row USING gin (words) WITH (fastupdate = off)",
)


def upgrade() -> None:
    """Add it."""
    for table in ("card_word", "card_point", "card_day", "card_category"):
        op.drop_table(table)
    op.create_table(
        "search_word",
        sa.Column(
            "word",
            sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("cards", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_word")),
    )
    op.create_table(
        "search_touched",
        sa.Column("activity_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_search_touched")),
    )
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)


def downgrade() -> None:
    """Take it away again."""
    op.create_table(
        "card_category",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["card.activity_id"],
            name=op.f("fk_card_category_activity_id_card"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("activity_id", "code", name=op.f("pk_card_category")),
    )
    with op.batch_alter_table("card_category", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_card_category_code"), ["code"], unique=False)

    op.create_table(
        "card_day",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["card.activity_id"],
            name=op.f("fk_card_day_activity_id_card"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("activity_id", "day", name=op.f("pk_card_day")),
    )

    op.create_table(
        "card_point",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["card.activity_id"],
            name=op.f("fk_card_point_activity_id_card"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("activity_id", "place", name=op.f("pk_card_point")),
    )
    with op.batch_alter_table("card_point", schema=None) as batch_op:
        batch_op.create_index("ix_card_point_place", ["latitude", "longitude"], unique=False)

    op.create_table(
        "card_word",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column(
            "word",
            sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["card.activity_id"],
            name=op.f("fk_card_word_activity_id_card"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("activity_id", "word", name=op.f("pk_card_word")),
    )
    with op.batch_alter_table("card_word", schema=None) as batch_op:
        batch_op.create_index("ix_card_word_word", ["word", "activity_id", "tier"], unique=False)

    _fill_the_old_ones()
    op.execute("DROP TABLE search_row")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_words")
    op.drop_table("search_touched")
    op.drop_table("search_word")


def _fill_the_old_ones() -> None:
    """Give back to the four tables what the index knows, so that the search before finds it."""
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        texts, source = "s.names, s.kinds, tsvector_to_array(s.words)", "search_row s"
    else:
        texts = "w.names, w.kinds, w.others"
        source = "search_row s JOIN search_words w ON w.rowid = s.key"
    last = -1
    while rows := bind.execute(
        sa.text(
            f"SELECT s.key, s.id, s.lead, s.lat, s.lon, s.slots, s.facets, {texts} FROM {source}"
            " WHERE s.key > :last AND EXISTS (SELECT 1 FROM card c WHERE c.activity_id = s.id)"
            " ORDER BY s.key LIMIT 1000"
        ),
        {"last": last},
    ).all():
        last = rows[-1][0]
        for row in rows:
            _give_back(bind, *row)


def _give_back(
    bind: sa.Connection,
    key: int,
    number: int,
    lead: int,
    lat: float | None,
    lon: float | None,
    slots: int,
    facets: str,
    names: str,
    kinds: str,
    others: str | list[str],
) -> None:
    def put(table: str, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            names_of = ", ".join(row)
            places = ", ".join(f":{name}" for name in row)
            bind.execute(sa.text(f"INSERT INTO {table} ({names_of}) VALUES ({places})"), row)

    if lat is not None:
        point = {"place": key & 31, "latitude": lat, "longitude": lon}
        put("card_point", [{"activity_id": number, **point}])
    if not lead:
        return
    rest = others if isinstance(others, list) else others.split()
    tiers = {word: 2 for word in rest if not word.startswith("_")}
    tiers |= dict.fromkeys(kinds.split(), 1) | dict.fromkeys(names.split(), 0)
    put("card_word", [{"activity_id": number, "word": w, "tier": t} for w, t in tiers.items()])
    codes = [word[1:] for word in facets.split() if word.startswith("k")]
    put("card_category", [{"activity_id": number, "code": code} for code in codes])
    days = [day for day in range(7) if slots >> (day * 6) & 0b111111]
    put("card_day", [{"activity_id": number, "day": day} for day in days])
