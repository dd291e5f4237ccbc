"""People who are invited into the kitchen by a letter, as tests need them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from bumen.delivering import send_letters
from bumen.model.accounts import User
from bumen.testing.people import signed_in
from tests.core.letterboxes import Letterbox, mail_of
from tests.core.web.browsing import form_in
from tests.core.web.kitchens import Kitchen

PEOPLE = "/company/people/"
NEW: dict[str, Any] = {"name": "nia@example.com", "full_name": "Nia", "locale": "en"}
CHOSEN = {
    "full_name": "Nia Lin",
    "password": "four words nobody guesses",
    "conf_password": "four words nobody guesses",
}
KEPT = {"full_name": "Nia", "username": NEW["name"], "email": NEW["name"], "locale": "en"}


@pytest.fixture
def box(kitchen: Kitchen) -> Iterator[Letterbox]:
    """A mail server the kitchen hands its mail in at."""
    with mail_of(kitchen.host) as opened:
        yield opened


@pytest.fixture
def cook(kitchen: Kitchen) -> FlaskClient:
    """The administrator of TW01."""
    return signed_in(kitchen.app, kitchen.host, "cook", language="en")


def invited(kitchen: Kitchen, cook: FlaskClient, box: Letterbox) -> str:
    """Invite somebody who has no account, and return the link in the letter."""
    cook.post(f"{PEOPLE}invite", data=NEW)
    return link_in(kitchen, box)


def link_in(kitchen: Kitchen, box: Letterbox) -> str:
    """Send what waits, and return the path of the link in the last letter."""
    send_letters(kitchen.host)
    plain = str(next(iter(box.letters[-1].iter_parts())).get_content())
    found = re.search(r"https://erp\.test(/\S+)", plain)
    assert found is not None
    return found[1]


def stranger_of(kitchen: Kitchen) -> FlaskClient:
    """Return the browser of somebody who has not signed in, with the token of its forms."""
    browser = kitchen.app.test_client()
    token = form_in(browser.get("/login/"), sends="/login/").fields["csrf_token"]
    browser.environ_base["HTTP_X_CSRFTOKEN"] = token
    return browser


def person_called(kitchen: Kitchen, name: str) -> User | None:
    """Return an account as it is kept, if there is one."""
    with kitchen.host.unit_of_work() as unit:
        found: User | None = unit.session.scalar(select(User).where(User.username == name))
        if found is not None:
            unit.session.refresh(found)
            unit.session.expunge(found)
        return found


def ident_of(kitchen: Kitchen, name: str) -> int:
    """Return the id of an account that is there."""
    person = person_called(kitchen, name)
    assert person is not None
    return int(person.id)
