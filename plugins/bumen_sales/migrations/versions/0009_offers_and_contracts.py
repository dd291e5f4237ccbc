"""Customers are offered something, and bind themselves."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sales_contract",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("amount", values.MoneyType(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("delivery", sa.Text(), nullable=True),
        sa.Column("payment_terms", sa.Text(), nullable=True),
        sa.Column("responsibilities", sa.Text(), nullable=True),
        sa.Column("may_exceed", sa.Boolean(), nullable=False),
        sa.Column("drawn", values.MoneyType(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("warned_on", sa.Date(), nullable=True),
        sa.Column("termination_reason", sa.String(500), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=True),
        sa.Column("salesperson_id", sa.BigInteger(), nullable=True),
        sa.Column("region_id", sa.BigInteger(), nullable=True),
        sa.Column("legal_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'in_review', 'reviewed', 'signed', 'performing', 'completed', "
            "'terminated')",
            name=op.f("ck_sales_contract_state"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_sales_contract_amount_positive")),
        sa.CheckConstraint("drawn >= 0", name=op.f("ck_sales_contract_drawn_not_negative")),
        sa.CheckConstraint(
            "ends_on >= begins_on", name=op.f("ck_sales_contract_ends_after_it_begins")
        ),
        sa.CheckConstraint(
            "may_exceed OR drawn <= amount", name=op.f("ck_sales_contract_drawn_within_amount")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_contract_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "customer_id"],
            ["base_customer.company_id", "base_customer.id"],
            name="fk_sales_contract_customer",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "legal_id"],
            ["base_employee.company_id", "base_employee.id"],
            name="fk_sales_contract_legal",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "opportunity_id"],
            ["sales_opportunity.company_id", "sales_opportunity.id"],
            name="fk_sales_contract_opportunity",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "region_id"],
            ["base_region.company_id", "base_region.id"],
            name="fk_sales_contract_region",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "salesperson_id"],
            ["base_employee.company_id", "base_employee.id"],
            name="fk_sales_contract_salesperson",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_contract_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_contract_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_contract")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_contract_company_id_id")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_sales_contract_company_id_number")
        ),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_sales_contract_company_id_number")
        ),
    )
    op.create_index(
        op.f("ix_sales_contract_company_id_amount_id"),
        "sales_contract",
        ["company_id", "amount", "id"],
    )
    op.create_index(
        op.f("ix_sales_contract_company_id_created_by_id_id"),
        "sales_contract",
        ["company_id", "created_by_id", "id"],
    )
    op.create_index(
        op.f("ix_sales_contract_company_id_begins_on_id"),
        "sales_contract",
        ["company_id", "begins_on", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sales_contract_company_id_ends_on_id"),
        "sales_contract",
        ["company_id", "ends_on", "id"],
    )
    op.create_index(
        op.f("ix_sales_contract_company_id_name_id"), "sales_contract", ["company_id", "name", "id"]
    )
    op.create_index(
        op.f("ix_sales_contract_company_id_state_id"),
        "sales_contract",
        ["company_id", "state", "id"],
    )
    op.create_index(
        "ix_sales_contract_customer", "sales_contract", ["company_id", "customer_id", "id"]
    )
    op.create_index("ix_sales_contract_legal", "sales_contract", ["company_id", "legal_id", "id"])
    op.create_index(
        "ix_sales_contract_opportunity", "sales_contract", ["company_id", "opportunity_id", "id"]
    )
    op.create_index("ix_sales_contract_region", "sales_contract", ["company_id", "region_id", "id"])
    op.create_index(
        "ix_sales_contract_salesperson", "sales_contract", ["company_id", "salesperson_id", "id"]
    )
    op.create_table(
        "sales_instalment",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("amount", values.MoneyType(), nullable=False),
        sa.Column("condition", sa.String(300), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_sales_instalment_amount_positive")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_instalment_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "contract_id"],
            ["sales_contract.company_id", "sales_contract.id"],
            name="fk_sales_instalment_contract",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_instalment_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_instalment_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_instalment")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_instalment_company_id_id")),
    )
    op.create_index(
        "ix_sales_instalment_contract",
        "sales_instalment",
        ["company_id", "contract_id", "position", "id"],
    )
    op.create_table(
        "sales_quotation",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("quoted_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("payment_method", sa.String(40), nullable=True),
        sa.Column("payment_days", sa.Integer(), nullable=True),
        sa.Column("terms", sa.Text(), nullable=True),
        sa.Column("untaxed", values.MoneyType(), nullable=False),
        sa.Column("tax", values.MoneyType(), nullable=False),
        sa.Column("total", values.MoneyType(), nullable=False),
        sa.Column("over_allowance", values.PercentType(), nullable=True),
        sa.Column("refusal_reason", sa.String(500), nullable=True),
        sa.Column("replaces_id", sa.BigInteger(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=True),
        sa.Column("salesperson_id", sa.BigInteger(), nullable=True),
        sa.Column("region_id", sa.BigInteger(), nullable=True),
        sa.Column("order_id", sa.BigInteger(), nullable=True),
        sa.Column("contract_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "payment_method IN ('prepaid', 'on_account', 'cash_on_delivery')",
            name=op.f("ck_sales_quotation_payment_method"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'held', 'sent', 'accepted', 'refused', 'expired', 'superseded')",
            name=op.f("ck_sales_quotation_state"),
        ),
        sa.CheckConstraint(
            "payment_days >= 0", name=op.f("ck_sales_quotation_payment_days_not_negative")
        ),
        sa.CheckConstraint("tax >= 0", name=op.f("ck_sales_quotation_tax_not_negative")),
        sa.CheckConstraint("total >= 0", name=op.f("ck_sales_quotation_total_not_negative")),
        sa.CheckConstraint("untaxed >= 0", name=op.f("ck_sales_quotation_untaxed_not_negative")),
        sa.CheckConstraint(
            "valid_until >= quoted_on", name=op.f("ck_sales_quotation_valid_after_quoted")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_quotation_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "contact_id"],
            ["base_contact.company_id", "base_contact.id"],
            name="fk_sales_quotation_contact",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "contract_id"],
            ["sales_contract.company_id", "sales_contract.id"],
            name="fk_sales_quotation_contract",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "customer_id"],
            ["base_customer.company_id", "base_customer.id"],
            name="fk_sales_quotation_customer",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "opportunity_id"],
            ["sales_opportunity.company_id", "sales_opportunity.id"],
            name="fk_sales_quotation_opportunity",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "order_id"],
            ["sales_order.company_id", "sales_order.id"],
            name="fk_sales_quotation_order",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "region_id"],
            ["base_region.company_id", "base_region.id"],
            name="fk_sales_quotation_region",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "replaces_id"],
            ["sales_quotation.company_id", "sales_quotation.id"],
            name="fk_sales_quotation_replaces",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "salesperson_id"],
            ["base_employee.company_id", "base_employee.id"],
            name="fk_sales_quotation_salesperson",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_quotation_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_quotation_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_quotation")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_quotation_company_id_id")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_sales_quotation_company_id_number")
        ),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_sales_quotation_company_id_number")
        ),
    )
    op.create_index(
        op.f("ix_sales_quotation_company_id_created_by_id_id"),
        "sales_quotation",
        ["company_id", "created_by_id", "id"],
    )
    op.create_index(
        op.f("ix_sales_quotation_company_id_quoted_on_id"),
        "sales_quotation",
        ["company_id", "quoted_on", "id"],
    )
    op.create_index(
        op.f("ix_sales_quotation_company_id_state_id"),
        "sales_quotation",
        ["company_id", "state", "id"],
    )
    op.create_index(
        op.f("ix_sales_quotation_company_id_total_id"),
        "sales_quotation",
        ["company_id", "total", "id"],
    )
    op.create_index(
        op.f("ix_sales_quotation_company_id_valid_until_id"),
        "sales_quotation",
        ["company_id", "valid_until", "id"],
    )
    op.create_index(
        "ix_sales_quotation_contact", "sales_quotation", ["company_id", "contact_id", "id"]
    )
    op.create_index(
        "ix_sales_quotation_contract", "sales_quotation", ["company_id", "contract_id", "id"]
    )
    op.create_index(
        "ix_sales_quotation_customer", "sales_quotation", ["company_id", "customer_id", "id"]
    )
    op.create_index(
        "ix_sales_quotation_opportunity", "sales_quotation", ["company_id", "opportunity_id", "id"]
    )
    op.create_index("ix_sales_quotation_order", "sales_quotation", ["company_id", "order_id", "id"])
    op.create_index(
        "ix_sales_quotation_region", "sales_quotation", ["company_id", "region_id", "id"]
    )
    op.create_index(
        "ix_sales_quotation_replaces", "sales_quotation", ["company_id", "replaces_id", "id"]
    )
    op.create_index(
        "ix_sales_quotation_salesperson", "sales_quotation", ["company_id", "salesperson_id", "id"]
    )
    op.create_table(
        "sales_quotation_line",
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
        sa.Column("quotation_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "discount >= 0", name=op.f("ck_sales_quotation_line_discount_not_negative")
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_sales_quotation_line_quantity_positive")),
        sa.CheckConstraint("tax >= 0", name=op.f("ck_sales_quotation_line_tax_not_negative")),
        sa.CheckConstraint(
            "tax_rate >= 0", name=op.f("ck_sales_quotation_line_tax_rate_not_negative")
        ),
        sa.CheckConstraint("total >= 0", name=op.f("ck_sales_quotation_line_total_not_negative")),
        sa.CheckConstraint(
            "unit_price >= 0", name=op.f("ck_sales_quotation_line_unit_price_not_negative")
        ),
        sa.CheckConstraint(
            "untaxed >= 0", name=op.f("ck_sales_quotation_line_untaxed_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_quotation_line_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["base_product.company_id", "base_product.id"],
            name="fk_sales_quotation_line_product",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "quotation_id"],
            ["sales_quotation.company_id", "sales_quotation.id"],
            name="fk_sales_quotation_line_quotation",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_quotation_line_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_quotation_line_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_quotation_line")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_quotation_line_company_id_id")),
    )
    op.create_index(
        "ix_sales_quotation_line_product",
        "sales_quotation_line",
        ["company_id", "product_id", "id"],
    )
    op.create_index(
        "ix_sales_quotation_line_quotation",
        "sales_quotation_line",
        ["company_id", "quotation_id", "position", "id"],
    )
    op.add_column("sales_order", sa.Column("contract_id", sa.BigInteger(), nullable=True))
    op.change_constraints(
        "sales_order",
        add=[
            sa.ForeignKeyConstraint(
                ["company_id", "contract_id"],
                ["sales_contract.company_id", "sales_contract.id"],
                name=op.f("fk_sales_order_contract"),
            )
        ],
    )
    op.create_index("ix_sales_order_contract", "sales_order", ["company_id", "contract_id", "id"])


def downgrade() -> None:
    op.drop_index("ix_sales_order_contract", table_name="sales_order")
    op.change_constraints(
        "sales_order",
        drop=[
            sa.ForeignKeyConstraint(
                ["company_id", "contract_id"],
                ["sales_contract.company_id", "sales_contract.id"],
                name=op.f("fk_sales_order_contract"),
            )
        ],
    )
    op.drop_column("sales_order", "contract_id")
    op.drop_table("sales_quotation_line")
    op.drop_table("sales_quotation")
    op.drop_table("sales_instalment")
    op.drop_table("sales_contract")
