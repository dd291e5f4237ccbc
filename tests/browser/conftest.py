"""A real browser before a real server.

The databases are told apart by the tests below the screen; here a story that is told twice, of
two companies or widths, is told on each once, and the rest on SQLite.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from bumen.host import Host
from tests.browser.install import HOW, chromium
from tests.browser.serving import serving
from tests.browser.shop import Shop, make_shop

FLAGS = (
    "--no-sandbox",  # the tests may run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
BROWSERS = {"zh_Hant": "zh-TW", "zh_Hans": "zh-CN", "en": "en-US"}
PATIENCE = 30_000
"""Milliseconds a page may take on a busy machine before a test gives up."""
expect.set_options(timeout=PATIENCE)

Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give what runs in a browser a second try: a starved machine drops keys; `-ra` lists it."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """How Chromium is started."""
    if chromium() is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(HOW)
    return {"executable_path": chromium(), "args": list(FLAGS)}


@pytest.fixture(scope="session", params=["sqlite"])
def backend(request: pytest.FixtureRequest) -> str:
    """The database of a story that names none."""
    chosen: str = request.param
    return chosen


@pytest.fixture
def shop(host: Host) -> Shop:
    """Two companies with customers, products and orders, and people who work there."""
    return make_shop(host)


@pytest.fixture
def address(shop: Shop, app: Flask) -> Iterator[str]:
    """Where the application is served."""
    with serving(app) as base:
        yield base


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Return a function that opens a page signed in: `visit("/", by="anna", dark=True)`.

    What the browser complains about on the way fails the test at its end.
    """
    complaints: list[str] = []

    def opened(path: str = "/", *, by: str | None = "anna", **looks: Any) -> Page:
        page = _window(browser, address, **looks)
        page.on("console", lambda message: _note(complaints, message))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if by is not None:
            sign_in(page, by)
        page.goto(path)
        page.wait_for_load_state("networkidle")  # scripts of parts come after the page
        return page

    yield opened
    for context in browser.contexts:
        context.close()
    assert complaints == []


def _window(
    browser: Browser,
    address: str,
    *,
    language: str = "zh_Hant",
    dark: bool = False,
    width: int = 1366,
) -> Page:
    context = browser.new_context(
        base_url=address,
        locale=BROWSERS[language],
        color_scheme="dark" if dark else "light",
        viewport={"width": width, "height": 900},
    )
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def sign_in(page: Page, name: str) -> None:
    """Sign in on the page for that."""
    page.goto("/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", Shop.password)
    page.click("main [type=submit]")
    page.wait_for_url(lambda url: "/login" not in url)


def _note(complaints: list[str], message: ConsoleMessage) -> None:
    """Note what the browser complains about; an answer that refuses is no fault of the page."""
    refused = "Failed to load resource: the server responded with a status of 4"
    if message.type in ("error", "warning") and not message.text.startswith(refused):
        complaints.append(message.text)
