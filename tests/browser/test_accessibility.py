"""Everybody can use every page: WCAG 2.2 A and AA as axe finds them, light and dark, wide and not.

Pages are found by their links, as somebody walks who looks at everything, and opened in turn light
and wide, dark and narrow. What one template makes is opened for two resources of a department, once
in each look. Of whoever may see less, the first pages are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Error, Page

from tests.browser.conftest import Visit
from tests.browser.crawling import section_of

Look = tuple[Any, Literal["light", "dark"]]
"""The size of a window, and its theme."""
AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
LIGHT: Look = ({"width": 1366, "height": 900}, "light")
DARK: Look = ({"width": 390, "height": 844}, "dark")
RUN = """only => axe.run(document, {
  runOnly: only, resultTypes: ["violations"], elementRef: false,
})"""
ALL_RULES = {"type": "tag", "values": LEVELS}
DRESSED = "theme => document.documentElement.dataset.bsTheme === theme"
STILL = """() => new Promise(still => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`*, ::before, ::after {
    transition: none !important; animation: none !important }`);
  document.adoptedStyleSheets = [sheet];
  requestAnimationFrame(() => requestAnimationFrame(still));
})"""
"""Colours change at once, and have changed when this is over."""
LINKS = "links => links.map(link => link.getAttribute('href'))"
DEPARTMENTS, HOUSE = ("base", "logistics", "sales"), "house"
_KEY = rf"(?:{'|'.join(DEPARTMENTS)}|core)[./]\w+(?:\.\w+)?"
NAMED = rf"\b(?:{_KEY}|[A-Z]{{2}}\d\d/\w+)(?:/\w+(?=/new))?"
"""What pages of the house name: a department's resource or paper and its step, or a company."""
OF_EACH_KIND = 2
LEAST = 12
"""So many pages every area has at least."""
LONGEST_LOOK = 200
"""Milliseconds in which what scripts draw has come."""

pytestmark = [
    pytest.mark.skipif(not AXE.exists(), reason="axe-core is not there: npm ci fetches it"),
]


@pytest.mark.slow
@pytest.mark.parametrize("area", [*DEPARTMENTS, HOUSE])
def test_no_page_shuts_anybody_out(visit: Visit, area: str) -> None:
    page = visit("/", by="anna", language="zh_Hant")

    found = {address: violations(page) for address in walked(page, area)}

    assert len(found) >= LEAST
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


@pytest.mark.slow
def test_nobody_who_may_see_less_is_shut_out(visit: Visit) -> None:
    page = visit("/", by="sally", language="zh_Hans")

    found = {address: violations(page) for address in islice(walked(page), LEAST)}

    assert len(found) == LEAST
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("where", ["/nowhere", "/sales/orders/list/?q=沒有這張訂單"])
def test_what_leads_nowhere_shuts_nobody_out(visit: Visit, where: str) -> None:
    assert wrong_in_every_look(visit(where)) == []


def test_signing_in_shuts_nobody_out(visit: Visit) -> None:
    assert wrong_in_every_look(visit("/login/", by=None)) == []


def walked(page: Page, area: str = "") -> Iterator[str]:
    """Open the pages of an area that links lead to, a few of each kind, and yield where they are.

    An area is a department; the house is what belongs to none. The first of a kind is opened in the
    look that the first of the kind before was not, the second in the other.
    """
    waiting, known, seen = ["/"], {section_of("/")}, dict[str, int]()
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        first = list(seen).index(kind) if kind in seen else len(seen)
        so_far = seen.get(kind, 0)
        look = (LIGHT, DARK)[(first + so_far) % 2]
        if so_far == OF_EACH_KIND or not opened(page, address, look):
            continue
        seen[kind] = so_far + 1
        if lies_in(address, area):
            yield address
        for link in page.eval_on_selector_all("a[href]:not([download])", LINKS):
            there = urljoin(address, link)
            parts = urlsplit(there)
            elsewhere = parts.scheme or parts.netloc or not lies_in(there, area)
            if not elsewhere and section_of(there) not in known:
                known.add(section_of(there))
                waiting.append(there)


def kind_of(address: str) -> str:
    """Return what is alike in addresses of pages that one template makes, whatever they show."""
    section = section_of(address)
    department, _slash, rest = section.strip("/").partition("/")
    if department not in DEPARTMENTS:
        return re.sub(NAMED, "*", section)
    resource, _slash, shown = rest.partition("/")
    if resource == "reports" and "/" in shown:
        shown = shown.partition("/")[2]
    return f"{department} {shown}"


def lies_in(address: str, area: str) -> bool:
    """Whether a page belongs to an area; everything does where none is meant."""
    first = urlsplit(address).path.strip("/").partition("/")[0]
    return not area or area == (first if first in DEPARTMENTS else HOUSE)


def opened(page: Page, address: str, look: Look = LIGHT) -> bool:
    """Open a page in a look; return whether it is one to be looked at."""
    wear(page, look)
    try:
        answer = page.goto(address)
    except Error as why:
        if "Download is starting" in why.message:
            return False
        raise
    led_on = answer is None or answer.request.redirected_from is not None
    if led_on or not answer.ok or "html" not in answer.headers.get("content-type", ""):
        return False
    page.wait_for_function(DRESSED, arg=look[1])
    page.wait_for_timeout(LONGEST_LOOK)
    return True


def wrong_in_every_look(page: Page) -> list[str]:
    """Return what is wrong with a page as it is light and wide, and as it is dark and narrow."""
    found = set(violations(page))
    wear(page, DARK)
    page.wait_for_function(DRESSED, arg=DARK[1])
    return sorted(found | set(violations(page)))


def wear(page: Page, look: Look) -> None:
    """Give the window a size and a theme."""
    size, theme = look
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=theme)


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong on a page as it is, where nothing moves: the rule, and where."""
    page.evaluate(STILL)
    page.evaluate(_axe())
    told: dict[str, Any] = page.evaluate(RUN, ALL_RULES)
    return [
        f"{one['id']}: {node['target']} {node['html'][:160]}"
        for one in told["violations"]
        for node in one["nodes"][:3]
    ]


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")
