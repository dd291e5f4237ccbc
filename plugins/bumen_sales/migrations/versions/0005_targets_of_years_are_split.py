"""Targets of years are split."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sales_target",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("amount", values.MoneyType(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("revised_because", sa.String(500), nullable=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("issued_at", values.UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'issued', 'revised')", name=op.f("ck_sales_target_state")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_sales_target_amount_positive")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_target_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_target_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_target_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_target")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_target_company_id_id")),
        sa.UniqueConstraint("company_id", "number", name=op.f("uq_sales_target_company_id_number")),
        sa.UniqueConstraint(
            "company_id", "year", "revision", name=op.f("uq_sales_target_company_id_year_revision")
        ),
    )
    op.create_index(
        op.f("ix_sales_target_company_id_amount_id"), "sales_target", ["company_id", "amount", "id"]
    )
    op.create_index(
        op.f("ix_sales_target_company_id_issued_at_id"),
        "sales_target",
        ["company_id", "issued_at", "id"],
    )
    op.create_index(
        op.f("ix_sales_target_company_id_revision_id"),
        "sales_target",
        ["company_id", "revision", "id"],
    )
    op.create_index(
        op.f("ix_sales_target_company_id_state_id"), "sales_target", ["company_id", "state", "id"]
    )
    op.create_table(
        "sales_target_node",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("month", sa.BigInteger(), nullable=True),
        sa.Column("amount", values.MoneyType(), nullable=False),
        sa.Column("level", sa.String(40), nullable=False),
        sa.Column("path", sa.String(80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=False),
        sa.Column("region_id", sa.BigInteger(), nullable=False),
        sa.Column("employee_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "level IN ('region', 'person', 'month')", name=op.f("ck_sales_target_node_level")
        ),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_sales_target_node_amount_not_negative")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_target_node_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "employee_id"],
            ["base_employee.company_id", "base_employee.id"],
            name="fk_sales_target_node_employee",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "region_id"],
            ["base_region.company_id", "base_region.id"],
            name="fk_sales_target_node_region",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "target_id"],
            ["sales_target.company_id", "sales_target.id"],
            name="fk_sales_target_node_target",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_target_node_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_target_node_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_target_node")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_target_node_company_id_id")),
        sa.UniqueConstraint(
            "company_id",
            "target_id",
            "path",
            name=op.f("uq_sales_target_node_company_id_target_id_path"),
        ),
    )
    op.create_index(
        op.f("ix_sales_target_node_company_id_amount_id"),
        "sales_target_node",
        ["company_id", "amount", "id"],
    )
    op.create_index(
        op.f("ix_sales_target_node_company_id_level_id"),
        "sales_target_node",
        ["company_id", "level", "id"],
    )
    op.create_index(
        op.f("ix_sales_target_node_company_id_month_id"),
        "sales_target_node",
        ["company_id", "month", "id"],
    )
    op.create_index(
        "ix_sales_target_node_employee", "sales_target_node", ["company_id", "employee_id", "id"]
    )
    op.create_index(
        "ix_sales_target_node_region", "sales_target_node", ["company_id", "region_id", "id"]
    )
    op.create_index(
        "ix_sales_target_node_target",
        "sales_target_node",
        ["company_id", "target_id", "position", "id"],
    )


def downgrade() -> None:
    op.drop_table("sales_target_node")
    op.drop_table("sales_target")
