"""Dashboards are arranged by companies and people."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "core_dashboard",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("place", sa.String(40), nullable=False),
        sa.Column("kept_for", sa.String(20), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("cards", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        *_people(),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_dashboard_company_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_dashboard")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_core_dashboard_company_id_id")),
        sa.UniqueConstraint(
            "company_id",
            "place",
            "kept_for",
            name=op.f("uq_core_dashboard_company_id_place_kept_for"),
        ),
    )
    op.create_index(op.f("ix_core_dashboard_owner_id"), "core_dashboard", ["owner_id"])


def downgrade() -> None:
    op.drop_table("core_dashboard")


def _people() -> list[sa.ForeignKeyConstraint]:
    """Refer to who made it and who changed it, and to whom it belongs, who takes it along."""
    leaving = {"changed_by_id": "SET NULL", "created_by_id": "SET NULL", "owner_id": "CASCADE"}
    return [
        sa.ForeignKeyConstraint(
            [column], ["ab_user.id"], name=op.f(f"fk_core_dashboard_{column}"), ondelete=ondelete
        )
        for column, ondelete in leaving.items()
    ]
