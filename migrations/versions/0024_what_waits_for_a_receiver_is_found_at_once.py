"""What waits for a receiver is found at once, however much there is."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_TABLE = "core_webhook_delivery"
_OLD = (["due_at", "id"], ["webhook_id"])
_NEW = ["webhook_id", "due_at", "id"]


def upgrade() -> None:
    op.create_index(_name(_NEW), _TABLE, _NEW)
    for columns in _OLD:
        op.drop_index(_name(columns), table_name=_TABLE)


def downgrade() -> None:
    for columns in _OLD:
        op.create_index(_name(columns), _TABLE, columns)
    op.drop_index(_name(_NEW), table_name=_TABLE)


def _name(columns: list[str]) -> str:
    return op.f(f"ix_{_TABLE}_{'_'.join(columns)}")
