"""Who is denied a field meets it nowhere: on no page, in no answer, no file, no filter, no sort."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from bumen.company.models import Membership
from bumen.company.service import grant_role
from bumen.model.accounts import User
from bumen.visibility import Effect
from tests.core.ruled import rule
from tests.core.web.kitchens import Kitchen

API = "/api/v1/kitchen/dishes"
PAGE = "/kitchen/dishes"


@pytest.fixture
def soup(kitchen: Kitchen) -> int:
    """A soup whose margin and recipe are secrets of the house."""
    line = {"name": "Leek", "amount": "2", "price": "7.77"}
    return kitchen.dish(margin="41.5", recipe="Stir.", ingredients=[line])


@pytest.fixture
def waiter(kitchen: Kitchen, soup: int) -> FlaskClient:
    """Somebody who reads and writes dishes, but may not see margins."""
    kitchen.person("waiter", "read", "write")
    rule(kitchen.host, "kitchen.dishes", "margin", role="kitchen.waiter")
    return kitchen.scripted("waiter")


@pytest.mark.parametrize(
    "address",
    [
        f"{PAGE}/list/",
        f"{PAGE}/list/?view=chart",
        f"{PAGE}/list/?view=cards",
        f"{PAGE}/list/?view=board",
        f"{PAGE}/show/{{soup}}",
        f"{PAGE}/edit/{{soup}}",
        f"{PAGE}/add",
        f"{PAGE}/export?format=csv",
        f"{API}/",
        f"{API}/{{soup}}",
        f"{API}/_info",
        "/api/v1/_openapi",
    ],
)
def test_a_hidden_field_is_nowhere(waiter: FlaskClient, soup: int, address: str) -> None:
    answer = waiter.get(address.format(soup=soup))

    assert answer.status_code == 200
    assert "margin" not in answer.text.lower()
    assert "41.5" not in answer.text


@pytest.mark.parametrize(
    "asked",
    [
        {"filters": [{"col": "margin", "opr": "gt", "value": "10"}]},
        {"order_column": "margin"},
        {"columns": ["margin"]},
    ],
)
def test_a_hidden_field_neither_filters_nor_sorts_nor_shows(
    waiter: FlaskClient, asked: dict[str, Any]
) -> None:
    answer = waiter.get(f"{API}/", query_string={"q": json.dumps(asked)})

    assert answer.status_code == 400


@pytest.mark.parametrize("said", ["sort=margin", "filter.margin=1", "columns=margin"])
def test_a_list_cannot_be_asked_for_a_hidden_field(waiter: FlaskClient, said: str) -> None:
    told = waiter.get(f"{PAGE}/export?format=csv&{said}")

    assert told.status_code == 400
    assert "41.5" not in told.text


def test_a_hidden_field_cannot_be_written(waiter: FlaskClient, kitchen: Kitchen, soup: int) -> None:
    answer = waiter.put(f"{API}/{soup}", json={"version": 1, "margin": "1"})

    assert answer.status_code == 422
    assert answer.json["error"]["fields"].keys() == {"margin"}
    assert str(kitchen.kept(soup).margin) == "41.5000"


def test_what_is_hidden_stays_as_it_is_when_the_rest_is_changed(
    waiter: FlaskClient, kitchen: Kitchen, soup: int
) -> None:
    answer = waiter.put(f"{API}/{soup}", json={"version": 1, "name": "Broth"})

    assert answer.status_code == 200
    kept = kitchen.kept(soup)
    assert (kept.name, str(kept.margin)) == ("Broth", "41.5000")


def test_others_see_what_one_role_does_not(
    kitchen: Kitchen, waiter: FlaskClient, soup: int
) -> None:
    told = kitchen.browser("cook").get(f"{API}/{soup}").json["result"]

    assert told["margin"] == "41.5000"


def test_a_role_without_the_rule_shows_the_field_again(
    kitchen: Kitchen, waiter: FlaskClient, soup: int
) -> None:
    kitchen.person("chef", "read")
    _hold(kitchen, "waiter", "kitchen.chef")

    told = kitchen.scripted("waiter").get(f"{API}/{soup}").json["result"]

    assert told["margin"] == "41.5000"


def _hold(kitchen: Kitchen, name: str, role: str) -> None:
    with kitchen.host.unit_of_work() as unit:
        mine = select(Membership).join(Membership.user).where(User.username == name)
        grant_role(unit.session, membership=unit.session.scalars(mine).one(), role=role)


def test_a_read_only_field_is_shown_and_not_written(kitchen: Kitchen, soup: int) -> None:
    kitchen.person("waiter", "read", "write")
    rule(kitchen.host, "kitchen.dishes", "margin", role="kitchen.waiter", effect=Effect.FIXED)
    waiter = kitchen.scripted("waiter")

    assert waiter.get(f"{API}/{soup}").json["result"]["margin"] == "41.5000"
    assert waiter.put(f"{API}/{soup}", json={"version": 1, "margin": "1"}).status_code == 422
    assert 'name="margin"' not in waiter.get(f"{PAGE}/edit/{soup}").text
    assert "41.5" in waiter.get(f"{PAGE}/show/{soup}").text


def test_a_field_of_lines_is_hidden_like_any_other(kitchen: Kitchen, soup: int) -> None:
    kitchen.person("waiter", "read", "write")
    rule(kitchen.host, "kitchen.dishes", "ingredients.price", role="kitchen.waiter")
    waiter = kitchen.scripted("waiter")

    line = waiter.get(f"{API}/{soup}").json["result"]["ingredients"][0]

    assert "price" not in line
    for address in (f"{PAGE}/show/{soup}", f"{PAGE}/edit/{soup}"):
        page = waiter.get(address)
        assert page.status_code == 200
        assert "Leek" in page.text
        assert "7.77" not in page.text
    kept = {"id": line["id"], "name": "Leek", "amount": "3"}
    told = waiter.put(f"{API}/{soup}", json={"version": 1, "ingredients": [kept]})
    assert told.status_code == 200
    assert kitchen.kept(soup).ingredients[0].price == Decimal("7.77")


def test_a_search_does_not_find_by_what_is_hidden(kitchen: Kitchen, soup: int) -> None:
    kitchen.person("waiter", "read")
    told = kitchen.scripted("waiter").get("/palette?q=soup").json

    assert [one["label"] for one in told["records"]] == ["SOUP Soup"]


def test_rules_cost_nothing_where_there_are_none_and_one_statement_where_there_are(
    kitchen: Kitchen, soup: int, statements: Callable[[], list[str]]
) -> None:
    kitchen.person("waiter", "read")
    _read(kitchen, statements)
    before = _read(kitchen, statements)
    rule(kitchen.host, "kitchen.dishes", "margin", role="kitchen.waiter")

    assert _read(kitchen, statements) == before + 1


def _read(kitchen: Kitchen, statements: Callable[[], list[str]]) -> int:
    browser = kitchen.browser("waiter")
    statements()
    assert browser.get(f"{API}/").status_code == 200
    return len(statements())
