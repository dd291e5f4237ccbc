"""Customers are found by type, phone and e-mail."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        op.f("ix_base_customer_company_id_birthday"), "base_customer", ["company_id", "birthday"]
    )
    op.create_index(
        op.f("ix_base_customer_company_id_email"), "base_customer", ["company_id", "email"]
    )
    op.create_index(
        op.f("ix_base_customer_company_id_kind_name"),
        "base_customer",
        ["company_id", "kind", "name"],
    )
    op.create_index(
        op.f("ix_base_customer_company_id_phone"), "base_customer", ["company_id", "phone"]
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_base_customer_company_id_phone"), table_name="base_customer")
    op.drop_index(op.f("ix_base_customer_company_id_kind_name"), table_name="base_customer")
    op.drop_index(op.f("ix_base_customer_company_id_email"), table_name="base_customer")
    op.drop_index(op.f("ix_base_customer_company_id_birthday"), table_name="base_customer")
