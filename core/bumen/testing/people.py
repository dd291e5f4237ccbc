"""People at their browsers, as tests need them: signed in at once."""

from typing import Protocol

from flask import Flask, session
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from sqlalchemy import select

from bumen.host import Host
from bumen.model.accounts import User
from bumen.web.security import EPOCH


class Login(Protocol):
    """Signs a person in by user name, working for a company by code when one is given."""

    def __call__(
        self, name: str, *, company: str | None = None, language: str | None = None
    ) -> FlaskClient:
        """Return the browser of the person, who reads the language where one is given."""


def signed_in(
    app: Flask, host: Host, name: str, *, company: str | None = None, language: str | None = None
) -> FlaskClient:
    """Return the browser of a person who has signed in, and asks for a language if one is given.

    The session is what signing in would leave; the slow check of the password is left out. Every
    request carries the token against forgery, as those of our pages do: take the header
    `HTTP_X_CSRFTOKEN` out of the browser's `environ_base` to see what is refused without it.
    """
    with host.unit_of_work() as unit:
        user = unit.session.scalars(select(User).where(User.username == name)).one()
        left = {"_user_id": str(user.id), "_fresh": True, EPOCH: user.epoch}
    with app.test_request_context():
        token = generate_csrf()
        left |= dict(session) | ({"company": company} if company else {})
    browser = app.test_client()
    browser.environ_base["HTTP_X_CSRFTOKEN"] = token
    if language is not None:
        browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
    with browser.session_transaction() as cookie:
        cookie.update(left)
    return browser
