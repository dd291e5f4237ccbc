"""Who opens again what was only sent is led to where the form is."""

from __future__ import annotations

import pytest
from flask import Flask

from bumen.host import Host
from bumen.testing.makers import make_administrator, make_company
from bumen.testing.people import signed_in
from tests.core.web.conftest import World, whatever_the_database
from tests.core.web.routes import routes_of, telling

OWN = {
    "/keys/add": "/keys/",
    "/keys/end/3": "/keys/",
    "/secondfactor/begin": "/secondfactor/",
    "/users/delete/1": "/users/show/1",
    "/company/roles/7/delete": "/company/roles/7",
    "/company/absences/3/delete": "/company/absences/",
    "/flows/working-time/days/3/drop": "/flows/working-time/",
    "/logout/": "/",
    "/base/customers/5/actions/archive": "/base/customers/show/5",
    "/sales/orders/5/approvals/refuse": "/sales/orders/show/5",
    "/base/customers/5/files/9/drop": "/base/customers/show/5",
    "/base/customers/delete/5": "/base/customers/show/5",
    "/base/customers/views/5/drop": "/base/customers/list/",
    "/base/customers/bulk": "/base/customers/list/",
}


@pytest.mark.parametrize("address", OWN)
def test_an_address_that_is_only_sent_to_leads_to_its_form(world: World, address: str) -> None:
    browser = world.browser("anna")

    answers = [browser.open(address, method=method) for method in ("GET", "HEAD")]

    assert [(one.status_code, one.location) for one in answers] == [(303, OWN[address])] * 2


@whatever_the_database
def test_no_page_of_a_department_leads_in_circles(world: World, host: Host) -> None:
    sent_only = [one for one in routes_of(world.app, host) if one.method == "POST"]
    browser, before = world.browser("anna"), world.rows()

    met = {}
    for route in telling(sent_only):
        if not (url := route.url()).startswith("/api/"):
            met[url] = browser.get(url, follow_redirects=True).status_code

    assert len(met) > 30
    assert {url: status for url, status in met.items() if status not in {200, 403, 404}} == {}
    assert world.rows() == before


def test_programs_are_told_that_nothing_is_to_be_read_here(world: World) -> None:
    answer = world.call("GET", "/api/v1/base/customers/1/actions/archive")

    assert answer.status_code == 405
    assert answer.get_json()["error"]["code"] == "method_not_allowed"


def test_a_department_that_is_off_still_does_not_exist(host: Host, app: Flask) -> None:
    make_company(host, code="TW01")
    make_administrator(host, "anna", company="TW01")

    answer = signed_in(app, host, "anna").get(
        "/base/customers/5/actions/archive", follow_redirects=True
    )

    assert answer.status_code == 404
