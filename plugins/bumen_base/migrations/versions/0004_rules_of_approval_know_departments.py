"""Rules of approval that named a department or a region by its label refer to the record itself."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for place in ("department", "region"):
        op.execute(f"""
            UPDATE core_approval_rule SET {place}_id = (
                SELECT id FROM base_{place}
                WHERE base_{place}.company_id = core_approval_rule.company_id
                AND base_{place}.code || ' ' || base_{place}.name = core_approval_rule.{place}
            )
            WHERE {place} IS NOT NULL AND {place}_id IS NULL
        """)  # noqa: S608  # nothing in it comes from elsewhere


def downgrade() -> None:
    op.execute("UPDATE core_approval_rule SET department_id = NULL, region_id = NULL")
