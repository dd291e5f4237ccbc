"""Imports take lines from a second file."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "core_import_file",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("import_id", values.BIG_ID, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("stored_as", sa.String(120), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["core_import.id"],
            name=op.f("fk_core_import_file_import_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_import_file")),
        sa.UniqueConstraint("import_id", "name", name=op.f("uq_core_import_file_import_id_name")),
        sa.UniqueConstraint("stored_as", name=op.f("uq_core_import_file_stored_as")),
    )


def downgrade() -> None:
    op.drop_table("core_import_file")
