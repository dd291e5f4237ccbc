"""Carriers hand over cash and are paid their freight."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "logistics_freight_statement",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=False),
        sa.Column("bill_number", sa.String(80), nullable=True),
        sa.Column("reckoned", values.MoneyType(), nullable=False),
        sa.Column("billed", values.MoneyType(), nullable=False),
        sa.Column("difference", values.MoneyType(), nullable=False),
        sa.Column("return_reason", sa.String(500), nullable=True),
        sa.Column("payment_note", sa.String(500), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("carrier_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'checked', 'approved', 'paid')",
            name=op.f("ck_logistics_freight_statement_state"),
        ),
        sa.CheckConstraint(
            "difference = billed - reckoned", name=op.f("ck_logistics_freight_statement_adds_up")
        ),
        sa.CheckConstraint(
            "until_day >= from_day",
            name=op.f("ck_logistics_freight_statement_ends_after_it_begins"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["ab_user.id"],
            name=op.f("fk_logistics_freight_statement_changed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "carrier_id"],
            ["logistics_carrier.company_id", "logistics_carrier.id"],
            name="fk_logistics_freight_statement_carrier",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_logistics_freight_statement_company_id"),
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["ab_user.id"],
            name=op.f("fk_logistics_freight_statement_created_by_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_freight_statement")),
        sa.UniqueConstraint(
            "company_id", "id", name=op.f("uq_logistics_freight_statement_company_id_id")
        ),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_logistics_freight_statement_company_id_number")
        ),
    )
    op.create_index(
        "ix_logistics_freight_statement_carrier",
        "logistics_freight_statement",
        ["company_id", "carrier_id", "id"],
    )
    op.create_index(
        op.f("ix_logistics_freight_statement_company_id_billed"),
        "logistics_freight_statement",
        ["company_id", "billed"],
    )
    op.create_index(
        op.f("ix_logistics_freight_statement_company_id_created_by_id_id"),
        "logistics_freight_statement",
        ["company_id", "created_by_id", "id"],
    )
    op.create_index(
        op.f("ix_logistics_freight_statement_company_id_difference"),
        "logistics_freight_statement",
        ["company_id", "difference"],
    )
    op.create_index(
        op.f("ix_logistics_freight_statement_company_id_from_day_id"),
        "logistics_freight_statement",
        ["company_id", "from_day", "id"],
    )
    op.create_index(
        op.f("ix_logistics_freight_statement_company_id_paid_on_id"),
        "logistics_freight_statement",
        ["company_id", "paid_on", "id"],
    )
    op.create_index(
        op.f("ix_logistics_freight_statement_company_id_state_id"),
        "logistics_freight_statement",
        ["company_id", "state", "id"],
    )
    op.create_index(
        op.f("ix_logistics_freight_statement_company_id_until_day_id"),
        "logistics_freight_statement",
        ["company_id", "until_day", "id"],
    )
    op.create_table(
        "logistics_remittance",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received", values.MoneyType(), nullable=False),
        sa.Column("reference", sa.String(80), nullable=True),
        sa.Column("explanation", sa.String(500), nullable=True),
        sa.Column("total", values.MoneyType(), nullable=False),
        sa.Column("difference", values.MoneyType(), nullable=False),
        sa.Column("carrier_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'posted')", name=op.f("ck_logistics_remittance_state")
        ),
        sa.CheckConstraint(
            "difference = received - total", name=op.f("ck_logistics_remittance_adds_up")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_logistics_remittance_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "carrier_id"],
            ["logistics_carrier.company_id", "logistics_carrier.id"],
            name="fk_logistics_remittance_carrier",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_logistics_remittance_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_logistics_remittance_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_remittance")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_logistics_remittance_company_id_id")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_logistics_remittance_company_id_number")
        ),
    )
    op.create_index(
        "ix_logistics_remittance_carrier",
        "logistics_remittance",
        ["company_id", "carrier_id", "id"],
    )
    op.create_index(
        op.f("ix_logistics_remittance_company_id_created_by_id_id"),
        "logistics_remittance",
        ["company_id", "created_by_id", "id"],
    )
    op.create_index(
        op.f("ix_logistics_remittance_company_id_received_on_id"),
        "logistics_remittance",
        ["company_id", "received_on", "id"],
    )
    op.create_index(
        op.f("ix_logistics_remittance_company_id_reference_id"),
        "logistics_remittance",
        ["company_id", "reference", "id"],
    )
    op.create_index(
        op.f("ix_logistics_remittance_company_id_state_id"),
        "logistics_remittance",
        ["company_id", "state", "id"],
    )
    op.create_index(
        op.f("ix_logistics_remittance_company_id_total"),
        "logistics_remittance",
        ["company_id", "total"],
    )
    op.create_table(
        "logistics_cod",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("source_number", sa.String(40), nullable=True),
        sa.Column("due", values.MoneyType(), nullable=False),
        sa.Column("collected", values.MoneyType(), nullable=False),
        sa.Column("remitted", values.MoneyType(), nullable=False),
        sa.Column("outstanding", values.MoneyType(), nullable=False),
        sa.Column("arrived_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("collected_on", sa.Date(), nullable=True),
        sa.Column("remitted_on", sa.Date(), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("write_off_reason", sa.String(500), nullable=True),
        sa.Column("source_id", sa.BigInteger(), nullable=True),
        sa.Column("shipment_id", sa.BigInteger(), nullable=False),
        sa.Column("carrier_id", sa.BigInteger(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('due', 'collected', 'remitted', 'written_off')",
            name=op.f("ck_logistics_cod_state"),
        ),
        sa.CheckConstraint("collected <= due", name=op.f("ck_logistics_cod_not_collected_beyond")),
        sa.CheckConstraint("collected >= 0", name=op.f("ck_logistics_cod_collected_not_negative")),
        sa.CheckConstraint("due >= 0", name=op.f("ck_logistics_cod_due_not_negative")),
        sa.CheckConstraint(
            "outstanding = collected - remitted", name=op.f("ck_logistics_cod_adds_up")
        ),
        sa.CheckConstraint(
            "remitted <= collected", name=op.f("ck_logistics_cod_not_remitted_beyond")
        ),
        sa.CheckConstraint("remitted >= 0", name=op.f("ck_logistics_cod_remitted_not_negative")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_logistics_cod_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "carrier_id"],
            ["logistics_carrier.company_id", "logistics_carrier.id"],
            name="fk_logistics_cod_carrier",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "customer_id"],
            ["base_customer.company_id", "base_customer.id"],
            name="fk_logistics_cod_customer",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "shipment_id"],
            ["logistics_shipment.company_id", "logistics_shipment.id"],
            name="fk_logistics_cod_shipment",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_logistics_cod_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_logistics_cod_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_cod")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_logistics_cod_company_id_id")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_logistics_cod_company_id_number")
        ),
        sa.UniqueConstraint(
            "company_id", "shipment_id", name=op.f("uq_logistics_cod_company_id_shipment_id")
        ),
    )
    op.create_index("ix_logistics_cod_carrier", "logistics_cod", ["company_id", "carrier_id", "id"])
    op.create_index(
        op.f("ix_logistics_cod_company_id_collected_on_id"),
        "logistics_cod",
        ["company_id", "collected_on", "id"],
    )
    op.create_index(
        op.f("ix_logistics_cod_company_id_created_by_id_id"),
        "logistics_cod",
        ["company_id", "created_by_id", "id"],
    )
    op.create_index(op.f("ix_logistics_cod_company_id_due"), "logistics_cod", ["company_id", "due"])
    op.create_index(
        op.f("ix_logistics_cod_company_id_due_on_id"),
        "logistics_cod",
        ["company_id", "due_on", "id"],
    )
    op.create_index(
        op.f("ix_logistics_cod_company_id_outstanding"),
        "logistics_cod",
        ["company_id", "outstanding"],
    )
    op.create_index(
        op.f("ix_logistics_cod_company_id_source_id"), "logistics_cod", ["company_id", "source_id"]
    )
    op.create_index(
        op.f("ix_logistics_cod_company_id_source_number"),
        "logistics_cod",
        ["company_id", "source_number"],
    )
    op.create_index(
        op.f("ix_logistics_cod_company_id_state_due_on_id"),
        "logistics_cod",
        ["company_id", "state", "due_on", "id"],
    )
    op.create_index(
        "ix_logistics_cod_customer", "logistics_cod", ["company_id", "customer_id", "id"]
    )
    op.create_index(
        "ix_logistics_cod_shipment", "logistics_cod", ["company_id", "shipment_id", "id"]
    )
    op.create_table(
        "logistics_freight_line",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("reckoned", values.MoneyType(), nullable=False),
        sa.Column("billed", values.MoneyType(), nullable=False),
        sa.Column("difference", values.MoneyType(), nullable=False),
        sa.Column("difference_reason", sa.String(200), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("freight_statement_id", sa.BigInteger(), nullable=False),
        sa.Column("shipment_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "billed >= 0", name=op.f("ck_logistics_freight_line_billed_not_negative")
        ),
        sa.CheckConstraint(
            "difference = billed - reckoned", name=op.f("ck_logistics_freight_line_adds_up")
        ),
        sa.CheckConstraint(
            "reckoned >= 0", name=op.f("ck_logistics_freight_line_reckoned_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_logistics_freight_line_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "freight_statement_id"],
            ["logistics_freight_statement.company_id", "logistics_freight_statement.id"],
            name="fk_logistics_freight_line_freight_statement",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "shipment_id"],
            ["logistics_shipment.company_id", "logistics_shipment.id"],
            name="fk_logistics_freight_line_shipment",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_logistics_freight_line_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_logistics_freight_line_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_freight_line")),
        sa.UniqueConstraint(
            "company_id", "id", name=op.f("uq_logistics_freight_line_company_id_id")
        ),
        sa.UniqueConstraint(
            "company_id",
            "shipment_id",
            name=op.f("uq_logistics_freight_line_company_id_shipment_id"),
        ),
    )
    op.create_index(
        "ix_logistics_freight_line_freight_statement",
        "logistics_freight_line",
        ["company_id", "freight_statement_id", "position", "id"],
    )
    op.create_index(
        "ix_logistics_freight_line_shipment",
        "logistics_freight_line",
        ["company_id", "shipment_id", "id"],
    )
    op.create_table(
        "logistics_remittance_line",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("amount", values.MoneyType(), nullable=False),
        sa.Column("difference_reason", sa.String(200), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("remittance_id", sa.BigInteger(), nullable=False),
        sa.Column("cod_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_logistics_remittance_line_amount_positive")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["ab_user.id"],
            name=op.f("fk_logistics_remittance_line_changed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "cod_id"],
            ["logistics_cod.company_id", "logistics_cod.id"],
            name="fk_logistics_remittance_line_cod",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "remittance_id"],
            ["logistics_remittance.company_id", "logistics_remittance.id"],
            name="fk_logistics_remittance_line_remittance",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_logistics_remittance_line_company_id"),
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["ab_user.id"],
            name=op.f("fk_logistics_remittance_line_created_by_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_remittance_line")),
        sa.UniqueConstraint(
            "company_id", "id", name=op.f("uq_logistics_remittance_line_company_id_id")
        ),
        sa.UniqueConstraint(
            "company_id",
            "remittance_id",
            "cod_id",
            name=op.f("uq_logistics_remittance_line_company_id_remittance_id_cod_id"),
        ),
    )
    op.create_index(
        "ix_logistics_remittance_line_cod",
        "logistics_remittance_line",
        ["company_id", "cod_id", "id"],
    )
    op.create_index(
        op.f("ix_logistics_remittance_line_company_id_cod_id"),
        "logistics_remittance_line",
        ["company_id", "cod_id"],
    )
    op.create_index(
        "ix_logistics_remittance_line_remittance",
        "logistics_remittance_line",
        ["company_id", "remittance_id", "position", "id"],
    )


def downgrade() -> None:
    op.drop_table("logistics_remittance_line")
    op.drop_table("logistics_freight_line")
    op.drop_table("logistics_cod")
    op.drop_table("logistics_remittance")
    op.drop_table("logistics_freight_statement")
