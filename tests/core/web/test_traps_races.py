"""Doing a thing once: keys, versions, and two who ask at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, get_ident
from time import sleep
from typing import Any

import pytest
from sqlalchemy import event
from werkzeug.test import TestResponse

from bumen.host import Host
from bumen.registry import Candidate
from bumen.testing.makers import make_administrator, make_member
from bumen.testing.workbench import Workbench
from tests.core.web.beginnings import DISHES, PLAIN, made, two_kitchens
from tests.core.web.conftest import World

Ask = Callable[[], TestResponse]
TASKS = "/api/v1/sales/order_tasks/"
KEY = {"Idempotency-Key": "3f0c6f1e"}
SPICY = {**PLAIN, "spicy": True}
"""What the kitchen refuses, after the request's key was taken."""


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return tuple(
        Candidate(name, package)
        for name, package in (
            ("base", "bumen_base"),
            ("sales", "bumen_sales"),
            ("kitchen", "kitchen"),
        )
    )


@pytest.fixture
def kitchens(host: Host, workbench: Workbench) -> World:
    return two_kitchens(host, workbench)


class Meeting:
    """Two requests that meet: the first waits amidst its work until the second has come.

    The first stops after its statement that begins with these words. The second has come when it
    is about to send the same or, on SQLite, asks for the lock to write.
    """

    def __init__(self, host: Host, words: str) -> None:
        self.engine, self.words = host.database.engine, words
        self.begun, self.came = Event(), Event()
        self.first = 0

    def of(self, first: Ask, second: Ask) -> list[TestResponse]:
        """Let them meet, and return what they were answered."""
        with self._listening(), ThreadPoolExecutor(2) as people:
            one = people.submit(first)
            assert self.begun.wait(60), "the first never got so far"
            two = people.submit(second)
            answers = [one.result(90), two.result(90)]
        assert self.came.is_set(), "they never met"
        return answers

    @contextmanager
    def _listening(self) -> Iterator[None]:
        watched = {"before_cursor_execute": self._before, "after_cursor_execute": self._after}
        for moment, what in watched.items():
            event.listen(self.engine, moment, what)
        yield
        for moment, what in watched.items():
            event.remove(self.engine, moment, what)

    def _before(self, _connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        meets = statement.startswith((self.words, "BEGIN IMMEDIATE"))
        if meets and self.begun.is_set() and get_ident() != self.first:
            self.came.set()

    def _after(self, _connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith(self.words) and not self.begun.is_set():
            self.first = get_ident()
            self.begun.set()
            self.came.wait(30)
            sleep(0.1)  # until the database has made the second one wait


def post(world: World, by: str = "anna", **options: Any) -> TestResponse:
    options = {"json": PLAIN, **options, "headers": {**KEY, **options.get("headers", {})}}
    return world.call("POST", DISHES, by=by, **options)


def dishes(world: World, by: str = "anna") -> int:
    count: int = world.call("GET", DISHES, by=by).json["count"]
    return count


def test_the_same_key_has_one_effect_and_the_same_answer(kitchens: World) -> None:
    first = post(kitchens)
    kitchens.call("PUT", f"{DISHES}{first.json['id']}", json={"version": 1, "name": "Broth"})

    again = post(kitchens)

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.data == first.data
    assert dishes(kitchens) == 1


def test_a_key_is_refused_for_another_request(kitchens: World) -> None:
    assert post(kitchens).status_code == 201

    for other in ({**PLAIN, "code": "STEW"}, {}, {**PLAIN, "name": "Soup "}):
        refused = post(kitchens, json=other)
        assert (refused.status_code, refused.json["error"]["code"]) == (422, "key_used_otherwise")
    assert (
        kitchens.call(
            "POST", "/api/v1/kitchen/suppliers/", json={"name": "Farm"}, headers=KEY
        ).status_code
        == 422
    )
    assert dishes(kitchens) == 1


def test_a_key_belongs_to_one_person_in_one_company(kitchens: World, host: Host) -> None:
    make_administrator(host, "carl", company="TW01")
    make_member(host, "anna", company="CN01", roles=["core.administrator"])
    soup, there = {**PLAIN, "code": "SOUP2"}, {"X-Company": "CN01"}

    def ask() -> list[TestResponse]:
        return [
            post(kitchens, headers={"X-Company": "TW01"}),
            post(kitchens, by="carl", json=soup),
            post(kitchens, headers=there),
            post(kitchens, by="ben", json=soup),
        ]

    first, again = ask(), ask()

    assert [answer.status_code for answer in first] == [201] * 4
    assert len({answer.json["id"] for answer in first}) == 4
    assert [answer.data for answer in again] == [answer.data for answer in first]


@pytest.mark.parametrize("key", ["", "x" * 201, "鑰匙", "a\tb", "\x7f"])
def test_what_is_no_key_is_refused(kitchens: World, key: str) -> None:
    refused = post(kitchens, headers={"Idempotency-Key": key.encode().decode("latin-1")})

    assert (refused.status_code, refused.json["error"]["code"]) == (400, "malformed")
    assert dishes(kitchens) == 0


def test_a_refused_first_try_leaves_the_key_free(kitchens: World) -> None:
    refused = [post(kitchens, json=SPICY), post(kitchens, json={}), post(kitchens, json=SPICY)]

    assert [one.status_code for one in refused] == [422] * 3
    assert [one.json["error"]["code"] for one in refused] == ["too_spicy", "invalid", "too_spicy"]
    assert post(kitchens).status_code == 201
    assert dishes(kitchens) == 1


def test_two_at_once_with_one_key_make_one_record(kitchens: World, host: Host) -> None:
    kitchens.token("anna")

    first, second = Meeting(host, "INSERT INTO core_idempotency").of(
        lambda: post(kitchens), lambda: post(kitchens)
    )

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.data == second.data
    assert dishes(kitchens) == 1


def test_who_waited_for_a_key_gets_it_when_the_first_is_refused(
    kitchens: World, host: Host
) -> None:
    kitchens.token("anna")

    first, second = Meeting(host, "INSERT INTO core_idempotency").of(
        lambda: post(kitchens, json=SPICY), lambda: post(kitchens)
    )

    assert (first.status_code, second.status_code) == (422, 201)
    assert dishes(kitchens) == 1


def test_two_who_change_the_same_version_at_once_do_not_both_succeed(
    kitchens: World, host: Host
) -> None:
    line = {"name": "Salt", "amount": "1"}
    dish = f"{DISHES}{made(kitchens, DISHES, **PLAIN, ingredients=[line])}"

    def change(name: str) -> Ask:
        sent = {"version": 1, "name": name, "ingredients": [{**line, "name": name}]}
        return lambda: kitchens.call("PUT", dish, json=sent)

    first, second = Meeting(host, "UPDATE kitchen_dish").of(change("Broth"), change("Stew"))

    assert (first.status_code, second.status_code) == (200, 409)
    assert second.json["error"]["code"] == "stale_version"
    kept = kitchens.call("GET", dish).json["result"]
    assert (kept["name"], kept["version"]) == ("Broth", 2)
    assert [one["name"] for one in kept["ingredients"]] == ["Broth"]


@pytest.fixture
def order(kitchens: World, host: Host) -> str:
    """The address of a draft that is ready to be confirmed."""
    for plugin in ("base", "sales"):
        url = f"/api/v1/core/companies/TW01/plugins/{plugin}"
        assert kitchens.call("PUT", url, json={"enabled": True, "reason": "x"}).status_code == 200
    base = "/api/v1/base/"
    product = made(
        kitchens, f"{base}products/", name="Tea", unit="box", list_price="10", tax_rate="5"
    )
    sent = {
        "customer_id": made(kitchens, f"{base}customers/", name="Lin"),
        "payment_method": "prepaid",
        "consignee": "王小明",
        "phone": "0912 345 678",
        "address": "臺北市信義區市府路 1 號",
        "lines": [{"product_id": product, "quantity": "2"}],
    }
    return f"/api/v1/sales/orders/{made(kitchens, '/api/v1/sales/orders/', **sent)}"


def test_two_who_confirm_one_order_at_once_confirm_it_once(
    kitchens: World, host: Host, order: str
) -> None:
    def confirm() -> TestResponse:
        return kitchens.call("POST", f"{order}/actions/confirm", json={"version": 1})

    first, second = Meeting(host, "UPDATE sales_order").of(confirm, confirm)

    assert (first.status_code, second.status_code) == (200, 409)
    kept = kitchens.call("GET", order).json["result"]
    assert (kept["state"], kept["version"]) == ("confirmed", first.json["result"]["version"])
    assert len(kitchens.call("GET", f"{TASKS}?q=(page_size:100)").json["ids"]) == 3


def test_a_repeated_confirmation_with_one_key_is_answered_as_the_first(
    kitchens: World, host: Host, order: str
) -> None:
    def confirm(**sent: Any) -> TestResponse:
        body = {"version": 1, **sent}
        return kitchens.call("POST", f"{order}/actions/confirm", json=body, headers=KEY)

    first, second = Meeting(host, "INSERT INTO core_idempotency").of(confirm, confirm)
    again = confirm()

    assert [one.status_code for one in (first, second, again)] == [200] * 3
    assert first.data == second.data == again.data
    assert first.json["result"]["version"] == kitchens.call("GET", order).json["result"]["version"]
    assert confirm(version=2).status_code == 422
