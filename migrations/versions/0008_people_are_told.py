"""People are told."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "core_digest",
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("told_until", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_core_digest_company_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("company_id", name=op.f("pk_core_digest")),
    )
    op.create_table(
        "core_mail",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("recipient", sa.String(320), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("message_id", sa.String(200), nullable=False),
        sa.Column("written_at", values.UtcDateTime(), nullable=False),
        sa.Column("due_at", values.UtcDateTime(), nullable=True),
        sa.Column("sent_at", values.UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_core_mail_company_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["ab_user.id"], name=op.f("fk_core_mail_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_mail")),
    )
    op.create_index(op.f("ix_core_mail_company_id"), "core_mail", ["company_id"])
    op.create_index(op.f("ix_core_mail_due_at_id"), "core_mail", ["due_at", "id"])
    op.create_index(op.f("ix_core_mail_user_id"), "core_mail", ["user_id"])
    op.create_index(op.f("ix_core_mail_written_at"), "core_mail", ["written_at"])
    op.create_table(
        "core_notice",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("resource", sa.String(120), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("delivery", sa.String(40), nullable=False),
        sa.Column("mailed_at", values.UtcDateTime(), nullable=True),
        sa.Column("seen_at", values.UtcDateTime(), nullable=True),
        sa.Column("done_at", values.UtcDateTime(), nullable=True),
        sa.Column("source", sa.String(60), nullable=True),
        sa.Column("mail_id", values.BIG_ID, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "delivery IN ('at_once', 'digest', 'none')", name=op.f("ck_core_notice_delivery")
        ),
        sa.CheckConstraint(
            "kind IN ('asked', 'decided', 'mentioned', 'followed', 'activity', 'late', 'news')",
            name=op.f("ck_core_notice_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_core_notice_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_notice_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_core_notice_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["mail_id"], ["core_mail.id"], name=op.f("fk_core_notice_mail_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["ab_user.id"], name=op.f("fk_core_notice_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_notice")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_core_notice_company_id_id")),
    )
    unmailed = sa.text("mailed_at IS NULL AND seen_at IS NULL AND done_at IS NULL")
    op.create_index(
        "ix_core_notice_unmailed",
        "core_notice",
        ["delivery", "created_at"],
        sqlite_where=unmailed,
        postgresql_where=unmailed,
    )
    op.create_index(
        op.f("ix_core_notice_company_id_resource_record_id"),
        "core_notice",
        ["company_id", "resource", "record_id"],
    )
    op.create_index(
        op.f("ix_core_notice_company_id_user_id_kind_id"),
        "core_notice",
        ["company_id", "user_id", "kind", "id"],
    )
    op.create_index(
        op.f("ix_core_notice_company_id_user_id_seen_at"),
        "core_notice",
        ["company_id", "user_id", "seen_at"],
    )
    op.create_index(op.f("ix_core_notice_mail_id"), "core_notice", ["mail_id"])
    op.create_index(op.f("ix_core_notice_user_id"), "core_notice", ["user_id"])
    op.create_table(
        "core_notice_wish",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("delivery", sa.String(40), nullable=False),
        sa.CheckConstraint(
            "delivery IN ('at_once', 'digest', 'none')", name=op.f("ck_core_notice_wish_delivery")
        ),
        sa.CheckConstraint(
            "kind IN ('asked', 'decided', 'mentioned', 'followed', 'activity', 'late', 'news')",
            name=op.f("ck_core_notice_wish_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["ab_user.id"],
            name=op.f("fk_core_notice_wish_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "kind", name=op.f("pk_core_notice_wish")),
    )


def downgrade() -> None:
    op.drop_table("core_notice_wish")
    op.drop_table("core_notice")
    op.drop_table("core_mail")
    op.drop_table("core_digest")
