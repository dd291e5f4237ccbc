"""Goods are shipped."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "logistics_carrier",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("contact", sa.String(100), nullable=True),
        sa.Column("phone", sa.String(40), nullable=True),
        sa.Column("email", sa.String(320), nullable=True),
        sa.Column("contract_number", sa.String(80), nullable=True),
        sa.Column("contract_from", sa.Date(), nullable=True),
        sa.Column("contract_until", sa.Date(), nullable=True),
        sa.Column("remits_within", sa.BigInteger(), nullable=False),
        sa.Column("rating", values.PercentType(), nullable=True),
        sa.Column("secret", sa.String(200), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "contract_until >= contract_from",
            name=op.f("ck_logistics_carrier_ends_after_it_begins"),
        ),
        sa.CheckConstraint(
            "remits_within >= 0", name=op.f("ck_logistics_carrier_remits_within_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_logistics_carrier_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_logistics_carrier_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_logistics_carrier_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_carrier")),
        sa.UniqueConstraint(
            "company_id", "code", name=op.f("uq_logistics_carrier_company_id_code")
        ),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_logistics_carrier_company_id_id")),
    )
    op.create_index(
        op.f("ix_logistics_carrier_company_id_active_name"),
        "logistics_carrier",
        ["company_id", "active", "name"],
    )
    op.create_index(
        op.f("ix_logistics_carrier_company_id_contact"),
        "logistics_carrier",
        ["company_id", "contact"],
    )
    op.create_index(
        op.f("ix_logistics_carrier_company_id_contract_until"),
        "logistics_carrier",
        ["company_id", "contract_until"],
    )
    op.create_index(
        op.f("ix_logistics_carrier_company_id_name"), "logistics_carrier", ["company_id", "name"]
    )
    op.create_index(
        op.f("ix_logistics_carrier_company_id_phone"), "logistics_carrier", ["company_id", "phone"]
    )
    op.create_index(
        op.f("ix_logistics_carrier_company_id_rating"),
        "logistics_carrier",
        ["company_id", "rating"],
    )
    op.create_table(
        "logistics_freight_rate",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("basis", sa.String(40), nullable=False),
        sa.Column("price", values.MoneyType(), nullable=False),
        sa.Column("least", values.MoneyType(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("carrier_id", sa.BigInteger(), nullable=False),
        sa.Column("from_region_id", sa.BigInteger(), nullable=True),
        sa.Column("to_region_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "basis IN ('weight', 'volume', 'piece', 'trip')",
            name=op.f("ck_logistics_freight_rate_basis"),
        ),
        sa.CheckConstraint("least >= 0", name=op.f("ck_logistics_freight_rate_least_not_negative")),
        sa.CheckConstraint("price >= 0", name=op.f("ck_logistics_freight_rate_price_not_negative")),
        sa.CheckConstraint(
            "valid_until >= valid_from", name=op.f("ck_logistics_freight_rate_ends_after_it_begins")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_logistics_freight_rate_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "carrier_id"],
            ["logistics_carrier.company_id", "logistics_carrier.id"],
            name="fk_logistics_freight_rate_carrier",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "from_region_id"],
            ["base_region.company_id", "base_region.id"],
            name="fk_logistics_freight_rate_from_region",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "to_region_id"],
            ["base_region.company_id", "base_region.id"],
            name="fk_logistics_freight_rate_to_region",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_logistics_freight_rate_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_logistics_freight_rate_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_freight_rate")),
        sa.UniqueConstraint(
            "company_id", "id", name=op.f("uq_logistics_freight_rate_company_id_id")
        ),
    )
    op.create_index(
        "ix_logistics_freight_rate_carrier",
        "logistics_freight_rate",
        ["company_id", "carrier_id", "id"],
    )
    op.create_index(
        op.f("ix_logistics_freight_rate_company_id_basis"),
        "logistics_freight_rate",
        ["company_id", "basis"],
    )
    op.create_index(
        op.f("ix_logistics_freight_rate_company_id_least"),
        "logistics_freight_rate",
        ["company_id", "least"],
    )
    op.create_index(
        op.f("ix_logistics_freight_rate_company_id_price"),
        "logistics_freight_rate",
        ["company_id", "price"],
    )
    op.create_index(
        op.f("ix_logistics_freight_rate_company_id_valid_from_id"),
        "logistics_freight_rate",
        ["company_id", "valid_from", "id"],
    )
    op.create_index(
        op.f("ix_logistics_freight_rate_company_id_valid_until"),
        "logistics_freight_rate",
        ["company_id", "valid_until"],
    )
    op.create_index(
        "ix_logistics_freight_rate_from_region",
        "logistics_freight_rate",
        ["company_id", "from_region_id", "id"],
    )
    op.create_index(
        "ix_logistics_freight_rate_to_region",
        "logistics_freight_rate",
        ["company_id", "to_region_id", "id"],
    )
    op.create_table(
        "logistics_vehicle",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("plate", sa.String(20), nullable=False),
        sa.Column("driver", sa.String(100), nullable=True),
        sa.Column("phone", sa.String(40), nullable=True),
        sa.Column("capacity", values.QuantityType(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("carrier_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_logistics_vehicle_capacity_positive")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_logistics_vehicle_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "carrier_id"],
            ["logistics_carrier.company_id", "logistics_carrier.id"],
            name="fk_logistics_vehicle_carrier",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_logistics_vehicle_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_logistics_vehicle_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_vehicle")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_logistics_vehicle_company_id_id")),
        sa.UniqueConstraint(
            "company_id", "plate", name=op.f("uq_logistics_vehicle_company_id_plate")
        ),
    )
    op.create_index(
        "ix_logistics_vehicle_carrier", "logistics_vehicle", ["company_id", "carrier_id", "id"]
    )
    op.create_index(
        op.f("ix_logistics_vehicle_company_id_active_plate"),
        "logistics_vehicle",
        ["company_id", "active", "plate"],
    )
    op.create_index(
        op.f("ix_logistics_vehicle_company_id_capacity"),
        "logistics_vehicle",
        ["company_id", "capacity"],
    )
    op.create_index(
        op.f("ix_logistics_vehicle_company_id_driver"),
        "logistics_vehicle",
        ["company_id", "driver"],
    )
    op.create_index(
        op.f("ix_logistics_vehicle_company_id_phone"), "logistics_vehicle", ["company_id", "phone"]
    )
    op.create_table(
        "logistics_shipment",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("source_number", sa.String(40), nullable=True),
        sa.Column("slip_number", sa.String(40), nullable=True),
        sa.Column("driver", sa.String(100), nullable=True),
        sa.Column("driver_phone", sa.String(40), nullable=True),
        sa.Column("waybill", sa.String(80), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("packages", sa.BigInteger(), nullable=True),
        sa.Column("weight", values.QuantityType(), nullable=True),
        sa.Column("volume", values.QuantityType(), nullable=True),
        sa.Column("cash_on_delivery", values.MoneyType(), nullable=False),
        sa.Column("freight_estimated", values.MoneyType(), nullable=True),
        sa.Column("shipped_at", values.UtcDateTime(), nullable=True),
        sa.Column("shipped_on", sa.Date(), nullable=True),
        sa.Column("arrived_on", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.String(100), nullable=True),
        sa.Column("had_exception", sa.Boolean(), nullable=False),
        sa.Column("end_reason", sa.String(500), nullable=True),
        sa.Column("tracking_token", sa.String(64), nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("warehouse_id", sa.BigInteger(), nullable=False),
        sa.Column("carrier_id", sa.BigInteger(), nullable=True),
        sa.Column("vehicle_id", sa.BigInteger(), nullable=True),
        sa.Column("clerk_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'arranged', 'slip_taken', 'loaded', 'in_transit', "
            "'exception', 'arrived', 'settled', 'cancelled', 'returned')",
            name=op.f("ck_logistics_shipment_state"),
        ),
        sa.CheckConstraint(
            "cash_on_delivery >= 0",
            name=op.f("ck_logistics_shipment_cash_on_delivery_not_negative"),
        ),
        sa.CheckConstraint(
            "freight_estimated >= 0",
            name=op.f("ck_logistics_shipment_freight_estimated_not_negative"),
        ),
        sa.CheckConstraint("volume >= 0", name=op.f("ck_logistics_shipment_volume_not_negative")),
        sa.CheckConstraint("weight >= 0", name=op.f("ck_logistics_shipment_weight_not_negative")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_logistics_shipment_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["clerk_id"], ["ab_user.id"], name=op.f("fk_logistics_shipment_clerk_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "carrier_id"],
            ["logistics_carrier.company_id", "logistics_carrier.id"],
            name="fk_logistics_shipment_carrier",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "request_id"],
            ["logistics_request.company_id", "logistics_request.id"],
            name="fk_logistics_shipment_request",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "vehicle_id"],
            ["logistics_vehicle.company_id", "logistics_vehicle.id"],
            name="fk_logistics_shipment_vehicle",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "warehouse_id"],
            ["logistics_warehouse.company_id", "logistics_warehouse.id"],
            name="fk_logistics_shipment_warehouse",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_logistics_shipment_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_logistics_shipment_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_shipment")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_logistics_shipment_company_id_id")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_logistics_shipment_company_id_number")
        ),
        sa.UniqueConstraint(
            "company_id",
            "tracking_token",
            name=op.f("uq_logistics_shipment_company_id_tracking_token"),
        ),
    )
    op.create_index(
        "ix_logistics_shipment_carrier", "logistics_shipment", ["company_id", "carrier_id", "id"]
    )
    op.create_index(
        "ix_logistics_shipment_clerk", "logistics_shipment", ["company_id", "clerk_id", "id"]
    )
    op.create_index(
        op.f("ix_logistics_shipment_company_id_arrived_on"),
        "logistics_shipment",
        ["company_id", "arrived_on"],
    )
    op.create_index(
        op.f("ix_logistics_shipment_company_id_cash_on_delivery"),
        "logistics_shipment",
        ["company_id", "cash_on_delivery"],
    )
    op.create_index(
        op.f("ix_logistics_shipment_company_id_driver"),
        "logistics_shipment",
        ["company_id", "driver"],
    )
    op.create_index(
        op.f("ix_logistics_shipment_company_id_waybill"),
        "logistics_shipment",
        ["company_id", "waybill"],
    )
    op.create_index(
        op.f("ix_logistics_shipment_company_id_expected_on_id"),
        "logistics_shipment",
        ["company_id", "expected_on", "id"],
    )
    op.create_index(
        op.f("ix_logistics_shipment_company_id_freight_estimated"),
        "logistics_shipment",
        ["company_id", "freight_estimated"],
    )
    op.create_index(
        op.f("ix_logistics_shipment_company_id_planned_on_id"),
        "logistics_shipment",
        ["company_id", "planned_on", "id"],
    )
    op.create_index(
        op.f("ix_logistics_shipment_company_id_shipped_on_id"),
        "logistics_shipment",
        ["company_id", "shipped_on", "id"],
    )
    op.create_index(
        op.f("ix_logistics_shipment_company_id_source_number"),
        "logistics_shipment",
        ["company_id", "source_number"],
    )
    op.create_index(
        op.f("ix_logistics_shipment_company_id_state_expected_on"),
        "logistics_shipment",
        ["company_id", "state", "expected_on"],
    )
    op.create_index(
        "ix_logistics_shipment_request", "logistics_shipment", ["company_id", "request_id", "id"]
    )
    op.create_index(
        "ix_logistics_shipment_vehicle", "logistics_shipment", ["company_id", "vehicle_id", "id"]
    )
    op.create_index(
        "ix_logistics_shipment_warehouse",
        "logistics_shipment",
        ["company_id", "warehouse_id", "id"],
    )
    op.create_table(
        "logistics_shipment_exception",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("cause", sa.String(500), nullable=False),
        sa.Column("solution", sa.Text(), nullable=True),
        sa.Column("reported_at", values.UtcDateTime(), nullable=False),
        sa.Column("resolved_at", values.UtcDateTime(), nullable=True),
        sa.Column("shipment_id", sa.BigInteger(), nullable=False),
        sa.Column("reported_by_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('late', 'damaged', 'lost', 'refused', 'wrong_goods')",
            name=op.f("ck_logistics_shipment_exception_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["ab_user.id"],
            name=op.f("fk_logistics_shipment_exception_changed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "shipment_id"],
            ["logistics_shipment.company_id", "logistics_shipment.id"],
            name="fk_logistics_shipment_exception_shipment",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_logistics_shipment_exception_company_id"),
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["ab_user.id"],
            name=op.f("fk_logistics_shipment_exception_created_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["reported_by_id"],
            ["ab_user.id"],
            name=op.f("fk_logistics_shipment_exception_reported_by_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_shipment_exception")),
        sa.UniqueConstraint(
            "company_id", "id", name=op.f("uq_logistics_shipment_exception_company_id_id")
        ),
    )
    op.create_index(
        op.f("ix_logistics_shipment_exception_company_id_cause"),
        "logistics_shipment_exception",
        ["company_id", "cause"],
    )
    op.create_index(
        op.f("ix_logistics_shipment_exception_company_id_kind"),
        "logistics_shipment_exception",
        ["company_id", "kind"],
    )
    op.create_index(
        op.f("ix_logistics_shipment_exception_company_id_reported_at_id"),
        "logistics_shipment_exception",
        ["company_id", "reported_at", "id"],
    )
    op.create_index(
        op.f("ix_logistics_shipment_exception_company_id_resolved_at"),
        "logistics_shipment_exception",
        ["company_id", "resolved_at"],
    )
    op.create_index(
        "ix_logistics_shipment_exception_reported_by",
        "logistics_shipment_exception",
        ["company_id", "reported_by_id", "id"],
    )
    op.create_index(
        "ix_logistics_shipment_exception_shipment",
        "logistics_shipment_exception",
        ["company_id", "shipment_id", "id"],
    )
    op.create_table(
        "logistics_shipment_line",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("ordered", values.QuantityType(), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("counted", values.QuantityType(), nullable=True),
        sa.Column("difference_reason", sa.String(200), nullable=True),
        sa.Column("shipped", values.QuantityType(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("shipment_id", sa.BigInteger(), nullable=False),
        sa.Column("request_line_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "counted <= ordered", name=op.f("ck_logistics_shipment_line_counted_at_most_ordered")
        ),
        sa.CheckConstraint(
            "counted >= 0", name=op.f("ck_logistics_shipment_line_counted_not_negative")
        ),
        sa.CheckConstraint("ordered > 0", name=op.f("ck_logistics_shipment_line_ordered_positive")),
        sa.CheckConstraint(
            "shipped = 0 OR shipped <= counted",
            name=op.f("ck_logistics_shipment_line_shipped_at_most_counted"),
        ),
        sa.CheckConstraint(
            "shipped >= 0", name=op.f("ck_logistics_shipment_line_shipped_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_logistics_shipment_line_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["base_product.company_id", "base_product.id"],
            name="fk_logistics_shipment_line_product",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "request_line_id"],
            ["logistics_request_line.company_id", "logistics_request_line.id"],
            name="fk_logistics_shipment_line_request_line",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "shipment_id"],
            ["logistics_shipment.company_id", "logistics_shipment.id"],
            name="fk_logistics_shipment_line_shipment",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_logistics_shipment_line_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_logistics_shipment_line_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_shipment_line")),
        sa.UniqueConstraint(
            "company_id", "id", name=op.f("uq_logistics_shipment_line_company_id_id")
        ),
    )
    op.create_index(
        "ix_logistics_shipment_line_product",
        "logistics_shipment_line",
        ["company_id", "product_id", "id"],
    )
    op.create_index(
        "ix_logistics_shipment_line_request_line",
        "logistics_shipment_line",
        ["company_id", "request_line_id", "id"],
    )
    op.create_index(
        "ix_logistics_shipment_line_shipment",
        "logistics_shipment_line",
        ["company_id", "shipment_id", "position", "id"],
    )
    op.create_table(
        "logistics_tracking_event",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("at", values.UtcDateTime(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("place", sa.String(200), nullable=True),
        sa.Column("note", sa.String(500), nullable=True),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("shipment_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('departed', 'underway', 'at_depot', "
            "'out_for_delivery', 'delayed', 'delivered', 'returned')",
            name=op.f("ck_logistics_tracking_event_kind"),
        ),
        sa.CheckConstraint(
            "source IN ('house', 'carrier')", name=op.f("ck_logistics_tracking_event_source")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["ab_user.id"],
            name=op.f("fk_logistics_tracking_event_changed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "shipment_id"],
            ["logistics_shipment.company_id", "logistics_shipment.id"],
            name="fk_logistics_tracking_event_shipment",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_logistics_tracking_event_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["ab_user.id"],
            name=op.f("fk_logistics_tracking_event_created_by_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_tracking_event")),
        sa.UniqueConstraint(
            "company_id", "id", name=op.f("uq_logistics_tracking_event_company_id_id")
        ),
    )
    op.create_index(
        op.f("ix_logistics_tracking_event_company_id_at_id"),
        "logistics_tracking_event",
        ["company_id", "at", "id"],
    )
    op.create_index(
        op.f("ix_logistics_tracking_event_company_id_kind"),
        "logistics_tracking_event",
        ["company_id", "kind"],
    )
    op.create_index(
        op.f("ix_logistics_tracking_event_company_id_note"),
        "logistics_tracking_event",
        ["company_id", "note"],
    )
    op.create_index(
        op.f("ix_logistics_tracking_event_company_id_place"),
        "logistics_tracking_event",
        ["company_id", "place"],
    )
    op.create_index(
        op.f("ix_logistics_tracking_event_company_id_source"),
        "logistics_tracking_event",
        ["company_id", "source"],
    )
    op.create_index(
        "ix_logistics_tracking_event_shipment",
        "logistics_tracking_event",
        ["company_id", "shipment_id", "id"],
    )
    op.add_column("logistics_warehouse", sa.Column("region_id", sa.BigInteger(), nullable=True))
    op.change_constraints(
        "logistics_warehouse",
        add=[
            sa.ForeignKeyConstraint(
                ["company_id", "region_id"],
                ["base_region.company_id", "base_region.id"],
                name=op.f("fk_logistics_warehouse_region"),
            )
        ],
    )
    op.create_index(
        "ix_logistics_warehouse_region", "logistics_warehouse", ["company_id", "region_id", "id"]
    )


def downgrade() -> None:
    op.drop_index("ix_logistics_warehouse_region", table_name="logistics_warehouse")
    op.change_constraints(
        "logistics_warehouse",
        drop=[
            sa.ForeignKeyConstraint(
                ["company_id", "region_id"],
                ["base_region.company_id", "base_region.id"],
                name=op.f("fk_logistics_warehouse_region"),
            )
        ],
    )
    op.drop_column("logistics_warehouse", "region_id")
    op.drop_table("logistics_tracking_event")
    op.drop_table("logistics_shipment_line")
    op.drop_table("logistics_shipment_exception")
    op.drop_table("logistics_shipment")
    op.drop_table("logistics_vehicle")
    op.drop_table("logistics_freight_rate")
    op.drop_table("logistics_carrier")
