"""Plain SQL over a million orders, behind the same kind of web server."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Flask, Response, jsonify, request
from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine

from benchmarks.peers.plain import make_app
from benchmarks.peers.visiting import PAGE_SIZE, done, listed, made, memory_after
from benchmarks.processes import answer
from benchmarks.records import Known
from bumen_base.models import Customer, Employee, Product
from bumen_sales.models import Order, OrderLine

_TABLES = {
    "orders": Order.__tablename__,
    "lines": OrderLine.__tablename__,
    "customers": Customer.__tablename__,
    "employees": Employee.__tablename__,
    "products": Product.__tablename__,
}
_PAGE = """
    SELECT o.id, o.version, o.number, o.ordered_on, o.requested_on, o.state, o.total,
           c.id AS customer_id, c.code AS customer_code, c.name AS customer,
           e.id AS salesperson_id, e.name AS salesperson
      FROM (SELECT o.id FROM {orders} AS o {join} WHERE o.company_id = %(company)s {where}
             ORDER BY o.id DESC LIMIT %(size)s OFFSET %(offset)s) AS page
      JOIN {orders} AS o ON o.id = page.id
      JOIN {customers} AS c ON c.id = o.customer_id
      LEFT JOIN {employees} AS e ON e.id = o.salesperson_id
     ORDER BY o.id DESC
"""
_WHERE = {
    "after": "AND o.id < %(after)s",
    "customer": "AND o.customer_id = %(customer)s",
    "number": "AND o.number LIKE %(number)s",
    "name": "AND c.name LIKE %(name)s",
}
_HEAD = """
    SELECT o.*, c.name AS customer, e.name AS salesperson FROM {orders} AS o
      JOIN {customers} AS c ON c.id = o.customer_id
      LEFT JOIN {employees} AS e ON e.id = o.salesperson_id
     WHERE o.company_id = %(company)s AND o.id = %(ident)s
"""
_LINES = """
    SELECT l.*, p.code, p.name AS product FROM {lines} AS l
      JOIN {products} AS p ON p.id = l.product_id
     WHERE l.company_id = %(company)s AND l.order_id = %(ident)s ORDER BY l.position
"""
_CONFIRM = """
    UPDATE {orders} SET state = 'confirmed', version = version + 1
     WHERE company_id = %(company)s AND id = %(ident)s AND state = 'draft'
"""
_MONTHS = """
    SELECT to_char(ordered_on, 'YYYY-MM'), region_id, salesperson_id, sum(untaxed), count(*)
      FROM {orders} WHERE company_id = %(company)s AND state = 'closed' GROUP BY 1, 2, 3
"""


class Orders:
    """Plain SQL, in a process of its own."""

    client: FlaskClient
    known: Known

    def open(self, *, url: str, known: Known) -> None:
        """Start the application."""
        self.client = served(url, known["company"]).test_client()
        self.known = known

    def list_by_api(self, *, page: int = 0) -> dict[str, Any]:
        """Get a page of the newest orders."""
        return listed(lambda: self.client.get(f"/orders?page={page}"))

    def list_on(self, *, page: int) -> dict[str, Any]:
        """Get the same page by going on after the one before it."""
        after = self.client.get(f"/orders?page={page - 1}").get_json()["result"][-1]["id"]
        return listed(lambda: self.client.get(f"/orders?after={after}"))

    def list_as_page(self) -> dict[str, Any]:
        """Get the first page."""
        return self.list_by_api()

    def of_customer(self, *, customer: int) -> dict[str, Any]:
        """Get the newest orders of one customer."""
        return listed(lambda: self.client.get(f"/orders?customer={customer}"))

    def number_contains(self, *, part: str) -> dict[str, Any]:
        """Get the newest orders whose number contains something."""
        return listed(lambda: self.client.get(f"/orders?number=%25{part}%25"))

    def name_contains(self, *, part: str) -> dict[str, Any]:
        """Get the newest orders in whose customer's name something occurs."""
        return listed(lambda: self.client.get(f"/orders?name=%25{part}%25"))

    def open_by_api(self) -> dict[str, Any]:
        """Get one order with twenty lines."""
        return done(lambda: self.client.get(f"/orders/{self.known['long']}"))

    open_as_page = open_by_api

    def make_order(self) -> dict[str, Any]:
        """Make an order with its lines."""
        return made(lambda: [self._made()])

    def confirm(self) -> dict[str, Any]:
        """Confirm an order."""
        ident = self._made().get_json()["id"]
        return done(lambda: self.client.post(f"/orders/{ident}/confirm"))

    def by_month(self) -> dict[str, Any]:
        """Sum sales by month, region and person over all orders."""
        return done(lambda: self.client.get("/months"))

    def memory(self, *, times: int) -> float:
        """Return how many MB the process holds after so many pages."""
        return memory_after(self.list_by_api, times=times)

    def _made(self) -> Any:
        lines = [{"product_id": one, "quantity": "2"} for one in self.known["products"]]
        order = {"customer_id": self.known["customer"], "lines": lines}
        return self.client.post("/orders", json=order)


def served(url: str, company: int, _secret: str = "") -> Flask:
    """Make the application."""
    engine = create_engine(url)
    return _with_orders(make_app(engine, company), engine, company)


def _rows(engine: Engine, company: int, statement: str, **given: Any) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        found = connection.exec_driver_sql(statement, {"company": company, **given})
        return [dict(row) for row in found.mappings()]


def _with_orders(app: Flask, engine: Engine, company: int) -> Flask:
    rows = partial(_rows, engine, company)

    @app.get("/orders")
    def orders_page() -> Response:
        asked = dict(request.args)
        place = {"size": PAGE_SIZE, "offset": int(asked.pop("page", 0)) * PAGE_SIZE}
        where = " ".join(_WHERE[name] for name in asked)
        join = "JOIN {customers} AS c ON c.id = o.customer_id" if "name" in asked else ""
        page = _PAGE.format(join=join.format(**_TABLES), where=where, **_TABLES)
        return jsonify({"result": rows(page, **place, **asked)})

    @app.get("/orders/<int:ident>")
    def order(ident: int) -> Response:
        (head,) = rows(_HEAD.format(**_TABLES), ident=ident)
        return jsonify({**head, "lines": rows(_LINES.format(**_TABLES), ident=ident)})

    @app.post("/orders/<int:ident>/confirm")
    def confirm(ident: int) -> Response:
        with engine.begin() as connection:
            asked = {"company": company, "ident": ident}
            done_to = connection.exec_driver_sql(_CONFIRM.format(**_TABLES), asked).rowcount
        return jsonify({"done": done_to})

    @app.get("/months")
    def months() -> Response:
        return jsonify(rows(_MONTHS.format(**_TABLES)))

    return app


if __name__ == "__main__":
    answer(Orders())
