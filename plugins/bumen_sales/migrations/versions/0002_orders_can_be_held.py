"""Orders can be held, and people may grant discounts up to an allowance."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sales_discount_allowance",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("percent", values.PercentType(), nullable=False),
        sa.Column("employee_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "percent >= 0", name=op.f("ck_sales_discount_allowance_percent_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["ab_user.id"],
            name=op.f("fk_sales_discount_allowance_changed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "employee_id"],
            ["base_employee.company_id", "base_employee.id"],
            name="fk_sales_discount_allowance_employee",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_discount_allowance_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["ab_user.id"],
            name=op.f("fk_sales_discount_allowance_created_by_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_discount_allowance")),
        sa.UniqueConstraint(
            "company_id",
            "employee_id",
            name=op.f("uq_sales_discount_allowance_company_id_employee_id"),
        ),
        sa.UniqueConstraint(
            "company_id", "id", name=op.f("uq_sales_discount_allowance_company_id_id")
        ),
    )
    op.create_index(
        op.f("ix_sales_discount_allowance_company_id_name_id"),
        "sales_discount_allowance",
        ["company_id", "name", "id"],
    )
    op.create_index(
        op.f("ix_sales_discount_allowance_company_id_percent_id"),
        "sales_discount_allowance",
        ["company_id", "percent", "id"],
    )
    op.create_index(
        "ix_sales_discount_allowance_employee",
        "sales_discount_allowance",
        ["company_id", "employee_id", "id"],
    )
    op.create_index(
        op.f("ix_sales_order_company_id_created_by_id_id"),
        "sales_order",
        ["company_id", "created_by_id", "id"],
    )
    op.add_column("sales_order", sa.Column("over_limit", values.MoneyType(), nullable=True))
    op.add_column("sales_order", sa.Column("over_allowance", values.PercentType(), nullable=True))
    op.change_constraints(
        "sales_order",
        drop=[
            sa.CheckConstraint(
                "state IN ('draft', 'confirmed', 'cancelled')", name=op.f("ck_sales_order_state")
            )
        ],
        add=[
            sa.CheckConstraint(
                "state IN ('draft', 'held', 'confirmed', 'cancelled')",
                name=op.f("ck_sales_order_state"),
            )
        ],
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_sales_order_company_id_created_by_id_id"), "sales_order")
    op.execute("UPDATE sales_order SET state = 'draft' WHERE state = 'held'")
    op.change_constraints(
        "sales_order",
        drop=[
            sa.CheckConstraint(
                "state IN ('draft', 'held', 'confirmed', 'cancelled')",
                name=op.f("ck_sales_order_state"),
            )
        ],
        add=[
            sa.CheckConstraint(
                "state IN ('draft', 'confirmed', 'cancelled')", name=op.f("ck_sales_order_state")
            )
        ],
    )
    op.drop_column("sales_order", "over_allowance")
    op.drop_column("sales_order", "over_limit")
    op.drop_table("sales_discount_allowance")
