"""petitions are written."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "petitions_petition",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("amount", values.MoneyType(), nullable=False),
        sa.Column("judge", sa.Integer(), nullable=True),
        sa.Column("granted", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'asked', 'granted')", name=op.f("ck_petitions_petition_state")
        ),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_petitions_petition_amount_not_negative")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_petitions_petition_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_petitions_petition_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_petitions_petition_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petitions_petition")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_petitions_petition_company_id_id")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_petitions_petition_company_id_number")
        ),
    )
    op.create_table(
        "petitions_post",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("superior", sa.Integer(), nullable=True),
        sa.Column("manager", sa.Integer(), nullable=True),
        sa.Column("department", sa.String(80), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_petitions_post_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_petitions_post_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_petitions_post_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petitions_post")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_petitions_post_company_id_id")),
        sa.UniqueConstraint(
            "company_id", "user_id", name=op.f("uq_petitions_post_company_id_user_id")
        ),
    )


def downgrade() -> None:
    op.drop_table("petitions_post")
    op.drop_table("petitions_petition")
