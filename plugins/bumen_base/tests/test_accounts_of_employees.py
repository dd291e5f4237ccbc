"""An employee's account is looked up among the people of the company, and named by who it is."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from bumen import CurrentCompany, create_record
from bumen.host import Host
from bumen.testing.makers import make_company, make_user
from bumen_base.models import Employee
from bumen_base.resources import Employees

API = "/api/v1/base/employees"
PAGE = "/base/employees"

Login = Callable[[str], FlaskClient]


@pytest.fixture
def admin(host: Host, company: CurrentCompany, login: Login) -> FlaskClient:
    """The administrator's browser; mei works here, wei in another company."""
    make_company(host, code="CN01", country="CN", currency="CNY")
    make_user(host, "mei", company="TW01")
    make_user(host, "wei", company="CN01")
    return login("admin")


def _id(host: Host, name: str) -> int:
    with host.unit_of_work(by=name) as unit:
        return int(unit.user.id)


def _employee(host: Host, **values: Any) -> int:
    with host.unit_of_work(company="TW01") as unit:
        ident: int = create_record(Employees, {"name": "林美", **values}, by=unit.user).id
        return ident


def test_a_lookup_offers_the_people_of_the_company(admin: FlaskClient) -> None:
    assert [one["label"] for one in admin.get("/lookup/colleagues?q=ei").json] == ["mei"]
    assert [one["is"] for one in admin.get("/lookup/colleagues?is=MEI&is=wei").json] == ["MEI"]


def test_nobody_unknown_looks_people_up(admin: FlaskClient) -> None:
    stranger = admin.application.test_client()

    assert stranger.get("/lookup/colleagues?q=m").status_code in (302, 401)


def test_an_account_is_read_and_written_as_any_reference(host: Host, admin: FlaskClient) -> None:
    ident, mei = _employee(host), _id(host, "mei")

    told = admin.put(f"{API}/{ident}", json={"version": 1, "user_id": mei}).json["result"]

    assert (told["user_id"], told["user"]) == (mei, {"id": mei, "label": "mei"})


def test_an_account_of_another_company_does_not_exist(host: Host, admin: FlaskClient) -> None:
    ident = _employee(host)

    answer = admin.put(f"{API}/{ident}", json={"version": 1, "user_id": _id(host, "wei")})

    assert answer.status_code == 422
    assert list(answer.json["error"]["fields"]) == ["user_id"]


def test_pages_name_the_account(host: Host, admin: FlaskClient) -> None:
    mei = _id(host, "mei")
    ident = _employee(host, user_id=mei)

    assert "mei" in admin.get(f"{PAGE}/show/{ident}").text
    assert "/lookup/colleagues" in admin.get(f"{PAGE}/edit/{ident}").text
    assert "mei" in admin.get(f"{PAGE}/list/?columns=name,user").text
    assert "mei" in admin.get(f"{PAGE}/list/?group=user").text
    assert "林美" in admin.get(f"{PAGE}/list/?filter.user={mei}").text
    assert "mei" in admin.get(f"{PAGE}/export?columns=name,user").data.decode("utf-8-sig")


def test_an_employee_who_left_the_company_keeps_the_account(host: Host, admin: FlaskClient) -> None:
    ident = _employee(host, user_id=_id(host, "mei"))
    admin.post(f"/company/people/{_id(host, 'mei')}/go")

    told = admin.put(f"{API}/{ident}", json={"version": 1, "name": "林小美"})

    assert told.status_code == 200
    mei = _id(host, "mei")
    with host.unit_of_work(company="TW01") as unit:
        assert unit.session.scalar(select(Employee.user_id)) == mei


def test_the_people_of_the_company_show_where_they_stand(host: Host, admin: FlaskClient) -> None:
    ident = _employee(host, user_id=_id(host, "mei"))

    page = admin.get("/company/people/").text

    assert "林美" in page
    assert f"{PAGE}/show/{ident}" in page
