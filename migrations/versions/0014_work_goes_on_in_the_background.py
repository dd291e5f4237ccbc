"""Work goes on in the background."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_OPEN = sa.text("state IN ('waiting', 'running')")
_STATES = "'waiting', 'running', 'done', 'failed', 'cancelled', 'interrupted'"


def upgrade() -> None:
    op.create_table(
        "core_job_run",
        *_company_columns(),
        sa.Column("plugin", sa.String(40), nullable=False, server_default="core"),
        sa.Column("job", sa.String(120), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=True),
        sa.Column("locale", sa.String(16), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("due_at", values.UtcDateTime(), nullable=False),
        sa.Column("rung_at", values.UtcDateTime(), nullable=True),
        sa.Column("started_at", values.UtcDateTime(), nullable=True),
        sa.Column("ended_at", values.UtcDateTime(), nullable=True),
        sa.Column("stop_at", values.UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("taken_over", sa.Integer(), nullable=False),
        sa.Column("lease", sa.String(40), nullable=True),
        sa.Column("worker", sa.String(120), nullable=True),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("of", sa.BigInteger(), nullable=True),
        sa.Column("remembered", sa.JSON(), nullable=True),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("error", sa.JSON(), nullable=True),
        sa.Column("schedule", sa.String(120), nullable=True),
        sa.Column("scheduled_for", values.UtcDateTime(), nullable=True),
        sa.Column("stored_as", sa.String(120), nullable=True),
        sa.Column("file_name", sa.String(255), nullable=True),
        sa.Column("media_type", sa.String(120), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("in_part", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.CheckConstraint(f"state IN ({_STATES})", name=op.f("ck_core_job_run_state")),
        *_company_keys("core_job_run"),
        sa.UniqueConstraint(
            "company_id",
            "schedule",
            "scheduled_for",
            name=op.f("uq_core_job_run_company_id_schedule_scheduled_for"),
        ),
        sa.UniqueConstraint("stored_as", name=op.f("uq_core_job_run_stored_as")),
    )
    op.create_index(
        op.f("ix_core_job_run_company_id_created_by_id_id"),
        "core_job_run",
        ["company_id", "created_by_id", "id"],
    )
    op.create_index(
        "ix_core_job_run_open",
        "core_job_run",
        ["state", "due_at"],
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_index(op.f("ix_core_job_run_ended_at"), "core_job_run", ["ended_at"])
    _create_lines()
    _create_schedules()


def downgrade() -> None:
    op.drop_table("core_schedule")
    op.drop_table("core_job_line")
    op.drop_table("core_job_run")


def _create_lines() -> None:
    op.create_table(
        "core_job_line",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("run_id", values.BIG_ID, nullable=False),
        sa.Column("at", values.UtcDateTime(), nullable=False),
        sa.Column("is_warning", sa.Boolean(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["core_job_run.id"],
            name=op.f("fk_core_job_line_run_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_job_line")),
    )
    op.create_index(op.f("ix_core_job_line_run_id_id"), "core_job_line", ["run_id", "id"])


def _create_schedules() -> None:
    op.create_table(
        "core_schedule",
        *_company_columns(),
        sa.Column("plugin", sa.String(40), nullable=False, server_default="core"),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("job", sa.String(120), nullable=True),
        sa.Column("arguments", sa.JSON(), nullable=True),
        sa.Column("title", sa.JSON(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("cron", sa.String(120), nullable=True),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("next_at", values.UtcDateTime(), nullable=True),
        sa.Column("last_at", values.UtcDateTime(), nullable=True),
        *_company_keys("core_schedule"),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["ab_user.id"],
            name=op.f("fk_core_schedule_owner_id"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_core_schedule_company_id_name")),
    )
    op.create_index(op.f("ix_core_schedule_owner_id"), "core_schedule", ["owner_id"])
    op.create_index(op.f("ix_core_schedule_next_at"), "core_schedule", ["next_at"])


def _company_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
    ]


def _company_keys(table: str) -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("company_id", "id", name=op.f(f"uq_{table}_company_id_id")),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f(f"fk_{table}_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f(f"fk_{table}_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f(f"fk_{table}_changed_by_id")
        ),
    ]
