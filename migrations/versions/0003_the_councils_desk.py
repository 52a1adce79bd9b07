"""What the council's desk keeps."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it."""
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=10), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("in_force_on", sa.Date(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("number", name=op.f("uq_edition_number")),
    )
    op.create_table(
        "erased_file",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "reason IN ('filled_form', 'dbs_certificate', 'other_person', 'other')",
            name=op.f("ck_erased_file_reason"),
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_erased_file")),
    )
    op.create_table(
        "history_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reached", sa.BigInteger(), nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=True),
        sa.Column("broken_at", sa.BigInteger(), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_check")),
    )
    with op.batch_alter_table("history_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_history_check_asked_at"), ["asked_at"], unique=False)

    op.create_table(
        "history_seal",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("first_number", sa.BigInteger(), nullable=False),
        sa.Column("last_year", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=100), nullable=False),
        sa.Column("file_digest", sa.String(length=64), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_history_seal")),
    )
    op.create_table(
        "kept_list",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_kept_list")),
    )
    op.create_table(
        "paper_page",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("picture", sa.String(length=64), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("sha256", "number", name=op.f("pk_paper_page")),
    )
    with op.batch_alter_table("paper_page", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_page_picture"), ["picture"], unique=False)

    op.create_table(
        "paper_reading",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made", sa.String(length=6), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "made IN ('whole', 'cut', 'broken')", name=op.f("ck_paper_reading_made")
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_paper_reading")),
    )
    op.create_table(
        "ready_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=True),
        sa.Column("use", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ready_words")),
        sa.UniqueConstraint("key", name=op.f("uq_ready_words_key")),
    )
    with op.batch_alter_table("ready_words", schema=None) as batch_op:
        batch_op.create_index("ix_ready_words_use", ["use", "is_active", "sort"], unique=False)

    op.create_table(
        "withheld_card",
        sa.Column("activity_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("listed_until", sa.Date(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_withheld_card")),
    )
    with op.batch_alter_table("withheld_card", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_withheld_card_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "assistance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("how IN ('paper', 'telephone')", name=op.f("ck_assistance_how")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_assistance_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_assistance_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assistance")),
    )
    with op.batch_alter_table("assistance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assistance_account_id"), ["account_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_assistance_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ux_assistance_one_open",
            ["organisation_id", "account_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "concern",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("colour", sa.String(length=10), nullable=False),
        sa.Column("hints_at_harm", sa.Boolean(), nullable=False),
        sa.Column("listing", sa.String(length=120), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("teller_name", sa.String(length=200), nullable=False),
        sa.Column("teller_contact", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("handed_to", sa.String(length=10), nullable=True),
        sa.Column("handed_on", sa.Date(), nullable=True),
        sa.Column("handed_reference", sa.String(length=80), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("colour IN ('red', 'amber', 'green')", name=op.f("ck_concern_colour")),
        sa.CheckConstraint(
            "handed_to IN ('mash', 'lado', 'police', 'other')", name=op.f("ck_concern_handed_to")
        ),
        sa.CheckConstraint("kind IN ('listing', 'papers', 'staff')", name=op.f("ck_concern_kind")),
        sa.CheckConstraint(
            "outcome IN ('mended', 'club_asked', 'nothing_found', 'told_before', 'not_ours')",
            name=op.f("ck_concern_outcome"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'handed_over', 'closed')", name=op.f("ck_concern_state")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_concern_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["account.id"], name=op.f("fk_concern_settled_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern")),
        sa.UniqueConstraint("reference", name=op.f("uq_concern_reference")),
    )
    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_concern_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index("ix_concern_queue", ["state", "colour", "told_at"], unique=False)

    op.create_table(
        "conflict_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=False),
        sa.Column("none_to_tell", sa.Boolean(), nullable=False),
        sa.Column("others", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_conflict_statement_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_statement")),
    )
    with op.batch_alter_table("conflict_statement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_conflict_statement_account_id"), ["account_id"], unique=False
        )

    op.create_table(
        "data_breach",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("found_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_a_risk", sa.Boolean(), nullable=True),
        sa.Column("told_regulator_on", sa.Date(), nullable=True),
        sa.Column("told_people_on", sa.Date(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "reason IN ('filled_form', 'dbs_certificate', 'other_person', 'other')",
            name=op.f("ck_data_breach_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["found_by_id"], ["account.id"], name=op.f("fk_data_breach_found_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_data_breach_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["account.id"], name=op.f("fk_data_breach_settled_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_breach")),
    )
    with op.batch_alter_table("data_breach", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_data_breach_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_data_breach_sha256"), ["sha256"], unique=False)

    op.create_table(
        "data_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=14), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("reach", sa.String(length=300), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("packed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('access', 'complaint', 'rectification', 'objection')",
            name=op.f("ck_data_request_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_data_request_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["account.id"], name=op.f("fk_data_request_entered_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_request")),
    )
    with op.batch_alter_table("data_request", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_data_request_account_id"), ["account_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_data_request_due_on"), ["due_on"], unique=False)

    op.create_table(
        "earlier_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_by_id", sa.Integer(), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["key"], ["contact.key"], name=op.f("fk_earlier_contact_key_contact")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_contact")),
    )
    with op.batch_alter_table("earlier_contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_earlier_contact_key"), ["key"], unique=False)

    op.create_table(
        "kept_list_version",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["key"], ["kept_list.key"], name=op.f("fk_kept_list_version_key_kept_list")
        ),
        sa.PrimaryKeyConstraint("key", "number", name=op.f("pk_kept_list_version")),
    )
    op.create_table(
        "organisation_match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("strength", sa.String(length=10), nullable=False),
        sa.Column("hits", sa.JSON(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_as", sa.String(length=12), nullable=True),
        sa.Column("settled_hits", sa.JSON(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "settled_as IN ('not_the_same', 'merged')",
            name=op.f("ck_organisation_match_settled_as"),
        ),
        sa.CheckConstraint(
            "strength IN ('none', 'look', 'strong')", name=op.f("ck_organisation_match_strength")
        ),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_organisation_match_order")),
        sa.ForeignKeyConstraint(
            ["one_id"], ["organisation.id"], name=op.f("fk_organisation_match_one_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_match_other_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"],
            ["account.id"],
            name=op.f("fk_organisation_match_settled_by_id_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_match")),
        sa.UniqueConstraint("one_id", "other_id", name=op.f("uq_organisation_match_one_id")),
    )
    with op.batch_alter_table("organisation_match", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organisation_match_other_id"), ["other_id"], unique=False
        )

    op.create_table(
        "postal_contact",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_postal_contact_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_postal_contact")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_recovery_code_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("digest", name=op.f("uq_recovery_code_digest")),
    )
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recovery_code_account_id"), ["account_id"], unique=False
        )

    op.create_table(
        "second_factor",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_second_factor_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "trait",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('charity', 'company', 'ofsted', 'file', 'email', 'phone', 'name', 'website', 'postcode')",
            name=op.f("ck_trait_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_trait_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trait")),
        sa.UniqueConstraint(
            "organisation_id", "kind", "value", name=op.f("uq_trait_organisation_id")
        ),
    )
    with op.batch_alter_table("trait", schema=None) as batch_op:
        batch_op.create_index("ix_trait_value", ["kind", "value"], unique=False)

    op.create_table(
        "assisted_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.Column("declared_name", sa.String(length=200), nullable=False),
        sa.Column("declared_role", sa.String(length=200), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("code_digest", sa.String(length=64), nullable=True),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("prepared_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_by_ids", sa.JSON(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_how", sa.String(length=10), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "confirmed_how IN ('club', 'second')", name=op.f("ck_assisted_entry_confirmed_how")
        ),
        sa.CheckConstraint("how IN ('paper', 'telephone')", name=op.f("ck_assisted_entry_how")),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_assisted_entry_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"],
            ["account.id"],
            name=op.f("fk_assisted_entry_confirmed_by_id_account"),
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["stored_file.id"],
            name=op.f("fk_assisted_entry_declaration_id_stored_file"),
        ),
        sa.ForeignKeyConstraint(
            ["prepared_by_id"],
            ["account.id"],
            name=op.f("fk_assisted_entry_prepared_by_id_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assisted_entry")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_assisted_entry_code_digest")),
    )
    with op.batch_alter_table("assisted_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assisted_entry_assessment_id"), ["assessment_id"], unique=False
        )
        batch_op.create_index(
            "ux_assisted_entry_one_open",
            ["assessment_id"],
            unique=True,
            sqlite_where=sa.text("confirmed_at IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=sa.text("confirmed_at IS NULL AND withdrawn_at IS NULL"),
        )

    op.create_table(
        "case_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("question_key", sa.String(length=40), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_case_note_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["account.id"], name=op.f("fk_case_note_written_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_note")),
    )
    with op.batch_alter_table("case_note", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_case_note_assessment_id"), ["assessment_id"], unique=False
        )

    op.create_table(
        "concern_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "what IN ('told', 'colour', 'link', 'hand_over', 'close')",
            name=op.f("ck_concern_step_what"),
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["account.id"], name=op.f("fk_concern_step_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["concern_id"], ["concern.id"], name=op.f("fk_concern_step_concern_id_concern")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_step")),
    )
    with op.batch_alter_table("concern_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_concern_step_concern_id"), ["concern_id"], unique=False
        )

    op.create_table(
        "hold_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("concern_id", sa.Integer(), nullable=True),
        sa.Column("hold_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(length=5), nullable=False),
        sa.Column("takes_listing_off", sa.Boolean(), nullable=False),
        sa.Column("advice_from", sa.String(length=10), nullable=False),
        sa.Column("advised_on", sa.Date(), nullable=False),
        sa.Column("advice_reference", sa.String(length=80), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "advice_from IN ('lado', 'police')", name=op.f("ck_hold_proposal_advice_from")
        ),
        sa.CheckConstraint("what IN ('set', 'end')", name=op.f("ck_hold_proposal_what")),
        sa.ForeignKeyConstraint(
            ["concern_id"], ["concern.id"], name=op.f("fk_hold_proposal_concern_id_concern")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["account.id"], name=op.f("fk_hold_proposal_ended_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["hold_id"], ["hold.id"], name=op.f("fk_hold_proposal_hold_id_hold")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_hold_proposal_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["account.id"], name=op.f("fk_hold_proposal_proposed_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by_id"], ["account.id"], name=op.f("fk_hold_proposal_signed_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold_proposal")),
    )
    with op.batch_alter_table("hold_proposal", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hold_proposal_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ux_hold_proposal_one_open",
            ["organisation_id"],
            unique=True,
            sqlite_where=sa.text("signed_at IS NULL AND ended_at IS NULL"),
            postgresql_where=sa.text("signed_at IS NULL AND ended_at IS NULL"),
        )

    op.create_table(
        "kept_out",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_kept_out_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_kept_out_assessment_id_assessment")
        ),
        sa.PrimaryKeyConstraint("assessment_id", "account_id", name=op.f("pk_kept_out")),
    )
    op.create_table(
        "lost_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("breach_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("question_key", sa.String(length=40), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["account.id"], name=op.f("fk_lost_paper_asked_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_lost_paper_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(
            ["breach_id"], ["data_breach.id"], name=op.f("fk_lost_paper_breach_id_data_breach")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_lost_paper_file_id_stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_lost_paper_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lost_paper")),
    )
    with op.batch_alter_table("lost_paper", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_lost_paper_assessment_id"), ["assessment_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_lost_paper_breach_id"), ["breach_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_lost_paper_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "organisation_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("duplicate_id", sa.Integer(), nullable=False),
        sa.Column("match_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('proposed', 'signed', 'declined', 'withdrawn')",
            name=op.f("ck_organisation_merge_state"),
        ),
        sa.CheckConstraint("kept_id != duplicate_id", name=op.f("ck_organisation_merge_two")),
        sa.ForeignKeyConstraint(
            ["duplicate_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_merge_duplicate_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["kept_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_merge_kept_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["match_id"],
            ["organisation_match.id"],
            name=op.f("fk_organisation_merge_match_id_organisation_match"),
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"],
            ["account.id"],
            name=op.f("fk_organisation_merge_proposed_by_id_account"),
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"],
            ["account.id"],
            name=op.f("fk_organisation_merge_settled_by_id_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_merge")),
    )
    with op.batch_alter_table("organisation_merge", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organisation_merge_duplicate_id"), ["duplicate_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_organisation_merge_kept_id"), ["kept_id"], unique=False
        )
        batch_op.create_index(
            "ux_merge_one_open",
            ["duplicate_id"],
            unique=True,
            sqlite_where=sa.text("state = 'proposed'"),
            postgresql_where=sa.text("state = 'proposed'"),
        )

    op.create_table(
        "reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_reply_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_reply_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
    )
    with op.batch_alter_table("reply", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reply_assessment_id"), ["assessment_id"], unique=False)

    op.create_table(
        "second_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("because_id", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("read_by_id", sa.Integer(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_words", sa.Text(), nullable=False),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('agrees', 'doubt')", name=op.f("ck_second_reading_outcome")
        ),
        sa.CheckConstraint("why IN ('drawn', 'same_reviewer')", name=op.f("ck_second_reading_why")),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_second_reading_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(
            ["read_by_id"], ["account.id"], name=op.f("fk_second_reading_read_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["account.id"], name=op.f("fk_second_reading_settled_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_reading")),
        sa.UniqueConstraint("assessment_id", "why", name=op.f("uq_second_reading_assessment_id")),
    )
    with op.batch_alter_table("second_reading", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_second_reading_assessment_id"), ["assessment_id"], unique=False
        )

    op.create_table(
        "suspension_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_suspension_review_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["account.id"], name=op.f("fk_suspension_review_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspension_review")),
    )
    with op.batch_alter_table("suspension_review", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_suspension_review_assessment_id"), ["assessment_id"], unique=False
        )

    op.create_table(
        "case_note_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["note_id"], ["case_note.id"], name=op.f("fk_case_note_version_note_id_case_note")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_note_version")),
        sa.UniqueConstraint("note_id", "number", name=op.f("uq_case_note_version_note_id")),
    )
    with op.batch_alter_table("case_note_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_note_version_note_id"), ["note_id"], unique=False)

    op.create_table(
        "appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("against", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("late_reason", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("begins_on", sa.Date(), nullable=True),
        sa.Column("allowed_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "against IN ('refuse', 'suspend', 'revoke')", name=op.f("ck_appeal_against")
        ),
        sa.CheckConstraint(
            "outcome IN ('upheld', 'sent_back', 'changed', 'not_upheld', 'turned_down', 'over')",
            name=op.f("ck_appeal_outcome"),
        ),
        sa.CheckConstraint(
            "state IN ('late', 'open', 'decided', 'taken_back')", name=op.f("ck_appeal_state")
        ),
        sa.ForeignKeyConstraint(
            ["allowed_by_id"], ["account.id"], name=op.f("fk_appeal_allowed_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["account.id"], name=op.f("fk_appeal_asked_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_appeal_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_appeal_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_appeal_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["account.id"], name=op.f("fk_appeal_settled_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
    )
    with op.batch_alter_table("appeal", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_appeal_assessment_id"), ["assessment_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_appeal_decision_id"), ["decision_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_appeal_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_appeal_state"), ["state"], unique=False)
        batch_op.create_index(
            "ux_appeal_one_open",
            ["assessment_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('late', 'open')"),
            postgresql_where=sa.text("state IN ('late', 'open')"),
        )

    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("appeal_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("appeal_officer_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_assessment_appeal_officer_id_account"),
            "account",
            ["appeal_officer_id"],
            ["id"],
        )

    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))

    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("channel", sa.String(length=6), server_default="email", nullable=False)
        )
        batch_op.add_column(sa.Column("put_aside_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("put_aside_by_id", sa.Integer(), nullable=True))

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            "fk_organisation_merged_into_id_organisation",
            "organisation",
            ["merged_into_id"],
            ["id"],
        )

    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ended_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("ended_words", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column(
                "approval_was_false",
                sa.Boolean(),
                server_default=sa.text("(false)"),
                nullable=False,
            )
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_proposal_ended_by_id_account"), "account", ["ended_by_id"], ["id"]
        )

    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.add_column(sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "with_second_factor",
                sa.Boolean(),
                server_default=sa.text("(false)"),
                nullable=False,
            )
        )


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.drop_column("with_second_factor")

    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.drop_column("erased_at")

    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_proposal_ended_by_id_account"), type_="foreignkey")
        batch_op.drop_column("approval_was_false")
        batch_op.drop_column("ended_words")
        batch_op.drop_column("ended_at")
        batch_op.drop_column("ended_by_id")

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_constraint("fk_organisation_merged_into_id_organisation", type_="foreignkey")
        batch_op.drop_column("merged_into_id")

    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_column("put_aside_by_id")
        batch_op.drop_column("put_aside_at")
        batch_op.drop_column("channel")

    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_column("version")

    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_assessment_appeal_officer_id_account"), type_="foreignkey"
        )
        batch_op.drop_column("appeal_officer_id")
        batch_op.drop_column("appeal_since")

    with op.batch_alter_table("appeal", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_appeal_one_open",
            sqlite_where=sa.text("state IN ('late', 'open')"),
            postgresql_where=sa.text("state IN ('late', 'open')"),
        )
        batch_op.drop_index(batch_op.f("ix_appeal_state"))
        batch_op.drop_index(batch_op.f("ix_appeal_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_appeal_decision_id"))
        batch_op.drop_index(batch_op.f("ix_appeal_assessment_id"))

    op.drop_table("appeal")
    with op.batch_alter_table("case_note_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_note_version_note_id"))

    op.drop_table("case_note_version")
    with op.batch_alter_table("suspension_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_suspension_review_assessment_id"))

    op.drop_table("suspension_review")
    with op.batch_alter_table("second_reading", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_second_reading_assessment_id"))

    op.drop_table("second_reading")
    with op.batch_alter_table("reply", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reply_assessment_id"))

    op.drop_table("reply")
    with op.batch_alter_table("organisation_merge", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_merge_one_open",
            sqlite_where=sa.text("state = 'proposed'"),
            postgresql_where=sa.text("state = 'proposed'"),
        )
        batch_op.drop_index(batch_op.f("ix_organisation_merge_kept_id"))
        batch_op.drop_index(batch_op.f("ix_organisation_merge_duplicate_id"))

    op.drop_table("organisation_merge")
    with op.batch_alter_table("lost_paper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lost_paper_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_lost_paper_breach_id"))
        batch_op.drop_index(batch_op.f("ix_lost_paper_assessment_id"))

    op.drop_table("lost_paper")
    op.drop_table("kept_out")
    with op.batch_alter_table("hold_proposal", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_hold_proposal_one_open",
            sqlite_where=sa.text("signed_at IS NULL AND ended_at IS NULL"),
            postgresql_where=sa.text("signed_at IS NULL AND ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_hold_proposal_organisation_id"))

    op.drop_table("hold_proposal")
    with op.batch_alter_table("concern_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concern_step_concern_id"))

    op.drop_table("concern_step")
    with op.batch_alter_table("case_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_note_assessment_id"))

    op.drop_table("case_note")
    with op.batch_alter_table("assisted_entry", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_assisted_entry_one_open",
            sqlite_where=sa.text("confirmed_at IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=sa.text("confirmed_at IS NULL AND withdrawn_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_assisted_entry_assessment_id"))

    op.drop_table("assisted_entry")
    with op.batch_alter_table("trait", schema=None) as batch_op:
        batch_op.drop_index("ix_trait_value")

    op.drop_table("trait")
    op.drop_table("second_factor")
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_code_account_id"))

    op.drop_table("recovery_code")
    op.drop_table("postal_contact")
    with op.batch_alter_table("organisation_match", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_match_other_id"))

    op.drop_table("organisation_match")
    op.drop_table("kept_list_version")
    with op.batch_alter_table("earlier_contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_earlier_contact_key"))

    op.drop_table("earlier_contact")
    with op.batch_alter_table("data_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_data_request_due_on"))
        batch_op.drop_index(batch_op.f("ix_data_request_account_id"))

    op.drop_table("data_request")
    with op.batch_alter_table("data_breach", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_data_breach_sha256"))
        batch_op.drop_index(batch_op.f("ix_data_breach_organisation_id"))

    op.drop_table("data_breach")
    with op.batch_alter_table("conflict_statement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conflict_statement_account_id"))

    op.drop_table("conflict_statement")
    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.drop_index("ix_concern_queue")
        batch_op.drop_index(batch_op.f("ix_concern_organisation_id"))

    op.drop_table("concern")
    with op.batch_alter_table("assistance", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_assistance_one_open",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_assistance_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_assistance_account_id"))

    op.drop_table("assistance")
    with op.batch_alter_table("withheld_card", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_withheld_card_organisation_id"))

    op.drop_table("withheld_card")
    with op.batch_alter_table("ready_words", schema=None) as batch_op:
        batch_op.drop_index("ix_ready_words_use")

    op.drop_table("ready_words")
    op.drop_table("paper_reading")
    with op.batch_alter_table("paper_page", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_page_picture"))

    op.drop_table("paper_page")
    op.drop_table("kept_list")
    op.drop_table("history_seal")
    with op.batch_alter_table("history_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_history_check_asked_at"))

    op.drop_table("history_check")
    op.drop_table("erased_file")
    op.drop_table("edition")
