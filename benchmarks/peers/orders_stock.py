"""Flask-AppBuilder as it comes, over a million orders."""

from __future__ import annotations

from itertools import count
from typing import Any

from flask import Flask

from benchmarks.peers.stock import Stock, made_app
from benchmarks.peers.visiting import PAGE_SIZE, done, listed, memory_after
from benchmarks.processes import answer
from benchmarks.records import stock_order

ORDERS, VIEW = "/api/v1/sales_order/", "sales_order_view"
_NEWEST = f"order_column:id,order_direction:desc,page_size:{PAGE_SIZE}"
_CHOSEN = {"payment_method": "on_account", "waits_for": "goods"}
"""It writes no order again whose choices are empty."""


class Orders(Stock):
    """Stock Flask-AppBuilder with our models, in a process of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.drafts = count(1)

    def list_by_api(self, *, page: int = 0) -> dict[str, Any]:
        """Get a page of the newest orders through the API."""
        query = f"({_NEWEST},page:{page})"
        return listed(lambda: self.program.get(f"{ORDERS}?q={query}"))

    list_on = list_by_api  # it knows pages by their number only

    def list_as_page(self, *, page: int = 0) -> dict[str, Any]:
        """Get the first page of orders as people see it."""
        order = f"_oc_{VIEW}=id&_od_{VIEW}=desc"
        return listed(lambda: self.browser.get(f"/{VIEW}/list/?{order}&page_{VIEW}={page}"))

    def of_customer(self, *, customer: int) -> dict[str, Any]:
        """Get the newest orders of one customer."""
        return self._filtered(f"(col:customer,opr:rel_o_m,value:{customer})")

    def number_contains(self, *, part: str) -> dict[str, Any]:
        """Get the newest orders whose number contains something."""
        return self._filtered(f"(col:number,opr:ct,value:'{part}')")

    def open_by_api(self) -> dict[str, Any]:
        """Get one order, and its lines: its API knows no lines in a document."""
        ident = self.known["long"]
        lines = f"(filters:!((col:order,opr:rel_o_m,value:{ident})),page_size:{PAGE_SIZE})"

        def both() -> Any:
            assert self.program.get(f"{ORDERS}{ident}").status_code == 200
            return self.program.get(f"/api/v1/sales_order_line/?q={lines}")

        return done(both)

    def open_as_page(self) -> dict[str, Any]:
        """Get the same order as people see it, without its lines."""
        return done(lambda: self.browser.get(f"/{VIEW}/show/{self.known['long']}"))

    def confirm(self) -> dict[str, Any]:
        """Write the state of an order."""
        order = stock_order(self.known, f"SC-{next(self.drafts)}") | _CHOSEN
        ident = self.program.post(ORDERS, json=order).get_json()["id"]
        return done(lambda: self.program.put(f"{ORDERS}{ident}", json={"state": "confirmed"}))

    def memory(self, *, times: int) -> float:
        """Return how many MB the process holds after so many pages."""
        return memory_after(self.list_by_api, times=times)

    def _filtered(self, condition: str) -> dict[str, Any]:
        query = f"({_NEWEST},filters:!({condition}))"
        return listed(lambda: self.program.get(f"{ORDERS}?q={query}"))


def served(url: str, _company: int, secret: str) -> Flask:
    """Make the application, to be served."""
    return made_app(url, secret=secret)


if __name__ == "__main__":
    answer(Orders())
