"""Bumen, as it is served."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr
from sqlalchemy import func, select

from benchmarks.peers.visiting import (
    PAGE_SIZE,
    first_page,
    made,
    never_wait_for_the_disk,
    seen,
    with_token,
)
from benchmarks.processes import ROOT, answer
from benchmarks.records import COMPANY, OURS, Known, fill
from benchmarks.statements import Figures, measured, together
from bumen.app import create_app
from bumen.exchange import import_file, read_mapping
from bumen.host import Host
from bumen.importing.keeping import content_in
from bumen.importing.steps import begin_import, check, take
from bumen.imports.finding import import_called
from bumen.security.acting import act_as, place_of
from bumen.settings import Settings
from bumen.testing.makers import make_administrator, make_company
from bumen.testing.people import signed_in
from bumen.unit_of_work import company_now, session
from bumen.upgrading import upgrade
from bumen.worker import work_off
from bumen_sales.models import Order, OrderLine

MAPPINGS = ROOT / "tests" / "scenarios" / "online_retail"
SHOP = ("customers", "products", "orders")
"""What the shop's file is imported as, in this order."""
LINES = 42_481
"""So many rows the shop's file has; all of them are looked at."""
_SECRET = SecretStr(token_hex(32))


class Bumen:
    """Our application, in a process of its own."""

    program: FlaskClient
    browser: FlaskClient
    known: Known
    host: Host
    tokens: dict[int, str]
    """Where pages begin, by their number."""

    def start(self, *, url: str, empty: bool, hurried: bool = False) -> dict[str, Figures]:
        """Start on a database, after an upgrade when it is empty, and show the first page."""
        if hurried:
            never_wait_for_the_disk()
        phases = {}
        host, phases["departments"] = measured(lambda: host_on(url))
        if empty:
            _done, phases["upgrade"] = measured(lambda: upgrade(host))
        app, phases["application"] = measured(lambda: create_app(host))
        _shown, phases["first page"] = measured(lambda: first_page(app))
        return phases

    def prepare(self, *, url: str, rows: int) -> Known:
        """Bring an empty database up, and fill it with what all peers are asked about."""
        host = host_on(url)
        upgrade(host)
        known = fill(host, rows=rows)
        host.database.engine.dispose()
        return known

    def make_tables(self, *, url: str) -> None:
        """Bring an empty database up, with a company where everything is on."""
        self.host = host_on(url)
        upgrade(self.host)
        make_company(self.host, code=COMPANY, plugins=self.host.registry.plugins)
        make_administrator(self.host, OURS, company=COMPANY)

    def take(self, *, url: str, file: str) -> Figures:
        """Import a month of invoice lines as customers, products and orders."""
        assert str(self.host.database.engine.url.database) in url

        def take_all() -> int:
            return [self._taken(name, Path(file)) for name in SHOP][-1]

        _orders, figures = measured(take_all)
        return {**figures, **self._made()}

    def take_by_people(self, *, url: str, file: str) -> Figures:
        """Import the same as people do: checked first, then in the background, to be undone."""
        assert str(self.host.database.engine.url.database) in url
        parts = [self._taken_by_people(name, Path(file)) for name in SHOP]
        return {**together(parts), **self._made()}

    def _taken_by_people(self, name: str, file: Path) -> Figures:
        mapping = content_in((MAPPINGS / f"{name}.toml").read_bytes(), name=name)
        with self._working(), file.open("rb") as content:
            kept = begin_import(
                mapping["resource"], name=file.name, content=content, mapping=mapping
            )
            check(kept)
        work_off(self.host)
        with self._working():
            take(session().scalars(import_called(kept.id)).one(), only_good=True)
        _begun, figures = measured(lambda: work_off(self.host))
        return figures

    @contextmanager
    def _working(self) -> Iterator[None]:
        with self.host.unit_of_work(company=COMPANY, by=OURS) as unit:
            place = place_of(unit.session, user_id=unit.user.id, company_id=company_now().id)
            assert place is not None
            act_as(unit, place)
            yield

    def _made(self) -> Figures:
        """Return how many orders there are, and what they come to."""
        with self.host.unit_of_work(company=COMPANY, by=OURS):
            orders = session().scalar(select(func.count(Order.id))) or 0
            amount = session().scalar(select(func.sum(OrderLine.untaxed))) or 0
        return {"lines": float(LINES), "orders": float(orders), "amount": float(amount)}

    def _taken(self, name: str, file: Path) -> int:
        mapping = read_mapping(MAPPINGS / f"{name}.toml")
        with self.host.unit_of_work(company=COMPANY, by=OURS, way="import") as unit:
            report = import_file(
                mapping.resource,
                file,
                registry=self.host.registry,
                mapping=mapping,
                by=unit.user,
                only_good=True,
            )
        return report.created

    def open(self, *, url: str, known: Known) -> None:
        """Start the application, and let somebody sign in."""
        host = host_on(url)
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


def host_on(url: str) -> Host:
    """Start a host on a database."""
    return Host.start(Settings(database_url=url, secret_key=_SECRET))


if __name__ == "__main__":
    answer(Bumen())
