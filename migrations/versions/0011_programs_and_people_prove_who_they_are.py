"""Programs show keys, and people a second factor."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "core_api_key",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("membership_id", values.BIG_ID, nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("hint", sa.String(20), nullable=False),
        sa.Column("reach", sa.String(40), nullable=False),
        sa.Column("departments", sa.JSON(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("expires_at", values.UtcDateTime(), nullable=False),
        sa.Column("used_at", values.UtcDateTime(), nullable=True),
        sa.CheckConstraint("reach IN ('read', 'write')", name=op.f("ck_core_api_key_reach")),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["core_membership.id"],
            name=op.f("fk_core_api_key_membership_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_api_key")),
        sa.UniqueConstraint("digest", name=op.f("uq_core_api_key_digest")),
    )
    op.create_index(
        op.f("ix_core_api_key_membership_id_id"), "core_api_key", ["membership_id", "id"]
    )
    op.create_table(
        "core_second_factor",
        sa.Column("user_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("secret", sa.String(255), nullable=False),
        sa.Column("since", values.UtcDateTime(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("spare", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["ab_user.id"],
            name=op.f("fk_core_second_factor_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_core_second_factor")),
    )


def downgrade() -> None:
    op.drop_table("core_second_factor")
    op.drop_table("core_api_key")
