"""Plain SQL behind the same kind of web server: what an answer costs at the least.

It knows nobody, counts nothing and checks nothing. It is the yardstick, not a choice.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from flask import Flask, Response, jsonify, request
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, RowMapping, create_engine, insert

from benchmarks.peers.visiting import PAGE_SIZE, made, seen
from benchmarks.processes import answer
from benchmarks.records import Known
from bumen_base.models import Customer, Employee, Product, Region
from bumen_sales.models import Order, OrderLine

_PAGE = """
    SELECT c.id, c.version, c.code, c.name, c.customer_class, c.value_grade, c.state,
           c.completeness, r.id AS region_id, r.code AS region_code, r.name AS region,
           e.id AS salesperson_id, e.number AS salesperson_number, e.name AS salesperson
      FROM (SELECT id FROM {customers} WHERE company_id = %(company)s {place}) AS page
      JOIN {customers} AS c ON c.id = page.id
      LEFT JOIN {regions} AS r ON r.id = c.region_id
      LEFT JOIN {employees} AS e ON e.id = c.salesperson_id
     ORDER BY c.code, c.id
"""
_TABLES = {
    "customers": Customer.__tablename__,
    "regions": Region.__tablename__,
    "employees": Employee.__tablename__,
}
_BY_NUMBER = f"ORDER BY code, id LIMIT {PAGE_SIZE} OFFSET %(offset)s"
_ON = f"AND code > %(code)s ORDER BY code, id LIMIT {PAGE_SIZE}"
_PRODUCTS = f"""
    SELECT id, unit, list_price, tax_rate FROM {Product.__tablename__}
     WHERE company_id = %(company)s AND id = ANY(%(wanted)s)
"""  # noqa: S608
_NUMBER = """
    INSERT INTO core_sequence (company_id, kind, period, last) VALUES (%(company)s, 'plain', '', 1)
        ON CONFLICT (company_id, kind, period) DO UPDATE SET last = core_sequence.last + 1
        RETURNING last
"""
_ORDER = insert(Order.__table__).returning(Order.__table__.c.id)
_LINES = insert(OrderLine.__table__)
_CENT = Decimal("0.01")


class Plain:
    """Plain SQL, in a process of its own."""

    client: FlaskClient
    known: Known
    codes: dict[int, str]
    """What pages come after, by their number."""

    def open(self, *, url: str, known: Known) -> None:
        """Start the application."""
        self.client = make_app(create_engine(url), known["company"]).test_client()
        self.known, self.codes = known, {}

    def list_by_api(self, *, page: int) -> dict[str, Any]:
        """Get a page of customers."""
        return seen(lambda: self.client.get(f"/customers?page={page}"))

    def list_on(self, *, page: int) -> dict[str, Any]:
        """Get the same page by going on after the one before it."""
        if page not in self.codes:
            before = self.client.get(f"/customers?page={page - 1}").get_json()
            self.codes[page] = before["result"][-1]["code"]
        return seen(lambda: self.client.get(f"/customers?after={self.codes[page]}"))

    list_as_page = list_by_api

    def make_order(self) -> dict[str, Any]:
        """Make an order with its lines."""
        lines = [{"product_id": one, "quantity": "2"} for one in self.known["products"]]
        order = {"customer_id": self.known["customer"], "lines": lines}
        return made(lambda: [self.client.post("/orders", json=order)])


def make_app(engine: Engine, company: int) -> Flask:
    """Make an application of two addresses."""
    app = Flask("plain")

    @app.get("/customers")
    def customers() -> Response:
        code, number = request.args.get("after"), int(request.args.get("page", 0))
        asked = {"company": company, "offset": number * PAGE_SIZE, "code": code}
        page = _PAGE.format(**_TABLES, place=_BY_NUMBER if code is None else _ON)
        with engine.connect() as connection:
            rows = connection.exec_driver_sql(page, asked).mappings().all()
        return jsonify({"result": [dict(row) for row in rows]})

    @app.post("/orders")
    def orders() -> tuple[Response, int]:
        with engine.begin() as connection:
            ident = _make_order(connection, company, request.get_json())
        return jsonify({"id": ident}), 201

    return app


def _make_order(connection: Connection, company: int, sent: dict[str, Any]) -> int:
    asked = {"company": company, "wanted": [one["product_id"] for one in sent["lines"]]}
    found = connection.exec_driver_sql(_PRODUCTS, asked).mappings()
    products: dict[int, RowMapping] = {one["id"]: one for one in found}
    number = connection.exec_driver_sql(_NUMBER, asked).scalar_one()
    now = datetime.now(UTC)
    stamp = {"company_id": company, "version": 1, "created_at": now, "changed_at": now}
    lines = [_worked_out(line, products[line["product_id"]]) for line in sent["lines"]]
    sums = {name: sum(line[name] for line in lines) for name in ("untaxed", "tax", "total")}
    head = {"customer_id": sent["customer_id"], "number": f"PL-{number}", "ordered_on": now.date()}
    order = {**stamp, **head, **sums, "due": sums["total"]}
    ident: int = connection.execute(_ORDER, order).scalar_one()
    places = ({"order_id": ident, "position": place, **stamp} for place in range(len(lines)))
    connection.execute(
        _LINES, [{**place, **line} for place, line in zip(places, lines, strict=True)]
    )
    return ident


def _worked_out(line: dict[str, Any], product: RowMapping) -> dict[str, Any]:
    quantity, price, rate = Decimal(line["quantity"]), product["list_price"], product["tax_rate"]
    untaxed = (quantity * price).quantize(_CENT)
    tax = (untaxed * rate / 100).quantize(_CENT)
    given = {"product_id": product["id"], "quantity": quantity, "unit": product["unit"]}
    amounts = {"untaxed": untaxed, "tax": tax, "total": untaxed + tax}
    return {**given, "unit_price": price, "tax_rate": rate, **amounts}


if __name__ == "__main__":
    answer(Plain())
