"""Other programs are told what happened."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_STATES = "'waiting', 'delivered', 'given_up'"
_TROUBLES = (
    "'answered_no', 'redirected', 'unknown', 'private', 'unreachable', 'untrusted', 'too_slow', "
    "'unreadable', 'no_secret'"
)


def upgrade() -> None:
    _create_webhooks()
    _create_deliveries()


def downgrade() -> None:
    op.drop_table("core_webhook_delivery")
    op.drop_table("core_webhook")


def _create_webhooks() -> None:
    table = "core_webhook"
    op.create_table(
        table,
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("url", sa.String(500), nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("secret", sa.String(255), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", values.UtcDateTime(), nullable=True),
        sa.Column("rests_until", values.UtcDateTime(), nullable=True),
        sa.Column("stopped_at", values.UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f(f"fk_{table}_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f(f"fk_{table}_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f(f"fk_{table}_changed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("company_id", "id", name=op.f(f"uq_{table}_company_id_id")),
    )
    op.create_index(op.f(f"ix_{table}_company_id_enabled"), table, ["company_id", "enabled"])


def _create_deliveries() -> None:
    table = "core_webhook_delivery"
    op.create_table(
        table,
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("webhook_id", values.BIG_ID, nullable=False),
        sa.Column("message_id", sa.String(40), nullable=False),
        sa.Column("plugin", sa.String(40), nullable=False),
        sa.Column("event", sa.String(160), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("due_at", values.UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("tried_at", values.UtcDateTime(), nullable=True),
        sa.Column("took", sa.Integer(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("trouble", sa.String(40), nullable=True),
        sa.CheckConstraint(f"state IN ({_STATES})", name=op.f(f"ck_{table}_state")),
        sa.CheckConstraint(f"trouble IN ({_TROUBLES})", name=op.f(f"ck_{table}_trouble")),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f(f"fk_{table}_company_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["webhook_id"],
            ["core_webhook.id"],
            name=op.f(f"fk_{table}_webhook_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("message_id", name=op.f(f"uq_{table}_message_id")),
    )
    for columns in (
        ["due_at", "id"],
        ["company_id", "webhook_id", "id"],
        ["webhook_id"],
        ["created_at"],
    ):
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns)
