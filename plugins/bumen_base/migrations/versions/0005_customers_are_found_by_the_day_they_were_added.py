"""Customers are found by the day they were added."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        op.f("ix_base_customer_company_id_created_at"),
        "base_customer",
        ["company_id", "created_at"],
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_base_customer_company_id_created_at"), table_name="base_customer")
