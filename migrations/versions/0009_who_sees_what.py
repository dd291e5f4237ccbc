"""Who sees what."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "core_field_rule",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("resource", sa.String(120), nullable=False),
        sa.Column("field", sa.String(120), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("effect", sa.String(40), nullable=False),
        sa.Column("states", sa.String(400), nullable=False),
        sa.Column("at", values.UtcDateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("effect IN ('hidden', 'fixed')", name=op.f("ck_core_field_rule_effect")),
        sa.ForeignKeyConstraint(
            ["by_id"], ["ab_user.id"], name=op.f("fk_core_field_rule_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_core_field_rule_company_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["role_id"],
            ["ab_role.id"],
            name=op.f("fk_core_field_rule_role_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_field_rule")),
        sa.UniqueConstraint(
            "company_id",
            "resource",
            "field",
            "role_id",
            name=op.f("uq_core_field_rule_company_id_resource_field_role_id"),
        ),
    )
    op.create_index(op.f("ix_core_field_rule_role_id"), "core_field_rule", ["role_id"])
    op.create_table(
        "core_company_role",
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("title", sa.String(40), nullable=False),
        sa.Column("copied_from", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_core_company_role_company_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["role_id"],
            ["ab_role.id"],
            name=op.f("fk_core_company_role_role_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("role_id", name=op.f("pk_core_company_role")),
        sa.UniqueConstraint(
            "company_id", "title", name=op.f("uq_core_company_role_company_id_title")
        ),
    )


def downgrade() -> None:
    op.drop_table("core_company_role")
    op.drop_index(op.f("ix_core_field_rule_role_id"), table_name="core_field_rule")
    op.drop_table("core_field_rule")
