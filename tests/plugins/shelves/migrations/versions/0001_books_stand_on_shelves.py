"""Books stand on shelves."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shelves_shelf",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("shown_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_shelves_shelf_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "parent_id"],
            ["shelves_shelf.company_id", "shelves_shelf.id"],
            name="fk_shelves_shelf_parent",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_shelves_shelf_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_shelves_shelf_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelves_shelf")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_shelves_shelf_company_id_id")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_shelves_shelf_company_id_name")),
    )
    op.create_index("ix_shelves_shelf_parent", "shelves_shelf", ["company_id", "parent_id", "id"])
    op.create_index("ix_shelves_shelf_shown", "shelves_shelf", ["company_id", "shown_id", "id"])
    op.create_table(
        "shelves_book",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("bought", sa.Date(), nullable=True),
        sa.Column("price", values.MoneyType(), nullable=True),
        sa.Column("shelf_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("price >= 0", name=op.f("ck_shelves_book_price_not_negative")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_shelves_book_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "shelf_id"],
            ["shelves_shelf.company_id", "shelves_shelf.id"],
            name="fk_shelves_book_shelf",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_shelves_book_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_shelves_book_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelves_book")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_shelves_book_company_id_id")),
    )
    op.create_index("ix_shelves_book_shelf", "shelves_book", ["company_id", "shelf_id", "id"])
    with op.batch_alter_table("shelves_shelf") as batch_op:
        batch_op.create_foreign_key(
            "fk_shelves_shelf_shown",
            "shelves_book",
            ["company_id", "shown_id"],
            ["company_id", "id"],
            use_alter=True,
        )


def downgrade() -> None:
    with op.batch_alter_table("shelves_shelf") as batch_op:
        batch_op.drop_constraint("fk_shelves_shelf_shown", type_="foreignkey")

    op.drop_table("shelves_book")
    op.drop_table("shelves_shelf")
