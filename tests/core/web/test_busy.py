"""While others write, people come in all the same, and who has to wait is told so."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from time import monotonic

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from bumen.database import only_reading
from bumen.host import Host
from bumen.model.accounts import User
from bumen.testing.makers import PASSWORD
from bumen.unit_of_work import CurrentCompany


@contextmanager
def writer(host: Host) -> Iterator[None]:
    """Hold what is needed to change anything about the people."""
    with host.database.wide_session() as wide, wide.begin():
        wide.scalars(select(User).with_for_update()).all()
        yield


def come_in(app: Flask, name: str, password: str) -> TestResponse:
    """Sign in on the page; return what was answered."""
    browser = app.test_client()
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/login/").text)
    assert token is not None
    sent = {"username": name, "password": password, "csrf_token": token[1]}
    return browser.post("/login/", data=sent)


def seen(host: Host) -> tuple[int | None, datetime | None, int | None]:
    """Return how often the administrator came in, when last, and how often failed since."""
    with only_reading(), host.database.wide_session() as wide:
        user = wide.scalars(select(User).where(User.username == "admin")).one()
        return user.login_count, user.last_login, user.fail_login_count


def test_nobody_waits_for_writers_to_come_in(
    host: Host, app: Flask, company: CurrentCompany
) -> None:
    given = {"username": "admin", "password": PASSWORD}
    with writer(host):
        begun = monotonic()
        person = come_in(app, "admin", PASSWORD)
        program = app.test_client().post("/api/v1/security/login", json=given)
        took = monotonic() - begun

    assert (person.status_code, program.status_code) == (302, 200)
    assert took < 10
    assert seen(host)[0] in (None, 0)


def test_who_comes_in_and_who_fails_is_counted(
    host: Host, app: Flask, company: CurrentCompany
) -> None:
    for password in ("wrong", "wrong", PASSWORD, "wrong"):
        come_in(app, "admin", password)
    come_in(app, "nobody", PASSWORD)

    count, last, failed = seen(host)
    assert (count, failed) == (1, 1)
    assert last is not None


@pytest.mark.parametrize("path", ["/x", "/api/v1/x"])
def test_who_has_waited_in_vain_is_told_that_the_system_is_busy(app: Flask, path: str) -> None:
    busy = OperationalError("UPDATE", {}, sqlite3.OperationalError("database is locked"))
    with app.test_request_context(path, headers={"Accept-Language": "zh-TW"}):
        answer = app.make_response(app.handle_user_exception(busy))

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    if path.startswith("/api/"):
        assert answer.json["error"]["code"] == "busy"


def test_what_is_noted_aside_is_left_out_while_others_write(
    host: Host, company: CurrentCompany
) -> None:
    with writer(host):
        host.database.note_aside(update(User).values(login_count=7))

    assert seen(host)[0] != 7
