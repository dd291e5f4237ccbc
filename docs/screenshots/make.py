"""The pictures in the README, taken of the demonstration: `make screenshots`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import BROWSERS, FLAGS
from tests.browser.install import chromium

HERE = Path(__file__).parent
PORT, PASSWORD = 8765, "Bumen-Pictures-2026"  # of a demonstration that is thrown away
BASE = f"http://127.0.0.1:{PORT}"
PATIENCE = 120
SALES = "/sales/reports/sales"
ORDERS = "/sales/orders/list/"
FIRST, CHANGE = "[data-row] a[href*='/show/']", "a[href*='/orders/edit/']"
BY_MONTH = "rows=ordered_on.month&measures=revenue&show=chart&period=this_year"
PICTURES: tuple[tuple[str, str, str, str, dict[str, Any]], ...] = (
    ("orders", "director.tw", "zh_Hant", "/sales/orders/list/", {}),
    ("order", "director.cn", "zh_Hans", f"{ORDERS}?filter.state=confirmed", {"goes_on": (FIRST,)}),
    ("form", "admin", "zh_Hant", f"{ORDERS}?filter.state=draft", {"goes_on": (FIRST, CHANGE)}),
    ("calendar", "director.cn", "zh_Hans", "/sales/orders/list/?view=calendar", {}),
    ("board", "director.tw", "zh_Hant", "/sales/orders/list/?view=board", {"dark": True}),
    ("catalogue", "director.cn", "zh_Hans", "/base/products/list/?view=cards", {}),
    ("dashboard", "director.cn", "zh_Hans", "/sales/dashboard/", {}),
    ("report", "director.tw", "zh_Hant", f"{SALES}?{BY_MONTH}", {}),
    ("departments", "admin", "en", "/departments/", {}),
    ("phone", "director.tw", "zh_Hant", "/sales/orders/list/", {"width": 390}),
)
"""What is shown: a name, to whom, in which language, where it is, and how it looks."""


def main() -> None:
    """Take every picture."""
    with demonstration(), sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        for name, person, language, path, looks in PICTURES:
            links = looks.pop("goes_on", ())
            page = signed_in(browser, person, language=language, **looks)
            page.goto(path)
            for link in links:
                page.locator(link).first.click()
                page.wait_for_load_state("networkidle")
            page.wait_for_load_state("networkidle")
            page.screenshot(path=HERE / f"{name}.jpg", type="jpeg", quality=72)
            page.context.close()


@contextmanager
def demonstration() -> Iterator[None]:
    """Serve the demonstration from an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        kept = {**os.environ, "BUMEN_DATA_DIR": folder, "BUMEN_DEMO_PASSWORD": PASSWORD}
        command = [Path(sys.executable).with_name("bumen"), "demo", "--port", str(PORT)]
        server = subprocess.Popen(command, env=kept, stdout=subprocess.DEVNULL)  # noqa: S603  # ours
        try:
            wait_until_served()
            yield
        finally:
            server.terminate()
            server.wait()


def wait_until_served() -> None:
    """Wait until the demonstration answers."""
    for _second in range(PATIENCE):
        try:
            urllib.request.urlopen(f"{BASE}/health").close()  # noqa: S310  # http, by its first letters
        except OSError:
            time.sleep(1)
        else:
            return
    raise TimeoutError(BASE)


def signed_in(
    browser: Browser, person: str, *, language: str, dark: bool = False, width: int = 1280
) -> Page:
    """Return a page of somebody of the demonstration."""
    page = browser.new_page(
        base_url=BASE,
        locale=BROWSERS[language],
        color_scheme="dark" if dark else "light",
        viewport={"width": width, "height": 800},
    )
    page.goto("/login/")
    page.fill("[name=username]", person)
    page.fill("[name=password]", PASSWORD)
    page.click("main [type=submit]")
    page.wait_for_url(lambda url: "/login" not in url)
    return page


if __name__ == "__main__":
    main()
