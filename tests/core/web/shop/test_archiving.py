"""What is archived is neither listed nor offered, until somebody asks for it or takes it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bumen.listing import Condition, Listing, count_of
from bumen.records import create_record, run_action
from bumen.testing.people import signed_in
from tests.core.web.shops import Shop

CUSTOMERS = "/api/v1/base/customers/"
LIST = "/base/customers/list/"

Turn = Callable[..., Any]


@pytest.fixture
def tea(shop: Shop) -> int:
    """An archived customer; another one is there."""
    made = {name: customer(shop, name) for name in ("Tea house", "Noodle bar")}
    turn(shop, made["Tea house"], "archive")
    return made["Tea house"]


def customer(shop: Shop, name: str) -> int:
    resource = shop.host.registry.resources["base.customers"]
    with shop.host.unit_of_work(company=shop.code, by=shop.by) as unit:
        ident: int = create_record(resource, {"name": name}, by=unit.user).id
    return ident


def turn(shop: Shop, ident: int, action: str) -> None:
    resource = shop.host.registry.resources["base.customers"]
    with shop.host.unit_of_work(company=shop.code, by=shop.by) as unit:
        record = unit.session.get(resource.model, ident)
        run_action(resource, record, action, {}, by=unit.user, version=record.version)


def listed(shop: Shop, query: str = "") -> list[str]:
    program = signed_in(shop.app, shop.host, shop.by)
    return sorted(one["name"] for one in program.get(f"{CUSTOMERS}{query}").json["result"])


@pytest.mark.usefixtures("tea")
def test_a_list_leaves_out_what_is_archived_until_it_is_asked_for(shop: Shop) -> None:
    assert listed(shop) == ["Noodle bar"]
    assert listed(shop, "?q=(filters:!((col:archived,opr:eq,value:!t)))") == ["Tea house"]
    both = "?q=(filters:!((col:archived,opr:in,value:!(!t,!f))))"
    assert listed(shop, both) == ["Noodle bar", "Tea house"]


@pytest.mark.usefixtures("tea")
def test_pages_of_lists_do_the_same_and_offer_the_filter(shop: Shop) -> None:
    browser = shop.browser()

    plain, archived = (browser.get(f"{LIST}{query}").text for query in ("", "?filter.archived=1"))

    assert ("Noodle bar" in plain, "Tea house" in plain) == (True, False)
    assert ("Noodle bar" in archived, "Tea house" in archived) == (False, True)
    assert 'data-add="archived"' in plain


@pytest.mark.usefixtures("tea")
def test_the_count_says_what_the_list_shows(shop: Shop) -> None:
    resource = shop.host.registry.resources["base.customers"]
    of_both = Listing(conditions=[Condition(field="archived", operator="in", value=[True, False])])
    with shop.host.unit_of_work(company=shop.code, by=shop.by) as unit:
        counts = [
            unit.session.scalar(count_of(resource, listing))
            for listing in (Listing(), of_both, Listing(archived=True))
        ]

    assert counts == [1, 2, 2]


@pytest.mark.usefixtures("tea")
def test_lookups_do_not_offer_what_is_archived(shop: Shop) -> None:
    found = shop.browser().get("/lookup/base/customers?q=").json

    assert [one["label"].partition(" ")[2] for one in found] == ["Noodle bar"]


def test_an_archived_record_says_so_and_can_be_taken_back(shop: Shop, tea: int) -> None:
    browser = shop.browser()
    page = browser.get(f"/base/customers/show/{tea}").text
    assert "This record is archived" in page
    assert ('id="do-unarchive"' in page, 'id="do-archive"' in page) == (True, False)

    turn(shop, tea, "unarchive")

    assert "This record is archived" not in browser.get(f"/base/customers/show/{tea}").text
    assert listed(shop) == ["Noodle bar", "Tea house"]


def test_archiving_is_an_act_that_people_are_allowed_by_itself(shop: Shop) -> None:
    program = signed_in(shop.app, shop.host, shop.by)
    resource = shop.host.registry.resources["base.customers"]

    told = program.get(f"{CUSTOMERS}_info").json

    assert {"archive", "unarchive"} <= set(resource.permissions())
    assert {"archive", "unarchive"} <= {one["name"] for one in told["actions"]}


def test_a_model_that_is_not_archived_has_no_such_actions(shop: Shop) -> None:
    names = {one.name for one in shop.host.registry.resources["kitchen.dishes"].actions}

    assert not {"archive", "unarchive"} & names
