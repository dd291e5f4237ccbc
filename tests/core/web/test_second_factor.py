"""The second factor: begun with an app, asked for at every sign-in, ended with a code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from bumen.registry import Candidate
from bumen.security.second_factor import CODES, SecondFactor
from bumen.testing.makers import PASSWORD
from bumen.testing.workbench import Workbench
from tests.core.web.beginnings import PLUGINS, check_quickly, make_deployer, two_kitchens
from tests.core.web.browsing import form_in, send_form
from tests.core.web.conftest import World

PAGE, LOGIN, SECOND = "/secondfactor/", "/login/", "/login/second/"
ENGLISH = {"Accept-Language": "en"}
NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return PLUGINS


@pytest.fixture
def kitchens(host: Any, workbench: Workbench) -> Iterator[World]:
    """Two kitchens, on a day that does not move by itself."""
    with time_machine.travel(NOW, tick=False):
        world = two_kitchens(host, workbench)
        make_deployer(world)
        check_quickly(world, "anna", "ben")
        yield world


def turned_on(world: World, browser: FlaskClient) -> tuple[str, list[str]]:
    """Turn anna's second factor on; return its secret and the codes for need."""
    page = browser.get(PAGE)
    secret = re.findall(r'user-select-all">([A-Z2-7 ]+)<', page.text)[0].replace(" ", "")
    code = pyotp.TOTP(secret).at(datetime.now(UTC))
    shown = send_form(browser, PAGE, form_in(page, sends="/begin"), code=code)
    assert shown.status_code == 200
    return secret, re.findall(r"<code>([0-9a-f]{5}-[0-9a-f]{5})</code>", shown.text)


def password(world: World) -> FlaskClient:
    """Return a browser in which anna has given the right password."""
    browser = world.browser(None)
    form = form_in(browser.get(LOGIN), has="password")
    sent = send_form(browser, LOGIN, form, username="anna", password=PASSWORD)
    assert sent.status_code == 302
    return browser


def prove(browser: FlaskClient, code: str) -> TestResponse:
    return send_form(browser, SECOND, form_in(browser.get(SECOND), has="code"), code=code)


def is_in(browser: FlaskClient) -> bool:
    return browser.get("/users/userinfo/").status_code == 200


def later(seconds: int) -> Any:
    return time_machine.travel(NOW + timedelta(seconds=seconds), tick=False)


def test_the_password_alone_lets_nobody_in_any_more(kitchens: World) -> None:
    secret, _spare = turned_on(kitchens, kitchens.browser("anna"))

    browser = password(kitchens)
    assert not is_in(browser)
    with later(60):
        assert prove(browser, pyotp.TOTP(secret).at(datetime.now(UTC))).status_code == 302
        assert is_in(browser)


def test_what_was_signed_in_elsewhere_ends_when_it_is_turned_on(kitchens: World) -> None:
    elsewhere, here = kitchens.browser("anna"), kitchens.browser("anna")
    assert is_in(elsewhere)

    turned_on(kitchens, here)

    assert is_in(here)
    assert not is_in(elsewhere)


def test_a_code_counts_once(kitchens: World) -> None:
    secret, _spare = turned_on(kitchens, kitchens.browser("anna"))

    with later(60):
        code = pyotp.TOTP(secret).at(datetime.now(UTC))
        assert prove(password(kitchens), code).status_code == 302
        assert prove(password(kitchens), code).status_code == 401


def test_the_code_it_was_turned_on_with_does_not_count_again(kitchens: World) -> None:
    secret, _spare = turned_on(kitchens, kitchens.browser("anna"))

    assert prove(password(kitchens), pyotp.TOTP(secret).at(NOW)).status_code == 401


def test_a_code_for_need_counts_once(kitchens: World) -> None:
    _secret, spare = turned_on(kitchens, kitchens.browser("anna"))
    assert len(spare) == CODES

    assert prove(password(kitchens), spare[0].upper()).status_code == 302
    assert prove(password(kitchens), spare[0]).status_code == 401
    assert prove(password(kitchens), spare[1]).status_code == 302


@pytest.mark.parametrize("code", ["", "000000", "١٢٣٤٥٦", "x" * 500, "12345"])
def test_a_wrong_code_lets_nobody_in(kitchens: World, code: str) -> None:
    turned_on(kitchens, kitchens.browser("anna"))
    browser = password(kitchens)

    assert prove(browser, code).status_code == 401
    assert not is_in(browser)


def test_after_ten_wrong_codes_the_password_is_asked_for_again(kitchens: World) -> None:
    secret, _spare = turned_on(kitchens, kitchens.browser("anna"))
    browser = password(kitchens)

    answers = [prove(browser, f"{number:06}").status_code for number in range(10)]

    assert answers == [401] * 9 + [429]
    with later(120):
        assert browser.get(SECOND).status_code == 302
        right = pyotp.TOTP(secret).at(datetime.now(UTC))
        assert prove(password(kitchens), right).status_code == 302


def test_codes_cannot_be_guessed_under_other_names_or_with_an_old_cookie(kitchens: World) -> None:
    turned_on(kitchens, kitchens.browser("anna"))
    browsers = [password(kitchens) for _one in range(3)]
    forms = [form_in(browser.get(SECOND), has="code") for browser in browsers]

    answers = [
        send_form(browsers[at % 3], SECOND, forms[at % 3], code="x", username=f"x{at}").status_code
        for at in range(12)
    ]

    assert answers == [401] * 10 + [429] * 2


