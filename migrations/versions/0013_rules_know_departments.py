"""Rules of approval know the departments and regions they are about, not only their names."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("core_approval_rule", sa.Column("department_id", values.BIG_ID, nullable=True))
    op.add_column("core_approval_rule", sa.Column("region_id", values.BIG_ID, nullable=True))


def downgrade() -> None:
    op.drop_column("core_approval_rule", "region_id")
    op.drop_column("core_approval_rule", "department_id")
