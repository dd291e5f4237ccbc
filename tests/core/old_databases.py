"""A database as it was before documents kept a history, with what two companies had in it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from alembic import command
from sqlalchemy import Connection, column, insert, inspect, table, text

from bumen.activation.models import CompanyPlugin
from bumen.company.models import Company
from bumen.host import Host
from bumen.migrations.branches import branches
from bumen_base.models import Customer, Product
from bumen_sales.models import Order, OrderLine, OrderState

REACHED = {"core": "0002", "base": "0002", "sales": "0001"}
"""How far each branch had come; the others were not there yet."""
COMPANIES = {1: "TW01", 2: "CN01"}
LAST_NUMBER = 9
"""The last number that was given: most of them went to orders that were deleted since."""
_MADE = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
_ROW = {"version": 1, "created_at": _MADE, "changed_at": _MADE}
_AMOUNTS = {"untaxed": Decimal(200), "tax": Decimal(10), "total": Decimal(210)}


def make_old(host: Host) -> None:
    """Bring an empty database to the revisions of then, and fill it as people had."""
    with host.database.engine.begin() as connection:
        for branch in branches(host.registry):
            if branch.name in REACHED:
                command.upgrade(branch.config(connection=connection), REACHED[branch.name])
    with host.database.engine.begin() as connection:
        connection.execute(text(_SOMEBODY))
        for ident, code in COMPANIES.items():
            _fill(connection, ident, code)


def _fill(connection: Connection, company_id: int, code: str) -> None:
    mine = {"company_id": company_id, "id": company_id, **_ROW}
    where = {"country": code[:2], "currency": "TWD", "locale": "en", "timezone": "Asia/Taipei"}
    _add(connection, Company, id=company_id, code=code, name=code, created_at=_MADE, **where)
    _add(connection, Customer, **mine, code="C1", name="青田選物有限公司", completeness=10)
    _add(connection, Product, **mine, code="P1", name="橡木書桌", unit="件", tax_rate=Decimal(5))
    states = (OrderState.DRAFT, OrderState.CONFIRMED, OrderState.CANCELLED)
    for place, state in enumerate(states, start=1):
        _add_order(connection, company_id, place, state)
    for plugin in ("base", "sales"):
        switched = {"plugin": plugin, "enabled": True, "since": _MADE}
        _add(connection, CompanyPlugin, company_id=company_id, **switched)
    connection.execute(text(_COUNTED), {"company": company_id, "last": LAST_NUMBER})


def _add_order(connection: Connection, company_id: int, place: int, state: OrderState) -> None:
    ident = company_id * 10 + place
    mine = {"company_id": company_id, "id": ident, **_ROW, **_AMOUNTS}
    order = {"number": f"SO-2026-0000{place}", "state": state, "ordered_on": date(2026, 3, 2)}
    _add(connection, Order, **mine, **order, due=Decimal(210), customer_id=company_id)
    line = {"unit": "件", "quantity": Decimal(2), "unit_price": Decimal(100), "position": 1}
    rate = {"tax_rate": Decimal(5), "product_id": company_id, "order_id": ident}
    _add(connection, OrderLine, **mine, **line, **rate)


def _add(connection: Connection, model: type[Any], **values: Any) -> None:
    """Add a row with the columns that were there then."""
    now = model.__table__.c
    then = {one["name"] for one in inspect(connection).get_columns(model.__tablename__)}
    kept = [one for one in now if one.name in then and one.default is not None]
    row = {**{one.name: one.default.arg for one in kept if one.default.is_scalar}, **values}
    columns = (column(name, now[name].type) for name in row)
    connection.execute(insert(table(model.__tablename__, *columns)).values(**row))


_SOMEBODY = (
    "INSERT INTO ab_user (id, username, first_name, last_name, email) "
    "VALUES (1, 'anna', 'Anna', 'Lee', 'anna@example.com')"
)
_COUNTED = (
    "INSERT INTO core_sequence (company_id, kind, period, last) "
    "VALUES (:company, 'sales.order', '2026', :last)"
)
