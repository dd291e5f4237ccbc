"""The house does its rounds, and knows which mail may have arrived."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "core_round",
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("next_at", values.UtcDateTime(), nullable=False),
        sa.Column("last_at", values.UtcDateTime(), nullable=True),
        sa.Column("failed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_core_round")),
    )
    op.add_column("core_mail", sa.Column("handed_at", values.UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("core_mail", "handed_at")
    op.drop_table("core_round")
