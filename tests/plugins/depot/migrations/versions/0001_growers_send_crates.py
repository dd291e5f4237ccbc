"""Growers send crates."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "depot_grower",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("rating", sa.String(40), nullable=True),
        sa.Column("acres", sa.Integer(), nullable=True),
        sa.Column("chief_id", sa.BigInteger(), nullable=True),
        sa.Column("partner_id", sa.BigInteger(), nullable=True),
        sa.Column("secret", sa.String(20), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("rating IN ('fine', 'plain')", name=op.f("ck_depot_grower_rating")),
        sa.CheckConstraint("acres >= 0", name=op.f("ck_depot_grower_acres_not_negative")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_depot_grower_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "chief_id"],
            ["depot_grower.company_id", "depot_grower.id"],
            name="fk_depot_grower_chief",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "partner_id"],
            ["depot_grower.company_id", "depot_grower.id"],
            name="fk_depot_grower_partner",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_depot_grower_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_depot_grower_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_depot_grower")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_depot_grower_company_id_code")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_depot_grower_company_id_id")),
    )
    op.create_index("ix_depot_grower_chief", "depot_grower", ["company_id", "chief_id", "id"])
    op.create_index("ix_depot_grower_partner", "depot_grower", ["company_id", "partner_id", "id"])
    op.create_table(
        "depot_crate",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("reference", sa.String(20), nullable=False),
        sa.Column("packed_at", values.UtcDateTime(), nullable=True),
        sa.Column("fragile", sa.Boolean(), nullable=False),
        sa.Column("weight", values.QuantityType(), nullable=True),
        sa.Column("checked", sa.Boolean(), nullable=False),
        sa.Column("grower_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("weight >= 0", name=op.f("ck_depot_crate_weight_not_negative")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_depot_crate_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "grower_id"],
            ["depot_grower.company_id", "depot_grower.id"],
            name="fk_depot_crate_grower",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_depot_crate_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_depot_crate_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_depot_crate")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_depot_crate_company_id_id")),
        sa.UniqueConstraint(
            "company_id", "reference", name=op.f("uq_depot_crate_company_id_reference")
        ),
    )
    op.create_index("ix_depot_crate_grower", "depot_crate", ["company_id", "grower_id", "id"])
    op.create_table(
        "depot_crate_line",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("fruit", sa.String(40), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("price", values.MoneyType(), nullable=False),
        sa.Column("reduction", values.PercentType(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("crate_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("pieces > 0", name=op.f("ck_depot_crate_line_pieces_positive")),
        sa.CheckConstraint("price >= 0", name=op.f("ck_depot_crate_line_price_not_negative")),
        sa.CheckConstraint(
            "reduction >= 0", name=op.f("ck_depot_crate_line_reduction_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_depot_crate_line_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "crate_id"],
            ["depot_crate.company_id", "depot_crate.id"],
            name="fk_depot_crate_line_crate",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_depot_crate_line_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_depot_crate_line_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_depot_crate_line")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_depot_crate_line_company_id_id")),
    )
    op.create_index(
        "ix_depot_crate_line_crate",
        "depot_crate_line",
        ["company_id", "crate_id", "position", "id"],
    )


def downgrade() -> None:
    op.drop_table("depot_crate_line")
    op.drop_table("depot_crate")
    op.drop_table("depot_grower")