def test_the_password_counts_for_some_minutes_only(kitchens: World) -> None:
    secret, _spare = turned_on(kitchens, kitchens.browser("anna"))
    browser = password(kitchens)
    form = form_in(browser.get(SECOND), has="code")

    with later(6 * 60):
        assert browser.get(SECOND).status_code == 302
        code = pyotp.TOTP(secret).at(datetime.now(UTC))
        assert send_form(browser, SECOND, form, code=code).status_code == 302
        assert not is_in(browser)


def test_it_is_begun_from_its_page_only(kitchens: World) -> None:
    browser = kitchens.browser("anna")
    form = form_in(browser.get("/userinfoeditview/form"))
    sent = browser.post(f"{PAGE}begin", data={**form.fields, "code": "000000"})

    assert (sent.status_code, sent.location) == (302, PAGE)


def test_programs_send_the_code_too(kitchens: World) -> None:
    secret, _spare = turned_on(kitchens, kitchens.browser("anna"))
    sent = {"username": "anna", "password": PASSWORD, "provider": "db"}
    login = "/api/v1/security/login"

    with later(60):
        missing = kitchens.call("POST", login, by=None, json=sent)
        wrong = kitchens.call("POST", login, by=None, json=sent | {"code": "000000"})
        code = pyotp.TOTP(secret).at(datetime.now(UTC))
        right = kitchens.call("POST", login, by=None, json=sent | {"code": code})

    assert [missing.status_code, wrong.status_code, right.status_code] == [401, 422, 200]
    assert missing.json["error"]["code"] == "second_factor_is_missing"


def test_programs_cannot_guess_codes_for_long(kitchens: World) -> None:
    turned_on(kitchens, kitchens.browser("anna"))
    sent = {"username": "anna", "password": PASSWORD, "code": "000000"}

    answers = [
        kitchens.call(
            "POST",
            "/api/v1/security/login",
            by=None,
            json=sent,
            environ_base={"REMOTE_ADDR": f"10.0.0.{number}"},
        ).status_code
        for number in range(11)
    ]

    assert answers == [422] * 10 + [429]


def test_whoever_found_a_browser_open_cannot_guess_it_away(kitchens: World) -> None:
    browser = kitchens.browser("anna")
    turned_on(kitchens, browser)
    form = form_in(browser.get(PAGE), sends="/end")

    answers = [
        send_form(browser, PAGE, form, code=f"{number:06}").status_code for number in range(11)
    ]

    assert answers == [422] * 10 + [429]


def test_it_ends_with_a_code_and_not_without(kitchens: World) -> None:
    browser = kitchens.browser("anna")
    _secret, spare = turned_on(kitchens, browser)
    form = form_in(browser.get(PAGE), sends="/end")

    assert send_form(browser, PAGE, form, code="000000").status_code == 422
    assert send_form(browser, PAGE, form, code=spare[0]).status_code == 302
    assert is_in(browser)
    assert password(kitchens).get("/users/userinfo/").status_code == 200


def test_an_administrator_takes_it_off_and_nobody_else(kitchens: World) -> None:
    turned_on(kitchens, kitchens.browser("anna"))
    with kitchens.host.unit_of_work(by="anna") as unit:
        address = f"/secondfactor/end/{unit.user.id}"

    assert kitchens.browser("ben").post(address).status_code == 403
    assert kitchens.browser("boss").post(address).status_code == 302
    assert is_in(password(kitchens))


def test_the_page_of_a_person_offers_to_take_it_off_while_there_is_one(kitchens: World) -> None:
    boss = kitchens.browser("boss")
    with kitchens.host.unit_of_work(by="anna") as unit:
        page = f"/users/show/{unit.user.id}"
        address = f"/secondfactor/end/{unit.user.id}"
    shown = boss.get(page, headers=ENGLISH)
    assert address not in shown.text
    assert "Not turned on" in shown.text

    turned_on(kitchens, kitchens.browser("anna"))
    shown = boss.get(page, headers=ENGLISH)
    assert re.search(r"Since [^<]*2026", shown.text)
    assert send_form(boss, page, form_in(shown, sends=address)).status_code == 302

    assert address not in boss.get(page).text
    assert is_in(password(kitchens))


def test_nobody_is_offered_to_take_the_own_one_off_without_a_code(kitchens: World) -> None:
    boss = kitchens.browser("boss")
    turned_on(kitchens, boss)
    with kitchens.host.unit_of_work(by="boss") as unit:
        ident = unit.user.id

    page = boss.get(f"/users/show/{ident}", headers=ENGLISH).text
    assert re.search(r"Since [^<]*2026", page)
    assert f"/secondfactor/end/{ident}" not in page


def test_the_secret_is_kept_encrypted(kitchens: World) -> None:
    secret, spare = turned_on(kitchens, kitchens.browser("anna"))

    with kitchens.host.database.wide_session() as wide:
        kept = str(wide.execute(text("SELECT * FROM core_second_factor")).all())
        assert wide.scalars(select(SecondFactor)).one().secret != secret
    assert secret not in kept
    assert not [code for code in spare if code in kept or code.replace("-", "") in kept]
