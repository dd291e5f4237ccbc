"""Everybody can use every kind of page: WCAG 2.2 A and AA as axe finds them, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.shop import Shop

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]

pytestmark = [
    pytest.mark.skipif(not AXE.exists(), reason="axe-core is not there: npm ci fetches it"),
    pytest.mark.parametrize("backend", ["sqlite"], indirect=True),
]


def pages(shop: Shop) -> Iterator[str]:
    """Yield the address of each kind of page."""
    order, customer = shop.orders["draft"], next(iter(shop.customers.values()))
    yield from ("/", "/departments/", "/departments/sales/off", "/nowhere")
    yield from ("/sales/orders/list/", "/sales/orders/list/?group=state&filter.state=draft")
    yield from (f"/sales/orders/list/?view={view}" for view in ("board", "calendar", "chart"))
    yield from ("/base/products/list/?view=cards", "/base/regions/list/")
    yield from ("/sales/orders/list/?q=沒有這張訂單", "/base/customers/add")
    yield from (f"/sales/orders/show/{order}", f"/sales/orders/edit/{order}")
    yield from (f"/base/customers/show/{customer}", "/base/reports/duplicates/")
    yield from ("/users/list/", "/users/add", "/roles/list/", "/users/userinfo/")
    yield from ("/resetmypassword/form",)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_page_shuts_anybody_out(visit: Visit, shop: Shop, *, dark: bool) -> None:
    page = visit("/", dark=dark)

    found = {}
    for address in pages(shop):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        if wrong := violations(page):
            found[address] = wrong

    assert found == {}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_signing_in_shuts_nobody_out(visit: Visit, *, dark: bool) -> None:
    page = visit("/login/", by=None, dark=dark)

    assert violations(page) == []


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong on a page: the rule, and where."""
    page.evaluate(_axe())
    told: dict[str, Any] = page.evaluate(
        "levels => axe.run(document, {runOnly: {type: 'tag', values: levels}})", LEVELS
    )
    return [
        f"{one['id']}: {node['target']} {node['html'][:160]}"
        for one in told["violations"]
        for node in one["nodes"][:3]
    ]


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")
