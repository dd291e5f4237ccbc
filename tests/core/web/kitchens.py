"""A kitchen at work: the example plugin with a field of every kind, a cook, and a guest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bumen.documents.discussion import comment_on
from bumen.host import Host
from bumen.model.accounts import Permission, PermissionView, Role, User, ViewMenu
from bumen.records import create_record
from bumen.registry import Candidate
from bumen.testing.makers import make_administrator, make_company, make_user
from bumen.testing.people import signed_in
from bumen.unit_of_work import CurrentCompany
from kitchen.models import Dish, Supplier

PLUGINS = (Candidate("kitchen", "kitchen"),)
PLAIN = {"code": "SOUP", "name": "Soup", "course": "starter", "price": "3.50"}


def open_kitchen(host: Host) -> CurrentCompany:
    """Make a company with a cook and a guest."""
    company = make_company(host, code="TW01", plugins=["kitchen"])
    make_administrator(host, "cook", company="TW01")
    make_user(host, "guest", company="TW01")
    return company


@dataclass
class Kitchen:
    """A company with a cook who may do everything, and a guest who may do nothing."""

    host: Host
    app: Flask
    company: CurrentCompany

    @classmethod
    def opened(cls, host: Host, app: Flask) -> Kitchen:
        """Open the kitchen."""
        return cls(host, app, open_kitchen(host))

    def person(self, name: str, *verbs: str) -> None:
        """Let somebody in who may do this with dishes, and nothing else."""
        with self.host.database.wide_session() as wide, wide.begin():
            named = Permission.name.in_([f"can_{verb}" for verb in verbs])
            grants = (
                select(PermissionView)
                .join(Permission, Permission.id == PermissionView.permission_id)
                .join(ViewMenu, ViewMenu.id == PermissionView.view_menu_id)
                .where(named, ViewMenu.name == "kitchen.Dishes")
            )
            permissions = list(wide.scalars(grants))
            wide.add(Role(name=f"kitchen.{name}", permissions=permissions))
        make_user(self.host, name, company="TW01", roles=[f"kitchen.{name}"])

    def browser(self, name: str = "cook", *, language: str = "en") -> FlaskClient:
        """Return somebody's browser, in a language; it sends no token but those in forms."""
        browser = self.scripted(name, language=language)
        browser.environ_base.pop("HTTP_X_CSRFTOKEN", None)
        return browser

    def scripted(self, name: str = "cook", *, language: str = "en") -> FlaskClient:
        """Return somebody's browser that sends its token with everything, as our scripts do."""
        return signed_in(self.app, self.host, name, language=language)

    def account(self, name: str) -> int:
        """Return the id of somebody's account."""
        with self.host.unit_of_work() as unit:
            return unit.session.scalars(select(User.id).where(User.username == name)).one()

    def dish(self, **values: Any) -> int:
        """Write a dish down and return its id."""
        return self._made("kitchen.dishes", {**PLAIN, **values})

    def supplier(self, name: str = "Farm", **values: Any) -> int:
        """Write a supplier down and return its id."""
        return self._made("kitchen.suppliers", {"name": name, **values})

    @contextmanager
    def talking(self, ident: int, name: str = "cook") -> Iterator[Callable[[str], Any]]:
        """Let somebody say things about a dish, as what the `with` gives is called."""
        resource = self.host.registry.resources["kitchen.dishes"]
        with self.host.unit_of_work(company="TW01", by=name) as unit:
            dish = unit.session.scalars(select(Dish).where(Dish.id == ident)).one()
            about = {"by": unit.user, "at": datetime.now(UTC)}
            yield lambda text: comment_on(resource, dish, text=text, **about)

    def kept(self, ident: int) -> Dish:
        """Return a dish as it is kept."""
        with self.host.unit_of_work(company="TW01", by="cook") as unit:
            dish = unit.session.scalars(select(Dish).where(Dish.id == ident)).one()
            list(dish.ingredients)
            return dish

    def dishes(self) -> list[str]:
        """Return the codes of all dishes."""
        with self.host.unit_of_work(company="TW01", by="cook") as unit:
            return list(unit.session.scalars(select(Dish.code).order_by(Dish.code)))

    def suppliers(self) -> list[str]:
        """Return the names of all suppliers."""
        with self.host.unit_of_work(company="TW01", by="cook") as unit:
            return list(unit.session.scalars(select(Supplier.name).order_by(Supplier.name)))

    def _made(self, key: str, values: dict[str, Any]) -> int:
        resource = self.host.registry.resources[key]
        with self.host.unit_of_work(company="TW01", by="cook") as unit:
            ident: int = create_record(resource, values, by=unit.user).id
            return ident
