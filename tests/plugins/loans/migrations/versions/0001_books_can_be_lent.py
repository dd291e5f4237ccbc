"""Books can be lent."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "loans_loan",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("book_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("state IN ('out', 'back')", name=op.f("ck_loans_loan_state")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_loans_loan_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "book_id"],
            ["shelves_book.company_id", "shelves_book.id"],
            name="fk_loans_loan_book",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_loans_loan_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_loans_loan_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loans_loan")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_loans_loan_company_id_id")),
        sa.UniqueConstraint("company_id", "number", name=op.f("uq_loans_loan_company_id_number")),
    )
    op.create_index("ix_loans_loan_book", "loans_loan", ["company_id", "book_id", "id"])


def downgrade() -> None:
    op.drop_table("loans_loan")
