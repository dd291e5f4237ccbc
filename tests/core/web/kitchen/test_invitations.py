"""People come by a letter: they choose their password by a link that opens once, for a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from bumen.company.people import places_of
from bumen.delivering import send_letters
from bumen.model.accounts import User
from bumen.testing.makers import PASSWORD, make_company, make_user
from bumen.testing.people import signed_in
from tests.core.letterboxes import Letterbox, reaches
from tests.core.web.kitchen.inviting import (
    CHOSEN,
    KEPT,
    NEW,
    PEOPLE,
    box,
    cook,
    ident_of,
    invited,
    link_in,
    person_called,
    stranger_of,
)
from tests.core.web.kitchens import Kitchen

__all__ = ["box", "cook"]

FORGOTTEN = "/password/forgotten"


def _sign_in(kitchen: Kitchen, name: str, password: str) -> int:
    sent = {"username": name, "password": password}
    browser = kitchen.app.test_client()
    return browser.post("/api/v1/security/login", json=sent).status_code


def test_somebody_new_chooses_the_password_and_signs_in(
    kitchen: Kitchen, cook: FlaskClient, box: Letterbox
) -> None:
    answer = cook.post(f"{PEOPLE}invite", data={**NEW, "roles": ["core.administrator"]})
    assert answer.status_code == 302
    link = link_in(kitchen, box)
    stranger = stranger_of(kitchen)

    assert box.subjects() == [("nia@example.com", "[TW01] Your account for Company TW01")]
    assert "nia@example.com" in stranger.get(link).text
    assert stranger.post(link, data=CHOSEN).status_code == 302

    assert _sign_in(kitchen, "nia@example.com", CHOSEN["password"]) == 200
    nia = person_called(kitchen, "nia@example.com")
    assert nia is not None
    assert (nia.first_name, nia.active) == ("Nia Lin", True)
    with kitchen.host.unit_of_work() as unit:
        [place] = unit.session.scalars(places_of(nia.id))
        assert [role.name for role in place.roles] == ["core.administrator"]


def test_a_link_opens_once(kitchen: Kitchen, cook: FlaskClient, box: Letterbox) -> None:
    link, stranger = invited(kitchen, cook, box), stranger_of(kitchen)
    stranger.post(link, data=CHOSEN)

    assert [stranger.get(link).status_code, stranger.post(link, data=CHOSEN).status_code] == [
        410,
        410,
    ]


def test_nobody_signs_in_before_the_link_was_opened(
    kitchen: Kitchen, cook: FlaskClient, box: Letterbox
) -> None:
    cook.post(f"{PEOPLE}invite", data=NEW)

    nia = person_called(kitchen, "nia@example.com")
    assert nia is not None
    assert not nia.active
    assert "Invited until" in cook.get(PEOPLE).text


def test_a_link_that_is_old_opens_nothing(
    kitchen: Kitchen, cook: FlaskClient, box: Letterbox
) -> None:
    link, stranger = invited(kitchen, cook, box), stranger_of(kitchen)

    with time_machine.travel(datetime.now(UTC) + timedelta(days=7, minutes=1), tick=False):
        assert stranger.get(link).status_code == 410
        assert stranger.post(link, data=CHOSEN).status_code == 410


@pytest.mark.parametrize("change", ["x", "{token}x", "a.b.c", "{password}"])
def test_a_link_that_was_tampered_with_opens_nothing(
    kitchen: Kitchen, cook: FlaskClient, box: Letterbox, change: str
) -> None:
    token = invited(kitchen, cook, box).rpartition("/")[2]
    address = f"/invitation/{change.format(token=token, password='p' * 40)}"

    assert kitchen.app.test_client().get(address).status_code == 410
    assert kitchen.app.test_client().get(f"/password/new/{token}").status_code == 410


def test_a_letter_that_is_sent_again_replaces_the_link(
    kitchen: Kitchen, cook: FlaskClient, box: Letterbox
) -> None:
    first = invited(kitchen, cook, box)
    answer = cook.post(f"{PEOPLE}{ident_of(kitchen, 'nia@example.com')}/invite")
    second, stranger = link_in(kitchen, box), stranger_of(kitchen)

    assert answer.status_code == 302
    assert [stranger.get(one).status_code for one in (first, second)] == [410, 200]


def test_an_invitation_is_withdrawn_with_the_account(
    kitchen: Kitchen, cook: FlaskClient, box: Letterbox
) -> None:
    link = invited(kitchen, cook, box)

    answer = cook.post(f"{PEOPLE}{ident_of(kitchen, 'nia@example.com')}/withdraw")

    assert answer.status_code == 302
    assert person_called(kitchen, "nia@example.com") is None
    assert kitchen.app.test_client().get(link).status_code == 410


def test_roles_given_meanwhile_leave_the_link_valid(
    kitchen: Kitchen, cook: FlaskClient, box: Letterbox
) -> None:
    link, ident = invited(kitchen, cook, box), ident_of(kitchen, "nia@example.com")

    cook.post(f"{PEOPLE}{ident}", data={**KEPT, "roles": ["core.administrator"]})

    assert stranger_of(kitchen).post(link, data=CHOSEN).status_code == 302


def test_whom_an_administrator_lets_in_is_not_invited_any_more(
    kitchen: Kitchen, cook: FlaskClient, box: Letterbox
) -> None:
    link, ident = invited(kitchen, cook, box), ident_of(kitchen, "nia@example.com")
    cook.post(f"{PEOPLE}{ident}", data={**KEPT, "active": "y"})
    before = person_called(kitchen, "nia@example.com")
    cook.post(f"{PEOPLE}{ident}/invite")
    cook.post(f"{PEOPLE}{ident}/withdraw")
    after = person_called(kitchen, "nia@example.com")

    assert getattr(after, "password", "") == getattr(before, "password", None)
    assert stranger_of(kitchen).get(link).status_code == 410


def test_whoever_has_an_account_gets_a_place_and_no_letter(
    kitchen: Kitchen, cook: FlaskClient, box: Letterbox
) -> None:
    make_company(kitchen.host, code="CN01", plugins=["kitchen"], country="CN", currency="CNY")
    make_user(kitchen.host, "ming", company="CN01")

    assert cook.post(f"{PEOPLE}invite", data={"name": "ming"}).status_code == 302
    send_letters(kitchen.host)
    assert box.letters == []


def test_a_weak_password_and_unknown_names_are_refused(
    kitchen: Kitchen, cook: FlaskClient, box: Letterbox
) -> None:
    refused = [
        cook.post(f"{PEOPLE}invite", data={"name": "nobody"}),
        cook.post(f"{PEOPLE}invite", data={"name": "@@"}),
        cook.post(f"{PEOPLE}invite", data={**NEW, "roles": ["Admin"]}),
    ]
    assert {one.status_code for one in refused} <= {404, 422}

    cook.post(f"{PEOPLE}invite", data=NEW)
    weak = {**CHOSEN, "password": "short", "conf_password": "short"}
    assert stranger_of(kitchen).post(link_in(kitchen, box), data=weak).status_code == 422


def test_without_a_mail_server_only_accounts_are_invited(cook: FlaskClient) -> None:
    assert cook.post(f"{PEOPLE}invite", data=NEW).status_code in {404, 422}
    assert cook.get(FORGOTTEN).status_code == 404


def test_guests_invite_nobody_nor_withdraw(kitchen: Kitchen, cook: FlaskClient) -> None:
    guest, ident = signed_in(kitchen.app, kitchen.host, "guest"), ident_of(kitchen, "cook")

    asked = [f"{PEOPLE}invite", f"{PEOPLE}{ident}/invite", f"{PEOPLE}{ident}/withdraw"]
    assert [guest.post(one, data=NEW).status_code for one in asked] == [403, 403, 403]
    cook.post(f"{PEOPLE}{ident_of(kitchen, 'guest')}/withdraw")
    assert person_called(kitchen, "guest") is not None


def test_a_forgotten_password_is_set_anew_by_a_link_that_opens_once(
    kitchen: Kitchen, box: Letterbox
) -> None:
    reaches(kitchen.host, "guest")
    stranger = stranger_of(kitchen)
    before = signed_in(kitchen.app, kitchen.host, "guest")

    stranger.post(FORGOTTEN, data={"username": "guest@example.com"})
    link = link_in(kitchen, box)
    new = {one: CHOSEN[one] for one in ("password", "conf_password")}

    assert stranger.get(link).status_code == 200
    assert stranger.post(link, data=new).status_code == 302
    assert stranger.post(link, data=new).status_code == 410
    assert _sign_in(kitchen, "guest", new["password"]) == 200
    assert _sign_in(kitchen, "guest", PASSWORD) == 401
    assert before.get("/company/people/").status_code in {302, 401}


def test_the_answer_is_the_same_whether_somebody_is_known(kitchen: Kitchen, box: Letterbox) -> None:
    reaches(kitchen.host, "guest")

    answers = [
        stranger_of(kitchen).post(FORGOTTEN, data={"username": name})
        for name in ("guest", "nobody", "cook")
    ]

    assert {(one.status_code, one.headers["Location"]) for one in answers} == {(302, "/login/")}
    send_letters(kitchen.host)
    assert [to for to, _subject in box.subjects()] == ["guest@example.com"]


def test_a_link_for_a_password_ends_after_an_hour_and_with_the_account(
    kitchen: Kitchen, box: Letterbox
) -> None:
    reaches(kitchen.host, "guest")
    stranger = stranger_of(kitchen)
    stranger.post(FORGOTTEN, data={"username": "guest"})
    link = link_in(kitchen, box)

    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=61), tick=False):
        assert stranger.get(link).status_code == 410
    with kitchen.host.unit_of_work() as unit:
        unit.session.scalars(select(User).where(User.username == "guest")).one().active = False
    assert stranger.get(link).status_code == 410


def test_asking_too_often_is_refused(kitchen: Kitchen, box: Letterbox) -> None:
    stranger = stranger_of(kitchen)

    answers = [stranger.post(FORGOTTEN, data={"username": "guest"}) for _turn in range(6)]

    assert [one.status_code for one in answers] == [302] * 5 + [429]
    assert stranger.post(FORGOTTEN, data={"username": "other"}).status_code == 302
