"""People are invited by mail, settings have a history, and seats know since when they are asked."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

OF_SETTINGS = sa.text("resource LIKE 'core%'")


def upgrade() -> None:
    op.create_table(
        "core_invitation",
        sa.Column("membership_id", values.BIG_ID, nullable=False, autoincrement=False),
        sa.Column("sent_at", values.UtcDateTime(), nullable=False),
        sa.Column("expires_at", values.UtcDateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["core_membership.id"],
            name=op.f("fk_core_invitation_membership_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["ab_user.id"],
            name=op.f("fk_core_invitation_by_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("membership_id", name=op.f("pk_core_invitation")),
    )
    op.create_index(
        "ix_core_history_settings",
        "core_history",
        ["company_id", "number"],
        sqlite_where=OF_SETTINGS,
        postgresql_where=OF_SETTINGS,
    )
    op.add_column("core_approval_seat", sa.Column("asked_at", values.UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("core_approval_seat", "asked_at")
    op.drop_index("ix_core_history_settings", table_name="core_history")
    op.drop_table("core_invitation")
