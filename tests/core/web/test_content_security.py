"""Pages run no script and wear no style but ours: every page of every plugin and of the host."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.core.web.beginnings import make_deployer
from tests.core.web.conftest import World, whatever_the_database
from tests.core.web.routes import API, routes_of, telling

FOREIGN = re.compile(r"jquery|select2|bootstrap-theme|/static/appbuilder|//cdn|fonts\.g", re.I)
POLICY = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}
_NAMES = {"name": "cancel", "way": "off", "company_code": "TW01", "plugin": "sales"}


class Page(HTMLParser):
    """What a page would run or fetch."""

    def __init__(self, nonce: str) -> None:
        super().__init__()
        self.nonce = nonce
        self.wrong: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        said = self.get_starttag_text() or tag
        if any(name == "style" or re.fullmatch(r"on[a-z]+|hx-on.*", name) for name in given):
            self.wrong.append(said)
        if tag in {"style", "base", "object", "embed", "iframe"}:
            self.wrong.append(said)
        if tag == "script" and not (given.get("src") and given.get("nonce") == self.nonce):
            self.wrong.append(said)
        for name in ("src", "href", "action", "xlink:href"):
            value = given.get(name) or ""
            if FOREIGN.search(value) or value.strip().lower().startswith(("javascript:", "//")):
                self.wrong.append(said)
        if given.get("id"):
            self.ids.append(str(given["id"]))


def policy_of(answer: TestResponse) -> dict[str, str]:
    """Return the directives of an answer's policy."""
    parts = answer.headers["Content-Security-Policy"].split(";")
    return {name: rest for name, _space, rest in (part.strip().partition(" ") for part in parts)}


def nonce_of(answer: TestResponse) -> str:
    (nonce,) = re.findall(r"'nonce-([^']{16,})'", policy_of(answer)["script-src"])
    return str(nonce)


def pages_of(world: World) -> list[str]:
    """Return the address of every page, with ids of records that are there.

    What programs read of departments is asked for once of each shape.
    """
    found = []
    read = [one for one in routes_of(world.app, world.host) if str(one.rule).startswith(API)]
    alike = {str(one.rule) for one in read} - {str(one.rule) for one in telling(read)}
    for rule in world.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint.endswith("static"):
            continue
        if str(rule) in alike:
            continue
        parts = str(rule).strip("/").split("/")
        ident = world.ids_here.get(".".join(parts[:2]), 1)
        values: dict[str, Any] = {one: _NAMES.get(one, ident) for one in rule.arguments}
        if parts[0] == "departments":
            values["name"] = "sales"
        if parts[0] == "lookup":
            values["path"] = "orders"
        adapter = world.app.url_map.bind("localhost")
        found.append(adapter.build(rule.endpoint, values, "GET"))
    return sorted(found)


def assert_tight(answer: TestResponse, where: str) -> None:
    policy, nonce = policy_of(answer), nonce_of(answer)
    assert policy.items() >= POLICY.items(), where
    assert "unsafe" not in answer.headers["Content-Security-Policy"], where
    if answer.mimetype == "text/html":
        page = Page(nonce)
        page.feed(answer.text)
        assert page.wrong == [], where
        assert len(page.ids) == len(set(page.ids)), (where, page.ids)


@pytest.mark.parametrize(
    "markup",
    [
        '<p style="color: red">',
        '<button onclick="go()">',
        "<style>p {}</style>",
        "<script>go()</script>",
        '<script src="/a.js"></script>',
        '<script src="/a.js" nonce="guessed"></script>',
        '<a href="javascript:go()">',
        '<link rel="stylesheet" href="//cdn.example/a.css">',
        '<script src="/static/appbuilder/js/ab.js" nonce="marked"></script>',
    ],
)
def test_the_walk_knows_what_is_not_ours(markup: str) -> None:
    page = Page("marked")
    page.feed(markup)

    assert len(page.wrong) >= 1


@pytest.mark.slow
@whatever_the_database
def test_every_page_runs_and_wears_only_what_is_ours(world: World) -> None:
    make_deployer(world)
    pages = pages_of(world)
    seen, nonces, html = world.browser("boss"), set(), 0
    for url in pages:
        answer = seen.get(url)
        assert answer.status_code < 500, url
        assert_tight(answer, url)
        html += answer.mimetype == "text/html"
        nonces.add(nonce_of(answer))

    assert len(nonces) == len(pages), "a nonce that is used twice marks nothing"
    assert html >= 4 * len(world.host.registry.resources)


def test_what_is_refused_wears_only_what_is_ours(world: World) -> None:
    browser, nobody = world.browser("anna"), world.browser(None)
    add = "/base/customers/add"
    for answer in (
        browser.get("/nowhere"),
        browser.get("/users/list/"),
        browser.get("/theme"),
        browser.get("/base/customers/show/999999"),
        browser.post(add, data={"company": "TW01"}),
        browser.post(add, data={"company": "XX99"}),
        browser.post("/language", data={"language": "xx"}),
        nobody.get("/nowhere"),
        nobody.get("/login/"),
        nobody.post("/theme", data={"theme": "dark"}),
    ):
        assert_tight(answer, f"{answer.request.path} {answer.status_code}")


def test_a_fault_is_told_by_a_page_that_asks_nobody(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = world.browser("anna")
    monkeypatch.setitem(world.app.view_functions, "AuthDBView.login", _fail)

    answer = browser.get("/login/")

    assert answer.status_code == 500
    assert_tight(answer, "a fault")
    assert "secret" not in answer.text


def _fail() -> str:
    raise RuntimeError("secret")
