"""Money comes in and is asked for."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sales_reminder_level",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("days_overdue", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "channel IN ('mail', 'phone', 'letter')", name=op.f("ck_sales_reminder_level_channel")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_reminder_level_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_reminder_level_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_reminder_level_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_reminder_level")),
        sa.UniqueConstraint(
            "company_id",
            "days_overdue",
            name=op.f("uq_sales_reminder_level_company_id_days_overdue"),
        ),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_reminder_level_company_id_id")),
        sa.UniqueConstraint(
            "company_id", "name", name=op.f("uq_sales_reminder_level_company_id_name")
        ),
    )
    op.create_index(
        op.f("ix_sales_reminder_level_company_id_channel_id"),
        "sales_reminder_level",
        ["company_id", "channel", "id"],
    )
    op.create_table(
        "sales_receipt",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("amount", values.MoneyType(), nullable=False),
        sa.Column("method", sa.String(40), nullable=False),
        sa.Column("reference", sa.String(80), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("unallocated", values.MoneyType(), nullable=False),
        sa.Column("reversed_on", sa.Date(), nullable=True),
        sa.Column("reversal_reason", sa.String(500), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "method IN ('transfer', 'cash', 'cheque', 'cash_on_delivery')",
            name=op.f("ck_sales_receipt_method"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'posted', 'reversed')", name=op.f("ck_sales_receipt_state")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_sales_receipt_amount_positive")),
        sa.CheckConstraint(
            "unallocated <= amount", name=op.f("ck_sales_receipt_unallocated_within_amount")
        ),
        sa.CheckConstraint(
            "unallocated >= 0", name=op.f("ck_sales_receipt_unallocated_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_receipt_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "customer_id"],
            ["base_customer.company_id", "base_customer.id"],
            name="fk_sales_receipt_customer",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_receipt_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_receipt_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_receipt")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_receipt_company_id_id")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_sales_receipt_company_id_number")
        ),
    )
    op.create_index(
        op.f("ix_sales_receipt_company_id_amount_id"),
        "sales_receipt",
        ["company_id", "amount", "id"],
    )
    op.create_index(
        op.f("ix_sales_receipt_company_id_method_id"),
        "sales_receipt",
        ["company_id", "method", "id"],
    )
    op.create_index(
        op.f("ix_sales_receipt_company_id_received_on_id"),
        "sales_receipt",
        ["company_id", "received_on", "id"],
    )
    op.create_index(
        op.f("ix_sales_receipt_company_id_reference_id"),
        "sales_receipt",
        ["company_id", "reference", "id"],
    )
    op.create_index(
        op.f("ix_sales_receipt_company_id_reversed_on_id"),
        "sales_receipt",
        ["company_id", "reversed_on", "id"],
    )
    op.create_index(
        op.f("ix_sales_receipt_company_id_state_id"), "sales_receipt", ["company_id", "state", "id"]
    )
    op.create_index(
        op.f("ix_sales_receipt_company_id_unallocated_id"),
        "sales_receipt",
        ["company_id", "unallocated", "id"],
    )
    op.create_index(
        "ix_sales_receipt_customer", "sales_receipt", ["company_id", "customer_id", "id"]
    )
    op.create_table(
        "sales_statement",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("opening", values.MoneyType(), nullable=False),
        sa.Column("charged", values.MoneyType(), nullable=False),
        sa.Column("credited", values.MoneyType(), nullable=False),
        sa.Column("closing", values.MoneyType(), nullable=False),
        sa.Column("dispute_reason", sa.String(500), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'sent', 'confirmed', 'disputed')",
            name=op.f("ck_sales_statement_state"),
        ),
        sa.CheckConstraint(
            "begins_on <= ends_on", name=op.f("ck_sales_statement_begins_before_it_ends")
        ),
        sa.CheckConstraint(
            "closing = opening + charged - credited", name=op.f("ck_sales_statement_adds_up")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_statement_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "contact_id"],
            ["base_contact.company_id", "base_contact.id"],
            name="fk_sales_statement_contact",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "customer_id"],
            ["base_customer.company_id", "base_customer.id"],
            name="fk_sales_statement_customer",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_statement_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_statement_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_statement")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_statement_company_id_id")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_sales_statement_company_id_number")
        ),
    )
    op.create_index(
        op.f("ix_sales_statement_company_id_begins_on_id"),
        "sales_statement",
        ["company_id", "begins_on", "id"],
    )
    op.create_index(
        op.f("ix_sales_statement_company_id_closing_id"),
        "sales_statement",
        ["company_id", "closing", "id"],
    )
    op.create_index(
        op.f("ix_sales_statement_company_id_ends_on_id"),
        "sales_statement",
        ["company_id", "ends_on", "id"],
    )
    op.create_index(
        op.f("ix_sales_statement_company_id_state_id"),
        "sales_statement",
        ["company_id", "state", "id"],
    )
    op.create_index(
        "ix_sales_statement_contact", "sales_statement", ["company_id", "contact_id", "id"]
    )
    op.create_index(
        "ix_sales_statement_customer", "sales_statement", ["company_id", "customer_id", "id"]
    )
    op.create_table(
        "sales_receipt_allocation",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("amount", values.MoneyType(), nullable=False),
        sa.Column("taken_off_on", sa.Date(), nullable=True),
        sa.Column("taken_off_because", sa.String(500), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("receipt_id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_sales_receipt_allocation_amount_positive")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["ab_user.id"],
            name=op.f("fk_sales_receipt_allocation_changed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "order_id"],
            ["sales_order.company_id", "sales_order.id"],
            name="fk_sales_receipt_allocation_order",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "receipt_id"],
            ["sales_receipt.company_id", "sales_receipt.id"],
            name="fk_sales_receipt_allocation_receipt",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_receipt_allocation_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["ab_user.id"],
            name=op.f("fk_sales_receipt_allocation_created_by_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_receipt_allocation")),
        sa.UniqueConstraint(
            "company_id", "id", name=op.f("uq_sales_receipt_allocation_company_id_id")
        ),
    )
    op.create_index(
        op.f("ix_sales_receipt_allocation_company_id_amount_id"),
        "sales_receipt_allocation",
        ["company_id", "amount", "id"],
    )
    op.create_index(
        op.f("ix_sales_receipt_allocation_company_id_taken_off_on_id"),
        "sales_receipt_allocation",
        ["company_id", "taken_off_on", "id"],
    )
    op.create_index(
        "ix_sales_receipt_allocation_order",
        "sales_receipt_allocation",
        ["company_id", "order_id", "id"],
    )
    op.create_index(
        "ix_sales_receipt_allocation_receipt",
        "sales_receipt_allocation",
        ["company_id", "receipt_id", "position", "id"],
    )
    op.create_table(
        "sales_reminder",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("days_overdue", sa.BigInteger(), nullable=False),
        sa.Column("amount", values.MoneyType(), nullable=False),
        sa.Column("address", sa.String(320), nullable=True),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answer", sa.String(1000), nullable=True),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("drop_reason", sa.String(500), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("level_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "channel IN ('mail', 'phone', 'letter')", name=op.f("ck_sales_reminder_channel")
        ),
        sa.CheckConstraint(
            "state IN ('written', 'sent', 'answered', 'dropped')",
            name=op.f("ck_sales_reminder_state"),
        ),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_sales_reminder_amount_not_negative")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_reminder_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "customer_id"],
            ["base_customer.company_id", "base_customer.id"],
            name="fk_sales_reminder_customer",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "level_id"],
            ["sales_reminder_level.company_id", "sales_reminder_level.id"],
            name="fk_sales_reminder_level",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "order_id"],
            ["sales_order.company_id", "sales_order.id"],
            name="fk_sales_reminder_order",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_reminder_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_reminder_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_reminder")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_reminder_company_id_id")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_sales_reminder_company_id_number")
        ),
        sa.UniqueConstraint(
            "company_id",
            "order_id",
            "level_id",
            name=op.f("uq_sales_reminder_company_id_order_id_level_id"),
        ),
    )
    op.create_index(
        op.f("ix_sales_reminder_company_id_amount_id"),
        "sales_reminder",
        ["company_id", "amount", "id"],
    )
    op.create_index(
        op.f("ix_sales_reminder_company_id_channel_id"),
        "sales_reminder",
        ["company_id", "channel", "id"],
    )
    op.create_index(
        op.f("ix_sales_reminder_company_id_days_overdue_id"),
        "sales_reminder",
        ["company_id", "days_overdue", "id"],
    )
    op.create_index(
        op.f("ix_sales_reminder_company_id_promised_on_id"),
        "sales_reminder",
        ["company_id", "promised_on", "id"],
    )
    op.create_index(
        op.f("ix_sales_reminder_company_id_state_id"),
        "sales_reminder",
        ["company_id", "state", "id"],
    )
    op.create_index(
        op.f("ix_sales_reminder_company_id_written_on_id"),
        "sales_reminder",
        ["company_id", "written_on", "id"],
    )
    op.create_index(
        "ix_sales_reminder_customer", "sales_reminder", ["company_id", "customer_id", "id"]
    )
    op.create_index("ix_sales_reminder_level", "sales_reminder", ["company_id", "level_id", "id"])
    op.create_index("ix_sales_reminder_order", "sales_reminder", ["company_id", "order_id", "id"])
    op.create_table(
        "sales_statement_line",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("document", sa.String(40), nullable=False),
        sa.Column("reference", sa.String(80), nullable=True),
        sa.Column("debit", values.MoneyType(), nullable=False),
        sa.Column("credit", values.MoneyType(), nullable=False),
        sa.Column("balance", values.MoneyType(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('order', 'receipt', 'reversal')", name=op.f("ck_sales_statement_line_kind")
        ),
        sa.CheckConstraint("credit >= 0", name=op.f("ck_sales_statement_line_credit_not_negative")),
        sa.CheckConstraint("debit >= 0", name=op.f("ck_sales_statement_line_debit_not_negative")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_statement_line_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "statement_id"],
            ["sales_statement.company_id", "sales_statement.id"],
            name="fk_sales_statement_line_statement",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_statement_line_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_statement_line_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_statement_line")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_statement_line_company_id_id")),
    )
    op.create_index(
        op.f("ix_sales_statement_line_company_id_balance_id"),
        "sales_statement_line",
        ["company_id", "balance", "id"],
    )
    op.create_index(
        op.f("ix_sales_statement_line_company_id_credit_id"),
        "sales_statement_line",
        ["company_id", "credit", "id"],
    )
    op.create_index(
        op.f("ix_sales_statement_line_company_id_debit_id"),
        "sales_statement_line",
        ["company_id", "debit", "id"],
    )
    op.create_index(
        op.f("ix_sales_statement_line_company_id_document_id"),
        "sales_statement_line",
        ["company_id", "document", "id"],
    )
    op.create_index(
        op.f("ix_sales_statement_line_company_id_kind_id"),
        "sales_statement_line",
        ["company_id", "kind", "id"],
    )
    op.create_index(
        op.f("ix_sales_statement_line_company_id_on_id"),
        "sales_statement_line",
        ["company_id", "on", "id"],
    )
    op.create_index(
        "ix_sales_statement_line_statement",
        "sales_statement_line",
        ["company_id", "statement_id", "position", "id"],
    )
    op.add_column("sales_order", sa.Column("due_on", sa.Date(), nullable=True))
    op.add_column(
        "sales_order",
        sa.Column("collecting", sa.String(40), server_default="as_usual", nullable=False),
    )
    op.add_column("sales_order", sa.Column("collecting_reason", sa.String(500), nullable=True))
    op.change_constraints(
        "sales_order",
        add=[
            sa.CheckConstraint(
                "collecting IN ('as_usual', 'disputed', 'bad_debt')",
                name=op.f("ck_sales_order_collecting"),
            )
        ],
    )
    op.create_index(
        op.f("ix_sales_order_company_id_collecting_id"),
        "sales_order",
        ["company_id", "collecting", "id"],
    )
    op.create_index(
        op.f("ix_sales_order_company_id_due_due_on_customer_id"),
        "sales_order",
        ["company_id", "due", "due_on", "customer_id"],
    )
    op.create_index(
        op.f("ix_sales_order_company_id_due_on_id"), "sales_order", ["company_id", "due_on", "id"]
    )
    op.execute(
        "UPDATE sales_order SET due_on = ordered_on "
        "WHERE state <> 'draft' AND state <> 'cancelled' AND payment_method = 'prepaid'"
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_sales_order_company_id_due_on_id"), table_name="sales_order")
    op.drop_index(
        op.f("ix_sales_order_company_id_due_due_on_customer_id"), table_name="sales_order"
    )
    op.drop_index(op.f("ix_sales_order_company_id_collecting_id"), table_name="sales_order")
    op.change_constraints(
        "sales_order",
        drop=[
            sa.CheckConstraint(
                "collecting IN ('as_usual', 'disputed', 'bad_debt')",
                name=op.f("ck_sales_order_collecting"),
            )
        ],
    )
    op.drop_column("sales_order", "collecting_reason")
    op.drop_column("sales_order", "collecting")
    op.drop_column("sales_order", "due_on")
    op.drop_table("sales_statement_line")
    op.drop_table("sales_reminder")
    op.drop_table("sales_receipt_allocation")
    op.drop_table("sales_statement")
    op.drop_table("sales_receipt")
    op.drop_table("sales_reminder_level")
