"""The pages on which a company decides how its documents are numbered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bumen.activation.service import switch
from bumen.host import Host
from bumen.registry import Candidate
from bumen.testing.makers import make_user
from bumen.testing.people import signed_in
from tests.core.box_office import KIND, PLUGINS, BoxOffice
from tests.core.histories import Cook

Statements = Callable[[], list[str]]
PAGE = f"/numbers/{KIND}"


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return PLUGINS


@pytest.fixture
def office(host: Host) -> BoxOffice:
    return BoxOffice.opened(host)


@pytest.fixture
def admin(app: Flask, office: BoxOffice) -> FlaskClient:
    """The browser of the company's administrator, in English."""
    return signed_in(app, office.host, "seller.TW01", language="en")


def send(admin: FlaskClient, pattern: str, **sent: Any) -> TestResponse:
    """Send the form of tickets."""
    return admin.post(PAGE, data={"pattern": pattern, "version": "0", **sent})


def test_the_board_shows_what_comes_next(office: BoxOffice, admin: FlaskClient) -> None:
    office.sell()

    board = admin.get("/numbers/").text

    assert "T-{YYYY}-{0000}" in board
    assert "S001" in board


def test_a_pattern_that_is_saved_counts_at_once(office: BoxOffice, admin: FlaskClient) -> None:
    assert send(admin, "票{YYYY}-{000}").status_code == 303

    assert office.sell() == "票2026-001"
    assert "票{YYYY}-{000}" in admin.get("/numbers/").text


def test_who_changes_given_numbers_is_told_first(office: BoxOffice, admin: FlaskClient) -> None:
    office.sell()

    asked = send(admin, "X-{YYYY}{MM}-{000}")
    assert asked.status_code == 409
    assert "begins anew" in asked.text
    assert office.sell() == "T-2026-0002"

    assert send(admin, "X-{YYYY}{MM}-{000}", seen="X-{YYYY}{MM}-{000}").status_code == 303
    assert office.sell() == "X-202611-001"


def test_a_wrong_pattern_is_shown_again_with_the_reason(
    office: BoxOffice, admin: FlaskClient
) -> None:
    refused = send(admin, "no counter")

    assert refused.status_code == 422
    assert "Write the counter exactly once" in refused.text
    assert 'value="no counter"' in refused.text


def test_the_example_is_shown_while_somebody_types(office: BoxOffice, admin: FlaskClient) -> None:
    shown = admin.get(f"{PAGE}/next?pattern=A{{0000}}").text
    wrong = admin.get(f"{PAGE}/next?pattern=A").text

    assert "A0001" in shown
    assert "Write the counter exactly once" in wrong
    assert "<html" not in shown


def test_what_was_changed_meanwhile_is_refused(office: BoxOffice, admin: FlaskClient) -> None:
    office.decide("A{000}")

    assert send(admin, "B{000}").status_code == 409
    assert office.sell() == "A001"


def test_one_may_go_back_to_what_the_department_has(office: BoxOffice, admin: FlaskClient) -> None:
    send(admin, "A{YYYY}{000}")

    assert admin.post(f"{PAGE}/back", data={"version": "1"}).status_code == 303
    assert office.sell() == "T-2026-0001"


def test_a_decision_is_in_the_history(office: BoxOffice, admin: FlaskClient) -> None:
    send(admin, "A{000}")

    entries = Cook(office.host, office.company()).entries()

    assert [(one.resource, one.label, one.way) for one in entries] == [
        ("core_numbering", KIND, "screen")
    ]


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_a_version_that_is_none_is_refused(
    office: BoxOffice, admin: FlaskClient, version: str
) -> None:
    assert send(admin, "A{000}", version=version).status_code == 400


@pytest.mark.parametrize("path", ["/numbers/", PAGE, f"{PAGE}/next"])
def test_only_administrators_of_the_company_come_in(
    office: BoxOffice, app: Flask, path: str
) -> None:
    make_user(office.host, "guest", company="TW01")

    guest = signed_in(app, office.host, "guest").get(path).status_code
    nobody = app.test_client().get(path).status_code

    assert (guest, nobody) == (403, 302)


def test_a_department_that_is_off_has_no_numbers(office: BoxOffice, admin: FlaskClient) -> None:
    switch(office.host, company="TW01", name="tickets", enabled=False)

    assert admin.get(PAGE).status_code == 404
    assert KIND not in admin.get("/numbers/").text
    assert admin.get("/numbers/tickets.unknown").status_code == 404


def test_the_board_takes_few_statements(
    office: BoxOffice, admin: FlaskClient, statements: Statements
) -> None:
    admin.get("/numbers/")
    statements()
    admin.get("/numbers/")

    assert len(statements()) <= 8
