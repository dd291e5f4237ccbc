"""Records are found by pairs of characters."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from bumen import values

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

SIGNS = "".join(sign for sign in map(chr, range(33, 127)) if not sign.isalnum())
QUOTED = SIGNS.replace("'", "''").replace('"', '""')
GRAMS = "_search_grams"
FULL_TEXT = (
    (
        f"CREATE VIRTUAL TABLE {GRAMS} USING fts5(grams, content='core_search', "
        f"content_rowid='id', detail=none, columnsize=0, tokenize=\"ascii tokenchars '{QUOTED}'\")"
    ),
    (
        "CREATE TRIGGER core_search_made AFTER INSERT ON core_search BEGIN "
        "INSERT INTO _search_grams(rowid, grams) VALUES (new.id, new.grams); END"
    ),
    (
        "CREATE TRIGGER core_search_gone AFTER DELETE ON core_search BEGIN "
        "INSERT INTO _search_grams(_search_grams, rowid, grams) "
        "VALUES ('delete', old.id, old.grams); END"
    ),
    (
        "CREATE TRIGGER core_search_changed AFTER UPDATE OF grams ON core_search BEGIN "
        "INSERT INTO _search_grams(_search_grams, rowid, grams) "
        "VALUES ('delete', old.id, old.grams); "
        "INSERT INTO _search_grams(rowid, grams) VALUES (new.id, new.grams); END"
    ),
)
"""SQLite's full-text index, and what keeps it beside the entries."""


def upgrade() -> None:
    op.create_table(
        "core_search",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("kind", sa.String(63), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("grams", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_core_search_company_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_search")),
        sa.UniqueConstraint(
            "company_id", "kind", "record_id", name=op.f("uq_core_search_company_id_kind_record_id")
        ),
    )
    op.create_table(
        "core_search_build",
        sa.Column("kind", sa.String(63), nullable=False),
        sa.Column("company_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("reached", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "company_id", name=op.f("pk_core_search_build")),
    )
    if op.get_bind().dialect.name == "sqlite":
        for statement in FULL_TEXT:
            op.execute(sa.text(statement.replace(":", r"\:")))
    else:
        op.create_index(
            "ix_core_search_grams",
            "core_search",
            [sa.text("array_to_tsvector(string_to_array(grams, ' '))")],
            postgresql_using="gin",
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TABLE {GRAMS}")
    op.drop_table("core_search_build")
    op.drop_table("core_search")
