"""The tables of logistics."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "logistics_warehouse",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("address", sa.String(500), nullable=True),
        sa.Column("keeper_id", sa.BigInteger(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_logistics_warehouse_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "keeper_id"],
            ["base_employee.company_id", "base_employee.id"],
            name="fk_logistics_warehouse_keeper",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_logistics_warehouse_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_logistics_warehouse_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_warehouse")),
        sa.UniqueConstraint(
            "company_id", "code", name=op.f("uq_logistics_warehouse_company_id_code")
        ),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_logistics_warehouse_company_id_id")),
    )
    op.create_index(
        op.f("ix_logistics_warehouse_company_id_active_name"),
        "logistics_warehouse",
        ["company_id", "active", "name"],
    )
    op.create_index(
        op.f("ix_logistics_warehouse_company_id_name"),
        "logistics_warehouse",
        ["company_id", "name"],
    )
    op.create_index(
        "ix_logistics_warehouse_keeper", "logistics_warehouse", ["company_id", "keeper_id", "id"]
    )
    op.create_table(
        "logistics_location",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("warehouse_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('stock', 'quarantine')", name=op.f("ck_logistics_location_kind")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_logistics_location_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "warehouse_id"],
            ["logistics_warehouse.company_id", "logistics_warehouse.id"],
            name="fk_logistics_location_warehouse",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_logistics_location_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_logistics_location_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_location")),
        sa.UniqueConstraint(
            "company_id", "code", name=op.f("uq_logistics_location_company_id_code")
        ),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_logistics_location_company_id_id")),
    )
    op.create_index(
        op.f("ix_logistics_location_company_id_kind_code"),
        "logistics_location",
        ["company_id", "kind", "code"],
    )
    op.create_index(
        "ix_logistics_location_warehouse",
        "logistics_location",
        ["company_id", "warehouse_id", "id"],
    )
    op.create_table(
        "logistics_request",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("consignee", sa.String(200), nullable=True),
        sa.Column("phone", sa.String(60), nullable=True),
        sa.Column("address", sa.String(500), nullable=True),
        sa.Column("packing_requirement", sa.Text(), nullable=True),
        sa.Column("wanted_on", sa.Date(), nullable=True),
        sa.Column("cash_on_delivery", values.MoneyType(), nullable=False),
        sa.Column("source_number", sa.String(40), nullable=True),
        sa.Column("slip_number", sa.String(40), nullable=True),
        sa.Column("cancellation_reason", sa.String(500), nullable=True),
        sa.Column("source_id", sa.BigInteger(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("warehouse_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'requested', 'fulfilled', 'cancelled')",
            name=op.f("ck_logistics_request_state"),
        ),
        sa.CheckConstraint(
            "cash_on_delivery >= 0", name=op.f("ck_logistics_request_cash_on_delivery_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_logistics_request_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "customer_id"],
            ["base_customer.company_id", "base_customer.id"],
            name="fk_logistics_request_customer",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "warehouse_id"],
            ["logistics_warehouse.company_id", "logistics_warehouse.id"],
            name="fk_logistics_request_warehouse",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_logistics_request_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_logistics_request_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_request")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_logistics_request_company_id_id")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_logistics_request_company_id_number")
        ),
        sa.UniqueConstraint(
            "company_id", "source_id", name=op.f("uq_logistics_request_company_id_source_id")
        ),
    )
    op.create_index(
        op.f("ix_logistics_request_company_id_consignee"),
        "logistics_request",
        ["company_id", "consignee"],
    )
    op.create_index(
        op.f("ix_logistics_request_company_id_created_by_id_id"),
        "logistics_request",
        ["company_id", "created_by_id", "id"],
    )
    op.create_index(
        op.f("ix_logistics_request_company_id_source_number"),
        "logistics_request",
        ["company_id", "source_number"],
    )
    op.create_index(
        op.f("ix_logistics_request_company_id_state_id"),
        "logistics_request",
        ["company_id", "state", "id"],
    )
    op.create_index(
        op.f("ix_logistics_request_company_id_wanted_on_id"),
        "logistics_request",
        ["company_id", "wanted_on", "id"],
    )
    op.create_index(
        "ix_logistics_request_customer", "logistics_request", ["company_id", "customer_id", "id"]
    )
    op.create_index(
        "ix_logistics_request_warehouse", "logistics_request", ["company_id", "warehouse_id", "id"]
    )
    op.create_table(
        "logistics_count",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("approved_at", values.UtcDateTime(), nullable=True),
        sa.Column("location_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'approved')", name=op.f("ck_logistics_count_state")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_logistics_count_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "location_id"],
            ["logistics_location.company_id", "logistics_location.id"],
            name="fk_logistics_count_location",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_logistics_count_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_logistics_count_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_count")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_logistics_count_company_id_id")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_logistics_count_company_id_number")
        ),
    )
    op.create_index(
        op.f("ix_logistics_count_company_id_counted_on_id"),
        "logistics_count",
        ["company_id", "counted_on", "id"],
    )
    op.create_index(
        op.f("ix_logistics_count_company_id_created_by_id_id"),
        "logistics_count",
        ["company_id", "created_by_id", "id"],
    )
    op.create_index(
        op.f("ix_logistics_count_company_id_state_id"),
        "logistics_count",
        ["company_id", "state", "id"],
    )
    op.create_index(
        "ix_logistics_count_location", "logistics_count", ["company_id", "location_id", "id"]
    )
    op.create_table(
        "logistics_preparation",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("cause", sa.String(500), nullable=True),
        sa.Column("begun_at", values.UtcDateTime(), nullable=True),
        sa.Column("ready_at", values.UtcDateTime(), nullable=True),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("warehouse_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('requested', 'in_preparation', 'exception', 'ready', 'cancelled')",
            name=op.f("ck_logistics_preparation_state"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_logistics_preparation_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "person_id"],
            ["base_employee.company_id", "base_employee.id"],
            name="fk_logistics_preparation_person",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "request_id"],
            ["logistics_request.company_id", "logistics_request.id"],
            name="fk_logistics_preparation_request",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "warehouse_id"],
            ["logistics_warehouse.company_id", "logistics_warehouse.id"],
            name="fk_logistics_preparation_warehouse",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_logistics_preparation_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_logistics_preparation_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_preparation")),
        sa.UniqueConstraint(
            "company_id", "id", name=op.f("uq_logistics_preparation_company_id_id")
        ),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_logistics_preparation_company_id_number")
        ),
    )
    op.create_index(
        op.f("ix_logistics_preparation_company_id_begun_at_id"),
        "logistics_preparation",
        ["company_id", "begun_at", "id"],
    )
    op.create_index(
        op.f("ix_logistics_preparation_company_id_created_by_id_id"),
        "logistics_preparation",
        ["company_id", "created_by_id", "id"],
    )
    op.create_index(
        op.f("ix_logistics_preparation_company_id_due_on_id"),
        "logistics_preparation",
        ["company_id", "due_on", "id"],
    )
    op.create_index(
        op.f("ix_logistics_preparation_company_id_ready_at_id"),
        "logistics_preparation",
        ["company_id", "ready_at", "id"],
    )
    op.create_index(
        op.f("ix_logistics_preparation_company_id_state_due_on_id"),
        "logistics_preparation",
        ["company_id", "state", "due_on", "id"],
    )
    op.create_index(
        "ix_logistics_preparation_person",
        "logistics_preparation",
        ["company_id", "person_id", "id"],
    )
    op.create_index(
        "ix_logistics_preparation_request",
        "logistics_preparation",
        ["company_id", "request_id", "id"],
    )
    op.create_index(
        "ix_logistics_preparation_warehouse",
        "logistics_preparation",
        ["company_id", "warehouse_id", "id"],
    )
    op.create_table(
        "logistics_request_line",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("quantity", values.QuantityType(), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("prepared", values.QuantityType(), nullable=False),
        sa.Column("shipped", values.QuantityType(), nullable=False),
        sa.Column("delivered", values.QuantityType(), nullable=False),
        sa.Column("source_line_id", sa.BigInteger(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("delivery_request_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "delivered <= shipped", name=op.f("ck_logistics_request_line_not_delivered_beyond")
        ),
        sa.CheckConstraint(
            "delivered >= 0", name=op.f("ck_logistics_request_line_delivered_not_negative")
        ),
        sa.CheckConstraint(
            "prepared >= 0", name=op.f("ck_logistics_request_line_prepared_not_negative")
        ),
        sa.CheckConstraint(
            "quantity >= 0", name=op.f("ck_logistics_request_line_quantity_not_negative")
        ),
        sa.CheckConstraint(
            "shipped <= quantity", name=op.f("ck_logistics_request_line_not_shipped_beyond")
        ),
        sa.CheckConstraint(
            "shipped >= 0", name=op.f("ck_logistics_request_line_shipped_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_logistics_request_line_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "delivery_request_id"],
            ["logistics_request.company_id", "logistics_request.id"],
            name="fk_logistics_request_line_delivery_request",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["base_product.company_id", "base_product.id"],
            name="fk_logistics_request_line_product",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_logistics_request_line_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_logistics_request_line_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_request_line")),
        sa.UniqueConstraint(
            "company_id", "id", name=op.f("uq_logistics_request_line_company_id_id")
        ),
    )
    op.create_index(
        op.f("ix_logistics_request_line_company_id_source_line_id"),
        "logistics_request_line",
        ["company_id", "source_line_id"],
    )
    op.create_index(
        "ix_logistics_request_line_delivery_request",
        "logistics_request_line",
        ["company_id", "delivery_request_id", "position", "id"],
    )
    op.create_index(
        "ix_logistics_request_line_product",
        "logistics_request_line",
        ["company_id", "product_id", "id"],
    )
    op.create_table(
        "logistics_stock",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("on_hand", values.QuantityType(), nullable=False),
        sa.Column("reserved", values.QuantityType(), nullable=False),
        sa.Column("available", values.QuantityType(), nullable=False),
        sa.Column("minimum", values.QuantityType(), nullable=False),
        sa.Column("below_minimum", sa.Boolean(), nullable=False),
        sa.Column("moved_at", values.UtcDateTime(), nullable=True),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("location_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "available = on_hand - reserved", name=op.f("ck_logistics_stock_available_is_the_rest")
        ),
        sa.CheckConstraint("minimum >= 0", name=op.f("ck_logistics_stock_minimum_not_negative")),
        sa.CheckConstraint(
            "reserved >= 0 AND reserved <= on_hand", name=op.f("ck_logistics_stock_never_negative")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_logistics_stock_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "location_id"],
            ["logistics_location.company_id", "logistics_location.id"],
            name="fk_logistics_stock_location",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["base_product.company_id", "base_product.id"],
            name="fk_logistics_stock_product",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_logistics_stock_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_logistics_stock_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_stock")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_logistics_stock_company_id_id")),
        sa.UniqueConstraint(
            "company_id",
            "product_id",
            "location_id",
            name=op.f("uq_logistics_stock_company_id_product_id_location_id"),
        ),
    )
    op.create_index(
        op.f("ix_logistics_stock_company_id_available_id"),
        "logistics_stock",
        ["company_id", "available", "id"],
    )
    op.create_index(
        op.f("ix_logistics_stock_company_id_below_minimum_id"),
        "logistics_stock",
        ["company_id", "below_minimum", "id"],
    )
    op.create_index(
        op.f("ix_logistics_stock_company_id_minimum_id"),
        "logistics_stock",
        ["company_id", "minimum", "id"],
    )
    op.create_index(
        op.f("ix_logistics_stock_company_id_moved_at_id"),
        "logistics_stock",
        ["company_id", "moved_at", "id"],
    )
    op.create_index(
        op.f("ix_logistics_stock_company_id_name_id"),
        "logistics_stock",
        ["company_id", "name", "id"],
    )
    op.create_index(
        op.f("ix_logistics_stock_company_id_on_hand_id"),
        "logistics_stock",
        ["company_id", "on_hand", "id"],
    )
    op.create_index(
        op.f("ix_logistics_stock_company_id_reserved_id"),
        "logistics_stock",
        ["company_id", "reserved", "id"],
    )
    op.create_index(
        "ix_logistics_stock_location", "logistics_stock", ["company_id", "location_id", "id"]
    )
    op.create_index(
        "ix_logistics_stock_product", "logistics_stock", ["company_id", "product_id", "id"]
    )
    op.create_table(
        "logistics_count_line",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("counted", values.QuantityType(), nullable=False),
        sa.Column("booked", values.QuantityType(), nullable=False),
        sa.Column("difference", values.QuantityType(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("stock_count_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "counted >= 0", name=op.f("ck_logistics_count_line_counted_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_logistics_count_line_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["base_product.company_id", "base_product.id"],
            name="fk_logistics_count_line_product",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "stock_count_id"],
            ["logistics_count.company_id", "logistics_count.id"],
            name="fk_logistics_count_line_stock_count",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_logistics_count_line_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_logistics_count_line_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_count_line")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_logistics_count_line_company_id_id")),
    )
    op.create_index(
        "ix_logistics_count_line_product",
        "logistics_count_line",
        ["company_id", "product_id", "id"],
    )
    op.create_index(
        "ix_logistics_count_line_stock_count",
        "logistics_count_line",
        ["company_id", "stock_count_id", "position", "id"],
    )
    op.create_table(
        "logistics_preparation_line",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("quantity", values.QuantityType(), nullable=False),
        sa.Column("ready", values.QuantityType(), nullable=False),
        sa.Column("missing", values.QuantityType(), nullable=False),
        sa.Column("missing_since", values.UtcDateTime(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("preparation_id", sa.BigInteger(), nullable=False),
        sa.Column("request_line_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "missing >= 0", name=op.f("ck_logistics_preparation_line_missing_not_negative")
        ),
        sa.CheckConstraint(
            "quantity >= 0", name=op.f("ck_logistics_preparation_line_quantity_not_negative")
        ),
        sa.CheckConstraint(
            "ready <= quantity", name=op.f("ck_logistics_preparation_line_not_ready_beyond")
        ),
        sa.CheckConstraint(
            "ready >= 0", name=op.f("ck_logistics_preparation_line_ready_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["ab_user.id"],
            name=op.f("fk_logistics_preparation_line_changed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "preparation_id"],
            ["logistics_preparation.company_id", "logistics_preparation.id"],
            name="fk_logistics_preparation_line_preparation",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["base_product.company_id", "base_product.id"],
            name="fk_logistics_preparation_line_product",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "request_line_id"],
            ["logistics_request_line.company_id", "logistics_request_line.id"],
            name="fk_logistics_preparation_line_request_line",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_logistics_preparation_line_company_id"),
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["ab_user.id"],
            name=op.f("fk_logistics_preparation_line_created_by_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_preparation_line")),
        sa.UniqueConstraint(
            "company_id", "id", name=op.f("uq_logistics_preparation_line_company_id_id")
        ),
    )
    op.create_index(
        op.f("ix_logistics_preparation_line_company_id_missing_id"),
        "logistics_preparation_line",
        ["company_id", "missing", "id"],
    )
    op.create_index(
        "ix_logistics_preparation_line_preparation",
        "logistics_preparation_line",
        ["company_id", "preparation_id", "position", "id"],
    )
    op.create_index(
        "ix_logistics_preparation_line_product",
        "logistics_preparation_line",
        ["company_id", "product_id", "id"],
    )
    op.create_index(
        "ix_logistics_preparation_line_request_line",
        "logistics_preparation_line",
        ["company_id", "request_line_id", "id"],
    )
    op.create_table(
        "logistics_reservation",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("quantity", values.QuantityType(), nullable=False),
        sa.Column("stock_id", sa.BigInteger(), nullable=False),
        sa.Column("request_line_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "quantity >= 0", name=op.f("ck_logistics_reservation_quantity_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_logistics_reservation_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "request_line_id"],
            ["logistics_request_line.company_id", "logistics_request_line.id"],
            name="fk_logistics_reservation_request_line",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "stock_id"],
            ["logistics_stock.company_id", "logistics_stock.id"],
            name="fk_logistics_reservation_stock",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_logistics_reservation_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_logistics_reservation_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_reservation")),
        sa.UniqueConstraint(
            "company_id", "id", name=op.f("uq_logistics_reservation_company_id_id")
        ),
        sa.UniqueConstraint(
            "company_id",
            "request_line_id",
            "stock_id",
            name=op.f("uq_logistics_reservation_company_id_request_line_id_stock_id"),
        ),
    )
    op.create_index(
        "ix_logistics_reservation_request_line",
        "logistics_reservation",
        ["company_id", "request_line_id", "id"],
    )
    op.create_index(
        "ix_logistics_reservation_stock", "logistics_reservation", ["company_id", "stock_id", "id"]
    )
    op.create_table(
        "logistics_stock_move",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("at", values.UtcDateTime(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("quantity", values.QuantityType(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=True),
        sa.Column("source", sa.String(80), nullable=True),
        sa.Column("on_hand", values.QuantityType(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("location_id", sa.BigInteger(), nullable=False),
        sa.Column("stock_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('receipt', 'issue', 'transfer', 'count', 'return')",
            name=op.f("ck_logistics_stock_move_kind"),
        ),
        sa.CheckConstraint(
            "on_hand >= 0", name=op.f("ck_logistics_stock_move_on_hand_not_negative")
        ),
        sa.CheckConstraint("quantity <> 0", name=op.f("ck_logistics_stock_move_moves_something")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_logistics_stock_move_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "location_id"],
            ["logistics_location.company_id", "logistics_location.id"],
            name="fk_logistics_stock_move_location",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["base_product.company_id", "base_product.id"],
            name="fk_logistics_stock_move_product",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "stock_id"],
            ["logistics_stock.company_id", "logistics_stock.id"],
            name="fk_logistics_stock_move_stock",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_logistics_stock_move_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_logistics_stock_move_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_stock_move")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_logistics_stock_move_company_id_id")),
    )
    op.create_index(
        op.f("ix_logistics_stock_move_company_id_at_id"),
        "logistics_stock_move",
        ["company_id", "at", "id"],
    )
    op.create_index(
        op.f("ix_logistics_stock_move_company_id_created_by_id_id"),
        "logistics_stock_move",
        ["company_id", "created_by_id", "id"],
    )
    op.create_index(
        op.f("ix_logistics_stock_move_company_id_kind_id"),
        "logistics_stock_move",
        ["company_id", "kind", "id"],
    )
    op.create_index(
        op.f("ix_logistics_stock_move_company_id_quantity_id"),
        "logistics_stock_move",
        ["company_id", "quantity", "id"],
    )
    op.create_index(
        op.f("ix_logistics_stock_move_company_id_source_id"),
        "logistics_stock_move",
        ["company_id", "source", "id"],
    )
    op.create_index(
        "ix_logistics_stock_move_location",
        "logistics_stock_move",
        ["company_id", "location_id", "id"],
    )
    op.create_index(
        "ix_logistics_stock_move_product",
        "logistics_stock_move",
        ["company_id", "product_id", "id"],
    )
    op.create_index(
        "ix_logistics_stock_move_stock", "logistics_stock_move", ["company_id", "stock_id", "id"]
    )


def downgrade() -> None:
    op.drop_table("logistics_stock_move")
    op.drop_table("logistics_reservation")
    op.drop_table("logistics_preparation_line")
    op.drop_table("logistics_count_line")
    op.drop_table("logistics_stock")
    op.drop_table("logistics_request_line")
    op.drop_table("logistics_preparation")
    op.drop_table("logistics_count")
    op.drop_table("logistics_request")
    op.drop_table("logistics_location")
    op.drop_table("logistics_warehouse")
