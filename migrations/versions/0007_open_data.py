"""What open data keeps."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it."""
    op.create_table(
        "card_dates",
        sa.Column("activity_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first_listed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_card_dates")),
    )
    with op.batch_alter_table("card_dates", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_card_dates_first_listed_at"), ["first_listed_at"], unique=False
        )

    op.create_table(
        "feed_item",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("which", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("starts", sa.String(length=5), nullable=False),
        sa.Column("ends", sa.String(length=5), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("said", sa.String(length=32), nullable=False),
        sa.Column("data", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('SessionSeries', 'ScheduledSession')", name=op.f("ck_feed_item_kind")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_feed_item")),
        sa.UniqueConstraint("activity_id", "kind", "which", name=op.f("uq_feed_item_activity_id")),
    )
    with op.batch_alter_table("feed_item", schema=None) as batch_op:
        batch_op.create_index("ix_feed_item_kind_number", ["kind", "number"], unique=False)

    op.create_table(
        "feed_night",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kept_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_night")),
    )
    op.create_table(
        "card_facts",
        sa.Column("activity_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(length=36), nullable=False),
        sa.Column("organisation", sa.String(length=36), nullable=False),
        sa.Column("listed_until", sa.Date(), nullable=False),
        sa.Column("min_months", sa.Integer(), nullable=True),
        sa.Column("max_months", sa.Integer(), nullable=True),
        sa.Column("codes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["card.activity_id"],
            name=op.f("fk_card_facts_activity_id_card"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_card_facts")),
        sa.UniqueConstraint("service", name=op.f("uq_card_facts_service")),
    )
    with op.batch_alter_table("card_facts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_card_facts_organisation"), ["organisation"], unique=False
        )

    op.create_table(
        "card_place",
        sa.Column("activity_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("identifier", sa.String(length=36), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["card.activity_id"],
            name=op.f("fk_card_place_activity_id_card"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("activity_id", "number", name=op.f("pk_card_place")),
        sa.UniqueConstraint("identifier", name=op.f("uq_card_place_identifier")),
    )
    op.create_table(
        "card_session",
        sa.Column("activity_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=True),
        sa.Column("closes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["card.activity_id"],
            name=op.f("fk_card_session_activity_id_card"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("activity_id", "number", name=op.f("pk_card_session")),
    )
    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("shape", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("header", sa.JSON(), nullable=False),
        sa.Column("sample", sa.JSON(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("without_mistakes", sa.Boolean(), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by_id", sa.Integer(), nullable=True),
        sa.Column("carried_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("carried_out_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rows_gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "shape IN ('table', 'outpost_csv', 'outpost', 'oruk')", name=op.f("ck_import_run_shape")
        ),
        sa.CheckConstraint(
            "state IN ('matching', 'reading', 'ready', 'carrying_out', 'done', 'undone', 'failed', 'put_aside')",
            name=op.f("ck_import_run_state"),
        ),
        sa.ForeignKeyConstraint(
            ["begun_by_id"], ["account.id"], name=op.f("fk_import_run_begun_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["carried_out_by_id"],
            ["account.id"],
            name=op.f("fk_import_run_carried_out_by_id_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_table(
        "register_export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("with_contacts", sa.Boolean(), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisations", sa.Integer(), nullable=False),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["account.id"], name=op.f("fk_register_export_asked_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_export")),
    )
    with op.batch_alter_table("register_export", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_register_export_asked_at"), ["asked_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_register_export_asked_by_id"), ["asked_by_id"], unique=False
        )

    op.create_table(
        "import_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("organisation_key", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("club", sa.String(length=200), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=True),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=True),
        sa.Column("has_likely", sa.Boolean(), nullable=False),
        sa.Column("likely", sa.JSON(), nullable=False),
        sa.Column("left_out", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('new', 'changed', 'same', 'kept', 'mistake')",
            name=op.f("ck_import_row_verdict"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["import_run.id"],
            name=op.f("fk_import_row_run_id_import_run"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row")),
        sa.UniqueConstraint("run_id", "key", name=op.f("uq_import_row_run_id")),
    )
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.create_index(
            "ix_import_row_organisation", ["run_id", "organisation_key", "id"], unique=False
        )
        batch_op.create_index("ix_import_row_verdict", ["run_id", "verdict", "id"], unique=False)

    op.create_table(
        "imported_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('organisation', 'activity')", name=op.f("ck_imported_record_kind")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activity.id"],
            name=op.f("fk_imported_record_activity_id_activity"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["import_run.id"],
            name=op.f("fk_imported_record_changed_by_id_import_run"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["import_run.id"], name=op.f("fk_imported_record_made_by_id_import_run")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_imported_record_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_record")),
        sa.UniqueConstraint("source", "kind", "key", name=op.f("uq_imported_record_source")),
    )
    with op.batch_alter_table("imported_record", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_imported_record_activity_id"), ["activity_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_imported_record_changed_by_id"), ["changed_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_imported_record_made_by_id"), ["made_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_imported_record_organisation_id"), ["organisation_id"], unique=False
        )

    with op.batch_alter_table("postcode", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_postcode_ward_code"))

    with op.batch_alter_table("register_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("raised_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("register_version", schema=None) as batch_op:
        batch_op.drop_column("raised_at")

    with op.batch_alter_table("postcode", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_postcode_ward_code"), ["ward_code"], unique=False)

    with op.batch_alter_table("imported_record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_imported_record_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_imported_record_made_by_id"))
        batch_op.drop_index(batch_op.f("ix_imported_record_changed_by_id"))
        batch_op.drop_index(batch_op.f("ix_imported_record_activity_id"))

    op.drop_table("imported_record")
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.drop_index("ix_import_row_verdict")
        batch_op.drop_index("ix_import_row_organisation")

    op.drop_table("import_row")
    with op.batch_alter_table("register_export", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_register_export_asked_by_id"))
        batch_op.drop_index(batch_op.f("ix_register_export_asked_at"))

    op.drop_table("register_export")
    op.drop_table("import_run")
    op.drop_table("card_session")
    op.drop_table("card_place")
    with op.batch_alter_table("card_facts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_card_facts_organisation"))

    op.drop_table("card_facts")
    op.drop_table("feed_night")
    with op.batch_alter_table("feed_item", schema=None) as batch_op:
        batch_op.drop_index("ix_feed_item_kind_number")

    op.drop_table("feed_item")
    with op.batch_alter_table("card_dates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_card_dates_first_listed_at"))

    op.drop_table("card_dates")
