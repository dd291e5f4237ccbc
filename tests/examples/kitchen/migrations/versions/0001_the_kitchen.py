"""The kitchen."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kitchen_supplier",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("pin", sa.String(20), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_kitchen_supplier_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_kitchen_supplier_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_kitchen_supplier_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kitchen_supplier")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_kitchen_supplier_company_id_id")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_kitchen_supplier_company_id_name")),
    )
    op.create_table(
        "kitchen_dish",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("recipe", sa.Text(), nullable=True),
        sa.Column("course", sa.String(40), nullable=False),
        sa.Column("season", sa.String(40), nullable=True),
        sa.Column("servings", sa.Integer(), nullable=False),
        sa.Column("price", values.MoneyType(), nullable=False),
        sa.Column("weight", values.QuantityType(), nullable=True),
        sa.Column("margin", values.PercentType(), nullable=True),
        sa.Column("launched", sa.Date(), nullable=True),
        sa.Column("served_at", values.UtcDateTime(), nullable=True),
        sa.Column("vegan", sa.Boolean(), nullable=False),
        sa.Column("fresh", sa.Boolean(), nullable=False),
        sa.Column("spicy", sa.Boolean(), nullable=True),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("cost", values.MoneyType(), nullable=False),
        sa.Column("supplier_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("course IN ('starter', 'main')", name=op.f("ck_kitchen_dish_course")),
        sa.CheckConstraint("season IN ('starter', 'main')", name=op.f("ck_kitchen_dish_season")),
        sa.CheckConstraint("price >= 0", name=op.f("ck_kitchen_dish_price_not_negative")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_kitchen_dish_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "supplier_id"],
            ["kitchen_supplier.company_id", "kitchen_supplier.id"],
            name="fk_kitchen_dish_supplier",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_kitchen_dish_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_kitchen_dish_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kitchen_dish")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_kitchen_dish_company_id_code")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_kitchen_dish_company_id_id")),
    )
    op.create_index("ix_kitchen_dish_supplier", "kitchen_dish", ["company_id", "supplier_id", "id"])
    op.create_table(
        "kitchen_ingredient",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("amount", values.QuantityType(), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("price", values.MoneyType(), nullable=False),
        sa.Column("optional", sa.Boolean(), nullable=False),
        sa.Column("cost", values.MoneyType(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("dish_id", sa.BigInteger(), nullable=False),
        sa.Column("supplier_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("unit IN ('gram', 'piece')", name=op.f("ck_kitchen_ingredient_unit")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_kitchen_ingredient_amount_positive")),
        sa.CheckConstraint("price >= 0", name=op.f("ck_kitchen_ingredient_price_not_negative")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_kitchen_ingredient_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "dish_id"],
            ["kitchen_dish.company_id", "kitchen_dish.id"],
            name="fk_kitchen_ingredient_dish",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "supplier_id"],
            ["kitchen_supplier.company_id", "kitchen_supplier.id"],
            name="fk_kitchen_ingredient_supplier",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_kitchen_ingredient_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_kitchen_ingredient_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kitchen_ingredient")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_kitchen_ingredient_company_id_id")),
    )
    op.create_index(
        "ix_kitchen_ingredient_dish",
        "kitchen_ingredient",
        ["company_id", "dish_id", "position", "id"],
    )
    op.create_index(
        "ix_kitchen_ingredient_supplier", "kitchen_ingredient", ["company_id", "supplier_id", "id"]
    )


def downgrade() -> None:
    op.drop_table("kitchen_ingredient")
    op.drop_table("kitchen_dish")
    op.drop_table("kitchen_supplier")
