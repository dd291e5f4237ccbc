"""What the tests of traps begin with: two kitchens, people with rights of all kinds, records."""

from __future__ import annotations

from typing import Any

from werkzeug.security import generate_password_hash

from bumen.host import Host
from bumen.model.accounts import Role, User
from bumen.testing.makers import PASSWORD, make_administrator, make_company, make_user
from bumen.testing.samples import Samples
from bumen.testing.workbench import Workbench
from tests.core.web.conftest import World
from tests.core.web.kitchens import PLAIN, PLUGINS

__all__ = ["PLAIN", "PLUGINS", "two_kitchens"]

DISHES, SUPPLIERS = "/api/v1/kitchen/dishes/", "/api/v1/kitchen/suppliers/"


def two_kitchens(host: Host, workbench: Workbench) -> World:
    """Open TW01, where anna may do everything, and CN01, where ben may; both are empty."""
    app = workbench.app(host)
    here = make_company(host, code="TW01", plugins=["kitchen"])
    there = make_company(
        host, code="CN01", plugins=["kitchen"], country="CN", currency="CNY", locale="zh_Hans"
    )
    make_administrator(host, "anna", company="TW01")
    make_administrator(host, "ben", company="CN01")
    return World(host, app, Samples(host.registry), here, there)


def made(world: World, url: str, *, by: str = "anna", **values: Any) -> int:
    """Make a record through the API and return its id."""
    answer = world.call("POST", url, by=by, json=values)
    assert answer.status_code == 201, answer.text
    ident: int = answer.json["id"]
    return ident


def make_deployer(world: World, name: str = "boss", *, company: str | None = "TW01") -> int:
    """Make an administrator of the deployment, with a place in a company or in none."""
    ident = make_user(world.host, name, company=company).id
    with world.host.unit_of_work() as unit:
        admin = unit.session.query(Role).filter_by(name="Admin").one()
        person = unit.session.get_one(User, ident)
        person.roles.append(admin)
    return ident


def check_quickly(world: World, *names: str) -> None:
    """Keep the passwords of some people by a quick function: checking them is slow on purpose."""
    kept = generate_password_hash(PASSWORD, method="pbkdf2:sha256:1")
    with world.host.unit_of_work() as unit:
        for person in unit.session.query(User).filter(User.username.in_(names)):
            person.password = kept
