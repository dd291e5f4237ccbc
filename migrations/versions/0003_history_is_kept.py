"""History is kept."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_REFUSED = "History is only added to."


def upgrade() -> None:
    op.create_table(
        "core_history",
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("resource", sa.String(120), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("action", sa.String(80), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("way", sa.String(20), nullable=False),
        sa.Column("at", values.UtcDateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.CheckConstraint(
            "kind IN ('made', 'changed', 'done', 'deleted')", name=op.f("ck_core_history_kind")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_history_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "number", name=op.f("pk_core_history")),
    )
    op.create_index(
        "ix_core_history_record",
        "core_history",
        ["company_id", "resource", "record_id", "number"],
    )
    op.create_table(
        "core_history_head",
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("doubted", sa.BigInteger(), nullable=True),
        sa.Column("key", sa.String(16), nullable=False),
        sa.Column("signature", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_history_head_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", name=op.f("pk_core_history_head")),
    )
    _begin_histories()
    _create_numbering()
    _forgive_gaps()
    _guard()


def _begin_histories() -> None:
    """Every company that is there has a history from now on, an empty one."""
    op.execute(
        "INSERT INTO core_history_head (company_id, count, hash, doubted, key, signature) "
        "SELECT id, 0, '', NULL, '', '' FROM core_company"
    )


def _forgive_gaps() -> None:
    """What was deleted so far is in no history: nobody asks for these numbers."""
    op.add_column(
        "core_sequence",
        sa.Column("gaps_until", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
    )
    op.execute("UPDATE core_sequence SET gaps_until = last")


def _create_numbering() -> None:
    op.create_table(
        "core_numbering",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("pattern", sa.String(60), nullable=False),
        sa.Column("gapless", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_core_numbering_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_numbering_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_core_numbering_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_numbering")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_core_numbering_company_id_id")),
        sa.UniqueConstraint("company_id", "kind", name=op.f("uq_core_numbering_company_id_kind")),
    )


def _guard() -> None:
    """Let the database itself refuse to change what was written: guards against slips, not against
    whoever owns the database. What such a person does, `bumen check` finds.
    """
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER core_history_no_{deed.lower()} BEFORE {deed} ON core_history "
                f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION core_history_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER core_history_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON core_history "
        "FOR EACH STATEMENT EXECUTE FUNCTION core_history_refuse()"
    )


def downgrade() -> None:
    op.drop_column("core_sequence", "gaps_until")
    op.drop_table("core_numbering")
    op.drop_table("core_history_head")
    op.drop_table("core_history")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION core_history_refuse()")
