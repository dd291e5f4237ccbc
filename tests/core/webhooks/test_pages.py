"""Administrators keep the company's webhooks, on screen and through the API; nobody else does."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from bumen.host import Host
from bumen.testing.makers import make_administrator, make_user
from bumen.testing.people import signed_in
from bumen.unit_of_work import CurrentCompany
from bumen.webhooks import Delivery, DeliveryState, Webhook
from bumen.webhooks.sending import Dispatch
from bumen.webhooks.service import MOST
from tests.core.web.conftest import statements
from tests.core.webhooks.conftest import Hook, Receiver, deliveries, webhook_kept
from tests.core.webhooks.test_telling import write_note

__all__ = ["statements"]

API = "/api/v1/core/webhooks"
MADE = "notes.notes.made"
URL = "https://shop.example.com/hook"
TYPED = {"name": "Shop", "url": URL, "events": [MADE], "enabled": "y"}
SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]{40,}")


@pytest.fixture
def admin(app: Flask, host: Host, company: CurrentCompany) -> FlaskClient:
    """The browser of an administrator who reads English."""
    return english(app, host, "admin")


def english(app: Flask, host: Host, name: str) -> FlaskClient:
    """Return the browser of somebody who reads English and needs no token."""
    return signed_in(app, host, name, language="en")


@pytest.fixture(autouse=True)
def no_tokens(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms need no token here; that they do is tested for all pages alike."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", value=False)  # a setting


def count(host: Host, model: Any) -> int:
    with host.database.wide_session() as wide:
        return int(wide.scalar(select(func.count(model.id))))


def test_a_webhook_is_made_and_its_secret_shown_once(host: Host, admin: FlaskClient) -> None:
    assert "No other program is told anything yet." in admin.get("/webhooks/").text
    assert "Created" in admin.get("/webhooks/new").text

    made = admin.post("/webhooks/new", data=TYPED)

    ident = deliveries_none(host)
    assert (made.status_code, made.location) == (303, f"/webhooks/{ident}")
    assert not SECRET.search(made.text + str(made.headers))
    assert len(SECRET.findall(admin.get(made.location).text)) == 1
    for page in ("/webhooks/", f"/webhooks/{ident}", f"/webhooks/{ident}/edit", f"{API}/{ident}"):
        answer = admin.get(page)
        assert answer.status_code == 200, page
        assert "Shop" in answer.text
        assert not SECRET.search(answer.text), page


def deliveries_none(host: Host) -> int:
    """Return the only webhook's id, to which nothing was sent so far."""
    assert deliveries(host) == []
    with host.database.wide_session() as wide:
        return int(wide.scalars(select(Webhook.id)).one())


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Name"),
        ({"url": "http://shop.example.com/"}, "https://"),
        ({"url": "https://127.0.0.1/"}, "private network"),
        ({"url": "https://169.254.169.254/latest"}, "private network"),
        ({"url": "https://[::ffff:10.0.0.1]/"}, "private network"),
        ({"events": []}, "at least one"),
        ({"events": ["nobody.knows"]}, "at least one"),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(
    host: Host, admin: FlaskClient, wrong: dict[str, Any], said: str
) -> None:
    answer = admin.post("/webhooks/new", data={**TYPED, **wrong})

    assert answer.status_code == 422
    assert said in answer.text
    assert count(host, Webhook) == 0
    api = admin.post(f"{API}/", json={"name": "Shop", "url": URL, "events": [MADE]} | wrong)
    assert api.status_code == 422


def test_a_webhook_is_changed_switched_off_and_deleted(
    open_host: Host, admin: FlaskClient, hook: Hook
) -> None:
    ident = hook(MADE)
    before = webhook_kept(open_host, ident).secret
    off = {**TYPED, "url": "http://127.0.0.1:9/", "version": "1"}
    del off["enabled"]

    assert admin.post(f"/webhooks/{ident}/edit", data=off).status_code == 303
    assert not webhook_kept(open_host, ident).enabled
    assert admin.post(f"/webhooks/{ident}/edit", data=off).status_code == 409
    renewed = admin.post(f"/webhooks/{ident}/secret")
    assert SECRET.search(admin.get(renewed.location).text)
    assert not SECRET.search(admin.get(renewed.location).text), "A reload shows it no more."
    assert webhook_kept(open_host, ident).secret != before
    assert admin.post(f"/webhooks/{ident}/delete").status_code == 302
    assert count(open_host, Webhook) == 0


def test_a_trial_and_sending_again_show_what_came_of_it(
    open_host: Host, admin: FlaskClient, hook: Hook, receiver: Receiver, dispatch: Dispatch
) -> None:
    ident, receiver.status, receiver.answer = hook(MADE), 500, b"<b>no room</b>"
    admin.post(f"/webhooks/{ident}/try")
    dispatch.send_due()

    page = admin.get(f"/webhooks/{ident}").text
    assert "Trial" in page
    assert "&lt;b&gt;no room&lt;/b&gt;" in page
    receiver.status = 200
    [failed] = deliveries(open_host)
    assert admin.post(f"/webhooks/{ident}/again/{failed.id}").status_code == 302
    dispatch.send_due()
    assert deliveries(open_host)[0].state is DeliveryState.DELIVERED
    assert receiver.events() == ["core.ping"] * 2


