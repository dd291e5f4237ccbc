"""Figures have targets."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sales_figure_target",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("figure", sa.String(40), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.BigInteger(), nullable=True),
        sa.Column("target", values.QuantityType(), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("department_id", sa.BigInteger(), nullable=True),
        sa.Column("employee_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "figure IN ('turnover', 'orders')", name=op.f("ck_sales_figure_target_figure")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_figure_target_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "department_id"],
            ["base_department.company_id", "base_department.id"],
            name="fk_sales_figure_target_department",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "employee_id"],
            ["base_employee.company_id", "base_employee.id"],
            name="fk_sales_figure_target_employee",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_figure_target_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_figure_target_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_figure_target")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_figure_target_company_id_id")),
        sa.UniqueConstraint(
            "company_id", "key", name=op.f("uq_sales_figure_target_company_id_key")
        ),
    )
    op.create_index(
        op.f("ix_sales_figure_target_company_id_figure_year_id"),
        "sales_figure_target",
        ["company_id", "figure", "year", "id"],
    )
    op.create_index(
        op.f("ix_sales_figure_target_company_id_month_id"),
        "sales_figure_target",
        ["company_id", "month", "id"],
    )
    op.create_index(
        op.f("ix_sales_figure_target_company_id_name_id"),
        "sales_figure_target",
        ["company_id", "name", "id"],
    )
    op.create_index(
        op.f("ix_sales_figure_target_company_id_target_id"),
        "sales_figure_target",
        ["company_id", "target", "id"],
    )
    op.create_index(
        op.f("ix_sales_figure_target_company_id_year_id"),
        "sales_figure_target",
        ["company_id", "year", "id"],
    )
    op.create_index(
        "ix_sales_figure_target_department",
        "sales_figure_target",
        ["company_id", "department_id", "id"],
    )
    op.create_index(
        "ix_sales_figure_target_employee",
        "sales_figure_target",
        ["company_id", "employee_id", "id"],
    )


def downgrade() -> None:
    op.drop_table("sales_figure_target")
