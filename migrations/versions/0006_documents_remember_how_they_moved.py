"""Documents remember how they moved."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "core_calendar_day",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_core_calendar_day_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_calendar_day_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_core_calendar_day_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_calendar_day")),
        sa.UniqueConstraint("company_id", "day", name=op.f("uq_core_calendar_day_company_id_day")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_core_calendar_day_company_id_id")),
    )
    op.create_table(
        "core_flow_setting",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("resource", sa.String(120), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("step", sa.String(60), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("opinion", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("unit IN ('hours', 'days')", name=op.f("ck_core_flow_setting_unit")),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_core_flow_setting_amount_not_negative")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_core_flow_setting_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_flow_setting_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_core_flow_setting_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_flow_setting")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_core_flow_setting_company_id_id")),
        sa.UniqueConstraint(
            "company_id",
            "resource",
            "state",
            "step",
            name=op.f("uq_core_flow_setting_company_id_resource_state_step"),
        ),
    )
    op.create_table(
        "core_movement",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("step", sa.String(60), nullable=False),
        sa.Column("from_state", sa.String(40), nullable=False),
        sa.Column("to_state", sa.String(40), nullable=False),
        sa.Column("at", values.UtcDateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("instead_of_id", sa.Integer(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("due_at", values.UtcDateTime(), nullable=True),
        sa.Column("was_due_at", values.UtcDateTime(), nullable=True),
        sa.Column("left_at", values.UtcDateTime(), nullable=True),
        sa.Column("resource", sa.String(120), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["ab_user.id"], name=op.f("fk_core_movement_by_id")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_core_movement_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_movement_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_core_movement_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["instead_of_id"], ["ab_user.id"], name=op.f("fk_core_movement_instead_of_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_movement")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_core_movement_company_id_id")),
    )
    op.create_index(
        op.f("ix_core_movement_company_id_left_at_due_at"),
        "core_movement",
        ["company_id", "left_at", "due_at"],
    )
    op.create_index(
        op.f("ix_core_movement_company_id_resource_record_id_id"),
        "core_movement",
        ["company_id", "resource", "record_id", "id"],
    )
    op.create_index(
        op.f("ix_core_movement_company_id_resource_step_at"),
        "core_movement",
        ["company_id", "resource", "step", "at"],
    )
    op.create_table(
        "core_workday_calendar",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("weekdays", sa.String(7), nullable=False),
        sa.Column("hours", sa.String(120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_core_workday_calendar_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_workday_calendar_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_core_workday_calendar_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_workday_calendar")),
        sa.UniqueConstraint(
            "company_id", "id", name=op.f("uq_core_workday_calendar_company_id_id")
        ),
        sa.UniqueConstraint("company_id", name=op.f("uq_core_workday_calendar_company_id")),
    )


def downgrade() -> None:
    op.drop_table("core_workday_calendar")
    op.drop_table("core_movement")
    op.drop_table("core_flow_setting")
    op.drop_table("core_calendar_day")
