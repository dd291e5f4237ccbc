"""Flask-AppBuilder as it comes: one of its model views and one of its APIs for every resource.

Everything is at its default, but for one correction: with marshmallow 4 an API that names a
foreign-key column dies at start, so the converter of schemas is told of foreign keys. Views are
called after tables: two plugins may have resources of one name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from secrets import token_hex
from typing import Any

from flask import Flask, current_app
from flask.testing import FlaskClient
from flask_appbuilder import AppBuilder, ModelRestApi, ModelView
from flask_appbuilder.api.convert import Model2SchemaConverter
from flask_appbuilder.models.sqla.base import SQLA
from flask_appbuilder.models.sqla.interface import SQLAInterface
from marshmallow_sqlalchemy import SQLAlchemyAutoSchema
from werkzeug.test import TestResponse

from benchmarks.peers.visiting import (
    LINES,
    PAGE_SIZE,
    first_page,
    made,
    never_wait_for_the_disk,
    seen,
    with_session,
    with_token,
)
from benchmarks.processes import answer
from benchmarks.records import STOCK, Known, stock_line, stock_order
from benchmarks.statements import Figures, measured
from bumen.migrations import host_tables  # noqa: F401  # create_all makes these too, as we do
from bumen.model.describe import fields_of
from bumen.registry import Registry
from bumen.resource import Resource


class Converter(Model2SchemaConverter):  # type: ignore[misc]  # it ships no types
    """Flask-AppBuilder's converter, told of foreign keys: marshmallow 4 asks for it."""

    def _meta_schema_factory(
        self, columns: list[str], model: Any, class_mixin: Any, parent_schema_name: Any = None
    ) -> Any:
        meta = {
            "model": model,
            "load_instance": True,
            "include_fk": True,
            "sqla_session": current_app.extensions["appbuilder"].session,
            "parent_schema_name": parent_schema_name,
            **({"fields": columns} if columns else {}),
        }
        inside = {"Meta": type("Meta", (), meta)}
        return type("MetaSchema", (SQLAlchemyAutoSchema, class_mixin), inside)


class Stock:
    """Stock Flask-AppBuilder with our models, in a process of its own."""

    program: FlaskClient
    browser: FlaskClient
    known: Known

    def __init__(self) -> None:
        self.numbers = count(1)

    def start(self, *, url: str, empty: bool, hurried: bool = False) -> dict[str, Figures]:
        """Start on a database, which it fills by itself when it is empty; show the first page."""
        if hurried:
            never_wait_for_the_disk()
        phases = {}
        resources, phases["departments"] = measured(_resources)
        app, phases["application"] = measured(lambda: make_app(url, resources))
        _shown, phases["first page"] = measured(lambda: first_page(app))
        return phases

    def open(self, *, url: str, known: Known) -> None:
        """Start the application, and let somebody sign in."""
        app = made_app(url)
        self.known = known
        self.program = with_token(app, STOCK)
        self.browser = with_session(app, known["stock_user"])

    def list_by_api(self, *, page: int) -> dict[str, Any]:
        """Get a page of customers through the API."""
        order = "order_column:code,order_direction:asc"
        query = f"({order},page:{page},page_size:{PAGE_SIZE})"
        return seen(lambda: self.program.get(f"/api/v1/base_customer/?q={query}"))

    list_on = list_by_api  # it knows pages by their number only

    def list_as_page(self, *, page: int) -> dict[str, Any]:
        """Get a page of customers as people see it."""
        view = "base_customer_view"
        order = f"_oc_{view}=code&_od_{view}=asc"
        arguments = f"{order}&page_{view}={page}"
        return seen(lambda: self.browser.get(f"/{view}/list/?{arguments}"))

    def make_order(self) -> dict[str, Any]:
        """Make an order, and then its lines one by one: its API knows no lines in a document."""
        return made(lambda: list(self._order_and_lines()))

    def _order_and_lines(self) -> Iterator[TestResponse]:
        order = stock_order(self.known, f"ST-{next(self.numbers)}")
        response = self.program.post("/api/v1/sales_order/", json=order)
        yield response
        assert response.status_code == 201, response.text
        for position in range(LINES):
            line = stock_line(self.known, response.get_json()["id"], position)
            yield self.program.post("/api/v1/sales_order_line/", json=line)


def made_app(url: str, *, secret: str = "") -> Flask:
    """Make the application with everything that is installed, lines of documents too."""
    resources = _resources()
    shown = {resource.model for resource in resources}
    lines = {one.model for resource in resources for one in resource.lines}
    return make_app(url, resources, lines - shown, secret=secret)


def make_app(
    url: str,
    resources: list[type[Resource]],
    lines: Iterable[type[Any]] = (),
    *,
    secret: str = "",
) -> Flask:
    """Make the application; lines that are to be written get APIs of their own."""
    app = Flask("stock")
    app.config.update(SECRET_KEY=secret or token_hex(32), SQLALCHEMY_DATABASE_URI=url)
    database = SQLA()
    database.init_app(app)
    with app.app_context():
        appbuilder = AppBuilder(app, database.session)
        for resource in resources:
            appbuilder.add_view(_view(resource), resource.key(), category=resource.plugin())
            appbuilder.add_api(_api(resource.model, [*_columns(resource)]))
        for one in lines:
            appbuilder.add_api(_api(one, ["id"]))
    return app


def _resources() -> list[type[Resource]]:
    return list(Registry.load().resources.values())


def _view(resource: type[Resource]) -> type[ModelView]:
    inside = {
        "datamodel": SQLAInterface(resource.model),
        "list_columns": [*_columns(resource)],
        "order_columns": [*resource.columns, "id"],
        "search_columns": [*_searchable(resource)],
        "page_size": PAGE_SIZE,
    }
    return type(f"{resource.model.__tablename__}_view", (ModelView,), inside)


def _api(model: type[Any], columns: list[str]) -> type[ModelRestApi]:
    inside = {
        "datamodel": SQLAInterface(model),
        "resource_name": model.__tablename__,
        "model2schemaconverter": Converter,
        "list_columns": columns,
        "order_columns": [*(name for name in columns if "." not in name), "id"],
        "add_columns": [name for name in fields_of(model) if name not in _BY_ITSELF],
    }
    return type(f"{model.__tablename__}_api", (ModelRestApi,), inside)


_BY_ITSELF = ("id", "version")
"""What SQLAlchemy writes, whoever asks."""


def _columns(resource: type[Resource]) -> Iterator[str]:
    """Yield what the list shows; of a reference its name, joined as Flask-AppBuilder advises."""
    known = fields_of(resource.model)
    for name in resource.columns:
        target: Any = known[name].target
        yield f"{name}.{target.named_by[-1]}" if target else name


def _searchable(resource: type[Resource]) -> Iterator[str]:
    """Yield what the list may be filtered by; its form dies of choices that are kept by value."""
    known = fields_of(resource.model)
    return (name for name in resource.filtered() if known[name].choices is None)


if __name__ == "__main__":
    answer(Stock())
