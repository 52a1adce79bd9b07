"""The tables of the register."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEPT_AS_WRITTEN = ("entry", "submission", "decision")


def upgrade() -> None:
    """Every table, and the triggers that keep the history and what was sent as they were."""
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("email_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
    )
    op.create_index("ux_account_email", "account", [sa.text("lower(email)")], unique=True)
    op.create_table(
        "card",
        sa.Column("activity_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("organisation_slug", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "sort_name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("listed_until", sa.Date(), nullable=False),
        sa.Column("min_months", sa.Integer(), nullable=False),
        sa.Column("max_months", sa.Integer(), nullable=False),
        sa.Column("price_pence", sa.Integer(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_card")),
        sa.UniqueConstraint("slug", name=op.f("uq_card_slug")),
    )
    with op.batch_alter_table("card", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_card_listed_until"), ["listed_until"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_card_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_card_organisation_slug"), ["organisation_slug"], unique=False
        )

    op.create_table(
        "contact",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("is_national", sa.Boolean(), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_by_id", sa.Integer(), nullable=True),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_contact")),
    )
    op.create_table(
        "demonstration_mark",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisations", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_demonstration_mark_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demonstration_mark")),
    )
    op.create_table(
        "entry",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("previous_digest", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_entry")),
        sa.UniqueConstraint("digest", name=op.f("uq_entry_digest")),
    )
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_entry_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index("ix_entry_subject", ["subject_type", "subject_id"], unique=False)

    op.create_table(
        "history_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_head")),
    )
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("template", sa.String(length=80), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("context", sa.JSON(), nullable=False),
        sa.Column("dedupe_key", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_message_dedupe_key")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(
            "ix_message_due", ["sent_at", "given_up_at", "not_before_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_message_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("website", sa.String(length=300), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone_is_public", sa.Boolean(), nullable=False),
        sa.Column("email_is_public", sa.Boolean(), nullable=False),
        sa.Column("website_is_public", sa.Boolean(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contact_confirmed_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("slug", name=op.f("uq_organisation_slug")),
    )
    op.create_table(
        "postcode",
        sa.Column("postcode", sa.String(length=7), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("ward_code", sa.String(length=9), nullable=False),
        sa.Column("ward_name", sa.String(length=100), nullable=False),
        sa.Column("authority_code", sa.String(length=9), nullable=False),
        sa.Column("authority_name", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("postcode", name=op.f("pk_postcode")),
    )
    with op.batch_alter_table("postcode", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_postcode_ward_code"), ["ward_code"], unique=False)

    op.create_table(
        "register_version",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_version")),
    )
    op.create_table(
        "security_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_entry")),
    )
    with op.batch_alter_table("security_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_security_entry_account_id"), ["account_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_security_entry_at"), ["at"], unique=False)

    op.create_table(
        "stored_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("use", sa.String(length=7), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("scan", sa.String(length=10), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('pdf', 'docx', 'odt', 'jpg', 'png')", name=op.f("ck_stored_file_kind")
        ),
        sa.CheckConstraint(
            "scan IN ('unscanned', 'clean', 'infected')", name=op.f("ck_stored_file_scan")
        ),
        sa.CheckConstraint("use IN ('paper', 'picture')", name=op.f("ck_stored_file_use")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
    )
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_stored_file_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_stored_file_sha256"), ["sha256"], unique=False)

    op.create_table(
        "throttle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bucket", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_throttle")),
    )
    with op.batch_alter_table("throttle", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_throttle_at"), ["at"], unique=False)
        batch_op.create_index("ix_throttle_bucket_at", ["bucket", "at"], unique=False)

    op.create_table(
        "ward",
        sa.Column("code", sa.String(length=9), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("authority_code", sa.String(length=9), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.Column("postcodes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_ward")),
    )
    op.create_table(
        "account_role",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "role IN ('reviewer', 'senior', 'appeal_officer', 'administrator', 'auditor')",
            name=op.f("ck_account_role_role"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_account_role_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "role", name=op.f("pk_account_role")),
    )
    op.create_table(
        "account_token",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "purpose IN ('confirm_email', 'reset_password', 'change_email')",
            name=op.f("ck_account_token_purpose"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_account_token_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_account_token")),
    )
    with op.batch_alter_table("account_token", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_account_token_account_id"), ["account_id"], unique=False
        )

    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.String(length=300), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("bring", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("min_months", sa.Integer(), nullable=False),
        sa.Column("max_months", sa.Integer(), nullable=False),
        sa.Column("ages_said", sa.String(length=6), nullable=False),
        sa.Column("parent_stays", sa.String(length=10), nullable=True),
        sa.Column("place_kind", sa.String(length=7), nullable=False),
        sa.Column("place_area", sa.String(length=200), nullable=False),
        sa.Column("price_kind", sa.String(length=10), nullable=True),
        sa.Column("price_pence", sa.Integer(), nullable=False),
        sa.Column("price_period", sa.String(length=5), nullable=True),
        sa.Column("price_note", sa.String(length=200), nullable=False),
        sa.Column("trial", sa.String(length=4), nullable=True),
        sa.Column("trial_pence", sa.Integer(), nullable=False),
        sa.Column("booking_kind", sa.String(length=10), nullable=True),
        sa.Column("booking_link", sa.String(length=300), nullable=False),
        sa.Column("booking_note", sa.String(length=300), nullable=False),
        sa.Column("waiting_list", sa.String(length=3), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("picture", sa.JSON(), nullable=True),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ages_said IN ('years', 'months', 'school')", name=op.f("ck_activity_ages_said")
        ),
        sa.CheckConstraint(
            "booking_kind IN ('link', 'phone', 'email', 'turn_up')",
            name=op.f("ck_activity_booking_kind"),
        ),
        sa.CheckConstraint(
            "parent_stays IN ('yes', 'no', 'optional')", name=op.f("ck_activity_parent_stays")
        ),
        sa.CheckConstraint(
            "place_kind IN ('venues', 'online', 'various')", name=op.f("ck_activity_place_kind")
        ),
        sa.CheckConstraint(
            "price_kind IN ('free', 'session', 'term', 'course', 'membership', 'donation', 'haf')",
            name=op.f("ck_activity_price_kind"),
        ),
        sa.CheckConstraint(
            "price_period IN ('month', 'term', 'year')", name=op.f("ck_activity_price_period")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'waiting', 'live', 'paused', 'ended')",
            name=op.f("ck_activity_state"),
        ),
        sa.CheckConstraint("trial IN ('free', 'paid', 'no')", name=op.f("ck_activity_trial")),
        sa.CheckConstraint("waiting_list IN ('yes', 'no')", name=op.f("ck_activity_waiting_list")),
        sa.CheckConstraint("min_months <= max_months", name=op.f("ck_activity_ages")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_activity_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint("slug", name=op.f("uq_activity_slug")),
    )
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_activity_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("edition", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("status_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_renewal", sa.Boolean(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by_id", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("holder_id", sa.Integer(), nullable=True),
        sa.Column("recommendation", sa.String(length=10), nullable=True),
        sa.Column("recommended_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("listed_until", sa.Date(), nullable=True),
        sa.Column("not_before_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "recommendation IN ('approve', 'refuse')", name=op.f("ck_assessment_recommendation")
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'submitted', 'in_review', 'returned', 'recommended', 'approved', 'refused', 'suspended', 'lapsed', 'revoked', 'superseded', 'abandoned', 'closed')",
            name=op.f("ck_assessment_status"),
        ),
        sa.ForeignKeyConstraint(
            ["begun_by_id"], ["account.id"], name=op.f("fk_assessment_begun_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["account.id"], name=op.f("fk_assessment_holder_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_assessment_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["recommended_by_id"],
            ["account.id"],
            name=op.f("fk_assessment_recommended_by_id_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("reference", name=op.f("uq_assessment_reference")),
    )
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_holder_id"), ["holder_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_assessment_listed_until"), ["listed_until"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_assessment_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index("ix_assessment_queue", ["status", "submitted_at"], unique=False)
        batch_op.create_index(
            "ux_assessment_one_open",
            ["organisation_id"],
            unique=True,
            sqlite_where=sa.text(
                "status IN ('draft', 'in_review', 'recommended', 'returned', 'submitted')"
            ),
            postgresql_where=sa.text(
                "status IN ('draft', 'in_review', 'recommended', 'returned', 'submitted')"
            ),
        )
        batch_op.create_index(
            "ux_assessment_one_standing",
            ["organisation_id"],
            unique=True,
            sqlite_where=sa.text("status IN ('approved', 'suspended')"),
            postgresql_where=sa.text("status IN ('approved', 'suspended')"),
        )

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
        "card_picture",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["card.activity_id"],
            name=op.f("fk_card_picture_activity_id_card"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("activity_id", "sha256", name=op.f("pk_card_picture")),
    )
    with op.batch_alter_table("card_picture", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_card_picture_sha256"), ["sha256"], unique=False)

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

    op.create_table(
        "declared_link",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_declared_link_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_declared_link_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("account_id", "organisation_id", name=op.f("pk_declared_link")),
    )
    with op.batch_alter_table("declared_link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_declared_link_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "hand_over",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=True),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before_on", sa.Date(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('offered', 'asked')", name=op.f("ck_hand_over_kind")),
        sa.CheckConstraint(
            "state IN ('open', 'done', 'declined', 'withdrawn', 'objected')",
            name=op.f("ck_hand_over_state"),
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_hand_over_file_id_stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["from_id"], ["account.id"], name=op.f("fk_hand_over_from_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_hand_over_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["account.id"], name=op.f("fk_hand_over_settled_by_id_account")
        ),
        sa.ForeignKeyConstraint(["to_id"], ["account.id"], name=op.f("fk_hand_over_to_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
    )
    with op.batch_alter_table("hand_over", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hand_over_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ux_hand_over_one_open",
            ["organisation_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("takes_listing_off", sa.Boolean(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('lead_vacant', 'change_overdue', 'quiet')", name=op.f("ck_hold_kind")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_hold_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["account.id"], name=op.f("fk_hold_set_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by_id"], ["account.id"], name=op.f("fk_hold_signed_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hold_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("role IN ('owner', 'member')", name=op.f("ck_invitation_role")),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["account.id"], name=op.f("fk_invitation_invited_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_invitation_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["used_by_id"], ["account.id"], name=op.f("fk_invitation_used_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("digest", name=op.f("uq_invitation_digest")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_invitation_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ux_invitation_one_open",
            ["organisation_id", "email"],
            unique=True,
            sqlite_where=sa.text("used_at IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=sa.text("used_at IS NULL AND withdrawn_at IS NULL"),
        )

    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role IN ('owner', 'member')", name=op.f("ck_membership_role")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_membership_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_membership_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint(
            "organisation_id", "account_id", name=op.f("uq_membership_organisation_id")
        ),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_account_id"), ["account_id"], unique=False)

    op.create_table(
        "named_lead",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=3), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("answer IN ('yes', 'no')", name=op.f("ck_named_lead_answer")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_named_lead_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_named_lead")),
        sa.UniqueConstraint("digest", name=op.f("uq_named_lead_digest")),
    )
    with op.batch_alter_table("named_lead", schema=None) as batch_op:
        batch_op.create_index("ix_named_lead_named", ["organisation_id", "named_at"], unique=False)

    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_reminder_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "organisation_id", "key", "ends_on", "rung", name=op.f("uq_reminder_organisation_id")
        ),
    )
    op.create_table(
        "shelf_item",
        sa.Column("id", sa.String(length=43), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_shelf_item_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelf_item")),
    )
    with op.batch_alter_table("shelf_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shelf_item_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shelf_item_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "venue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("privacy", sa.String(length=12), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("ward_code", sa.String(length=9), nullable=False),
        sa.Column("ward_name", sa.String(length=100), nullable=False),
        sa.Column("authority_code", sa.String(length=9), nullable=False),
        sa.Column("authority_name", sa.String(length=100), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "privacy IN ('open', 'hidden', 'hidden_area', 'online')", name=op.f("ck_venue_privacy")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_venue_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue")),
    )
    with op.batch_alter_table("venue", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_venue_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "web_session",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_web_session_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_web_session")),
    )
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_web_session_account_id"), ["account_id"], unique=False)

    op.create_table(
        "activity_category",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.CheckConstraint("position BETWEEN 0 AND 3", name=op.f("ck_activity_category_position")),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activity.id"],
            name=op.f("fk_activity_category_activity_id_activity"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("activity_id", "position", name=op.f("pk_activity_category")),
        sa.UniqueConstraint("activity_id", "code", name=op.f("uq_activity_category_activity_id")),
    )
    op.create_table(
        "activity_mark",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.String(length=5), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.CheckConstraint("answer IN ('yes', 'ask', 'no')", name=op.f("ck_activity_mark_answer")),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activity.id"],
            name=op.f("fk_activity_mark_activity_id_activity"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("activity_id", "code", name=op.f("pk_activity_mark")),
    )
    op.create_table(
        "activity_venue",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activity.id"],
            name=op.f("fk_activity_venue_activity_id_activity"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["venue.id"], name=op.f("fk_activity_venue_venue_id_venue")
        ),
        sa.PrimaryKeyConstraint("activity_id", "position", name=op.f("pk_activity_venue")),
        sa.UniqueConstraint("activity_id", "venue_id", name=op.f("uq_activity_venue_activity_id")),
    )
    with op.batch_alter_table("activity_venue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_venue_venue_id"), ["venue_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("question_key", sa.String(length=40), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("last_time", sa.JSON(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_answer_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["account.id"], name=op.f("fk_answer_updated_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("assessment_id", "question_key", name=op.f("uq_answer_assessment_id")),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_answer_assessment_id"), ["assessment_id"], unique=False
        )

    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("because_id", sa.Integer(), nullable=True),
        sa.Column("about", sa.String(length=12), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("question_key", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("patch", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("earlier", sa.JSON(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_by_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("begins_on", sa.Date(), nullable=True),
        sa.Column("recommended_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "about IN ('organisation', 'venue', 'activity', 'picture', 'question')",
            name=op.f("ck_change_about"),
        ),
        sa.CheckConstraint(
            "state IN ('asked', 'waiting', 'live', 'accepted', 'sent_back', 'taken_back')",
            name=op.f("ck_change_state"),
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_change_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["because_id"], ["change.id"], name=op.f("fk_change_because_id_change")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_change_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["read_by_id"], ["account.id"], name=op.f("fk_change_read_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["recommended_by_id"], ["account.id"], name=op.f("fk_change_recommended_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["account.id"], name=op.f("fk_change_settled_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["told_by_id"], ["account.id"], name=op.f("fk_change_told_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_change_assessment_id"), ["assessment_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_change_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index("ix_change_queue", ["state", "sent_at"], unique=False)
        batch_op.create_index(
            "ux_change_one_open",
            ["organisation_id", "about", "record_id", "question_key"],
            unique=True,
            sqlite_where=sa.text("state IN ('asked', 'waiting', 'sent_back')"),
            postgresql_where=sa.text("state IN ('asked', 'waiting', 'sent_back')"),
        )

    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("question_key", sa.String(length=40), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(length=20), nullable=False),
        sa.Column("risks", sa.JSON(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["account.id"], name=op.f("fk_evidence_added_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_evidence_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_evidence_file_id_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint(
            "assessment_id", "question_key", "file_id", name=op.f("uq_evidence_assessment_id")
        ),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_evidence_assessment_id"), ["assessment_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_evidence_file_id"), ["file_id"], unique=False)

    op.create_table(
        "flag_clearance",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("flag", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("cleared_by_id", sa.Integer(), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "flag IN ('ofsted_check', 'school_check')", name=op.f("ck_flag_clearance_flag")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_flag_clearance_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(
            ["cleared_by_id"], ["account.id"], name=op.f("fk_flag_clearance_cleared_by_id_account")
        ),
        sa.PrimaryKeyConstraint("assessment_id", "flag", name=op.f("pk_flag_clearance")),
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("not_before_on", sa.Date(), nullable=True),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "action IN ('suspend', 'lift', 'revoke')", name=op.f("ck_proposal_action")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_proposal_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["account.id"], name=op.f("fk_proposal_proposed_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by_id"], ["account.id"], name=op.f("fk_proposal_signed_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_proposal_assessment_id"), ["assessment_id"], unique=False
        )

    op.create_table(
        "session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("pattern", sa.String(length=12), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("season", sa.String(length=10), nullable=False),
        sa.Column("anchor", sa.Date(), nullable=True),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("dates", sa.JSON(), nullable=False),
        sa.Column("runs", sa.JSON(), nullable=False),
        sa.Column("off", sa.JSON(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "pattern IN ('weekly', 'fortnightly', 'monthly', 'dates', 'course', 'drop_in', 'all_day')",
            name=op.f("ck_session_pattern"),
        ),
        sa.CheckConstraint(
            "season IN ('term', 'half_term', 'easter', 'summer', 'christmas', 'holidays', 'all_year')",
            name=op.f("ck_session_season"),
        ),
        sa.CheckConstraint("nth BETWEEN -1 AND 4", name=op.f("ck_session_nth")),
        sa.CheckConstraint("starts < ends", name=op.f("ck_session_times")),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activity.id"],
            name=op.f("fk_session_activity_id_activity"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("activity_id", "key", name=op.f("uq_session_activity_id")),
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("declared_name", sa.String(length=200), nullable=False),
        sa.Column("declared_role", sa.String(length=200), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by_id", sa.Integer(), nullable=True),
        sa.Column("would_be_listed_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_submission_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["account.id"], name=op.f("fk_submission_submitted_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("assessment_id", "number", name=op.f("uq_submission_assessment_id")),
    )
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_submission_assessment_id"), ["assessment_id"], unique=False
        )

    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("edition", sa.String(length=10), nullable=False),
        sa.Column("listed_until", sa.Date(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_decision_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_decision_by_id_account")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_decision_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_decision_assessment_id"), ["assessment_id"], unique=False
        )

    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("question_key", sa.String(length=40), nullable=False),
        sa.Column("result", sa.String(length=10), nullable=False),
        sa.Column("suggested", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("found_by_id", sa.Integer(), nullable=True),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "result IN ('met', 'partly', 'not_met', 'na')", name=op.f("ck_finding_result")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_finding_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["found_by_id"], ["account.id"], name=op.f("fk_finding_found_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_finding_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint("assessment_id", "question_key", name=op.f("uq_finding_assessment_id")),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_finding_assessment_id"), ["assessment_id"], unique=False
        )

    op.create_table(
        "returned_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("question_key", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_returned_question_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_returned_question_submission_id_submission"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returned_question")),
        sa.UniqueConstraint(
            "submission_id", "question_key", name=op.f("uq_returned_question_submission_id")
        ),
    )
    with op.batch_alter_table("returned_question", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_returned_question_assessment_id"), ["assessment_id"], unique=False
        )
    for table in KEPT_AS_WRITTEN:
        _refuse_changes(table)


def downgrade() -> None:
    """Take it all away."""
    for table in KEPT_AS_WRITTEN:
        _allow_changes(table)
    with op.batch_alter_table("returned_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_returned_question_assessment_id"))

    op.drop_table("returned_question")
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_assessment_id"))

    op.drop_table("finding")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_assessment_id"))

    op.drop_table("decision")
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_submission_assessment_id"))

    op.drop_table("submission")
    op.drop_table("session")
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_assessment_id"))

    op.drop_table("proposal")
    op.drop_table("flag_clearance")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_file_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_assessment_id"))

    op.drop_table("evidence")
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_change_one_open",
            sqlite_where=sa.text("state IN ('asked', 'waiting', 'sent_back')"),
            postgresql_where=sa.text("state IN ('asked', 'waiting', 'sent_back')"),
        )
        batch_op.drop_index("ix_change_queue")
        batch_op.drop_index(batch_op.f("ix_change_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_change_assessment_id"))

    op.drop_table("change")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_assessment_id"))

    op.drop_table("answer")
    with op.batch_alter_table("activity_venue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_venue_venue_id"))

    op.drop_table("activity_venue")
    op.drop_table("activity_mark")
    op.drop_table("activity_category")
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_web_session_account_id"))

    op.drop_table("web_session")
    with op.batch_alter_table("venue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_venue_organisation_id"))

    op.drop_table("venue")
    with op.batch_alter_table("shelf_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shelf_item_expires_at"))
        batch_op.drop_index(batch_op.f("ix_shelf_item_account_id"))

    op.drop_table("shelf_item")
    op.drop_table("reminder")
    with op.batch_alter_table("named_lead", schema=None) as batch_op:
        batch_op.drop_index("ix_named_lead_named")

    op.drop_table("named_lead")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_account_id"))

    op.drop_table("membership")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_invitation_one_open",
            sqlite_where=sa.text("used_at IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=sa.text("used_at IS NULL AND withdrawn_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_invitation_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_invitation_expires_at"))

    op.drop_table("invitation")
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hold_organisation_id"))

    op.drop_table("hold")
    with op.batch_alter_table("hand_over", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_hand_over_one_open",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.drop_index(batch_op.f("ix_hand_over_organisation_id"))

    op.drop_table("hand_over")
    with op.batch_alter_table("declared_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_declared_link_organisation_id"))

    op.drop_table("declared_link")
    with op.batch_alter_table("card_word", schema=None) as batch_op:
        batch_op.drop_index("ix_card_word_word")

    op.drop_table("card_word")
    with op.batch_alter_table("card_point", schema=None) as batch_op:
        batch_op.drop_index("ix_card_point_place")

    op.drop_table("card_point")
    with op.batch_alter_table("card_picture", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_card_picture_sha256"))

    op.drop_table("card_picture")
    op.drop_table("card_day")
    with op.batch_alter_table("card_category", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_card_category_code"))

    op.drop_table("card_category")
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_assessment_one_standing",
            sqlite_where=sa.text("status IN ('approved', 'suspended')"),
            postgresql_where=sa.text("status IN ('approved', 'suspended')"),
        )
        batch_op.drop_index(
            "ux_assessment_one_open",
            sqlite_where=sa.text(
                "status IN ('draft', 'in_review', 'recommended', 'returned', 'submitted')"
            ),
            postgresql_where=sa.text(
                "status IN ('draft', 'in_review', 'recommended', 'returned', 'submitted')"
            ),
        )
        batch_op.drop_index("ix_assessment_queue")
        batch_op.drop_index(batch_op.f("ix_assessment_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_assessment_listed_until"))
        batch_op.drop_index(batch_op.f("ix_assessment_holder_id"))

    op.drop_table("assessment")
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_organisation_id"))

    op.drop_table("activity")
    with op.batch_alter_table("account_token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_token_account_id"))

    op.drop_table("account_token")
    op.drop_table("account_role")
    op.drop_table("ward")
    with op.batch_alter_table("throttle", schema=None) as batch_op:
        batch_op.drop_index("ix_throttle_bucket_at")
        batch_op.drop_index(batch_op.f("ix_throttle_at"))

    op.drop_table("throttle")
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stored_file_sha256"))
        batch_op.drop_index(batch_op.f("ix_stored_file_organisation_id"))

    op.drop_table("stored_file")
    with op.batch_alter_table("security_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_security_entry_at"))
        batch_op.drop_index(batch_op.f("ix_security_entry_account_id"))

    op.drop_table("security_entry")
    op.drop_table("register_version")
    with op.batch_alter_table("postcode", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_postcode_ward_code"))

    op.drop_table("postcode")
    op.drop_table("organisation")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_organisation_id"))
        batch_op.drop_index("ix_message_due")

    op.drop_table("message")
    op.drop_table("history_head")
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.drop_index("ix_entry_subject")
        batch_op.drop_index(batch_op.f("ix_entry_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_entry_actor_id"))

    op.drop_table("entry")
    op.drop_table("demonstration_mark")
    op.drop_table("contact")
    with op.batch_alter_table("card", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_card_organisation_slug"))
        batch_op.drop_index(batch_op.f("ix_card_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_card_listed_until"))

    op.drop_table("card")
    op.drop_table("account")


def _refuse_changes(table: str) -> None:
    """Let the database itself refuse to change or remove a row."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"""CREATE FUNCTION {table}_kept_as_written() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{table} is kept as it was written'; END $$"""
        )
        op.execute(
            f"""CREATE TRIGGER {table}_kept_as_written BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_kept_as_written()"""
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"""CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}
            BEGIN SELECT RAISE(ABORT, '{table} is kept as it was written'); END"""
        )


def _allow_changes(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP TRIGGER {table}_kept_as_written ON {table}")
        op.execute(f"DROP FUNCTION {table}_kept_as_written()")
        return
    for act in ("update", "delete"):
        op.execute(f"DROP TRIGGER {table}_no_{act}")
