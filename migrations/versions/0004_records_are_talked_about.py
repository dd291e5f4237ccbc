"""Records are talked about."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "core_activity",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("what", sa.String(200), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_at", values.UtcDateTime(), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(500), nullable=True),
        sa.Column("resource", sa.String(120), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_core_activity_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_activity_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_core_activity_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["ab_user.id"], name=op.f("fk_core_activity_done_by_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_core_activity_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_activity")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_core_activity_company_id_id")),
    )
    op.create_index(
        op.f("ix_core_activity_company_id_resource_record_id_done_at_due_on"),
        "core_activity",
        ["company_id", "resource", "record_id", "done_at", "due_on"],
    )
    op.create_index(
        op.f("ix_core_activity_company_id_user_id_done_at_due_on"),
        "core_activity",
        ["company_id", "user_id", "done_at", "due_on"],
    )
    op.create_index(op.f("ix_core_activity_user_id"), "core_activity", ["user_id"])
    op.create_table(
        "core_comment",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("mentions", sa.JSON(), nullable=False),
        sa.Column("edited_at", values.UtcDateTime(), nullable=True),
        sa.Column("deleted_at", values.UtcDateTime(), nullable=True),
        sa.Column("resource", sa.String(120), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_core_comment_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_comment_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_core_comment_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_comment")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_core_comment_company_id_id")),
    )
    op.create_index(
        op.f("ix_core_comment_company_id_resource_record_id_id"),
        "core_comment",
        ["company_id", "resource", "record_id", "id"],
    )
    op.create_table(
        "core_follower",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("follows", sa.Boolean(), nullable=False),
        sa.Column("resource", sa.String(120), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["ab_user.id"],
            name=op.f("fk_core_follower_changed_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_follower_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["ab_user.id"],
            name=op.f("fk_core_follower_created_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["ab_user.id"], name=op.f("fk_core_follower_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_follower")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_core_follower_company_id_id")),
        sa.UniqueConstraint(
            "company_id",
            "resource",
            "record_id",
            "user_id",
            name=op.f("uq_core_follower_company_id_resource_record_id_user_id"),
        ),
    )
    op.create_index(op.f("ix_core_follower_user_id"), "core_follower", ["user_id"])
    op.create_table(
        "core_comment_reading",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("comment_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("resource", sa.String(120), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["ab_user.id"],
            name=op.f("fk_core_comment_reading_changed_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "comment_id"],
            ["core_comment.company_id", "core_comment.id"],
            name="fk_core_comment_reading_comment",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_comment_reading_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["ab_user.id"],
            name=op.f("fk_core_comment_reading_created_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["ab_user.id"],
            name=op.f("fk_core_comment_reading_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_comment_reading")),
        sa.UniqueConstraint(
            "company_id",
            "comment_id",
            "user_id",
            name=op.f("uq_core_comment_reading_company_id_comment_id_user_id"),
        ),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_core_comment_reading_company_id_id")),
    )
    op.create_index(
        "ix_core_comment_reading_comment",
        "core_comment_reading",
        ["company_id", "comment_id", "id"],
    )
    op.create_index(
        op.f("ix_core_comment_reading_company_id_resource_record_id_user_id"),
        "core_comment_reading",
        ["company_id", "resource", "record_id", "user_id"],
    )
    op.create_index(op.f("ix_core_comment_reading_user_id"), "core_comment_reading", ["user_id"])


def downgrade() -> None:
    op.drop_table("core_comment_reading")
    op.drop_table("core_follower")
    op.drop_table("core_comment")
    op.drop_table("core_activity")
