"""the branches."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tree_branch",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("name", sa.String(50), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_tree_branch_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "parent_id"],
            ["tree_branch.company_id", "tree_branch.id"],
            name="fk_tree_branch_parent",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_tree_branch_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_tree_branch_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tree_branch")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_tree_branch_company_id_id")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_tree_branch_company_id_name")),
    )
    op.create_index("ix_tree_branch_parent", "tree_branch", ["company_id", "parent_id", "id"])


def downgrade() -> None:
    op.drop_table("tree_branch")
