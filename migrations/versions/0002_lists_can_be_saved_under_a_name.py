"""Lists can be saved under a name."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "core_saved_view",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("resource", sa.String(120), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["ab_user.id"],
            name=op.f("fk_core_saved_view_changed_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_saved_view_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["ab_user.id"],
            name=op.f("fk_core_saved_view_created_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["ab_user.id"],
            name=op.f("fk_core_saved_view_owner_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_saved_view")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_core_saved_view_company_id_id")),
        sa.UniqueConstraint(
            "company_id",
            "owner_id",
            "resource",
            "name",
            name=op.f("uq_core_saved_view_company_id_owner_id_resource_name"),
        ),
    )
    op.create_index(
        op.f("ix_core_saved_view_company_id_resource_shared"),
        "core_saved_view",
        ["company_id", "resource", "shared"],
    )
    op.create_index(op.f("ix_core_saved_view_owner_id"), "core_saved_view", ["owner_id"])
    op.create_table(
        "core_preferred_view",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("resource", sa.String(120), nullable=False),
        sa.Column("view_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["ab_user.id"],
            name=op.f("fk_core_preferred_view_changed_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "view_id"],
            ["core_saved_view.company_id", "core_saved_view.id"],
            name="fk_core_preferred_view_view",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_preferred_view_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["ab_user.id"],
            name=op.f("fk_core_preferred_view_created_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["ab_user.id"],
            name=op.f("fk_core_preferred_view_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_preferred_view")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_core_preferred_view_company_id_id")),
        sa.UniqueConstraint(
            "company_id",
            "user_id",
            "resource",
            name=op.f("uq_core_preferred_view_company_id_user_id_resource"),
        ),
    )
    op.create_index(op.f("ix_core_preferred_view_user_id"), "core_preferred_view", ["user_id"])
    op.create_index(
        "ix_core_preferred_view_view", "core_preferred_view", ["company_id", "view_id", "id"]
    )


def downgrade() -> None:
    op.drop_table("core_preferred_view")
    op.drop_table("core_saved_view")
