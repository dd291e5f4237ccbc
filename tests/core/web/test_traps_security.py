"""Each trap of Flask-AppBuilder's security that ours closes, by name: who gets in, and as whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

import jwt
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr
from werkzeug.test import TestResponse

from bumen.host import Host
from bumen.model.accounts import PermissionView, Role
from bumen.registry import Candidate
from bumen.settings import Settings
from bumen.testing.makers import PASSWORD, make_user
from bumen.testing.people import signed_in
from bumen.testing.workbench import Workbench
from bumen.web.config import configured
from tests.core.web.beginnings import (
    DISHES,
    PLUGINS,
    SUPPLIERS,
    check_quickly,
    made,
    make_deployer,
    two_kitchens,
)
from tests.core.web.browsing import form_in
from tests.core.web.conftest import World
from tests.core.web.test_bad_input import assert_error

LOGIN, LOGIN_PAGE = "/api/v1/security/login", "/login/"
FARM = {"name": "Farm"}
NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return PLUGINS


@pytest.fixture
def kitchens(host: Host, workbench: Workbench) -> World:
    world = two_kitchens(host, workbench)
    check_quickly(world, "anna", "ben")
    return world


def sign_in(world: World, name: str, password: str, **options: Any) -> TestResponse:
    sent = {"username": name, "password": password, "provider": "db"}
    return world.call("POST", LOGIN, by=None, json=sent, **options)


def type_in(world: World, name: str, password: str, *, url: str = LOGIN_PAGE) -> TestResponse:
    browser = world.browser(None)
    form = form_in(browser.get(url), has="password")
    form.fields["username"], form.fields["password"] = name, password
    return browser.post(url, data=form.fields)


def without_token(world: World, name: str) -> FlaskClient:
    browser = world.browser(name)
    del browser.environ_base["HTTP_X_CSRFTOKEN"]
    return browser


def test_a_session_that_calls_the_api_proves_that_the_page_was_ours(kitchens: World) -> None:
    browser, token = without_token(kitchens, "anna"), kitchens.token("anna")
    strangers = kitchens.browser("ben").environ_base["HTTP_X_CSRFTOKEN"]
    farm = f"{SUPPLIERS}{made(kitchens, SUPPLIERS, **FARM)}"
    before = kitchens.contents()
    for headers in ({}, {"X-CSRFToken": "x"}, {"X-CSRFToken": strangers}, {"Authorization": ""}):
        for method, url in (("POST", SUPPLIERS), ("PUT", farm), ("DELETE", f"{DISHES}1")):
            refused = browser.open(url, method=method, json=FARM, headers=headers)
            assert (refused.status_code, refused.json["error"]["code"]) == (400, "csrf"), headers
            assert_error(refused)
    for scheme in ("Basic YTpi", "Bearer x", "Bearer"):
        headers = {"Authorization": scheme}
        assert browser.post(SUPPLIERS, json=FARM, headers=headers).status_code == 401
    assert kitchens.contents() == before

    ours, theirs = kitchens.browser("anna"), {"Authorization": f"Bearer {token}"}
    assert ours.post(SUPPLIERS, json={"name": "Barn"}).status_code == 201
    assert browser.post(SUPPLIERS, json={"name": "Mill"}, headers=theirs).status_code == 201


def test_a_form_proves_that_the_page_was_ours(kitchens: World) -> None:
    browser, bearer = without_token(kitchens, "anna"), f"Bearer {kitchens.token('anna')}"
    before = kitchens.contents()
    for headers in ({}, {"X-CSRFToken": "x"}, {"Authorization": bearer}):
        for url in ("/kitchen/suppliers/add", "/resetmypassword/form", "/company", LOGIN_PAGE):
            refused = browser.post(url, data={**FARM, "code": "TW01"}, headers=headers)
            assert refused.status_code == 400, (url, headers)
            assert refused.mimetype == "text/html"
    assert kitchens.contents() == before


def test_cookies_are_kept_from_scripts_and_other_sites(kitchens: World) -> None:
    cookies = type_in(kitchens, "anna", PASSWORD).headers.getlist("Set-Cookie")

    (cookie,) = [one for one in cookies if one.startswith("bumen=")]
    parts = set(cookie.split("; ")[1:])
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= parts
    assert sign_in(kitchens, "anna", PASSWORD).headers.getlist("Set-Cookie") == []


def test_cookies_behind_a_proxy_are_sent_by_https_only(kitchens: World) -> None:
    settings = Settings(_env_file=None, trusted_proxies=1, secret_key=SecretStr("x" * 40))
    app = Flask("behind")

    configured(
        app, Host(settings, kitchens.host.database, kitchens.host.registry), secret="", testing=True
    )

    assert app.config["SESSION_COOKIE_SECURE"] is True


@pytest.mark.parametrize(
    "elsewhere",
    [
        "http://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "https:evil.example",
        "http:///evil.example",
        "javascript:alert(1)",
        "http://localhost@evil.example/",
        "http://localhost.evil.example/",
    ],
)
def test_signing_in_leads_to_no_other_house(kitchens: World, elsewhere: str) -> None:
    url = f"{LOGIN_PAGE}?next={elsewhere}"

    sent = type_in(kitchens, "anna", PASSWORD, url=url)
    again = kitchens.browser("anna").get(url)

    for answer in (sent, again):
        assert answer.status_code == 302
        place = urlsplit(urljoin("http://localhost/login/", answer.headers["Location"]))
        assert (place.scheme, place.netloc) == ("http", "localhost")


def test_failures_to_sign_in_are_counted_by_name_and_address(kitchens: World) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        assert [sign_in(kitchens, "anna", PASSWORD).status_code for _ in range(12)] == [200] * 12
        assert [sign_in(kitchens, "anna", "x").status_code for _ in range(10)] == [401] * 10

        for name, password in (
            ("anna", "x"),
            ("anna", PASSWORD),
            ("ANNA", "x"),
            ("aNNa", PASSWORD),
        ):
            refused = sign_in(kitchens, name, password)
            assert (refused.status_code, refused.json["error"]["code"]) == (
                429,
                "too_many_requests",
            )
            assert_error(refused)
        forwarded = {"X-Forwarded-For": "10.0.0.9", "Forwarded": "for=10.0.0.9"}
        assert sign_in(kitchens, "anna", PASSWORD, headers=forwarded).status_code == 429
        assert sign_in(kitchens, "ben", PASSWORD).status_code == 200
        other = {"environ_base": {"REMOTE_ADDR": "10.0.0.9"}}
        assert sign_in(kitchens, "anna", PASSWORD, **other).status_code == 200
        clock.shift(timedelta(seconds=61))
        assert sign_in(kitchens, "anna", PASSWORD).status_code == 200


def test_failures_at_the_form_are_counted_as_well(kitchens: World) -> None:
    with time_machine.travel(NOW, tick=False):
        for _ in range(12):
            assert type_in(kitchens, "anna", PASSWORD).headers["Location"] == "/"
        for _ in range(10):
            assert type_in(kitchens, "anna", "x").status_code == 401

        refused = type_in(kitchens, "Anna", PASSWORD)

        assert (refused.status_code, refused.mimetype) == (429, "text/html")
        assert type_in(kitchens, "ben", PASSWORD).headers["Location"] == "/"


def test_a_token_of_other_makers_is_nobodys(kitchens: World) -> None:
    secret = kitchens.app.config["JWT_SECRET_KEY"]
    told = jwt.decode(kitchens.token("anna"), secret, algorithms=["HS256"])
    forged = {
        "unsigned": jwt.encode(told, None, algorithm="none"),
        "signed by another": jwt.encode(told, "x" * 64, algorithm="HS256"),
        "too late": signed({**told, "exp": told["iat"] - 1}, secret),
        "without an epoch": signed({n: v for n, v in told.items() if n != "epoch"}, secret),
        "of an epoch to come": signed({**told, "epoch": told["epoch"] + 1}, secret),
        "of nobody": signed({**told, "sub": "987654"}, secret),
        "of no number": signed({**told, "sub": "anna"}, secret),
        "of a huge number": signed({**told, "sub": "9" * 40}, secret),
    }
    assert bearing(kitchens, signed(told, secret)).status_code == 200
    for case, token in forged.items():
        refused = bearing(kitchens, token)
        assert refused.status_code == 401, case
        assert_error(refused)


def signed(told: dict[str, Any], secret: str) -> str:
    return jwt.encode(told, secret, algorithm="HS256")


def bearing(world: World, token: str) -> TestResponse:
    return world.call("GET", DISHES, by=None, headers={"Authorization": f"Bearer {token}"})


def test_nothing_is_public_whatever_visitors_are_granted(kitchens: World) -> None:
    with kitchens.host.unit_of_work() as unit:
        visitor = unit.session.query(Role).filter_by(name="Public").one()
        visitor.permissions = list(unit.session.query(PermissionView))

    for url in (DISHES, SUPPLIERS, "/api/v1/_openapi", "/api/v1/menu/"):
        assert kitchens.call("GET", url, by=None).status_code == 401, url
    for url in ("/", "/kitchen/dishes/list/", "/users/list/", "/departments/"):
        answer = kitchens.browser(None).get(url)
        assert (answer.status_code, urlsplit(answer.headers["Location"]).path) == (302, LOGIN_PAGE)


def test_who_works_nowhere_sees_no_companys_data(kitchens: World, host: Host) -> None:
    make_user(host, "lone")
    make_deployer(kitchens, "root", company=None)
    made(kitchens, SUPPLIERS, **FARM)
    pages = (
        "/kitchen/suppliers/list/",
        "/kitchen/suppliers/show/1",
        "/lookup/kitchen/suppliers?q=",
    )
    company = "/api/v1/core/companies/TW01/plugins/"
    for name in ("lone", "root"):
        browser = kitchens.browser(name)
        for url in (*pages, SUPPLIERS, f"{SUPPLIERS}1", f"{SUPPLIERS}_info", company):
            assert browser.get(url).status_code == 404, (name, url)
        for code in ("TW01", "CN01", "NOPE"):
            answer = kitchens.call("GET", SUPPLIERS, by=name, headers={"X-Company": code})
            assert answer.status_code == 404, (name, code)
        assert kitchens.call("POST", SUPPLIERS, by=name, json=FARM).status_code == 404
        assert kitchens.call("GET", "/api/v1/_openapi", by=name).json["paths"] == {}
        assert "Farm" not in browser.get("/").text
    assert kitchens.browser("root").get("/users/list/").status_code == 200
    assert kitchens.browser("lone").get("/users/list/").status_code == 403


def test_nobody_works_for_a_company_by_saying_so(kitchens: World, host: Host) -> None:
    make_deployer(kitchens)
    made(kitchens, SUPPLIERS, **FARM)
    made(kitchens, SUPPLIERS, by="ben", name="Theirs")
    for name in ("anna", "boss"):
        told = signed_in(kitchens.app, host, name, company="CN01")

        assert [one["name"] for one in told.get(SUPPLIERS).json["result"]] == ["Farm"]
        assert told.get(SUPPLIERS, headers={"X-Company": "CN01"}).status_code == 404
        assert told.post("/company", data={"code": "CN01"}).status_code == 404
        assert "Theirs" not in told.get("/kitchen/suppliers/list/").text
