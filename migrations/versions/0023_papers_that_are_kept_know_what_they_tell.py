"""Files that were made from records know which fields of them they tell."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


_TABLES = ("core_attachment", "core_job_run")


def upgrade() -> None:
    for table in _TABLES:
        op.add_column(table, sa.Column("tells", sa.JSON(), nullable=True))


def downgrade() -> None:
    for table in _TABLES:
        with op.batch_alter_table(table) as changed:
            changed.drop_column("tells")
