"""Orders are changed, customers are evaluated."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sales_credit_policy",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("payment_weight", sa.BigInteger(), nullable=False),
        sa.Column("years_weight", sa.BigInteger(), nullable=False),
        sa.Column("size_weight", sa.BigInteger(), nullable=False),
        sa.Column("disputes_weight", sa.BigInteger(), nullable=False),
        sa.Column("full_years", sa.BigInteger(), nullable=False),
        sa.Column("full_turnover", values.MoneyType(), nullable=False),
        sa.Column("limit_percent", values.PercentType(), nullable=False),
        sa.Column("director_above", values.MoneyType(), nullable=True),
        sa.Column("valid_months", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "director_above >= 0", name=op.f("ck_sales_credit_policy_director_above_not_negative")
        ),
        sa.CheckConstraint(
            "disputes_weight >= 0", name=op.f("ck_sales_credit_policy_disputes_weight_not_negative")
        ),
        sa.CheckConstraint(
            "full_turnover > 0", name=op.f("ck_sales_credit_policy_full_turnover_positive")
        ),
        sa.CheckConstraint(
            "limit_percent >= 0", name=op.f("ck_sales_credit_policy_limit_percent_not_negative")
        ),
        sa.CheckConstraint(
            "payment_weight + years_weight + size_weight + disputes_weight = 100",
            name=op.f("ck_sales_credit_policy_weights_add_up"),
        ),
        sa.CheckConstraint(
            "payment_weight >= 0", name=op.f("ck_sales_credit_policy_payment_weight_not_negative")
        ),
        sa.CheckConstraint(
            "size_weight >= 0", name=op.f("ck_sales_credit_policy_size_weight_not_negative")
        ),
        sa.CheckConstraint(
            "years_weight >= 0", name=op.f("ck_sales_credit_policy_years_weight_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_credit_policy_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_credit_policy_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_credit_policy_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_credit_policy")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_credit_policy_company_id_id")),
    )
    op.create_index(
        op.f("ix_sales_credit_policy_company_id_valid_from_id"),
        "sales_credit_policy",
        ["company_id", "valid_from", "id"],
    )
    op.create_index(
        op.f("ix_sales_credit_policy_company_id_director_above_id"),
        "sales_credit_policy",
        ["company_id", "director_above", "id"],
    )
    op.create_index(
        op.f("ix_sales_credit_policy_company_id_disputes_weight_id"),
        "sales_credit_policy",
        ["company_id", "disputes_weight", "id"],
    )
    op.create_index(
        op.f("ix_sales_credit_policy_company_id_limit_percent_id"),
        "sales_credit_policy",
        ["company_id", "limit_percent", "id"],
    )
    op.create_index(
        op.f("ix_sales_credit_policy_company_id_payment_weight_id"),
        "sales_credit_policy",
        ["company_id", "payment_weight", "id"],
    )
    op.create_index(
        op.f("ix_sales_credit_policy_company_id_size_weight_id"),
        "sales_credit_policy",
        ["company_id", "size_weight", "id"],
    )
    op.create_index(
        op.f("ix_sales_credit_policy_company_id_valid_months_id"),
        "sales_credit_policy",
        ["company_id", "valid_months", "id"],
    )
    op.create_index(
        op.f("ix_sales_credit_policy_company_id_years_weight_id"),
        "sales_credit_policy",
        ["company_id", "years_weight", "id"],
    )
    op.create_table(
        "sales_credit_evaluation",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("evaluated_on", sa.Date(), nullable=False),
        sa.Column("counted", sa.BigInteger(), nullable=False),
        sa.Column("in_time", values.PercentType(), nullable=True),
        sa.Column("days_late", values.QuantityType(), nullable=True),
        sa.Column("years", sa.BigInteger(), nullable=False),
        sa.Column("turnover", values.MoneyType(), nullable=False),
        sa.Column("disputes", sa.BigInteger(), nullable=False),
        sa.Column("score", values.PercentType(), nullable=False),
        sa.Column("grade", sa.String(40), nullable=False),
        sa.Column("proposed_limit", values.MoneyType(), nullable=False),
        sa.Column("credit_limit", values.MoneyType(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("note", sa.String(2000), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "grade IN ('A', 'B', 'C', 'D')", name=op.f("ck_sales_credit_evaluation_grade")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'with_director', 'approved', 'expired')",
            name=op.f("ck_sales_credit_evaluation_state"),
        ),
        sa.CheckConstraint(
            "credit_limit >= 0", name=op.f("ck_sales_credit_evaluation_credit_limit_not_negative")
        ),
        sa.CheckConstraint(
            "days_late >= 0", name=op.f("ck_sales_credit_evaluation_days_late_not_negative")
        ),
        sa.CheckConstraint(
            "disputes >= 0", name=op.f("ck_sales_credit_evaluation_disputes_not_negative")
        ),
        sa.CheckConstraint(
            "in_time >= 0", name=op.f("ck_sales_credit_evaluation_in_time_not_negative")
        ),
        sa.CheckConstraint(
            "proposed_limit >= 0",
            name=op.f("ck_sales_credit_evaluation_proposed_limit_not_negative"),
        ),
        sa.CheckConstraint(
            "score >= 0", name=op.f("ck_sales_credit_evaluation_score_not_negative")
        ),
        sa.CheckConstraint(
            "turnover >= 0", name=op.f("ck_sales_credit_evaluation_turnover_not_negative")
        ),
        sa.CheckConstraint(
            "valid_until > evaluated_on",
            name=op.f("ck_sales_credit_evaluation_ends_after_it_begins"),
        ),
        sa.CheckConstraint(
            "years >= 0", name=op.f("ck_sales_credit_evaluation_years_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_credit_evaluation_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "customer_id"],
            ["base_customer.company_id", "base_customer.id"],
            name="fk_sales_credit_evaluation_customer",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_credit_evaluation_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_credit_evaluation_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_credit_evaluation")),
        sa.UniqueConstraint(
            "company_id", "id", name=op.f("uq_sales_credit_evaluation_company_id_id")
        ),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_sales_credit_evaluation_company_id_number")
        ),
    )
    op.create_index(
        op.f("ix_sales_credit_evaluation_company_id_credit_limit_id"),
        "sales_credit_evaluation",
        ["company_id", "credit_limit", "id"],
    )
    op.create_index(
        op.f("ix_sales_credit_evaluation_company_id_customer_id_state_id"),
        "sales_credit_evaluation",
        ["company_id", "customer_id", "state", "id"],
    )
    op.create_index(
        op.f("ix_sales_credit_evaluation_company_id_evaluated_on_id"),
        "sales_credit_evaluation",
        ["company_id", "evaluated_on", "id"],
    )
    op.create_index(
        op.f("ix_sales_credit_evaluation_company_id_grade_id"),
        "sales_credit_evaluation",
        ["company_id", "grade", "id"],
    )
    op.create_index(
        op.f("ix_sales_credit_evaluation_company_id_score_id"),
        "sales_credit_evaluation",
        ["company_id", "score", "id"],
    )
    op.create_index(
        op.f("ix_sales_credit_evaluation_company_id_state_valid_until_id"),
        "sales_credit_evaluation",
        ["company_id", "state", "valid_until", "id"],
    )
    op.create_index(
        op.f("ix_sales_credit_evaluation_company_id_valid_until_id"),
        "sales_credit_evaluation",
        ["company_id", "valid_until", "id"],
    )
    op.create_index(
        "ix_sales_credit_evaluation_customer",
        "sales_credit_evaluation",
        ["company_id", "customer_id", "id"],
    )
    op.create_table(
        "sales_order_change",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("requested_on_before", sa.Date(), nullable=True),
        sa.Column("requested_on", sa.Date(), nullable=True),
        sa.Column("consignee_before", sa.String(200), nullable=True),
        sa.Column("consignee", sa.String(200), nullable=True),
        sa.Column("phone_before", sa.String(60), nullable=True),
        sa.Column("phone", sa.String(60), nullable=True),
        sa.Column("address_before", sa.String(500), nullable=True),
        sa.Column("address", sa.String(500), nullable=True),
        sa.Column("total_before", values.MoneyType(), nullable=False),
        sa.Column("total_after", values.MoneyType(), nullable=False),
        sa.Column("difference", values.MoneyType(), nullable=False),
        sa.Column("over_limit", values.MoneyType(), nullable=True),
        sa.Column("impact", sa.Text(), nullable=True),
        sa.Column("applied_at", values.UtcDateTime(), nullable=True),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'approved', 'refused', 'withdrawn')",
            name=op.f("ck_sales_order_change_state"),
        ),
        sa.CheckConstraint(
            "total_after >= 0", name=op.f("ck_sales_order_change_total_after_not_negative")
        ),
        sa.CheckConstraint(
            "total_before >= 0", name=op.f("ck_sales_order_change_total_before_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_order_change_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "order_id"],
            ["sales_order.company_id", "sales_order.id"],
            name="fk_sales_order_change_order",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_order_change_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_order_change_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_order_change")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_order_change_company_id_id")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_sales_order_change_company_id_number")
        ),
    )
    op.create_index(
        op.f("ix_sales_order_change_company_id_applied_at_id"),
        "sales_order_change",
        ["company_id", "applied_at", "id"],
    )
    op.create_index(
        op.f("ix_sales_order_change_company_id_asked_on_id"),
        "sales_order_change",
        ["company_id", "asked_on", "id"],
    )
    op.create_index(
        op.f("ix_sales_order_change_company_id_difference_id"),
        "sales_order_change",
        ["company_id", "difference", "id"],
    )
    op.create_index(
        op.f("ix_sales_order_change_company_id_state_id"),
        "sales_order_change",
        ["company_id", "state", "id"],
    )
    op.create_index(
        "ix_sales_order_change_order", "sales_order_change", ["company_id", "order_id", "id"]
    )
    op.create_table(
        "sales_order_change_line",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("line_number", sa.BigInteger(), nullable=True),
        sa.Column("quantity_before", values.QuantityType(), nullable=True),
        sa.Column("quantity", values.QuantityType(), nullable=False),
        sa.Column("unit_price_before", values.MoneyType(), nullable=True),
        sa.Column("unit_price", values.MoneyType(), nullable=False),
        sa.Column("discount_before", values.PercentType(), nullable=True),
        sa.Column("discount", values.PercentType(), nullable=False),
        sa.Column("total", values.MoneyType(), nullable=False),
        sa.Column("order_line_id", sa.BigInteger(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("order_change_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "discount >= 0", name=op.f("ck_sales_order_change_line_discount_not_negative")
        ),
        sa.CheckConstraint(
            "quantity >= 0", name=op.f("ck_sales_order_change_line_quantity_not_negative")
        ),
        sa.CheckConstraint(
            "total >= 0", name=op.f("ck_sales_order_change_line_total_not_negative")
        ),
        sa.CheckConstraint(
            "unit_price >= 0", name=op.f("ck_sales_order_change_line_unit_price_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_order_change_line_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "order_change_id"],
            ["sales_order_change.company_id", "sales_order_change.id"],
            name="fk_sales_order_change_line_order_change",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["base_product.company_id", "base_product.id"],
            name="fk_sales_order_change_line_product",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_order_change_line_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_order_change_line_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_order_change_line")),
        sa.UniqueConstraint(
            "company_id", "id", name=op.f("uq_sales_order_change_line_company_id_id")
        ),
    )
    op.create_index(
        "ix_sales_order_change_line_order_change",
        "sales_order_change_line",
        ["company_id", "order_change_id", "position", "id"],
    )
    op.create_index(
        "ix_sales_order_change_line_product",
        "sales_order_change_line",
        ["company_id", "product_id", "id"],
    )


def downgrade() -> None:
    op.drop_table("sales_order_change_line")
    op.drop_table("sales_order_change")
    op.drop_table("sales_credit_evaluation")
    op.drop_table("sales_credit_policy")
