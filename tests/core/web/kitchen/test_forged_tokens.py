"""Tokens somebody made up: what is written in them is read as strictly as anything else."""

from __future__ import annotations

from base64 import urlsafe_b64encode

from flask.testing import FlaskClient

from bumen.listing import Listing, order_of, tokens
from kitchen.resources import Dishes
from tests.core.web.kitchens import Kitchen

DISHES = "/api/v1/kitchen/dishes/"
MISFITS = {
    "id": ["", "0", "1", "1:x", "1:1.0", "1:99999999999999999999", "99999999999999999999:1"],
    "code": ["1", "1:\0"],
    "name": ["-1:Soup", "x:Soup", ":Soup", "01:Soup"],
    "price": ["1", "1:cheap", "1:1", "1:1.234", "1:NaN", "1:1E+5", "1:99999999999999999999.00"],
    "course": ["1", "1:dessert"],
    "vegan": ["1", "1:2", "1:true"],
    "launched": ["1:2026-02-30", "1:20260201", "1:today"],
    "served_at": [
        "1:2026-02-01",
        "1:2026-02-01T00:00:00",
        "1:2026-02-01T00:00:00+08:00",
        "1:0001-01-01T00:00:00+23:00",
    ],
    "supplier": ["1:Farm", "1:1.5"],
    "spicy": ["1:", "1:None"],
}
FITTING = {
    "id": ["9223372036854775807:9223372036854775807"],
    "code": ["7:A", "7:"],
    "price": ["7:0.00", "7:-5.00"],
    "vegan": ["7:0"],
    "launched": ["7", "7:0001-01-01", "7:9999-12-31"],
    "served_at": ["7", "7:9999-12-31T23:59:59.999999+00:00"],
    "supplier": ["7", "7:9223372036854775807"],
}


def forged(kitchen: Kitchen, order: str, written: str) -> str:
    """Return a token whose mark is right, whatever is written in it."""
    with kitchen.host.unit_of_work(company="TW01", by="cook"):
        mark = tokens._mark(Dishes, order_of(Dishes, Listing(order=order)), written.encode())
    return urlsafe_b64encode(mark + written.encode()).decode().rstrip("=")


def status(browser: FlaskClient, order: str, token: str, *, way: str) -> int:
    """Ask for the page at a token through the API; return what it answers."""
    direction = "desc" if order.startswith("-") else "asc"
    q = f"order_column:{order.lstrip('-')},order_direction:{direction},{way}:'{token}'"
    return browser.get(f"{DISHES}?q=({q})").status_code


def test_what_does_not_fit_the_field_is_refused(kitchen: Kitchen) -> None:
    browser = kitchen.browser()
    for order, written in ((order, one) for order, every in MISFITS.items() for one in every):
        token = forged(kitchen, order, written)

        assert status(browser, order, token, way="after") == 400, (order, written)
        assert status(browser, order, token, way="before") == 400, (order, written)
        page = browser.get(f"/kitchen/dishes/list/?sort={order}&after={token}")
        assert page.status_code == 400, (order, written)


def test_what_fits_is_a_place_like_any_other(kitchen: Kitchen) -> None:
    kitchen.dish()
    browser = kitchen.browser()
    for order, written in ((order, one) for order, every in FITTING.items() for one in every):
        for name in (order, f"-{order}"):
            token = forged(kitchen, name, written)

            assert status(browser, name, token, way="after") == 200, (name, written)
            assert status(browser, name, token, way="before") == 200, (name, written)
