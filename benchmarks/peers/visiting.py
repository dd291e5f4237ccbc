"""Somebody who has signed in, and what they do in every application alike."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from werkzeug.test import TestResponse

from benchmarks.statements import Figures, measured
from bumen.testing.makers import PASSWORD

Measured = Callable[[Callable[[], Any]], tuple[Any, Figures]]
"""What does some work, and returns what that returns and what it cost."""

PAGE_SIZE = 25
LINES = 5
_CODE = re.compile(r"\bC\d{7}\b")
_NUMBER = re.compile(r"\bSO-\d{7}\b")


def first_page(app: Flask) -> None:
    """Ask an application for the first page anybody sees: where people sign in."""
    assert app.test_client().get("/login/").status_code == 200


def with_token(app: Flask, name: str) -> FlaskClient:
    """Return a person's program: a client that has signed in and sends the token it was given."""
    client = app.test_client()
    sent = {"username": name, "password": PASSWORD, "provider": "db"}
    signed_in = client.post("/api/v1/security/login", json=sent)
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {signed_in.get_json()['access_token']}"
    return client


def with_session(app: Flask, user_id: int) -> FlaskClient:
    """Return a person's browser, with the session that signing in leaves in Flask-AppBuilder."""
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie.update({"_user_id": str(user_id), "_fresh": True})
    return browser


def seen(get: Callable[[], TestResponse]) -> dict[str, Any]:
    """Get a list; return what it cost, and the codes of the customers on it, in order."""
    response, figures = measured(get)
    assert response.status_code == 200, response.text[:2000]
    return {**figures, "shown": list(dict.fromkeys(_CODE.findall(response.text)))}


def listed(get: Callable[[], Any], *, measured: Measured = measured) -> dict[str, Any]:
    """Get a list of orders; return what it cost, and the numbers of the orders on it, in order."""
    response, figures = measured(get)
    text = _text(response)
    return {**figures, "shown": list(dict.fromkeys(_NUMBER.findall(text)))}


def done(work: Callable[[], Any], *, measured: Measured = measured) -> dict[str, Any]:
    """Do something that is answered; return what it cost."""
    response, figures = measured(work)
    _text(response)
    return dict(figures)


def memory_after(get: Callable[[], Any], *, times: int) -> float:
    """Do something many times; return how many MB the process then holds."""
    for _time in range(times):
        get()
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024


def _text(response: Any) -> str:
    text = (
        response.get_data(as_text=True)
        if hasattr(response, "get_data")
        else response.content.decode()
    )
    assert response.status_code < 300, text[:2000]
    return text


def made(post: Callable[[], list[Any]], *, measured: Measured = measured) -> dict[str, Any]:
    """Make something by one or more requests; return what that cost."""
    responses, figures = measured(post)
    for response in responses:
        assert response.status_code == 201, _text(response)
    return {**figures, "requests": len(responses)}


def never_wait_for_the_disk() -> None:
    """Let SQLite trust the operating system: for tests, which count statements and not seconds."""
    event.listen(Engine, "connect", _trust)


def _trust(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()
