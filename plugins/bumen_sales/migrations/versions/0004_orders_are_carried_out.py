"""Orders are carried out."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_STATES = (
    "state IN ('draft', 'held', 'confirmed', 'released', 'shipped', 'delivered', 'closed',"
    " 'cancelled')"
)
_WAITS_FOR = "waits_for IN ('goods_and_payment', 'goods', 'payment', 'slip')"


def upgrade() -> None:
    op.create_table(
        "sales_order_task",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("begun_at", values.UtcDateTime(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("done_at", values.UtcDateTime(), nullable=True),
        sa.Column("answered_at", values.UtcDateTime(), nullable=True),
        sa.Column("hours", values.QuantityType(), nullable=True),
        sa.Column("hours_done", values.QuantityType(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("done_by_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('goods', 'payment', 'vehicle')", name=op.f("ck_sales_order_task_kind")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'done', 'dropped')", name=op.f("ck_sales_order_task_state")
        ),
        sa.CheckConstraint("hours >= 0", name=op.f("ck_sales_order_task_hours_not_negative")),
        sa.CheckConstraint(
            "hours_done >= 0", name=op.f("ck_sales_order_task_hours_done_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_order_task_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "order_id"],
            ["sales_order.company_id", "sales_order.id"],
            name="fk_sales_order_task_order",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_order_task_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_order_task_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["ab_user.id"], name=op.f("fk_sales_order_task_done_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_order_task")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_order_task_company_id_id")),
        sa.UniqueConstraint(
            "company_id",
            "order_id",
            "kind",
            name=op.f("uq_sales_order_task_company_id_order_id_kind"),
        ),
    )
    op.create_index(
        op.f("ix_sales_order_task_company_id_begun_at_id"),
        "sales_order_task",
        ["company_id", "begun_at", "id"],
    )
    op.create_index(
        op.f("ix_sales_order_task_company_id_done_at_id"),
        "sales_order_task",
        ["company_id", "done_at", "id"],
    )
    op.create_index(
        op.f("ix_sales_order_task_company_id_hours_id"),
        "sales_order_task",
        ["company_id", "hours", "id"],
    )
    op.create_index(
        op.f("ix_sales_order_task_company_id_hours_done_id"),
        "sales_order_task",
        ["company_id", "hours_done", "id"],
    )
    op.create_index(
        op.f("ix_sales_order_task_company_id_kind_state_id"),
        "sales_order_task",
        ["company_id", "kind", "state", "id"],
    )
    op.create_index(
        op.f("ix_sales_order_task_company_id_promised_on_id"),
        "sales_order_task",
        ["company_id", "promised_on", "id"],
    )
    op.create_index(
        op.f("ix_sales_order_task_company_id_state_id"),
        "sales_order_task",
        ["company_id", "state", "id"],
    )
    op.create_index(
        "ix_sales_order_task_done_by", "sales_order_task", ["company_id", "done_by_id", "id"]
    )
    op.create_index(
        "ix_sales_order_task_order", "sales_order_task", ["company_id", "order_id", "id"]
    )
    op.create_table(
        "sales_progress",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("at", values.UtcDateTime(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["ab_user.id"], name=op.f("fk_sales_progress_by_id")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_progress_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "order_id"],
            ["sales_order.company_id", "sales_order.id"],
            name="fk_sales_progress_order",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_progress_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_progress_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_progress")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_progress_company_id_id")),
    )
    op.create_index("ix_sales_progress_by", "sales_progress", ["company_id", "by_id", "id"])
    op.create_index(
        op.f("ix_sales_progress_company_id_at_id"), "sales_progress", ["company_id", "at", "id"]
    )
    op.create_index("ix_sales_progress_order", "sales_progress", ["company_id", "order_id", "id"])
    op.create_table(
        "sales_slip",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("version_number", sa.BigInteger(), nullable=False),
        sa.Column("payment_method", sa.String(40), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("issued_by_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "payment_method IN ('prepaid', 'on_account', 'cash_on_delivery')",
            name=op.f("ck_sales_slip_payment_method"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_sales_slip_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "order_id"],
            ["sales_order.company_id", "sales_order.id"],
            name="fk_sales_slip_order",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_sales_slip_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_sales_slip_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by_id"], ["ab_user.id"], name=op.f("fk_sales_slip_issued_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_slip")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_sales_slip_company_id_id")),
        sa.UniqueConstraint(
            "company_id",
            "number",
            "version_number",
            name=op.f("uq_sales_slip_company_id_number_version_number"),
        ),
        sa.UniqueConstraint(
            "company_id",
            "order_id",
            "version_number",
            name=op.f("uq_sales_slip_company_id_order_id_version_number"),
        ),
    )
    op.create_index(
        op.f("ix_sales_slip_company_id_current_id"), "sales_slip", ["company_id", "current", "id"]
    )
    op.create_index(
        op.f("ix_sales_slip_company_id_issued_on_id"),
        "sales_slip",
        ["company_id", "issued_on", "id"],
    )
    op.create_index(
        op.f("ix_sales_slip_company_id_payment_method_id"),
        "sales_slip",
        ["company_id", "payment_method", "id"],
    )
    op.create_index(
        op.f("ix_sales_slip_company_id_number_id"), "sales_slip", ["company_id", "number", "id"]
    )
    op.create_index("ix_sales_slip_issued_by", "sales_slip", ["company_id", "issued_by_id", "id"])
    op.create_index("ix_sales_slip_order", "sales_slip", ["company_id", "order_id", "id"])
    op.add_column("sales_order", sa.Column("waits_for", sa.String(40), nullable=True))
    op.add_column("sales_order", sa.Column("slip_number", sa.String(40), nullable=True))
    op.add_column("sales_order", sa.Column("slip_version", sa.BigInteger(), nullable=True))
    op.add_column("sales_order", sa.Column("carrier", sa.String(200), nullable=True))
    op.add_column("sales_order", sa.Column("tracking_number", sa.String(100), nullable=True))
    op.add_column("sales_order", sa.Column("signed_by", sa.String(200), nullable=True))
    op.add_column("sales_order", sa.Column("released_at", values.UtcDateTime(), nullable=True))
    op.add_column("sales_order", sa.Column("shipped_at", values.UtcDateTime(), nullable=True))
    op.add_column("sales_order", sa.Column("delivered_at", values.UtcDateTime(), nullable=True))
    op.add_column("sales_order", sa.Column("closed_at", values.UtcDateTime(), nullable=True))
    op.add_column("sales_order", sa.Column("in_charge_id", sa.BigInteger(), nullable=True))
    op.change_constraints(
        "sales_order",
        drop=[
            sa.CheckConstraint(
                "state IN ('draft', 'held', 'confirmed', 'cancelled')",
                name=op.f("ck_sales_order_state"),
            )
        ],
        add=[
            sa.ForeignKeyConstraint(
                ["company_id", "in_charge_id"],
                ["base_employee.company_id", "base_employee.id"],
                name=op.f("fk_sales_order_in_charge"),
            ),
            sa.CheckConstraint("total = paid + due", name=op.f("ck_sales_order_paid_or_due")),
            sa.CheckConstraint(_STATES, name=op.f("ck_sales_order_state")),
            sa.CheckConstraint(_WAITS_FOR, name=op.f("ck_sales_order_waits_for")),
        ],
    )
    for name in ("waits_for", "slip_number"):
        op.create_index(
            op.f(f"ix_sales_order_company_id_{name}_id"), "sales_order", ["company_id", name, "id"]
        )
    op.create_index("ix_sales_order_in_charge", "sales_order", ["company_id", "in_charge_id", "id"])
    for name in ("shipped", "delivered"):
        op.add_column(
            "sales_order_line",
            sa.Column(name, values.QuantityType(), nullable=False, server_default="0"),
        )
    op.change_constraints("sales_order_line", add=_lines_add_up())
    _begin_tasks()


def _lines_add_up() -> list[sa.CheckConstraint]:
    rules = {
        "delivered_not_negative": "delivered >= 0",
        "delivered_within_shipped": "delivered <= shipped",
        "shipped_not_negative": "shipped >= 0",
        "shipped_within_ordered": "shipped <= quantity",
    }
    return [
        sa.CheckConstraint(rule, name=op.f(f"ck_sales_order_line_{name}"))
        for name, rule in rules.items()
    ]


def _begin_tasks() -> None:
    """Let the tasks of orders that were confirmed before begin when they were last changed."""
    in_at_once = "(o.payment_method <> 'prepaid' OR o.due = 0)"
    for kind, done in (("goods", "1 = 0"), ("payment", in_at_once), ("vehicle", "1 = 0")):
        op.execute(
            f"""
            INSERT INTO sales_order_task (
                company_id, kind, state, begun_at, done_at, order_id,
                version, created_at, changed_at
            )
            SELECT o.company_id, '{kind}', CASE WHEN {done} THEN 'done' ELSE 'open' END,
                o.changed_at, CASE WHEN {done} THEN o.changed_at END, o.id,
                1, o.changed_at, o.changed_at
            FROM sales_order o WHERE o.state = 'confirmed'
            """  # noqa: S608  # only what is written above
        )
    op.execute(
        f"""
        UPDATE sales_order AS o
        SET waits_for = CASE WHEN {in_at_once} THEN 'goods' ELSE 'goods_and_payment' END
        WHERE o.state = 'confirmed'
        """  # noqa: S608  # only what is written above
    )


def downgrade() -> None:
    op.change_constraints("sales_order_line", drop=_lines_add_up())
    op.drop_column("sales_order_line", "delivered")
    op.drop_column("sales_order_line", "shipped")
    op.execute(
        "UPDATE sales_order SET state = 'confirmed'"
        " WHERE state IN ('released', 'shipped', 'delivered', 'closed')"
    )
    op.drop_index("ix_sales_order_in_charge", table_name="sales_order")
    for name in ("waits_for", "slip_number"):
        op.drop_index(op.f(f"ix_sales_order_company_id_{name}_id"), table_name="sales_order")
    op.change_constraints(
        "sales_order",
        drop=[
            sa.ForeignKeyConstraint(
                ["company_id", "in_charge_id"],
                ["base_employee.company_id", "base_employee.id"],
                name=op.f("fk_sales_order_in_charge"),
            ),
            sa.CheckConstraint("total = paid + due", name=op.f("ck_sales_order_paid_or_due")),
            sa.CheckConstraint(_STATES, name=op.f("ck_sales_order_state")),
            sa.CheckConstraint(_WAITS_FOR, name=op.f("ck_sales_order_waits_for")),
        ],
        add=[
            sa.CheckConstraint(
                "state IN ('draft', 'held', 'confirmed', 'cancelled')",
                name=op.f("ck_sales_order_state"),
            )
        ],
    )
    op.drop_column("sales_order", "in_charge_id")
    op.drop_column("sales_order", "closed_at")
    op.drop_column("sales_order", "delivered_at")
    op.drop_column("sales_order", "shipped_at")
    op.drop_column("sales_order", "released_at")
    op.drop_column("sales_order", "signed_by")
    op.drop_column("sales_order", "tracking_number")
    op.drop_column("sales_order", "carrier")
    op.drop_column("sales_order", "slip_version")
    op.drop_column("sales_order", "slip_number")
    op.drop_column("sales_order", "waits_for")
    op.drop_table("sales_slip")
    op.drop_table("sales_progress")
    op.drop_table("sales_order_task")
