"""Remittances can be reversed, and know the receipts they have made."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_BEFORE = "state IN ('draft', 'posted')"
_SINCE = "state IN ('draft', 'posted', 'reversed')"


def upgrade() -> None:
    op.add_column("logistics_remittance", sa.Column("reversed_on", sa.Date(), nullable=True))
    op.add_column(
        "logistics_remittance", sa.Column("reversal_reason", sa.String(500), nullable=True)
    )
    op.add_column(
        "logistics_remittance_line", sa.Column("receipt_id", sa.BigInteger(), nullable=True)
    )
    _change_states(_BEFORE, _SINCE)


def downgrade() -> None:
    op.execute("UPDATE logistics_remittance SET state = 'draft' WHERE state = 'reversed'")
    _change_states(_SINCE, _BEFORE)
    op.drop_column("logistics_remittance_line", "receipt_id")
    op.drop_column("logistics_remittance", "reversal_reason")
    op.drop_column("logistics_remittance", "reversed_on")


def _change_states(before: str, since: str) -> None:
    name = op.f("ck_logistics_remittance_state")
    op.change_constraints(
        "logistics_remittance",
        drop=[sa.CheckConstraint(before, name=name)],
        add=[sa.CheckConstraint(since, name=name)],
    )
