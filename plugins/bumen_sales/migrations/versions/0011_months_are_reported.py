"""Months are reported."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sales_monthly_report",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.BigInteger(), nullable=False),
        sa.Column("comments", sa.Text(), nullable=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("quantity", values.QuantityType(), nullable=False),
        sa.Column("amount", values.MoneyType(), nullable=False),
        sa.Column("target", values.MoneyType(), nullable=True),
        sa.Column("attained", values.PercentType(), nullable=True),
        sa.Column("last_month", values.MoneyType(), nullable=False),
        sa.Column("last_year", values.MoneyType(), nullable=False),
        sa.Column("received", values.MoneyType(), nullable=False),
        sa.Column("outstanding", values.MoneyType(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("sent_at", values.UtcDateTime(), nullable=True),
        sa.Column("sent_to", sa.Text(), nullable=True),
        sa.Column("mailed_at", values.UtcDateTime(), nullable=True),
        sa.Column("days_late", sa.Integer(), nullable=False),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("escalated_on", sa.Date(), nullable=True),
        sa.Column("responsible_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'sent')", name=op.f("ck_sales_monthly_report_state")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_monthly_report_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "responsible_id"],
            ["base_employee.company_id", "base_employee.id"],
            name="fk_sales_monthly_report_responsible",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_monthly_report_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_monthly_report_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_monthly_report")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_monthly_report_company_id_id")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_sales_monthly_report_company_id_number")
        ),
        sa.UniqueConstraint(
            "company_id",
            "year",
            "month",
            name=op.f("uq_sales_monthly_report_company_id_year_month"),
        ),
    )
    op.create_index(
        op.f("ix_sales_monthly_report_company_id_amount_id"),
        "sales_monthly_report",
        ["company_id", "amount", "id"],
    )
    op.create_index(
        op.f("ix_sales_monthly_report_company_id_attained_id"),
        "sales_monthly_report",
        ["company_id", "attained", "id"],
    )
    op.create_index(
        op.f("ix_sales_monthly_report_company_id_days_late_id"),
        "sales_monthly_report",
        ["company_id", "days_late", "id"],
    )
    op.create_index(
        op.f("ix_sales_monthly_report_company_id_due_on_id"),
        "sales_monthly_report",
        ["company_id", "due_on", "id"],
    )
    op.create_index(
        op.f("ix_sales_monthly_report_company_id_month_id"),
        "sales_monthly_report",
        ["company_id", "month", "id"],
    )
    op.create_index(
        op.f("ix_sales_monthly_report_company_id_sent_at_id"),
        "sales_monthly_report",
        ["company_id", "sent_at", "id"],
    )
    op.create_index(
        op.f("ix_sales_monthly_report_company_id_state_due_on"),
        "sales_monthly_report",
        ["company_id", "state", "due_on"],
    )
    op.create_index(
        op.f("ix_sales_monthly_report_company_id_until_id"),
        "sales_monthly_report",
        ["company_id", "until", "id"],
    )
    op.create_index(
        "ix_sales_monthly_report_responsible",
        "sales_monthly_report",
        ["company_id", "responsible_id", "id"],
    )
    op.create_table(
        "sales_report_person",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("part", sa.String(40), nullable=False),
        sa.Column("employee_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "part IN ('answers', 'receives')", name=op.f("ck_sales_report_person_part")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_report_person_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "employee_id"],
            ["base_employee.company_id", "base_employee.id"],
            name="fk_sales_report_person_employee",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_report_person_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_report_person_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_report_person")),
        sa.UniqueConstraint(
            "company_id",
            "employee_id",
            "part",
            name=op.f("uq_sales_report_person_company_id_employee_id_part"),
        ),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_report_person_company_id_id")),
    )
    op.create_index(
        op.f("ix_sales_report_person_company_id_part_id"),
        "sales_report_person",
        ["company_id", "part", "id"],
    )
    op.create_index(
        "ix_sales_report_person_employee",
        "sales_report_person",
        ["company_id", "employee_id", "id"],
    )
    op.create_table(
        "sales_monthly_figure",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("part", sa.String(40), nullable=False),
        sa.Column("what", sa.String(300), nullable=False),
        sa.Column("quantity", values.QuantityType(), nullable=False),
        sa.Column("amount", values.MoneyType(), nullable=False),
        sa.Column("target", values.MoneyType(), nullable=True),
        sa.Column("last_month", values.MoneyType(), nullable=False),
        sa.Column("last_year", values.MoneyType(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("monthly_report_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "part IN ('product', 'customer', 'region', 'person')",
            name=op.f("ck_sales_monthly_figure_part"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_monthly_figure_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "monthly_report_id"],
            ["sales_monthly_report.company_id", "sales_monthly_report.id"],
            name="fk_sales_monthly_figure_monthly_report",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_monthly_figure_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_monthly_figure_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_monthly_figure")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_monthly_figure_company_id_id")),
    )
    op.create_index(
        "ix_sales_monthly_figure_monthly_report",
        "sales_monthly_figure",
        ["company_id", "monthly_report_id", "position", "id"],
    )


def downgrade() -> None:
    op.drop_table("sales_monthly_figure")
    op.drop_table("sales_report_person")
    op.drop_table("sales_monthly_report")
