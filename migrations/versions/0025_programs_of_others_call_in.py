"""Programs of others call in; what was received is not done twice."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_TABLE = "core_received_call"
_ONCE = ["company_id", "call", "record_id", "message_id"]


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("plugin", sa.String(40), nullable=False),
        sa.Column("call", sa.String(80), nullable=False),
        sa.Column("record_id", values.BIG_ID, nullable=False),
        sa.Column("message_id", sa.String(100), nullable=False),
        sa.Column("received_at", values.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f(f"fk_{_TABLE}_company_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TABLE}")),
        sa.UniqueConstraint(*_ONCE, name=op.f(f"uq_{_TABLE}_{'_'.join(_ONCE)}")),
    )
    op.create_index(op.f(f"ix_{_TABLE}_received_at"), _TABLE, ["received_at"])


def downgrade() -> None:
    op.drop_table(_TABLE)
