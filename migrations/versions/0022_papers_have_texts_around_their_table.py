"""Papers have texts before and after their table, in each language."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "core_paper_text",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("printout", sa.String(180), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("closing", sa.Text(), nullable=False),
        *_trail("core_paper_text"),
        sa.UniqueConstraint(
            "company_id",
            "printout",
            "language",
            name=op.f("uq_core_paper_text_company_id_printout_language"),
        ),
    )


def downgrade() -> None:
    op.drop_table("core_paper_text")


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
