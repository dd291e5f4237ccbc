"""The trips."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "trips_trip",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("destination", sa.String(80), nullable=False),
        sa.Column("purpose", sa.String(200), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'allowed', 'refused', 'over')",
            name=op.f("ck_trips_trip_state"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_trips_trip_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_trips_trip_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_trips_trip_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trips_trip")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_trips_trip_company_id_id")),
        sa.UniqueConstraint("company_id", "number", name=op.f("uq_trips_trip_company_id_number")),
    )


def downgrade() -> None:
    op.drop_table("trips_trip")
