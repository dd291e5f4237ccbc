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

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import BROWSERS, FLAGS
from tests.browser.install import chromium

HERE = Path(__file__).parent
PORT, PASSWORD = 8765, "Bumen-Pictures-2026"  # of a demonstration that is thrown away
BASE = f"http://127.0.0.1:{PORT}"
PATIENCE = 120
PICTURES = (
    ("orders", "zh_Hant", False, 1280, "/sales/orders/list/"),
    ("order", "zh_Hans", False, 1280, "/sales/orders/show/1"),
    ("board", "zh_Hant", True, 1280, "/sales/orders/list/?view=board"),
    ("catalogue", "zh_Hans", False, 1280, "/base/products/list/?view=cards"),
    ("departments", "en", False, 1280, "/departments/"),
    ("phone", "zh_Hant", False, 390, "/sales/orders/list/"),
)
"""What is shown: a name, a language, whether it is dark, how wide, and where it is."""


def main() -> None:
    """Take every picture."""
    with demonstration(), sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        for name, language, dark, width, path in PICTURES:
            page = signed_in(browser, language=language, dark=dark, width=width)
            page.goto(path)
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


def signed_in(browser: Browser, *, language: str, dark: bool, width: int) -> Page:
    """Return a page of the demonstration's administrator."""
    page = browser.new_page(
        base_url=BASE,
        locale=BROWSERS[language],
        color_scheme="dark" if dark else "light",
        viewport={"width": width, "height": 800},
    )
    page.goto("/login/")
    page.fill("[name=username]", "admin")
    page.fill("[name=password]", PASSWORD)
    page.click("main [type=submit]")
    page.wait_for_url(lambda url: "/login" not in url)
    return page


if __name__ == "__main__":
    main()
