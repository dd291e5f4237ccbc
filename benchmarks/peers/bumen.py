"""Bumen, as it is served."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr

from benchmarks.peers.visiting import (
    PAGE_SIZE,
    first_page,
    made,
    never_wait_for_the_disk,
    seen,
    with_token,
)
from benchmarks.processes import answer
from benchmarks.records import COMPANY, OURS, Known, fill
from benchmarks.statements import Figures, measured
from bumen.app import create_app
from bumen.host import Host
from bumen.settings import Settings
from bumen.testing.people import signed_in
from bumen.upgrading import upgrade

_SECRET = SecretStr(token_hex(32))


class Bumen:
    """Our application, in a process of its own."""

    program: FlaskClient
    browser: FlaskClient
    known: Known
    tokens: dict[int, str]
    """Where pages begin, by their number."""

    def start(self, *, url: str, empty: bool, hurried: bool = False) -> dict[str, Figures]:
        """Start on a database, after an upgrade when it is empty, and show the first page."""
        if hurried:
            never_wait_for_the_disk()
        phases = {}
        host, phases["departments"] = measured(lambda: _host(url))
        if empty:
            _done, phases["upgrade"] = measured(lambda: upgrade(host))
        app, phases["application"] = measured(lambda: create_app(host))
        _shown, phases["first page"] = measured(lambda: first_page(app))
        return phases

    def prepare(self, *, url: str, rows: int) -> Known:
        """Bring an empty database up, and fill it with what all peers are asked about."""
        host = _host(url)
        upgrade(host)
        known = fill(host, rows=rows)
        host.database.engine.dispose()
        return known

    def open(self, *, url: str, known: Known) -> None:
        """Start the application, and let somebody sign in."""
        host = _host(url)
        app: Flask = create_app(host)
        self.known = known
        self.tokens = {}
        self.program = with_token(app, OURS)
        self.browser = signed_in(app, host, OURS, company=COMPANY)

    def list_by_api(self, *, page: int) -> dict[str, Any]:
        """Get a page of customers through the API."""
        query = _query(f"page:{page}")
        return seen(lambda: self.program.get(f"/api/v1/base/customers/?q={query}"))

    def list_on(self, *, page: int) -> dict[str, Any]:
        """Get the same page by going on after the one before it."""
        if page not in self.tokens:
            before = self.program.get(f"/api/v1/base/customers/?q={_query(f'page:{page - 1}')}")
            self.tokens[page] = before.get_json()["next"]
        query = _query(f"after:'{self.tokens[page]}'")
        return seen(lambda: self.program.get(f"/api/v1/base/customers/?q={query}"))

    def list_as_page(self, *, page: int) -> dict[str, Any]:
        """Get the first page of customers as people see it."""
        assert page == 0, "People go from page to page."
        arguments = f"sort=code&size={PAGE_SIZE}"
        return seen(lambda: self.browser.get(f"/base/customers/list/?{arguments}"))

    def make_order(self) -> dict[str, Any]:
        """Make an order with its lines."""
        lines = [{"product_id": one, "quantity": "2"} for one in self.known["products"]]
        order = {"customer_id": self.known["customer"], "lines": lines}
        return made(lambda: [self.program.post("/api/v1/sales/orders/", json=order)])


_COLUMNS = "(code,name,customer_class,value_grade,region,salesperson,state,completeness)"
"""What the list shows as a page, asked for through the API too."""


def _query(place: str) -> str:
    return f"(columns:!{_COLUMNS},order_column:code,page_size:{PAGE_SIZE},{place})"


def _host(url: str) -> Host:
    return Host.start(Settings(database_url=url, secret_key=_SECRET))


if __name__ == "__main__":
    answer(Bumen())
