"""What people choose for themselves: by POST only, kept for them, and never on another's site."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from bumen.host import Host
from bumen.model.accounts import User
from bumen.testing.people import Login
from bumen.unit_of_work import CurrentCompany

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "javascript:alert(1)",
    "/\tx//evil.example",
    "http:/evil.example",
    "https://[evil/",
    "",
]


def locale_of(host: Host, name: str) -> str | None:
    with host.unit_of_work() as unit:
        return unit.session.scalar(select(User.locale).where(User.username == name))


def strangers(client: FlaskClient) -> dict[str, str]:
    """Return the headers of a form that our own page has sent."""
    page = client.get("/login/").text
    token = page.partition('name="csrf-token" content="')[2].partition('"')[0]
    return {"X-CSRFToken": token}


@pytest.mark.parametrize(("code", "lang"), [("zh_Hant", "zh-Hant-TW"), ("zh_Hans", "zh-Hans-CN")])
def test_a_language_is_kept_for_the_person(
    host: Host, company: CurrentCompany, login: Login, code: str, lang: str
) -> None:
    browser = login("admin")

    answer = browser.post("/language", data={"language": code, "next": "/departments/?a=b"})

    assert (answer.status_code, answer.location) == (302, "/departments/?a=b")
    assert f'<html lang="{lang}"' in browser.get("/").text
    assert f'<html lang="{lang}"' in login("admin").get("/").text, "in another browser too"
    assert locale_of(host, "admin") == code


def test_a_stranger_chooses_a_language_before_signing_in(client: FlaskClient) -> None:
    headers = strangers(client)

    answer = client.post("/language", data={"language": "zh_Hans"}, headers=headers)

    assert answer.status_code == 302
    assert '<html lang="zh-Hans-CN"' in client.get("/login/").text


def test_no_language_is_chosen_by_get(host: Host, company: CurrentCompany, login: Login) -> None:
    browser = login("admin")
    before = browser.get("/").text.partition("<head>")[0]

    assert browser.get("/lang/zh_Hans").status_code == 404
    assert browser.get("/language?language=zh_Hans").status_code == 303
    assert browser.get("/").text.partition("<head>")[0] == before
    assert locale_of(host, "admin") is None


def test_a_theme_is_kept_by_the_browser(company: CurrentCompany, login: Login) -> None:
    browser = login("admin")
    assert 'data-theme="system"' in browser.get("/").text

    answer = browser.post("/theme", data={"theme": "dark", "next": "/"})

    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert 'data-theme="dark"' in browser.get("/").text
    assert browser.get("/theme?theme=light").status_code == 303


@pytest.mark.parametrize(("url", "name"), [("/language", "language"), ("/theme", "theme")])
def test_what_cannot_be_chosen_is_refused(
    company: CurrentCompany, login: Login, url: str, name: str
) -> None:
    for value in ("", "xx", "../etc", "zh", "\x00"):
        assert 400 <= login("admin").post(url, data={name: value}).status_code < 500, value


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_nobody_is_led_to_another_site(company: CurrentCompany, login: Login, wanted: str) -> None:
    answer = login("admin").post("/theme", data={"theme": "dark", "next": wanted})

    assert (answer.status_code, answer.location) == (302, "/")


def test_signing_out_ends_the_session_and_only_by_post(
    company: CurrentCompany, login: Login
) -> None:
    browser = login("admin")
    assert browser.get("/logout/").status_code == 303
    assert browser.get("/departments/").status_code == 200

    answer = browser.post("/logout/")

    assert (answer.status_code, answer.location) == (302, "/login/")
    assert browser.get("/departments/").status_code in (302, 401)
    with browser.session_transaction() as kept:
        assert not {"_user_id", "company", "epoch"} & set(kept)


@pytest.mark.parametrize("url", ["/language", "/theme", "/logout/", "/steps"])
def test_a_choice_proves_that_the_page_was_ours(
    company: CurrentCompany, login: Login, url: str
) -> None:
    browser = login("admin")
    browser.environ_base.pop("HTTP_X_CSRFTOKEN")
    told = {"language": "en", "theme": "dark"}

    assert browser.post(url, data=told).status_code == 400
    assert browser.get("/departments/").status_code == 200
