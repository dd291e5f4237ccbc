"""Every page for accounts and departments wears our skin, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from bumen.model.accounts import Role, User
from tests.core.web.beginnings import make_deployer
from tests.core.web.conftest import World

ELSEWHERE = {
    "Index.index",
    "AuthDBView.logout",
    "AuthDBView.second",
    "LocaleView.index",
    "UtilView.back",
    "MenuApi.get_menu_data",
    "OpenApi.get",
    "SwaggerView.show",
}
"""Addresses of Flask-AppBuilder's views that show no page of an account."""
PAGES = {
    "AuthDBView.login": "/login/",
    "UserDBModelView.list": "/users/list/",
    "UserDBModelView.show": "/users/show/{user}",
    "UserDBModelView.add": "/users/add",
    "UserDBModelView.edit": "/users/edit/{user}",
    "UserDBModelView.userinfo": "/users/userinfo/",
    "RoleModelView.list": "/roles/list/",
    "RoleModelView.show": "/roles/show/{role}",
    "RoleModelView.add": "/roles/add",
    "RoleModelView.edit": "/roles/edit/{role}",
    "UserInfoEditView.this_form_get": "/userinfoeditview/form",
    "ResetMyPasswordView.this_form_get": "/resetmypassword/form",
    "ResetPasswordView.this_form_get": "/resetpassword/form?pk={user}",
    "departments.board": "/departments/",
    "departments.show": "/departments/sales/",
    "departments.ask": "/departments/TW01/base/off",
}
NOT_WORDS = re.compile(
    r"Bumen|Anna Lee|\bAdmin\b|\b(anna|ben|boss|users?\.invalid)\b|Company \w\w01|\b[A-Z]{2}01\b"
    r"|\b(base|logistics|sales|core)\.[a-z_]+|\S+@\S+|English|Webhook"
)
"""Names, which are the same in every language."""


class Seen(HTMLParser):
    """What somebody reads of a page's own part, and what browsers would have to forbid."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.forbidden: list[str] = []
        self._inside = 0
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._inside += tag == "main" or (self._inside > 0 and tag == "main")
        self._silent += tag in ("script", "style")
        if tag in ("script", "style") and not given.get("nonce"):
            self.forbidden.append(tag)
        self.forbidden += [name for name in given if name == "style" or name.startswith("on")]
        if self._inside:
            told = (given.get(name) for name in ("aria-label", "title", "placeholder", "alt"))
            self.words += [one for one in told if one]

    def handle_endtag(self, tag: str) -> None:
        self._inside -= tag == "main"
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if self._inside and not self._silent:
            self.words.append(data)


@pytest.fixture
def company(world: World) -> World:
    """Two companies, and boss, who administers the deployment."""
    make_deployer(world)
    return world


def pages(world: World) -> Iterator[tuple[str, str]]:
    with world.host.unit_of_work() as unit:
        user = unit.session.query(User).filter_by(username="anna").one().id
        role = unit.session.query(Role).filter_by(name="sales.manager").one().id
    for endpoint, url in PAGES.items():
        yield endpoint, url.format(user=user, role=role)


def test_there_are_no_pages_of_accounts_but_those_seen_here(company: World) -> None:
    views = company.app.view_functions
    every = {
        rule.endpoint
        for rule in company.app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and ("flask_appbuilder" in views[rule.endpoint].__module__ or _ours(rule.endpoint))
    }

    left = every - ELSEWHERE - {"appbuilder.static"}
    assert {one for one in left if "-" not in one and "static" not in one} == PAGES.keys()


def _ours(endpoint: str) -> bool:
    view = endpoint.partition(".")[0]
    return view in {one.partition(".")[0] for one in PAGES}


@pytest.mark.parametrize("language", ["zh-TW", "zh-CN"])
def test_every_page_wears_our_skin_in_the_readers_language(company: World, language: str) -> None:
    boss, nobody = company.browser("boss"), company.browser(None)
    for endpoint, url in pages(company):
        browser = nobody if endpoint == "AuthDBView.login" else boss
        answer = browser.get(url, headers={"Accept-Language": language})
        seen = Seen()
        seen.feed(answer.text)

        assert answer.status_code == 200, url
        assert "/static/appbuilder" not in answer.text, url
        assert seen.forbidden == [], url
        assert "'unsafe" not in answer.headers["Content-Security-Policy"], url
        told = NOT_WORDS.sub("", " ".join(seen.words))
        assert re.findall(r"[A-Za-z]{2,}", told) == [], url


def test_strangers_are_asked_to_sign_in_and_others_are_refused(company: World) -> None:
    anna, nobody = company.browser("anna"), company.browser(None)
    everybodys = {"UserDBModelView.userinfo", "departments.board", "departments.show"}
    everybodys |= {"UserInfoEditView.this_form_get", "ResetMyPasswordView.this_form_get"}
    for endpoint, url in pages(company):
        if endpoint in ("AuthDBView.login", "departments.ask"):
            continue
        assert nobody.get(url).status_code == 302, url
        assert anna.get(url).status_code == (200 if endpoint in everybodys else 403), url


def test_asking_for_the_head_of_a_form_sends_nothing(company: World) -> None:
    boss = company.browser("boss")

    assert company.app.test_client().head("/login/").status_code == 200
    assert [boss.head(f"/{page}/add").status_code for page in ("users", "roles")] == [200, 200]


def test_a_wrong_password_is_told_on_the_page_and_the_name_is_kept(company: World) -> None:
    browser = company.browser("anna").application.test_client()  # type: ignore[union-attr]
    page = browser.get("/login/")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert token is not None
    sent = {"username": "anna", "password": "wrong", "csrf_token": token[1]}

    answer = browser.post("/login/?next=/departments/", data=sent)

    assert answer.status_code == 401
    assert 'value="anna"' in answer.text
    assert 'role="alert"' in answer.text
    assert "wrong" not in answer.text


def test_too_many_attempts_are_told_on_the_page_where_one_signs_in(company: World) -> None:
    browser = company.app.test_client()
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/login/").text)
    assert token is not None
    sent = {"username": "anna", "password": "wrong", "csrf_token": token[1]}

    answers = [browser.post("/login/", data=sent) for _attempt in range(11)]

    assert [one.status_code for one in answers] == [401] * 10 + [429]
    assert 'name="password"' in answers[-1].text
