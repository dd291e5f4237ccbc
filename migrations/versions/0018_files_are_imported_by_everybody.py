"""Files are imported by everybody."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_STAGES = "'mapping', 'checking', 'checked', 'taking', 'done', 'refused', 'undoing', 'undone'"


def upgrade() -> None:
    _create_imports()
    _create_records()
    _create_problems()
    _create_mappings()


def downgrade() -> None:
    op.drop_table("core_import_mapping")
    op.drop_table("core_import_problem")
    op.drop_table("core_import_record")
    op.drop_table("core_import")


def _create_imports() -> None:
    op.create_table(
        "core_import",
        *_company_columns(),
        sa.Column("resource", sa.String(120), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("stored_as", sa.String(120), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("encoding", sa.String(40), nullable=True),
        sa.Column("delimiter", sa.String(8), nullable=True),
        sa.Column("sheet", sa.String(120), nullable=True),
        sa.Column("mapping", sa.JSON(), nullable=True),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("only_good", sa.Boolean(), nullable=False),
        sa.Column("run_id", values.BIG_ID, nullable=True),
        sa.Column("rows", sa.BigInteger(), nullable=True),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("created", "updated", "skipped", "refused", "lines", "problems")
        ),
        sa.Column("undone", sa.Integer(), nullable=False, server_default="0"),
        sa.CheckConstraint(f"stage IN ({_STAGES})", name=op.f("ck_core_import_stage")),
        *_company_keys("core_import"),
        sa.UniqueConstraint("stored_as", name=op.f("uq_core_import_stored_as")),
    )
    for columns in (["company_id", "resource", "id"], ["company_id", "created_by_id", "id"]):
        op.create_index(op.f(f"ix_core_import_{'_'.join(columns)}"), "core_import", columns)
    op.create_index(op.f("ix_core_import_created_at"), "core_import", ["created_at"])


def _create_records() -> None:
    op.create_table(
        "core_import_record",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("import_id", values.BIG_ID, nullable=False),
        sa.Column("record_id", values.BIG_ID, nullable=False),
        sa.Column("made", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("lines", sa.JSON(), nullable=True),
        *_of_import("core_import_record"),
    )
    op.create_index(
        op.f("ix_core_import_record_import_id_id"), "core_import_record", ["import_id", "id"]
    )


def _create_problems() -> None:
    op.create_table(
        "core_import_problem",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("import_id", values.BIG_ID, nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(200), nullable=False),
        sa.Column("field", sa.JSON(), nullable=True),
        sa.Column("column", sa.String(1000), nullable=True),
        sa.Column("reason", sa.JSON(), nullable=False),
        sa.Column("of_undoing", sa.Boolean(), nullable=False),
        *_of_import("core_import_problem"),
    )
    op.create_index(
        op.f("ix_core_import_problem_import_id_row_id"),
        "core_import_problem",
        ["import_id", "row", "id"],
    )


def _create_mappings() -> None:
    table = "core_import_mapping"
    op.create_table(
        table,
        *_company_columns(),
        sa.Column("resource", sa.String(120), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        *_company_keys(table, ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["ab_user.id"], name=op.f(f"fk_{table}_owner_id"), ondelete="CASCADE"
        ),
        sa.UniqueConstraint(
            "company_id",
            "owner_id",
            "resource",
            "name",
            name=op.f(f"uq_{table}_company_id_owner_id_resource_name"),
        ),
    )
    op.create_index(op.f(f"ix_{table}_owner_id"), table, ["owner_id"])
    op.create_index(
        op.f(f"ix_{table}_company_id_resource_shared"), table, ["company_id", "resource", "shared"]
    )


def _of_import(table: str) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["core_import.id"],
            name=op.f(f"fk_{table}_import_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _company_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
    ]


def _company_keys(table: str, *, ondelete: str | None = None) -> list[sa.Constraint]:
    people = [
        sa.ForeignKeyConstraint(
            [column], ["ab_user.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete
        )
        for column in ("created_by_id", "changed_by_id")
    ]
    return [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("company_id", "id", name=op.f(f"uq_{table}_company_id_id")),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f(f"fk_{table}_company_id")
        ),
        *people,
    ]
