"""Settings are taken away after a question, roles are read, and mail that is missing is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from bumen.model.accounts import Role
from tests.core.letterboxes import mail_of
from tests.core.ruled import rule
from tests.core.web.kitchens import Kitchen
from tests.core.web.looking import Element, look_at

ROLE = "core.administrator"


@pytest.fixture
def cook(kitchen: Kitchen) -> FlaskClient:
    """The administrator of TW01, in English."""
    browser = kitchen.scripted("cook")
    browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return browser


@pytest.fixture
def mailed(kitchen: Kitchen) -> Iterator[Kitchen]:
    """The kitchen, with a mail server."""
    with mail_of(kitchen.host):
        yield kitchen


def _key(_kitchen: Kitchen, cook: FlaskClient) -> Any:
    cook.post("/keys/add", data={"name": "Shop", "reach": "read", "life": "30"})
    return cook.get("/keys/")


def _field_rule(kitchen: Kitchen, cook: FlaskClient) -> Any:
    rule(kitchen.host, "kitchen.dishes", "margin", role=ROLE)
    return cook.get("/company/fields/")


def _day(_kitchen: Kitchen, cook: FlaskClient) -> Any:
    closed = {"day": "2999-12-24", "works": "no", "name": "Closed"}
    cook.post("/flows/working-time/days", data=closed)
    return cook.get("/flows/working-time/")


@pytest.mark.parametrize(
    ("settings", "address", "question"),
    [
        (_key, r"/keys/end/\d+", "End the key “Shop”?"),
        (_field_rule, r"/company/fields/\d+/delete", "Take the rule about “Margin” away?"),
        (_day, r"/flows/working-time/days/\d+/drop", "Delete “Closed”"),
    ],
)
def test_what_is_not_easily_put_back_is_taken_away_after_a_question_only(
    kitchen: Kitchen, cook: FlaskClient, settings: Any, address: str, question: str
) -> None:
    page: Element = look_at(settings(kitchen, cook))

    dialogs = {one.attributes["id"]: one for one in page.every("div", of="modal")}
    asked = [
        (name, form.attributes["action"])
        for name, dialog in dialogs.items()
        for form in dialog.every("form")
        if re.search(address, form.attributes["action"])
    ]
    [(name, action)] = asked
    assert question in dialogs[name].text
    assert page.one("button", data_bs_target=f"#{name}")
    assert len([one for one in page.every("form") if one.attributes.get("action") == action]) == 1
    assert cook.post(action).status_code in {302, 303}


def test_a_role_everybody_has_is_read_in_words(kitchen: Kitchen, cook: FlaskClient) -> None:
    with kitchen.host.unit_of_work() as unit:
        ident = unit.session.scalars(select(Role.id).where(Role.name == ROLE)).one()
    address = f"/company/roles/{ident}/show"

    page = cook.get(address).text

    assert address in cook.get("/company/roles/").text
    for words in ("Dishes", "Add, change and delete", "People and roles of the company"):
        assert words in page
    assert "kitchen.Dishes" not in page


@pytest.mark.parametrize(("who", "status"), [("guest", 403), ("cook", 404)])
def test_roles_are_read_by_administrators_and_only_those_there_are(
    kitchen: Kitchen, who: str, status: int
) -> None:
    for ident in (0, 99999):
        answer = kitchen.scripted(who).get(f"/company/roles/{ident}/show")
        assert answer.status_code == status


def test_where_no_mail_is_set_up_the_invitation_says_so_and_what_to_set(cook: FlaskClient) -> None:
    invitation, new = (cook.get(f"/company/people/{one}").text for one in ("invite", "add"))

    assert "BUMEN_SMTP_URL" in invitation
    assert "You need not think of a password" not in new


@pytest.mark.usefixtures("mailed")
def test_where_mail_is_set_up_a_new_person_can_be_invited_instead(cook: FlaskClient) -> None:
    invitation, new = (cook.get(f"/company/people/{one}").text for one in ("invite", "add"))

    assert "BUMEN_SMTP_URL" not in invitation
    assert "You need not think of a password" in new
    assert "/company/people/invite" in new
