"""Leads, opportunities and visits are followed."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sales_lead",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("company", sa.String(200), nullable=True),
        sa.Column("phone", sa.String(40), nullable=True),
        sa.Column("email", sa.String(320), nullable=True),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("source_note", sa.String(200), nullable=True),
        sa.Column("need", sa.Text(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("screened_on", sa.Date(), nullable=True),
        sa.Column("screening_reason", sa.String(500), nullable=True),
        sa.Column("region_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "source IN ('research', 'exhibition', 'web', 'referral', 'campaign')",
            name=op.f("ck_sales_lead_source"),
        ),
        sa.CheckConstraint(
            "state IN ('new', 'qualified', 'converted', 'rejected')",
            name=op.f("ck_sales_lead_state"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_lead_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "customer_id"],
            ["base_customer.company_id", "base_customer.id"],
            name="fk_sales_lead_customer",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "owner_id"],
            ["base_employee.company_id", "base_employee.id"],
            name="fk_sales_lead_owner",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "region_id"],
            ["base_region.company_id", "base_region.id"],
            name="fk_sales_lead_region",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_lead_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_lead_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_lead")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_lead_company_id_id")),
        sa.UniqueConstraint("company_id", "number", name=op.f("uq_sales_lead_company_id_number")),
        sa.UniqueConstraint("company_id", "number", name=op.f("uq_sales_lead_company_id_number")),
    )
    op.create_index(
        op.f("ix_sales_lead_company_id_company_id"), "sales_lead", ["company_id", "company", "id"]
    )
    op.create_index(
        op.f("ix_sales_lead_company_id_created_by_id_id"),
        "sales_lead",
        ["company_id", "created_by_id", "id"],
    )
    op.create_index(
        op.f("ix_sales_lead_company_id_name_id"), "sales_lead", ["company_id", "name", "id"]
    )
    op.create_index(
        op.f("ix_sales_lead_company_id_received_on_id"),
        "sales_lead",
        ["company_id", "received_on", "id"],
    )
    op.create_index(
        op.f("ix_sales_lead_company_id_source_id"), "sales_lead", ["company_id", "source", "id"]
    )
    op.create_index(
        op.f("ix_sales_lead_company_id_state_id"), "sales_lead", ["company_id", "state", "id"]
    )
    op.create_index("ix_sales_lead_customer", "sales_lead", ["company_id", "customer_id", "id"])
    op.create_index("ix_sales_lead_owner", "sales_lead", ["company_id", "owner_id", "id"])
    op.create_index("ix_sales_lead_region", "sales_lead", ["company_id", "region_id", "id"])
    op.create_table(
        "sales_opportunity",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("expected_amount", values.MoneyType(), nullable=False),
        sa.Column("probability", values.PercentType(), nullable=False),
        sa.Column("weighted", values.MoneyType(), nullable=False),
        sa.Column("expected_close", sa.Date(), nullable=True),
        sa.Column("competitors", sa.Text(), nullable=True),
        sa.Column("need", sa.Text(), nullable=True),
        sa.Column("solution", sa.Text(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("stage_since", sa.Date(), nullable=False),
        sa.Column("furthest", sa.String(40), nullable=False),
        sa.Column("lost_reason", sa.String(500), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("lead_id", sa.BigInteger(), nullable=True),
        sa.Column("salesperson_id", sa.BigInteger(), nullable=True),
        sa.Column("region_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "furthest IN ('needs_analysis', 'solution', 'quotation', 'negotiation', 'won', 'lost')",
            name=op.f("ck_sales_opportunity_furthest"),
        ),
        sa.CheckConstraint(
            "state IN ('needs_analysis', 'solution', 'quotation', 'negotiation', 'won', 'lost')",
            name=op.f("ck_sales_opportunity_state"),
        ),
        sa.CheckConstraint(
            "expected_amount >= 0", name=op.f("ck_sales_opportunity_expected_amount_not_negative")
        ),
        sa.CheckConstraint(
            "probability >= 0", name=op.f("ck_sales_opportunity_probability_not_negative")
        ),
        sa.CheckConstraint(
            "weighted >= 0", name=op.f("ck_sales_opportunity_weighted_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_opportunity_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "contact_id"],
            ["base_contact.company_id", "base_contact.id"],
            name="fk_sales_opportunity_contact",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "customer_id"],
            ["base_customer.company_id", "base_customer.id"],
            name="fk_sales_opportunity_customer",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "lead_id"],
            ["sales_lead.company_id", "sales_lead.id"],
            name="fk_sales_opportunity_lead",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "region_id"],
            ["base_region.company_id", "base_region.id"],
            name="fk_sales_opportunity_region",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "salesperson_id"],
            ["base_employee.company_id", "base_employee.id"],
            name="fk_sales_opportunity_salesperson",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_opportunity_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_opportunity_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_opportunity")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_opportunity_company_id_id")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_sales_opportunity_company_id_number")
        ),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_sales_opportunity_company_id_number")
        ),
    )
    op.create_index(
        op.f("ix_sales_opportunity_company_id_created_by_id_id"),
        "sales_opportunity",
        ["company_id", "created_by_id", "id"],
    )
    op.create_index(
        op.f("ix_sales_opportunity_company_id_expected_amount_id"),
        "sales_opportunity",
        ["company_id", "expected_amount", "id"],
    )
    op.create_index(
        op.f("ix_sales_opportunity_company_id_expected_close_id"),
        "sales_opportunity",
        ["company_id", "expected_close", "id"],
    )
    op.create_index(
        op.f("ix_sales_opportunity_company_id_furthest_id"),
        "sales_opportunity",
        ["company_id", "furthest", "id"],
    )
    op.create_index(
        op.f("ix_sales_opportunity_company_id_name_id"),
        "sales_opportunity",
        ["company_id", "name", "id"],
    )
    op.create_index(
        op.f("ix_sales_opportunity_company_id_opened_on_id"),
        "sales_opportunity",
        ["company_id", "opened_on", "id"],
    )
    op.create_index(
        op.f("ix_sales_opportunity_company_id_probability_id"),
        "sales_opportunity",
        ["company_id", "probability", "id"],
    )
    op.create_index(
        op.f("ix_sales_opportunity_company_id_state_id"),
        "sales_opportunity",
        ["company_id", "state", "id"],
    )
    op.create_index(
        op.f("ix_sales_opportunity_company_id_weighted_id"),
        "sales_opportunity",
        ["company_id", "weighted", "id"],
    )
    op.create_index(
        "ix_sales_opportunity_contact", "sales_opportunity", ["company_id", "contact_id", "id"]
    )
    op.create_index(
        "ix_sales_opportunity_customer", "sales_opportunity", ["company_id", "customer_id", "id"]
    )
    op.create_index(
        "ix_sales_opportunity_lead", "sales_opportunity", ["company_id", "lead_id", "id"]
    )
    op.create_index(
        "ix_sales_opportunity_region", "sales_opportunity", ["company_id", "region_id", "id"]
    )
    op.create_index(
        "ix_sales_opportunity_salesperson",
        "sales_opportunity",
        ["company_id", "salesperson_id", "id"],
    )
    op.create_table(
        "sales_opportunity_line",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity", values.QuantityType(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "quantity > 0", name=op.f("ck_sales_opportunity_line_quantity_positive")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_opportunity_line_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "opportunity_id"],
            ["sales_opportunity.company_id", "sales_opportunity.id"],
            name="fk_sales_opportunity_line_opportunity",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["base_product.company_id", "base_product.id"],
            name="fk_sales_opportunity_line_product",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_opportunity_line_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_opportunity_line_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_opportunity_line")),
        sa.UniqueConstraint(
            "company_id", "id", name=op.f("uq_sales_opportunity_line_company_id_id")
        ),
    )
    op.create_index(
        "ix_sales_opportunity_line_opportunity",
        "sales_opportunity_line",
        ["company_id", "opportunity_id", "position", "id"],
    )
    op.create_index(
        "ix_sales_opportunity_line_product",
        "sales_opportunity_line",
        ["company_id", "product_id", "id"],
    )
    op.create_table(
        "sales_visit",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("planned_at", values.UtcDateTime(), nullable=False),
        sa.Column("goal", sa.String(300), nullable=False),
        sa.Column("need", sa.Boolean(), nullable=False),
        sa.Column("need_note", sa.Text(), nullable=True),
        sa.Column("background", sa.Boolean(), nullable=False),
        sa.Column("background_note", sa.Text(), nullable=True),
        sa.Column("buying_process", sa.Boolean(), nullable=False),
        sa.Column("buying_process_note", sa.Text(), nullable=True),
        sa.Column("material", sa.Boolean(), nullable=False),
        sa.Column("material_note", sa.Text(), nullable=True),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("demonstration_note", sa.Text(), nullable=True),
        sa.Column("met", sa.String(500), nullable=True),
        sa.Column("learnt", sa.Text(), nullable=True),
        sa.Column("result", sa.String(500), nullable=True),
        sa.Column("next_step", sa.String(200), nullable=True),
        sa.Column("next_step_on", sa.Date(), nullable=True),
        sa.Column("cancellation_reason", sa.String(500), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=True),
        sa.Column("salesperson_id", sa.BigInteger(), nullable=True),
        sa.Column("region_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('planned', 'prepared', 'done', 'cancelled')",
            name=op.f("ck_sales_visit_state"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_visit_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "customer_id"],
            ["base_customer.company_id", "base_customer.id"],
            name="fk_sales_visit_customer",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "opportunity_id"],
            ["sales_opportunity.company_id", "sales_opportunity.id"],
            name="fk_sales_visit_opportunity",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "region_id"],
            ["base_region.company_id", "base_region.id"],
            name="fk_sales_visit_region",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "salesperson_id"],
            ["base_employee.company_id", "base_employee.id"],
            name="fk_sales_visit_salesperson",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_visit_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_visit_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_visit")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_visit_company_id_id")),
        sa.UniqueConstraint("company_id", "number", name=op.f("uq_sales_visit_company_id_number")),
        sa.UniqueConstraint("company_id", "number", name=op.f("uq_sales_visit_company_id_number")),
    )
    op.create_index(
        op.f("ix_sales_visit_company_id_created_by_id_id"),
        "sales_visit",
        ["company_id", "created_by_id", "id"],
    )
    op.create_index(
        op.f("ix_sales_visit_company_id_goal_id"), "sales_visit", ["company_id", "goal", "id"]
    )
    op.create_index(
        op.f("ix_sales_visit_company_id_next_step_on_id"),
        "sales_visit",
        ["company_id", "next_step_on", "id"],
    )
    op.create_index(
        op.f("ix_sales_visit_company_id_planned_at_id"),
        "sales_visit",
        ["company_id", "planned_at", "id"],
    )
    op.create_index(
        op.f("ix_sales_visit_company_id_state_id"), "sales_visit", ["company_id", "state", "id"]
    )
    op.create_index("ix_sales_visit_customer", "sales_visit", ["company_id", "customer_id", "id"])
    op.create_index(
        "ix_sales_visit_opportunity", "sales_visit", ["company_id", "opportunity_id", "id"]
    )
    op.create_index("ix_sales_visit_region", "sales_visit", ["company_id", "region_id", "id"])
    op.create_index(
        "ix_sales_visit_salesperson", "sales_visit", ["company_id", "salesperson_id", "id"]
    )
    op.create_table(
        "sales_visit_contact",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(100), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_visit_contact_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "contact_id"],
            ["base_contact.company_id", "base_contact.id"],
            name="fk_sales_visit_contact_contact",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "visit_id"],
            ["sales_visit.company_id", "sales_visit.id"],
            name="fk_sales_visit_contact_visit",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_visit_contact_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_visit_contact_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_visit_contact")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_visit_contact_company_id_id")),
    )
    op.create_index(
        "ix_sales_visit_contact_contact", "sales_visit_contact", ["company_id", "contact_id", "id"]
    )
    op.create_index(
        "ix_sales_visit_contact_visit",
        "sales_visit_contact",
        ["company_id", "visit_id", "position", "id"],
    )


def downgrade() -> None:
    op.drop_table("sales_visit_contact")
    op.drop_table("sales_visit")
    op.drop_table("sales_opportunity_line")
    op.drop_table("sales_opportunity")
    op.drop_table("sales_lead")
