"""Approvals are asked for."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "core_absence",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("substitute_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("note", sa.String(200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "last_day >= first_day", name=op.f("ck_core_absence_ends_after_it_begins")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_core_absence_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_absence_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_core_absence_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["substitute_id"], ["ab_user.id"], name=op.f("fk_core_absence_substitute_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_core_absence_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_absence")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_core_absence_company_id_id")),
    )
    op.create_index(
        op.f("ix_core_absence_company_id_last_day"), "core_absence", ["company_id", "last_day"]
    )
    op.create_index(
        op.f("ix_core_absence_company_id_user_id_last_day"),
        "core_absence",
        ["company_id", "user_id", "last_day"],
    )
    op.create_table(
        "core_approval_request",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("waiting_in", sa.String(40), nullable=False),
        sa.Column("requester_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("rule", sa.String(200), nullable=True),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("started_at", values.UtcDateTime(), nullable=False),
        sa.Column("due_at", values.UtcDateTime(), nullable=True),
        sa.Column("reminded_at", values.UtcDateTime(), nullable=True),
        sa.Column("ended_at", values.UtcDateTime(), nullable=True),
        sa.Column("outcome", sa.String(40), nullable=True),
        sa.Column("resource", sa.String(120), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('approved', 'refused', 'withdrawn')",
            name=op.f("ck_core_approval_request_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["ab_user.id"], name=op.f("fk_core_approval_request_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_core_approval_request_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_approval_request_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_core_approval_request_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["requester_id"], ["ab_user.id"], name=op.f("fk_core_approval_request_requester_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_approval_request")),
        sa.UniqueConstraint(
            "company_id", "id", name=op.f("uq_core_approval_request_company_id_id")
        ),
    )
    op.create_index(
        "ix_core_approval_request_late",
        "core_approval_request",
        ["due_at"],
        sqlite_where=sa.text("outcome IS NULL"),
        postgresql_where=sa.text("outcome IS NULL"),
    )
    op.create_index(
        op.f("ix_core_approval_request_company_id_requester_id_outcome"),
        "core_approval_request",
        ["company_id", "requester_id", "outcome"],
    )
    op.create_index(
        op.f("ix_core_approval_request_company_id_resource_record_id"),
        "core_approval_request",
        ["company_id", "resource", "record_id"],
    )
    op.create_table(
        "core_approval_rule",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("resource", sa.String(120), nullable=False),
        sa.Column("waiting_in", sa.String(40), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("amount_field", sa.String(60), nullable=True),
        sa.Column("amount_from", values.MoneyType(), nullable=True),
        sa.Column("amount_to", values.MoneyType(), nullable=True),
        sa.Column("department", sa.String(200), nullable=True),
        sa.Column("region", sa.String(200), nullable=True),
        sa.Column("role", sa.String(120), nullable=True),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "valid_until IS NULL OR valid_until >= valid_from",
            name=op.f("ck_core_approval_rule_ends_after_it_begins"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_core_approval_rule_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_approval_rule_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_core_approval_rule_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_approval_rule")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_core_approval_rule_company_id_id")),
    )
    op.create_index(
        op.f("ix_core_approval_rule_company_id_resource_waiting_in_rank"),
        "core_approval_rule",
        ["company_id", "resource", "waiting_in", "rank"],
    )
    op.create_table(
        "core_approval_entry",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("happened", sa.String(40), nullable=False),
        sa.Column("at", values.UtcDateTime(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("for_id", sa.Integer(), nullable=True),
        sa.Column("to_id", sa.Integer(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("resource", sa.String(120), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "happened IN ('asked', 'approved', 'refused', 'added_before', 'added_after', "
            "'handed_over', 'sent_back', 'copied', 'reminded', 'escalated', 'withdrawn')",
            name=op.f("ck_core_approval_entry_happened"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_core_approval_entry_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "request_id"],
            ["core_approval_request.company_id", "core_approval_request.id"],
            name="fk_core_approval_entry_request",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_approval_entry_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_core_approval_entry_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["for_id"], ["ab_user.id"], name=op.f("fk_core_approval_entry_for_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_id"], ["ab_user.id"], name=op.f("fk_core_approval_entry_to_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["ab_user.id"], name=op.f("fk_core_approval_entry_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_approval_entry")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_core_approval_entry_company_id_id")),
    )
    op.create_index(
        op.f("ix_core_approval_entry_company_id_resource_record_id"),
        "core_approval_entry",
        ["company_id", "resource", "record_id"],
    )
    op.create_index(
        op.f("ix_core_approval_entry_company_id_user_id_happened"),
        "core_approval_entry",
        ["company_id", "user_id", "happened"],
    )
    op.create_index(
        "ix_core_approval_entry_request", "core_approval_entry", ["company_id", "request_id", "id"]
    )
    op.create_table(
        "core_approval_seat",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("standing", sa.String(40), nullable=False),
        sa.Column("why", sa.String(40), nullable=True),
        sa.Column("due", sa.String(20), nullable=True),
        sa.Column("due_at", values.UtcDateTime(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("decided_at", values.UtcDateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("handed_by_id", sa.Integer(), nullable=True),
        sa.Column("escalated_to_id", sa.Integer(), nullable=True),
        sa.Column("escalated_at", values.UtcDateTime(), nullable=True),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("resource", sa.String(120), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "standing IN ('later', 'asked', 'approved', 'refused', 'counted', 'spared')",
            name=op.f("ck_core_approval_seat_standing"),
        ),
        sa.CheckConstraint(
            "why IN ('own', 'vacant', 'nobody', 'added', 'unnamed')",
            name=op.f("ck_core_approval_seat_why"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_core_approval_seat_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "request_id"],
            ["core_approval_request.company_id", "core_approval_request.id"],
            name="fk_core_approval_seat_request",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_approval_seat_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_core_approval_seat_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["ab_user.id"], name=op.f("fk_core_approval_seat_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["escalated_to_id"], ["ab_user.id"], name=op.f("fk_core_approval_seat_escalated_to_id")
        ),
        sa.ForeignKeyConstraint(
            ["handed_by_id"], ["ab_user.id"], name=op.f("fk_core_approval_seat_handed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["ab_user.id"], name=op.f("fk_core_approval_seat_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_approval_seat")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_core_approval_seat_company_id_id")),
    )
    op.create_index(
        op.f("ix_core_approval_seat_company_id_resource_record_id"),
        "core_approval_seat",
        ["company_id", "resource", "record_id"],
    )
    op.create_index(
        op.f("ix_core_approval_seat_company_id_user_id_standing"),
        "core_approval_seat",
        ["company_id", "user_id", "standing"],
    )
    op.create_index(
        "ix_core_approval_seat_escalated",
        "core_approval_seat",
        ["company_id", "escalated_to_id", "standing"],
    )
    op.create_index(
        "ix_core_approval_seat_request", "core_approval_seat", ["company_id", "request_id", "id"]
    )


def downgrade() -> None:
    op.drop_table("core_approval_seat")
    op.drop_table("core_approval_entry")
    op.drop_table("core_approval_rule")
    op.drop_table("core_approval_request")
    op.drop_table("core_absence")
