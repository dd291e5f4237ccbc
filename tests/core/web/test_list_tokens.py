"""Tokens of places in a list: good for one list, in one order, in one company, as they are."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.web.conftest import Companies, World
from tests.core.web.test_isolation import url_of

CUSTOMERS = "/api/v1/base/customers/"
BY_NAME = "order_column:name,page_size:1"


@pytest.fixture
def world(world: World, companies_at_hand: Companies) -> World:
    """Two companies, with customers of three names in the one, and one dish."""
    for name in ("Ant", "Bee", "Cat"):
        made = world.call("POST", CUSTOMERS, json={"name": name})
        assert made.status_code == 201, made.text
    return world


def asked(world: World, url: str, q: str, *, by: str = "anna") -> Any:
    """Ask for a list through the API; return the status and the answer."""
    answer = world.call("GET", f"{url}?q=({q})", by=by)
    return answer.status_code, answer.json


def token(world: World) -> str:
    """Return the token that goes on after the first customer by name."""
    found: str = asked(world, CUSTOMERS, BY_NAME)[1]["next"]
    return found


def test_a_list_is_read_to_its_end_and_back_through_the_api(world: World) -> None:
    status, page = asked(world, CUSTOMERS, BY_NAME)
    names, back = [], []
    while page["next"]:
        names += [row["name"] for row in page["result"]]
        status, page = asked(world, CUSTOMERS, f"{BY_NAME},after:'{page['next']}'")
    while page["previous"]:
        back += [row["name"] for row in page["result"]]
        status, page = asked(world, CUSTOMERS, f"{BY_NAME},before:'{page['previous']}'")

    assert status == 200
    assert names[:3] == ["Ant", "Bee", "Cat"]
    assert back[::-1][:2] == ["Bee", "Cat"]
    assert [row["name"] for row in page["result"]] == ["Ant"]


def test_a_page_by_number_tells_where_the_list_goes_on(world: World) -> None:
    _status, page = asked(world, CUSTOMERS, f"{BY_NAME},page:1")

    after = asked(world, CUSTOMERS, f"{BY_NAME},after:'{page['next']}'")[1]
    before = asked(world, CUSTOMERS, f"{BY_NAME},before:'{page['previous']}'")[1]
    assert [one["result"][0]["name"] for one in (before, page, after)] == ["Ant", "Bee", "Cat"]


def test_a_token_of_another_list_order_or_company_is_refused(world: World) -> None:
    mine = token(world)
    assert asked(world, CUSTOMERS, f"{BY_NAME},after:'{mine}'")[0] == 200

    assert asked(world, CUSTOMERS, f"{BY_NAME},order_direction:desc,after:'{mine}'")[0] == 400
    assert asked(world, CUSTOMERS, f"order_column:code,after:'{mine}'")[0] == 400
    assert asked(world, "/api/v1/base/products/", f"{BY_NAME},after:'{mine}'")[0] == 400
    assert asked(world, CUSTOMERS, f"{BY_NAME},after:'{mine}'", by="ben")[0] == 400
    assert world.browser("anna").get(f"/base/customers/list/?after={mine}").status_code == 400
    assert (
        world.browser("anna").get(f"/base/customers/list/?sort=name&after={mine}").status_code
        == 200
    )


def test_a_token_that_was_mistyped_is_refused(world: World) -> None:
    mine = token(world)
    wrong = [
        f"{mine[:place]}{'A' if sign != 'A' else 'B'}{mine[place + 1 :]}"
        for place, sign in enumerate(mine)
    ]
    wrong += [mine[:-1], mine[1:], f"{mine}A", f"{mine}=", f" {mine}", mine.swapcase(), mine * 2]

    for one in wrong:
        assert asked(world, CUSTOMERS, f"{BY_NAME},after:'{one}'")[0] == 400, one
        assert asked(world, CUSTOMERS, f"{BY_NAME},before:'{one}'")[0] == 400, one


def test_what_is_no_token_at_all_is_refused(world: World) -> None:
    long = "A" * 30000
    for q in ("after:1", "after:!n", "after:!('a')", "after:'*'", f"after:'{long}'", "last:!t"):
        assert asked(world, CUSTOMERS, q)[0] == 400, q


def test_a_page_begins_in_one_place_only(world: World) -> None:
    mine = token(world)

    for more in (f"before:'{mine}'", "page:1"):
        assert asked(world, CUSTOMERS, f"{BY_NAME},after:'{mine}',{more}")[0] == 400
    browser = world.browser("anna")
    url = f"/base/customers/list/?sort=name&after={mine}"
    for more in ("last=1", f"before={mine}"):
        assert browser.get(f"{url}&{more}").status_code == 400


@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_the_other_companys_rows_are_on_no_page(world: World, direction: str) -> None:
    one_by_one = f"page_size:1,order_column:id,order_direction:{direction}"
    for key, resource in world.host.registry.resources.items():
        _status, page = asked(world, url_of(resource), one_by_one)
        seen = list(page["ids"])
        while page["next"]:
            page = asked(world, url_of(resource), f"{one_by_one},after:'{page['next']}'")[1]
            seen += page["ids"]

        assert world.ids_here[key] in seen
        assert world.ids_there[key] not in seen
