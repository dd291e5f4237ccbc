"""Files and tags hang on records."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_attachments()
    _make_tags()
    _make_taggings()


def downgrade() -> None:
    op.drop_table("core_tagging")
    op.drop_table("core_tag")
    op.drop_table("core_attachment")


def _make_attachments() -> None:
    op.create_table(
        "core_attachment",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("resource", sa.String(120), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("mimetype", sa.String(120), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("stored_as", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_core_attachment_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_attachment_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_core_attachment_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_attachment")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_core_attachment_company_id_id")),
    )
    op.create_index(
        op.f("ix_core_attachment_company_id_resource_record_id_id"),
        "core_attachment",
        ["company_id", "resource", "record_id", "id"],
    )
    op.create_index(
        op.f("ix_core_attachment_company_id_stored_as"),
        "core_attachment",
        ["company_id", "stored_as"],
    )


def _make_tags() -> None:
    op.create_table(
        "core_tag",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("colour", sa.String(40), nullable=False),
        sa.Column("name_key", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "colour IN ('grey', 'blue', 'green', 'orange', 'red')", name=op.f("ck_core_tag_colour")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_core_tag_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_tag_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_core_tag_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_tag")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_core_tag_company_id_id")),
        sa.UniqueConstraint("company_id", "name_key", name=op.f("uq_core_tag_company_id_name_key")),
    )


def _make_taggings() -> None:
    op.create_table(
        "core_tagging",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("resource", sa.String(120), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("tag_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_core_tagging_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_tagging_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_core_tagging_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "tag_id"],
            ["core_tag.company_id", "core_tag.id"],
            name="fk_core_tagging_tag",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_tagging")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_core_tagging_company_id_id")),
        sa.UniqueConstraint(
            "company_id",
            "resource",
            "record_id",
            "tag_id",
            name=op.f("uq_core_tagging_company_id_resource_record_id_tag_id"),
        ),
    )
    op.create_index(
        op.f("ix_core_tagging_company_id_tag_id_resource_record_id"),
        "core_tagging",
        ["company_id", "tag_id", "resource", "record_id"],
    )
    op.create_index("ix_core_tagging_tag", "core_tagging", ["company_id", "tag_id", "id"])
