"""Numbers nobody has, and people without a company: refused on every page, a fault on none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import IntegerConverter, Rule

from bumen.host import Host
from bumen.records import create_record
from bumen.registry import Candidate
from bumen.testing.makers import make_administrator, make_company
from bumen.testing.people import signed_in
from bumen.testing.samples import Samples
from bumen.testing.workbench import Workbench
from petitions.resources import Petitions
from tests.core.web.beginnings import make_deployer
from tests.core.web.conftest import World
from tests.core.web.kitchens import Kitchen
from tests.core.web.routes import routes_of

HUGE = (2**31, 2**63)
"""What no column of a number holds, on one database and on the other."""
DIGITS = "9" * 5000
ASKED = {
    "_copy": DIGITS,
    "after": f"{DIGITS}-notice-1",
    "before": DIGITS,
    "list": DIGITS,
    "page": DIGITS,
    "person": "cook",
    "q": DIGITS,
    "record": DIGITS,
    "since": DIGITS,
    "size": DIGITS,
    "sort": DIGITS,
    "tab": DIGITS,
    "version": DIGITS,
    "view": DIGITS,
}
"""What addresses of pages are asked with; each of it alone."""
SENT = {
    "agrees": "yes",
    "day": "2026-01-01",
    "hours": "09:00-12:00",
    "life": "30",
    "mentioned": "none",
    "name": "x",
    "reach": "read",
    "weekdays": "1",
    "year": "2026",
}
"""What fills the forms whose refusals would otherwise hide what comes after them."""


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """Records of every kind, and documents that are decided about."""
    return (Candidate("kitchen", "kitchen"), Candidate("petitions", "petitions"))


@pytest.fixture
def world(host: Host, workbench: Workbench) -> World:
    """A company of the `cook`, and `boss`, who administers the deployment and works nowhere."""
    app = workbench.app(host)
    company = make_company(host, code="TW01", plugins=host.registry.plugins)
    make_administrator(host, "cook", company="TW01")
    made = World(host, app, Samples(host.registry), company, company)
    made.ids_here["kitchen.dishes"] = Kitchen(host, app, company).dish()
    with host.unit_of_work(company="TW01", by="cook") as unit:
        petition = create_record(Petitions, {"amount": "1"}, by=unit.user)
        made.ids_here["petitions.petitions"] = petition.id
    make_deployer(made, "boss", company=None)
    return made


def addresses(world: World, rule: Rule) -> Iterator[str]:
    """Yield the address of a rule with a huge number at each place in turn; the others exist."""
    numbers = [name for name, one in rule._converters.items() if isinstance(one, IntegerConverter)]
    kept = values_of(world, rule)
    for name in numbers:
        for huge in HUGE:
            yield filled(rule, {**kept, name: huge})


def values_of(world: World, rule: Rule) -> dict[str, Any]:
    """Return something for every argument of a rule: what exists, where we know it."""
    known = {"company_code": "TW01", "ident": world.ids_here.get(key_of(rule), 1)}
    numbers = {n for n, one in rule._converters.items() if isinstance(one, IntegerConverter)}
    return {
        name: known.get(name, 1 if name in numbers | {"pk"} else "x") for name in rule.arguments
    }


def key_of(rule: Rule) -> str:
    """Return the key of the resource whose record a rule names, if any."""
    parts = [part for part in str(rule).split("/") if part not in ("", "api", "v1")]
    return ".".join(parts[:2])


def filled(rule: Rule, values: dict[str, Any]) -> str:
    """Return the address of a rule with these values, whether it would lead anywhere or not."""
    return "".join(
        str(values[part]) if is_argument else part for is_argument, part in rule._trace
    ).removeprefix("|")


def methods_of(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def rules_of(app: Flask) -> list[Rule]:
    """Return what our pages and the API answer to; signing out would end the test."""
    return [one for one in app.url_map.iter_rules() if "logout" not in one.endpoint]


def faults(browser: FlaskClient, method: str, url: str) -> list[str]:
    data = {} if method == "GET" else {"data": SENT}
    status = browser.open(url, method=method, **data).status_code
    return [f"{status} {method} {url[:120]}"] if status >= 500 else []


@pytest.mark.slow
@pytest.mark.every_database
def test_a_number_nobody_has_is_a_fault_nowhere(world: World) -> None:
    browser, tried = world.browser("cook"), 0
    found: list[str] = []
    for rule in rules_of(world.app):
        for url in addresses(world, rule):
            tried += 1
            for method in methods_of(rule):
                found += faults(browser, method, url)

    assert found == []
    assert tried > 300


def test_who_works_nowhere_meets_no_fault(world: World) -> None:
    found: list[str] = []
    for rule in rules_of(world.app):
        url = filled(rule, values_of(world, rule))
        for method in methods_of(rule):
            found += faults(signed_in(world.app, world.host, "boss"), method, url)

    assert found == []


@pytest.mark.slow
def test_no_argument_of_a_list_is_too_long_for_us(world: World) -> None:
    browser = world.browser("cook")
    theirs = {str(one.rule) for one in routes_of(world.app, world.host)}
    pages = [
        str(rule)
        for rule in rules_of(world.app)
        if "GET" in methods_of(rule) and not rule.arguments
    ]
    own = [url for url in pages if url not in theirs or "/dishes/" in url]
    found = [
        fault
        for url in own
        for name, value in ASKED.items()
        for fault in faults(browser, "GET", f"{url}?{name}={value}")
    ]

    assert found == []
    assert len(own) > 30