def test_programs_do_the_same_through_the_api(
    open_host: Host, admin: FlaskClient, receiver: Receiver, dispatch: Dispatch
) -> None:
    sent = {"name": "Shop", "url": receiver.url, "events": [MADE]}
    made = admin.post(f"{API}/", json=sent)
    assert made.status_code == 201
    ident, secret = made.json["id"], made.json["result"]["secret"]
    assert SECRET.fullmatch(secret)
    assert MADE in [one["event"] for one in admin.get(f"{API}/events").json["result"]]
    assert "secret" not in admin.get(f"{API}/").json["result"][0]
    assert admin.post(f"{API}/{ident}/try").status_code == 202
    dispatch.send_due()
    [told] = admin.get(f"{API}/{ident}/deliveries").json["result"]
    assert (told["state"], told["status"]) == ("delivered", 204)
    assert admin.post(f"{API}/{ident}/deliveries/{told['id']}/again").status_code == 202
    assert admin.post(f"{API}/{ident}/secret").json["result"]["secret"] != secret
    version = admin.get(f"{API}/{ident}").json["result"]["version"]
    changed = admin.put(f"{API}/{ident}", json={"version": version, "enabled": False})
    assert changed.json["result"]["enabled"] is False
    assert admin.put(f"{API}/{ident}", json={"version": version, "name": "x"}).status_code == 409
    assert admin.put(f"{API}/{ident}", json={"name": "x"}).status_code == 409
    assert admin.delete(f"{API}/{ident}").status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {"name": 1},
        {"events": "x"},
        {"events": [1]},
        {"events": [None, {}]},
        {"enabled": "yes"},
        {"secret": "x"},
        {"url": "https://x\x00y/"},
        {"url": "\ud800"},
        {"version": True},
    ],
)
def test_bad_bodies_are_refused(admin: FlaskClient, sent: dict[str, Any]) -> None:
    whole = {"name": "Shop", "url": URL, "events": [MADE]} | sent
    assert admin.post(f"{API}/", json=whole).status_code == 422
    assert admin.post(f"{API}/", data="[]").status_code == 400
    assert admin.get(f"/webhooks/{2**70}").status_code == 404
    assert admin.get(f"{API}/0").status_code == 404


def test_only_who_may_sees_webhooks_and_never_another_companys(
    app: Flask, open_host: Host, other_company: CurrentCompany, admin: FlaskClient, hook: Hook
) -> None:
    ident = hook(MADE)
    make_user(open_host, "clerk", company="TW01")
    make_administrator(open_host, "ben", company=other_company.code)
    gets = ("/webhooks/", "/webhooks/new", f"/webhooks/{ident}", f"/webhooks/{ident}/edit")
    posts = [f"/webhooks/{ident}/{deed}" for deed in ("edit", "try", "secret", "delete", "again/1")]
    for name, status in (("clerk", 403), ("ben", 404)):
        browser = english(app, open_host, name)
        own = {200, status} if name == "ben" else {status}
        assert {browser.get(one).status_code for one in gets} <= own, name
        assert browser.get(f"/webhooks/{ident}").status_code == status
        assert {browser.post(one).status_code for one in posts} == {status}, name
        for method, path in (
            ("GET", ""),
            ("DELETE", ""),
            ("POST", "/try"),
            ("POST", "/secret"),
            ("GET", "/deliveries"),
            ("POST", "/deliveries/1/again"),
        ):
            answer = browser.open(f"{API}/{ident}{path}", method=method)
            assert answer.status_code == status, (name, path)
    assert count(open_host, Webhook) == 1
    assert count(open_host, Delivery) == 0


def test_a_delivery_of_another_webhook_is_not_sent_again_by_this_one(
    open_host: Host, company: CurrentCompany, admin: FlaskClient, hook: Hook
) -> None:
    first, second = hook(MADE), hook("notes.notes.deleted")
    write_note(open_host, company)
    [delivery] = deliveries(open_host)
    assert delivery.webhook_id == first

    assert admin.post(f"/webhooks/{second}/again/{delivery.id}").status_code == 404


def test_pages_take_as_many_statements_with_many_rows_as_with_one(
    open_host: Host,
    company: CurrentCompany,
    admin: FlaskClient,
    hook: Hook,
    statements: Callable[[], list[str]],
) -> None:
    taken = []
    ident = hook(MADE)
    for rows in (1, 3):
        for _row in range(rows):
            write_note(open_host, company)
            hook(MADE)
        admin.get("/webhooks/")
        statements()
        admin.get("/webhooks/")
        first = len(statements())
        admin.get(f"/webhooks/{ident}")
        taken.append((first, len(statements())))
    assert taken[0] == taken[1]
    assert max(taken[0]) <= 8


def test_a_company_has_only_so_many(open_host: Host, admin: FlaskClient, hook: Hook) -> None:
    for _one in range(MOST):
        hook(MADE)

    assert admin.post("/webhooks/new", data=TYPED).status_code == 422


def test_who_may_not_change_webhooks_finds_no_way_to_change_them_in_the_description(
    app: Flask, host: Host, company: CurrentCompany, admin: FlaskClient
) -> None:
    make_user(host, "clerk", company="TW01")
    paths = admin.get("/api/v1/_openapi").json["paths"]

    made = paths[f"{API}/"]["post"]
    assert made["requestBody"]["content"]["application/json"]["schema"]["required"] == [
        "name",
        "url",
        "events",
    ]
    answered = made["responses"]["201"]["content"]["application/json"]["schema"]["properties"]
    assert "secret" in answered["result"]["properties"]
    assert "secret" not in str(paths[f"{API}/{{ident}}"]["get"])
    theirs = english(app, host, "clerk").get("/api/v1/_openapi").json["paths"]
    assert not [path for path in theirs if path.startswith(API)]
