"""The tables of sales."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sales_order",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("reference", sa.String(80), nullable=True),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=True),
        sa.Column("payment_method", sa.String(40), nullable=True),
        sa.Column("payment_days", sa.Integer(), nullable=True),
        sa.Column("consignee", sa.String(200), nullable=True),
        sa.Column("phone", sa.String(60), nullable=True),
        sa.Column("address", sa.String(500), nullable=True),
        sa.Column("packing_requirement", sa.Text(), nullable=True),
        sa.Column("untaxed", values.MoneyType(), nullable=False),
        sa.Column("tax", values.MoneyType(), nullable=False),
        sa.Column("total", values.MoneyType(), nullable=False),
        sa.Column("paid", values.MoneyType(), nullable=False),
        sa.Column("due", values.MoneyType(), nullable=False),
        sa.Column("cancellation_reason", sa.String(500), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("salesperson_id", sa.BigInteger(), nullable=True),
        sa.Column("region_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "payment_method IN ('prepaid', 'on_account', 'cash_on_delivery')",
            name=op.f("ck_sales_order_payment_method"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'confirmed', 'cancelled')", name=op.f("ck_sales_order_state")
        ),
        sa.CheckConstraint("due >= 0", name=op.f("ck_sales_order_due_not_negative")),
        sa.CheckConstraint("paid >= 0", name=op.f("ck_sales_order_paid_not_negative")),
        sa.CheckConstraint(
            "payment_days >= 0", name=op.f("ck_sales_order_payment_days_not_negative")
        ),
        sa.CheckConstraint(
            "requested_on >= ordered_on", name=op.f("ck_sales_order_requested_after_ordered")
        ),
        sa.CheckConstraint("tax >= 0", name=op.f("ck_sales_order_tax_not_negative")),
        sa.CheckConstraint("total >= 0", name=op.f("ck_sales_order_total_not_negative")),
        sa.CheckConstraint("untaxed >= 0", name=op.f("ck_sales_order_untaxed_not_negative")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_order_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "contact_id"],
            ["base_contact.company_id", "base_contact.id"],
            name="fk_sales_order_contact",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "customer_id"],
            ["base_customer.company_id", "base_customer.id"],
            name="fk_sales_order_customer",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "region_id"],
            ["base_region.company_id", "base_region.id"],
            name="fk_sales_order_region",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "salesperson_id"],
            ["base_employee.company_id", "base_employee.id"],
            name="fk_sales_order_salesperson",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_order_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_order_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_order")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_order_company_id_id")),
        sa.UniqueConstraint("company_id", "number", name=op.f("uq_sales_order_company_id_number")),
        sa.UniqueConstraint(
            "company_id", "reference", name=op.f("uq_sales_order_company_id_reference")
        ),
    )
    op.create_index(
        op.f("ix_sales_order_company_id_ordered_on_id"),
        "sales_order",
        ["company_id", "ordered_on", "id"],
    )
    op.create_index(
        op.f("ix_sales_order_company_id_requested_on_id"),
        "sales_order",
        ["company_id", "requested_on", "id"],
    )
    op.create_index(
        op.f("ix_sales_order_company_id_state_id"), "sales_order", ["company_id", "state", "id"]
    )
    op.create_index(
        op.f("ix_sales_order_company_id_total_id"), "sales_order", ["company_id", "total", "id"]
    )
    op.create_index("ix_sales_order_contact", "sales_order", ["company_id", "contact_id", "id"])
    op.create_index("ix_sales_order_customer", "sales_order", ["company_id", "customer_id", "id"])
    op.create_index("ix_sales_order_region", "sales_order", ["company_id", "region_id", "id"])
    op.create_index(
        "ix_sales_order_salesperson", "sales_order", ["company_id", "salesperson_id", "id"]
    )
    op.create_table(
        "sales_order_line",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("quantity", values.QuantityType(), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("unit_price", values.MoneyType(), nullable=False),
        sa.Column("discount", values.PercentType(), nullable=False),
        sa.Column("tax_rate", values.PercentType(), nullable=False),
        sa.Column("untaxed", values.MoneyType(), nullable=False),
        sa.Column("tax", values.MoneyType(), nullable=False),
        sa.Column("total", values.MoneyType(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("discount >= 0", name=op.f("ck_sales_order_line_discount_not_negative")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_sales_order_line_quantity_positive")),
        sa.CheckConstraint("tax >= 0", name=op.f("ck_sales_order_line_tax_not_negative")),
        sa.CheckConstraint("tax_rate >= 0", name=op.f("ck_sales_order_line_tax_rate_not_negative")),
        sa.CheckConstraint("total >= 0", name=op.f("ck_sales_order_line_total_not_negative")),
        sa.CheckConstraint(
            "unit_price >= 0", name=op.f("ck_sales_order_line_unit_price_not_negative")
        ),
        sa.CheckConstraint("untaxed >= 0", name=op.f("ck_sales_order_line_untaxed_not_negative")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_order_line_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "order_id"],
            ["sales_order.company_id", "sales_order.id"],
            name="fk_sales_order_line_order",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["base_product.company_id", "base_product.id"],
            name="fk_sales_order_line_product",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_order_line_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_order_line_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_order_line")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_order_line_company_id_id")),
    )
    op.create_index(
        "ix_sales_order_line_order",
        "sales_order_line",
        ["company_id", "order_id", "position", "id"],
    )
    op.create_index(
        "ix_sales_order_line_product", "sales_order_line", ["company_id", "product_id", "id"]
    )


def downgrade() -> None:
    op.drop_table("sales_order_line")
    op.drop_table("sales_order")
