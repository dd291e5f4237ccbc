"""Companies have regulations."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_REFUSED = "A published version of a regulation stays as it is."
_EDITION = "SELECT 1 FROM core_regulation_edition e "
_CHAPTER = f"{_EDITION}JOIN core_regulation_chapter c ON c.edition_id = e.id "
_CLAUSE = f"{_CHAPTER}JOIN core_regulation_clause l ON l.chapter_id = c.id "
_STANDS = {
    "core_regulation_edition": "SELECT 1 WHERE {row}.published_at IS NOT NULL",
    "core_regulation_chapter": _EDITION
    + "WHERE e.id = {row}.edition_id AND e.published_at IS NOT NULL",
    "core_regulation_clause": _CHAPTER
    + "WHERE c.id = {row}.chapter_id AND e.published_at IS NOT NULL",
    "core_regulation_demand": _CLAUSE
    + "WHERE l.id = {row}.clause_id AND e.published_at IS NOT NULL",
}
"""Where a row of a table belongs to a version that is published."""
_DEEDS = {
    "core_regulation_edition": (
        "UPDATE OF regulation_id, number, note, valid_from, published_at, published_by_id",
        "DELETE",
    )
}
"""What of a version may not happen to it: it may still be ended."""


def upgrade() -> None:
    op.create_table(
        "core_regulation",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_core_regulation_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_regulation_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_core_regulation_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_regulation")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_core_regulation_company_id_code")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_core_regulation_company_id_id")),
    )
    op.create_table(
        "core_regulation_edition",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(500), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("published_at", values.UtcDateTime(), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("regulation_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "published_at IS NULL OR valid_from IS NOT NULL",
            name=op.f("ck_core_regulation_edition_published_with_a_first_day"),
        ),
        sa.CheckConstraint(
            "valid_to >= valid_from", name=op.f("ck_core_regulation_edition_ends_after_it_begins")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_core_regulation_edition_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "regulation_id"],
            ["core_regulation.company_id", "core_regulation.id"],
            name="fk_core_regulation_edition_regulation",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_regulation_edition_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_core_regulation_edition_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"],
            ["ab_user.id"],
            name=op.f("fk_core_regulation_edition_published_by_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_regulation_edition")),
        sa.UniqueConstraint(
            "company_id", "id", name=op.f("uq_core_regulation_edition_company_id_id")
        ),
        sa.UniqueConstraint(
            "company_id",
            "regulation_id",
            "number",
            name=op.f("uq_core_regulation_edition_company_id_regulation_id_number"),
        ),
    )
    op.create_index(
        op.f("ix_core_regulation_edition_company_id_published_at_valid_from"),
        "core_regulation_edition",
        ["company_id", "published_at", "valid_from"],
    )
    op.create_index(
        "ix_core_regulation_edition_regulation",
        "core_regulation_edition",
        ["company_id", "regulation_id", "id"],
    )
    op.create_table(
        "core_regulation_chapter",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_core_regulation_chapter_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "edition_id"],
            ["core_regulation_edition.company_id", "core_regulation_edition.id"],
            name="fk_core_regulation_chapter_edition",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_regulation_chapter_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_core_regulation_chapter_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_regulation_chapter")),
        sa.UniqueConstraint(
            "company_id", "id", name=op.f("uq_core_regulation_chapter_company_id_id")
        ),
    )
    op.create_index(
        "ix_core_regulation_chapter_edition",
        "core_regulation_chapter",
        ["company_id", "edition_id", "position", "id"],
    )
    op.create_table(
        "core_regulation_clause",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("chapter_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_core_regulation_clause_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "chapter_id"],
            ["core_regulation_chapter.company_id", "core_regulation_chapter.id"],
            name="fk_core_regulation_clause_chapter",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_regulation_clause_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_core_regulation_clause_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_regulation_clause")),
        sa.UniqueConstraint(
            "company_id", "id", name=op.f("uq_core_regulation_clause_company_id_id")
        ),
    )
    op.create_index(
        "ix_core_regulation_clause_chapter",
        "core_regulation_clause",
        ["company_id", "chapter_id", "position", "id"],
    )
    op.create_table(
        "core_regulation_demand",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.BigInteger(), nullable=False),
        sa.Column("demand", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_core_regulation_demand_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "clause_id"],
            ["core_regulation_clause.company_id", "core_regulation_clause.id"],
            name="fk_core_regulation_demand_clause",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_core_regulation_demand_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_core_regulation_demand_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_regulation_demand")),
        sa.UniqueConstraint(
            "company_id", "id", name=op.f("uq_core_regulation_demand_company_id_id")
        ),
    )
    op.create_index(
        "ix_core_regulation_demand_clause",
        "core_regulation_demand",
        ["company_id", "clause_id", "position", "id"],
    )
    op.create_index(
        op.f("ix_core_regulation_demand_company_id_demand_clause_id"),
        "core_regulation_demand",
        ["company_id", "demand", "clause_id"],
    )
    _guard()


def _guard() -> None:
    """Let the database itself refuse to change what a published version says.

    What is not published may not be moved into it either.
    """
    if op.get_bind().dialect.name == "postgresql":
        _guard_by_one_function()
        return
    for table, stands in _STANDS.items():
        deeds = _DEEDS.get(table, ("INSERT", "UPDATE", "DELETE"))
        for deed in deeds:
            touched = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW")}.get(deed, ("OLD",))
            _refuse(table, deed, when=" UNION ALL ".join(stands.format(row=row) for row in touched))


def _refuse(table: str, deed: str, *, when: str) -> None:
    name = f"{table}_no_{deed.partition(' ')[0].lower()}"
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {deed} ON {table} WHEN EXISTS ({when}) "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    )


def _guard_by_one_function() -> None:
    """Make what every trigger calls; each hands over the question whether a row `$1` stands.

    A version is asked only as it was: it is published by being changed.
    """
    op.execute(f"""
        CREATE OR REPLACE FUNCTION core_regulation_stands() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE stands boolean := false;
        BEGIN
            IF TG_OP <> 'INSERT' THEN
                EXECUTE 'SELECT EXISTS (' || TG_ARGV[0] || ')' INTO stands USING OLD;
            END IF;
            IF TG_OP <> 'DELETE' AND TG_TABLE_NAME <> 'core_regulation_edition' AND NOT stands THEN
                EXECUTE 'SELECT EXISTS (' || TG_ARGV[0] || ')' INTO stands USING NEW;
            END IF;
            IF stands THEN RAISE EXCEPTION '{_REFUSED}'; END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        END $$
    """)
    for table, stands in _STANDS.items():
        deeds = " OR ".join(_DEEDS.get(table, ("INSERT", "UPDATE", "DELETE")))
        asked = stands.format(row="($1)")
        op.execute(
            f"CREATE TRIGGER {table}_stands BEFORE {deeds} ON {table} FOR EACH ROW "
            f"EXECUTE FUNCTION core_regulation_stands('{asked}')"
        )


def downgrade() -> None:
    op.drop_table("core_regulation_demand")
    op.drop_table("core_regulation_clause")
    op.drop_table("core_regulation_chapter")
    op.drop_table("core_regulation_edition")
    op.drop_table("core_regulation")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS core_regulation_stands()")
        for table in _STANDS:
            for deed in ("insert", "update", "delete"):
                op.execute(f"DROP FUNCTION IF EXISTS {table}_no_{deed}()")
