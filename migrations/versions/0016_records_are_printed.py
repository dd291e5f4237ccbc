"""Records are printed on the company's paper, and files go with mail."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "core_letterhead",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("heading", sa.String(200), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("footer", sa.Text(), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("roc_years", sa.Boolean(), nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        *_trail("core_letterhead"),
        sa.UniqueConstraint("company_id", name=op.f("uq_core_letterhead_company_id")),
    )
    op.create_table(
        "core_paper_template",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("printout", sa.String(180), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        *_trail("core_paper_template"),
        sa.UniqueConstraint(
            "company_id",
            "printout",
            "number",
            name=op.f("uq_core_paper_template_company_id_printout_number"),
        ),
    )
    op.create_table(
        "core_mail_file",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("mail_id", values.BIG_ID, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("mimetype", sa.String(120), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mail_id"],
            ["core_mail.id"],
            name=op.f("fk_core_mail_file_mail_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_mail_file")),
    )
    op.create_index(op.f("ix_core_mail_file_mail_id"), "core_mail_file", ["mail_id"])


def downgrade() -> None:
    op.drop_table("core_mail_file")
    op.drop_table("core_paper_template")
    op.drop_table("core_letterhead")


def _trail(table: str) -> list[sa.schema.SchemaItem]:
    """Return what every table of a company ends with."""
    keys = (("company_id", "core_company"), ("created_by_id", "ab_user"))
    return [
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}"))
            for name, to in (*keys, ("changed_by_id", "ab_user"))
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("company_id", "id", name=op.f(f"uq_{table}_company_id_id")),
    ]
