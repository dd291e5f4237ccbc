"""Django with django-import-export: four resources, in bulk, without differences for people.

Its rows know nothing of documents: what customers, products and orders there are is picked out of
the file for it beforehand, which is not counted. It checks and works out nothing, keeps no history
and draws no numbers.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import django
import tablib
from django.conf import settings
from django.db import connection, models
from sqlalchemy import URL, make_url

from benchmarks.processes import answer
from benchmarks.statements import Figures, measured

Row = Mapping[str, str]


class DjangoShop:
    """Django, in a process of its own."""

    shop: Any
    """The module of its models: it can be loaded once Django is set up."""

    def make_tables(self, *, url: str) -> None:
        """Set Django up for this database, and make the shop's tables."""
        database = database_of(make_url(url))
        apps = ["django.contrib.contenttypes", "django.contrib.auth", "import_export"]
        settings.configure(DATABASES={"default": database}, INSTALLED_APPS=apps)
        django.setup()
        self.shop = import_module("benchmarks.peers.django_tables")
        with connection.schema_editor() as editor:
            for model in self.shop.MODELS:
                editor.create_model(model)

    def take(self, *, url: str, file: str) -> Figures:
        """Import the good rows of the file, resource by resource."""
        assert connection.settings_dict["NAME"] == make_url(url).database
        files = _files(_good_rows(Path(file)))

        def take_all() -> None:
            for resource in self.shop.RESOURCES:
                rows = files[resource.__name__]
                assert not resource().import_data(rows, raise_errors=True).has_errors()

        _nothing, figures = measured(take_all)
        worth = models.Sum(models.F("quantity") * models.F("price"))
        made = self.shop.Line.objects.aggregate(
            orders=models.Count("order", distinct=True), worth=worth
        )
        lines = len(files["Lines"])
        return {**figures, "lines": lines, "orders": made["orders"], "amount": float(made["worth"])}


def database_of(where: URL) -> dict[str, Any]:
    """Return how Django is told of a database."""
    if where.get_backend_name() == "sqlite":
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": where.database}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": where.database,
        "USER": where.username or "",
        "PASSWORD": where.password or "",
        "HOST": where.query.get("host") or where.host or "",
        "PORT": where.port or "",
    }


def _good_rows(file: Path) -> list[Row]:
    """Return the rows of invoices that can be orders: a customer, and goods that are sold."""
    with file.open(encoding="utf-8", newline="") as lines:
        every = list(csv.DictReader(lines))
    bad = {
        row["InvoiceNo"]
        for row in every
        if not row["CustomerID"] or int(row["Quantity"]) <= 0 or " " in row["StockCode"]
    }
    return [row for row in every if row["InvoiceNo"] not in bad]


def _files(rows: Sequence[Row]) -> dict[str, tablib.Dataset]:
    """Return what each resource is given."""
    customers = {row["CustomerID"]: f"Customer {row['CustomerID']}" for row in rows}
    products = {row["StockCode"]: (row["Description"], row["UnitPrice"]) for row in rows}
    orders = {row["InvoiceNo"]: (row["CustomerID"], row["InvoiceDate"][:10]) for row in rows}
    lines = (
        [row[name] for name in ("InvoiceNo", "StockCode", "Quantity", "UnitPrice")] for row in rows
    )
    return {
        "Customers": _table(["code", "name"], customers.items()),
        "Products": _table(
            ["code", "name", "price"], ((one, *rest) for one, rest in products.items())
        ),
        "Orders": _table(
            ["number", "customer", "ordered_on"], ((one, *rest) for one, rest in orders.items())
        ),
        "Lines": _table(["order", "product", "quantity", "price"], lines),
    }


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> tablib.Dataset:
    table = tablib.Dataset(headers=header)
    for row in rows:
        table.append(row)
    return table


if __name__ == "__main__":
    answer(DjangoShop())
