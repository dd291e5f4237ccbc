"""Credit evaluations remember when people were reminded of their end."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sales_credit_evaluation", sa.Column("warned_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("sales_credit_evaluation", "warned_on")
