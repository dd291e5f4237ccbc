"""People plan what they sell."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sales_strategy",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("channels", sa.Text(), nullable=True),
        sa.Column("pricing", sa.Text(), nullable=True),
        sa.Column("promotions", sa.Text(), nullable=True),
        sa.Column("research", sa.Text(), nullable=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("approved_at", values.UtcDateTime(), nullable=True),
        sa.Column("approved_by_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("state IN ('draft', 'approved')", name=op.f("ck_sales_strategy_state")),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["ab_user.id"], name=op.f("fk_sales_strategy_approved_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_strategy_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_strategy_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_strategy_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_strategy")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_strategy_company_id_id")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_sales_strategy_company_id_number")
        ),
    )
    op.create_index(
        "ix_sales_strategy_approved_by", "sales_strategy", ["company_id", "approved_by_id", "id"]
    )
    op.create_index(
        op.f("ix_sales_strategy_company_id_approved_at_id"),
        "sales_strategy",
        ["company_id", "approved_at", "id"],
    )
    op.create_index(
        op.f("ix_sales_strategy_company_id_state_id"),
        "sales_strategy",
        ["company_id", "state", "id"],
    )
    op.create_index(
        op.f("ix_sales_strategy_company_id_title_id"),
        "sales_strategy",
        ["company_id", "title", "id"],
    )
    op.create_index(
        op.f("ix_sales_strategy_company_id_year_id"), "sales_strategy", ["company_id", "year", "id"]
    )
    op.create_table(
        "sales_plan",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("period", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("total", values.MoneyType(), nullable=False),
        sa.Column("target", values.MoneyType(), nullable=True),
        sa.Column("attained", values.PercentType(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.Column("issued_at", values.UtcDateTime(), nullable=True),
        sa.Column("acknowledged_at", values.UtcDateTime(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("acknowledged_by_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "period IN ('year', 'q1', 'q2', 'q3', 'q4')", name=op.f("ck_sales_plan_period")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'approved', 'issued')",
            name=op.f("ck_sales_plan_state"),
        ),
        sa.CheckConstraint("total >= 0", name=op.f("ck_sales_plan_total_not_negative")),
        sa.ForeignKeyConstraint(
            ["acknowledged_by_id"], ["ab_user.id"], name=op.f("fk_sales_plan_acknowledged_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_plan_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "person_id"],
            ["base_employee.company_id", "base_employee.id"],
            name="fk_sales_plan_person",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_plan_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_plan_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_plan")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_plan_company_id_id")),
        sa.UniqueConstraint("company_id", "number", name=op.f("uq_sales_plan_company_id_number")),
        sa.UniqueConstraint(
            "company_id",
            "person_id",
            "year",
            "period",
            name=op.f("uq_sales_plan_company_id_person_id_year_period"),
        ),
    )
    op.create_index(
        "ix_sales_plan_acknowledged_by", "sales_plan", ["company_id", "acknowledged_by_id", "id"]
    )
    op.create_index(
        op.f("ix_sales_plan_company_id_attained_id"), "sales_plan", ["company_id", "attained", "id"]
    )
    op.create_index(
        op.f("ix_sales_plan_company_id_created_by_id_id"),
        "sales_plan",
        ["company_id", "created_by_id", "id"],
    )
    op.create_index(
        op.f("ix_sales_plan_company_id_period_id"), "sales_plan", ["company_id", "period", "id"]
    )
    op.create_index(
        op.f("ix_sales_plan_company_id_state_id"), "sales_plan", ["company_id", "state", "id"]
    )
    op.create_index(
        op.f("ix_sales_plan_company_id_target_id"), "sales_plan", ["company_id", "target", "id"]
    )
    op.create_index(
        op.f("ix_sales_plan_company_id_total_id"), "sales_plan", ["company_id", "total", "id"]
    )
    op.create_index(
        op.f("ix_sales_plan_company_id_year_id"), "sales_plan", ["company_id", "year", "id"]
    )
    op.create_index("ix_sales_plan_person", "sales_plan", ["company_id", "person_id", "id"])
    op.create_table(
        "sales_plan_adjustment",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("at", values.UtcDateTime(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(500), nullable=False),
        sa.Column("quantity_before", values.QuantityType(), nullable=False),
        sa.Column("quantity_after", values.QuantityType(), nullable=False),
        sa.Column("amount_before", values.MoneyType(), nullable=False),
        sa.Column("amount_after", values.MoneyType(), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["ab_user.id"], name=op.f("fk_sales_plan_adjustment_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_plan_adjustment_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "plan_id"],
            ["sales_plan.company_id", "sales_plan.id"],
            name="fk_sales_plan_adjustment_plan",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_plan_adjustment_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_plan_adjustment_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_plan_adjustment")),
        sa.UniqueConstraint(
            "company_id", "id", name=op.f("uq_sales_plan_adjustment_company_id_id")
        ),
    )
    op.create_index(
        "ix_sales_plan_adjustment_by", "sales_plan_adjustment", ["company_id", "by_id", "id"]
    )
    op.create_index(
        op.f("ix_sales_plan_adjustment_company_id_amount_after_id"),
        "sales_plan_adjustment",
        ["company_id", "amount_after", "id"],
    )
    op.create_index(
        op.f("ix_sales_plan_adjustment_company_id_amount_before_id"),
        "sales_plan_adjustment",
        ["company_id", "amount_before", "id"],
    )
    op.create_index(
        op.f("ix_sales_plan_adjustment_company_id_at_id"),
        "sales_plan_adjustment",
        ["company_id", "at", "id"],
    )
    op.create_index(
        op.f("ix_sales_plan_adjustment_company_id_line_id"),
        "sales_plan_adjustment",
        ["company_id", "line", "id"],
    )
    op.create_index(
        op.f("ix_sales_plan_adjustment_company_id_quantity_after_id"),
        "sales_plan_adjustment",
        ["company_id", "quantity_after", "id"],
    )
    op.create_index(
        op.f("ix_sales_plan_adjustment_company_id_quantity_before_id"),
        "sales_plan_adjustment",
        ["company_id", "quantity_before", "id"],
    )
    op.create_index(
        op.f("ix_sales_plan_adjustment_company_id_reason_id"),
        "sales_plan_adjustment",
        ["company_id", "reason", "id"],
    )
    op.create_index(
        op.f("ix_sales_plan_adjustment_company_id_what_id"),
        "sales_plan_adjustment",
        ["company_id", "what", "id"],
    )
    op.create_index(
        "ix_sales_plan_adjustment_plan", "sales_plan_adjustment", ["company_id", "plan_id", "id"]
    )
    op.create_table(
        "sales_plan_line",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("month", sa.BigInteger(), nullable=False),
        sa.Column("quantity", values.QuantityType(), nullable=False),
        sa.Column("amount", values.MoneyType(), nullable=False),
        sa.Column("submitted_quantity", values.QuantityType(), nullable=True),
        sa.Column("submitted_amount", values.MoneyType(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("region_id", sa.BigInteger(), nullable=True),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_sales_plan_line_amount_not_negative")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_sales_plan_line_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_plan_line_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "customer_id"],
            ["base_customer.company_id", "base_customer.id"],
            name="fk_sales_plan_line_customer",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "plan_id"],
            ["sales_plan.company_id", "sales_plan.id"],
            name="fk_sales_plan_line_plan",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["base_product.company_id", "base_product.id"],
            name="fk_sales_plan_line_product",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "region_id"],
            ["base_region.company_id", "base_region.id"],
            name="fk_sales_plan_line_region",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_plan_line_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_plan_line_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_plan_line")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_plan_line_company_id_id")),
    )
    op.create_index(
        "ix_sales_plan_line_customer", "sales_plan_line", ["company_id", "customer_id", "id"]
    )
    op.create_index(
        "ix_sales_plan_line_plan", "sales_plan_line", ["company_id", "plan_id", "position", "id"]
    )
    op.create_index(
        "ix_sales_plan_line_product", "sales_plan_line", ["company_id", "product_id", "id"]
    )
    op.create_index(
        "ix_sales_plan_line_region", "sales_plan_line", ["company_id", "region_id", "id"]
    )


def downgrade() -> None:
    op.drop_table("sales_plan_line")
    op.drop_table("sales_plan_adjustment")
    op.drop_table("sales_plan")
    op.drop_table("sales_strategy")
