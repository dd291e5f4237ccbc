"""The tables of master data."""

import sqlalchemy as sa
from alembic import op

from bumen import values

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "base_category",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_base_category_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "parent_id"],
            ["base_category.company_id", "base_category.id"],
            name="fk_base_category_parent",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_base_category_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_base_category_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_category")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_base_category_company_id_code")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_base_category_company_id_id")),
    )
    op.create_index(
        op.f("ix_base_category_company_id_name"), "base_category", ["company_id", "name"]
    )
    op.create_index("ix_base_category_parent", "base_category", ["company_id", "parent_id", "id"])
    op.create_table(
        "base_department",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("manager_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_base_department_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "parent_id"],
            ["base_department.company_id", "base_department.id"],
            name="fk_base_department_parent",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "manager_id"],
            ["base_employee.company_id", "base_employee.id"],
            name="fk_base_department_manager",
            use_alter=True,
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_base_department_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_base_department_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_department")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_base_department_company_id_code")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_base_department_company_id_id")),
    )
    op.create_index(
        op.f("ix_base_department_company_id_name"), "base_department", ["company_id", "name"]
    )
    op.create_index(
        "ix_base_department_manager", "base_department", ["company_id", "manager_id", "id"]
    )
    op.create_index(
        "ix_base_department_parent", "base_department", ["company_id", "parent_id", "id"]
    )
    op.create_table(
        "base_region",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("manager_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_base_region_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "parent_id"],
            ["base_region.company_id", "base_region.id"],
            name="fk_base_region_parent",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "manager_id"],
            ["base_employee.company_id", "base_employee.id"],
            name="fk_base_region_manager",
            use_alter=True,
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_base_region_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_base_region_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_region")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_base_region_company_id_code")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_base_region_company_id_id")),
    )
    op.create_index(op.f("ix_base_region_company_id_name"), "base_region", ["company_id", "name"])
    op.create_index("ix_base_region_manager", "base_region", ["company_id", "manager_id", "id"])
    op.create_index("ix_base_region_parent", "base_region", ["company_id", "parent_id", "id"])
    op.create_table(
        "base_post",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("duties", sa.Text(), nullable=False),
        sa.Column("department_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_base_post_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "department_id"],
            ["base_department.company_id", "base_department.id"],
            name="fk_base_post_department",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_base_post_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_base_post_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_post")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_base_post_company_id_code")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_base_post_company_id_id")),
    )
    op.create_index(op.f("ix_base_post_company_id_name"), "base_post", ["company_id", "name"])
    op.create_index("ix_base_post_department", "base_post", ["company_id", "department_id", "id"])
    op.create_table(
        "base_product",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("list_price", values.MoneyType(), nullable=False),
        sa.Column("tax_rate", values.PercentType(), nullable=False),
        sa.Column("cost", values.MoneyType(), nullable=True),
        sa.Column("barcode", sa.String(40), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("pieces_per_carton", sa.BigInteger(), nullable=True),
        sa.Column("weight", values.QuantityType(), nullable=True),
        sa.Column("volume", values.QuantityType(), nullable=True),
        sa.Column("category_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('goods', 'service')", name=op.f("ck_base_product_kind")),
        sa.CheckConstraint("cost >= 0", name=op.f("ck_base_product_cost_not_negative")),
        sa.CheckConstraint("list_price >= 0", name=op.f("ck_base_product_list_price_not_negative")),
        sa.CheckConstraint(
            "pieces_per_carton > 0", name=op.f("ck_base_product_pieces_per_carton_positive")
        ),
        sa.CheckConstraint("tax_rate >= 0", name=op.f("ck_base_product_tax_rate_not_negative")),
        sa.CheckConstraint("volume >= 0", name=op.f("ck_base_product_volume_not_negative")),
        sa.CheckConstraint("weight >= 0", name=op.f("ck_base_product_weight_not_negative")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_base_product_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "category_id"],
            ["base_category.company_id", "base_category.id"],
            name="fk_base_product_category",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_base_product_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_base_product_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_product")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_base_product_company_id_code")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_base_product_company_id_id")),
    )
    op.create_index("ix_base_product_category", "base_product", ["company_id", "category_id", "id"])
    op.create_index(
        op.f("ix_base_product_company_id_active_name"),
        "base_product",
        ["company_id", "active", "name"],
    )
    op.create_index(
        op.f("ix_base_product_company_id_barcode"), "base_product", ["company_id", "barcode"]
    )
    op.create_index(op.f("ix_base_product_company_id_kind"), "base_product", ["company_id", "kind"])
    op.create_index(
        op.f("ix_base_product_company_id_list_price"), "base_product", ["company_id", "list_price"]
    )
    op.create_index(op.f("ix_base_product_company_id_name"), "base_product", ["company_id", "name"])
    op.create_index(op.f("ix_base_product_company_id_unit"), "base_product", ["company_id", "unit"])
    op.create_table(
        "base_employee",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("email", sa.String(320), nullable=True),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("department_id", sa.BigInteger(), nullable=True),
        sa.Column("post_id", sa.BigInteger(), nullable=True),
        sa.Column("superior_id", sa.BigInteger(), nullable=True),
        sa.Column("region_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("left_on >= joined_on", name=op.f("ck_base_employee_left_after_joined")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_base_employee_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "department_id"],
            ["base_department.company_id", "base_department.id"],
            name="fk_base_employee_department",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "post_id"],
            ["base_post.company_id", "base_post.id"],
            name="fk_base_employee_post",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "region_id"],
            ["base_region.company_id", "base_region.id"],
            name="fk_base_employee_region",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "superior_id"],
            ["base_employee.company_id", "base_employee.id"],
            name="fk_base_employee_superior",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_base_employee_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_base_employee_created_by_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_base_employee_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_employee")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_base_employee_company_id_id")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_base_employee_company_id_number")
        ),
        sa.UniqueConstraint(
            "company_id", "user_id", name=op.f("uq_base_employee_company_id_user_id")
        ),
    )
    op.create_index(
        op.f("ix_base_employee_company_id_joined_on"), "base_employee", ["company_id", "joined_on"]
    )
    op.create_index(
        op.f("ix_base_employee_company_id_left_on"), "base_employee", ["company_id", "left_on"]
    )
    op.create_index(
        op.f("ix_base_employee_company_id_name"), "base_employee", ["company_id", "name"]
    )
    op.create_index(
        "ix_base_employee_department", "base_employee", ["company_id", "department_id", "id"]
    )
    op.create_index("ix_base_employee_post", "base_employee", ["company_id", "post_id", "id"])
    op.create_index("ix_base_employee_region", "base_employee", ["company_id", "region_id", "id"])
    op.create_index(
        "ix_base_employee_superior", "base_employee", ["company_id", "superior_id", "id"]
    )
    op.create_table(
        "base_customer",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("short_name", sa.String(80), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("customer_class", sa.String(40), nullable=True),
        sa.Column("value_grade", sa.String(40), nullable=True),
        sa.Column("industry", sa.String(80), nullable=True),
        sa.Column("source", sa.String(40), nullable=True),
        sa.Column("tax_id", sa.String(40), nullable=True),
        sa.Column("payment_method", sa.String(40), nullable=False),
        sa.Column("payment_days", sa.BigInteger(), nullable=False),
        sa.Column("credit_grade", sa.String(40), nullable=True),
        sa.Column("credit_limit", values.MoneyType(), nullable=False),
        sa.Column("phone", sa.String(40), nullable=True),
        sa.Column("email", sa.String(320), nullable=True),
        sa.Column("website", sa.String(200), nullable=True),
        sa.Column("birthday", sa.Date(), nullable=True),
        sa.Column("preferences", sa.Text(), nullable=True),
        sa.Column("tags", sa.String(400), nullable=True),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("blocked_because", sa.String(200), nullable=True),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("completeness", sa.BigInteger(), nullable=False),
        sa.Column("name_key", sa.String(200), nullable=False),
        sa.Column("phone_key", sa.String(40), nullable=False),
        sa.Column("region_id", sa.BigInteger(), nullable=True),
        sa.Column("salesperson_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "credit_grade IN ('A', 'B', 'C', 'D')", name=op.f("ck_base_customer_credit_grade")
        ),
        sa.CheckConstraint(
            "customer_class IN ('A', 'B', 'C', 'D')", name=op.f("ck_base_customer_customer_class")
        ),
        sa.CheckConstraint("kind IN ('company', 'person')", name=op.f("ck_base_customer_kind")),
        sa.CheckConstraint(
            "payment_method IN ('prepaid', 'on_account', 'cash_on_delivery')",
            name=op.f("ck_base_customer_payment_method"),
        ),
        sa.CheckConstraint(
            "source IN ('research', 'exhibition', 'web', 'referral', 'campaign', 'other')",
            name=op.f("ck_base_customer_source"),
        ),
        sa.CheckConstraint(
            "state IN ('prospect', 'active', 'dormant', 'blocked')",
            name=op.f("ck_base_customer_state"),
        ),
        sa.CheckConstraint(
            "value_grade IN ('A', 'B', 'C', 'D')", name=op.f("ck_base_customer_value_grade")
        ),
        sa.CheckConstraint(
            "completeness >= 0", name=op.f("ck_base_customer_completeness_not_negative")
        ),
        sa.CheckConstraint(
            "credit_limit >= 0", name=op.f("ck_base_customer_credit_limit_not_negative")
        ),
        sa.CheckConstraint(
            "payment_days >= 0", name=op.f("ck_base_customer_payment_days_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_base_customer_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "region_id"],
            ["base_region.company_id", "base_region.id"],
            name="fk_base_customer_region",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "salesperson_id"],
            ["base_employee.company_id", "base_employee.id"],
            name="fk_base_customer_salesperson",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_base_customer_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_base_customer_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_customer")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_base_customer_company_id_code")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_base_customer_company_id_id")),
    )
    op.create_index(
        op.f("ix_base_customer_company_id_archived_name"),
        "base_customer",
        ["company_id", "archived", "name"],
    )
    op.create_index(
        op.f("ix_base_customer_company_id_completeness"),
        "base_customer",
        ["company_id", "completeness"],
    )
    op.create_index(
        op.f("ix_base_customer_company_id_customer_class_name"),
        "base_customer",
        ["company_id", "customer_class", "name"],
    )
    op.create_index(
        op.f("ix_base_customer_company_id_industry"), "base_customer", ["company_id", "industry"]
    )
    op.create_index(
        op.f("ix_base_customer_company_id_name"), "base_customer", ["company_id", "name"]
    )
    op.create_index(
        op.f("ix_base_customer_company_id_name_key"), "base_customer", ["company_id", "name_key"]
    )
    op.create_index(
        op.f("ix_base_customer_company_id_phone_key"), "base_customer", ["company_id", "phone_key"]
    )
    op.create_index(
        op.f("ix_base_customer_company_id_source"), "base_customer", ["company_id", "source"]
    )
    op.create_index(
        op.f("ix_base_customer_company_id_state_name"),
        "base_customer",
        ["company_id", "state", "name"],
    )
    op.create_index(
        op.f("ix_base_customer_company_id_value_grade_name"),
        "base_customer",
        ["company_id", "value_grade", "name"],
    )
    op.create_index("ix_base_customer_region", "base_customer", ["company_id", "region_id", "id"])
    op.create_index(
        "ix_base_customer_salesperson", "base_customer", ["company_id", "salesperson_id", "id"]
    )
    op.create_index(
        "uq_base_customer_tax_id",
        "base_customer",
        ["company_id", "tax_id"],
        unique=True,
        sqlite_where=sa.text("NOT archived"),
        postgresql_where=sa.text("NOT archived"),
    )
    op.create_table(
        "base_address",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("consignee", sa.String(100), nullable=True),
        sa.Column("phone", sa.String(40), nullable=True),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("province", sa.String(80), nullable=True),
        sa.Column("city", sa.String(80), nullable=True),
        sa.Column("district", sa.String(80), nullable=True),
        sa.Column("street", sa.String(200), nullable=False),
        sa.Column("postcode", sa.String(20), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('billing', 'delivery')", name=op.f("ck_base_address_kind")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_base_address_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "customer_id"],
            ["base_customer.company_id", "base_customer.id"],
            name="fk_base_address_customer",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_base_address_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_base_address_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_address")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_base_address_company_id_id")),
    )
    op.create_index(op.f("ix_base_address_company_id_city"), "base_address", ["company_id", "city"])
    op.create_index(op.f("ix_base_address_company_id_kind"), "base_address", ["company_id", "kind"])
    op.create_index(
        op.f("ix_base_address_company_id_postcode"), "base_address", ["company_id", "postcode"]
    )
    op.create_index(
        op.f("ix_base_address_company_id_street"), "base_address", ["company_id", "street"]
    )
    op.create_index(
        "ix_base_address_customer", "base_address", ["company_id", "customer_id", "position", "id"]
    )
    op.create_table(
        "base_contact",
        sa.Column("id", values.BIG_ID, nullable=False),
        sa.Column("company_id", values.BIG_ID, nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("job_title", sa.String(100), nullable=True),
        sa.Column("phone", sa.String(40), nullable=True),
        sa.Column("mobile", sa.String(40), nullable=True),
        sa.Column("email", sa.String(320), nullable=True),
        sa.Column("messenger", sa.String(100), nullable=True),
        sa.Column("birthday", sa.Date(), nullable=True),
        sa.Column("decision_maker", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(40), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", values.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", values.UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "language IN ('zh_Hant', 'zh_Hans', 'en')", name=op.f("ck_base_contact_language")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["ab_user.id"], name=op.f("fk_base_contact_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "customer_id"],
            ["base_customer.company_id", "base_customer.id"],
            name="fk_base_contact_customer",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["core_company.id"], name=op.f("fk_base_contact_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["ab_user.id"], name=op.f("fk_base_contact_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_contact")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_base_contact_company_id_id")),
    )
    op.create_index(
        op.f("ix_base_contact_company_id_email"), "base_contact", ["company_id", "email"]
    )
    op.create_index(
        op.f("ix_base_contact_company_id_job_title"), "base_contact", ["company_id", "job_title"]
    )
    op.create_index(
        op.f("ix_base_contact_company_id_mobile"), "base_contact", ["company_id", "mobile"]
    )
    op.create_index(op.f("ix_base_contact_company_id_name"), "base_contact", ["company_id", "name"])
    op.create_index(
        "ix_base_contact_customer", "base_contact", ["company_id", "customer_id", "position", "id"]
    )
    op.change_later_references(
        "base_department",
        add=[
            sa.ForeignKeyConstraint(
                ["company_id", "manager_id"],
                ["base_employee.company_id", "base_employee.id"],
                name="fk_base_department_manager",
            )
        ],
    )
    op.change_later_references(
        "base_region",
        add=[
            sa.ForeignKeyConstraint(
                ["company_id", "manager_id"],
                ["base_employee.company_id", "base_employee.id"],
                name="fk_base_region_manager",
            )
        ],
    )


def downgrade() -> None:
    op.change_later_references(
        "base_department",
        drop=[
            sa.ForeignKeyConstraint(
                ["company_id", "manager_id"],
                ["base_employee.company_id", "base_employee.id"],
                name="fk_base_department_manager",
            )
        ],
    )
    op.change_later_references(
        "base_region",
        drop=[
            sa.ForeignKeyConstraint(
                ["company_id", "manager_id"],
                ["base_employee.company_id", "base_employee.id"],
                name="fk_base_region_manager",
            )
        ],
    )
    op.drop_table("base_contact")
    op.drop_table("base_address")
    op.drop_table("base_customer")
    op.drop_table("base_employee")
    op.drop_table("base_product")
    op.drop_table("base_post")
    op.drop_table("base_region")
    op.drop_table("base_department")
    op.drop_table("base_category")
