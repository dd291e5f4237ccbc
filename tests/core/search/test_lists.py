"""Lists find the same by whichever way a word is looked for: seldom or often, near or far."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from bumen.folding import folded
from bumen.listing import Condition, Listing, count_of, page_of, totals_of, turned
from bumen.listing import near as near_rows
from bumen.search import finding
from bumen_base.models import Category, Contact
from tests.core.search.conftest import Desk

KEY, OF_REFERENCE = "base.categories", "base.contacts"
SIZE = 7
NAMES = 60


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ten records be many, and twenty rows be near."""
    monkeypatch.setattr(finding, "OFTEN", 10)
    monkeypatch.setattr(near_rows, "NEAR", 20)


@pytest.fixture
def shelf(desk: Desk) -> Desk:
    """A desk with names that all have 公司, many have 電子, the last have 遠東 and few have 鯨."""
    with desk.unit() as unit:
        unit.session.add_all(Category(code=f"K{at:03}", name=_name(at)) for at in range(NAMES))
    return desk


def _name(at: int) -> str:
    parts = ("電子" if at % 3 == 0 else "紡織", "遠東" if at >= 40 else "近海")
    whale = "鯨" if at in (5, 50) else ""
    return f"{''.join(parts)}{whale}公司 {at}"


WORDS = ["公司", "电子", "電子 公司", "遠東", "远东 电子", "鯨", "公", "海公司", "無", "司 5", "K0"]


def walked(desk: Desk, key: str, listing: Listing) -> tuple[list[int], int]:
    """Return the ids of all pages, one after another, and the count."""
    resource, ids, place = desk.resource(key), list[int](), ""
    with desk.unit() as unit:
        count = unit.session.scalar(count_of(resource, listing))
        while True:
            asked = _at(listing, place)
            found = unit.session.scalars(page_of(resource, asked, ahead=1)).all()
            page = turned(resource, asked, found)
            ids += [row.id for row in page.rows]
            if not page.next:
                return ids, count or 0
            place = page.next


def _at(listing: Listing, place: str) -> Listing:
    return Listing(
        search=listing.search,
        conditions=listing.conditions,
        order=listing.order,
        size=SIZE,
        after=place,
    )


def expected(desk: Desk, words: str, *, order: str) -> list[int]:
    """Return the ids of the categories with these words, compared one by one."""
    with desk.unit() as unit:
        rows = unit.session.execute(select(Category.id, Category.code, Category.name)).all()
    said = [(row, f"{folded(row.code)}\n{folded(row.name)}") for row in rows]
    hits = [row for row, text in said if all(one in text for one in folded(words).split())]
    hits.sort(key=lambda row: getattr(row, order.lstrip("-")), reverse=order.startswith("-"))
    return [row.id for row in hits]


@pytest.mark.parametrize("order", ["code", "-code", "name", "-id"])
@pytest.mark.parametrize("words", WORDS)
def test_every_page_of_a_list_has_what_comparing_would_find(
    shelf: Desk, words: str, order: str
) -> None:
    ids = expected(shelf, words, order=order)

    assert walked(shelf, KEY, Listing(search=words, order=order)) == (ids, len(ids))


@pytest.mark.parametrize("word", ["公司", "電子", "遠東", "鯨", "無"])
def test_the_filter_contains_finds_the_same(shelf: Desk, word: str) -> None:
    asked = Listing(conditions=[Condition(field="name", operator="ct", value=word)], order="code")
    ids = expected(shelf, word, order="code")

    assert walked(shelf, KEY, asked) == (ids, len(ids))


def test_filter_and_search_together_narrow_the_list(shelf: Desk) -> None:
    electronic = Condition(field="name", operator="ct", value="電子")
    asked = Listing(conditions=[electronic], search="遠東 公司", order="code")
    ids = expected(shelf, "電子 遠東", order="code")

    assert walked(shelf, KEY, asked) == (ids, len(ids))


def test_a_page_is_read_backwards(shelf: Desk) -> None:
    resource = shelf.resource(KEY)
    asked = Listing(search="公司", order="code", size=SIZE, last=True)
    with shelf.unit() as unit:
        found = unit.session.scalars(page_of(resource, asked, ahead=1)).all()
        last = turned(resource, asked, found)

    assert [row.id for row in last.rows] == expected(shelf, "公司", order="code")[-SIZE:]
    assert (bool(last.next), bool(last.previous)) == (False, True)


@pytest.mark.parametrize("words", ["臺灣", "台湾 王", "王", "王 電力", "無"])
def test_what_a_reference_names_leads_to_the_same(desk: Desk, words: str) -> None:
    names = dict(_people(desk))
    asked = Listing(search=words, order="-id")
    ids = [
        ident
        for ident in sorted(names, reverse=True)
        if all(one in folded(names[ident]) for one in folded(words).split())
    ]

    assert walked(desk, OF_REFERENCE, asked) == (ids, len(ids))


def _people(desk: Desk) -> Iterator[tuple[int, Any]]:
    """Make people of two customers, and tell what is searched of each."""
    firms = {name: desk.make("base.customers", name=name) for name in ("臺灣電力", "大同")}
    with desk.unit() as unit:
        people = {
            Contact(name=f"{'王李'[at % 2]}小明 {at}", customer_id=ident): firm
            for at in range(15)
            for firm, ident in firms.items()
        }
        unit.session.add_all(people)
        unit.session.flush()
        yield from [(one.id, f"{one.name}\n{firm}") for one, firm in people.items()]


def test_what_is_found_in_two_places_counts_once(desk: Desk) -> None:
    resource, asked = desk.resource("sales.orders"), Listing(search="台湾")
    product = desk.make("base.products", name="茶", unit="盒", list_price="100", tax_rate="0")
    for firm, consignee in (("臺灣電力", "臺灣倉"), ("大同", "台灣倉"), ("大同", "王小明")):
        line = {"product_id": product, "quantity": "1", "unit_price": "100"}
        customer = desk.make("base.customers", name=firm)
        desk.make("sales.orders", customer_id=customer, consignee=consignee, lines=[line])

    with desk.unit() as unit:
        count = unit.session.scalar(count_of(resource, asked))
        told = unit.session.execute(totals_of(resource, asked)).one()

    assert (count, told[0]) == (2, 2)
    assert dict(zip(resource.totals, told[1:], strict=True))["total"] == 200


@pytest.mark.parametrize("most", [0, 3, 14, 29, 30, 31])
def test_a_count_stops_where_people_stop_to_care(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    hits = len([one for _ident, one in _people(desk)])
    monkeypatch.setattr("bumen.listing.counts.MOST_COUNTED", most)
    with desk.unit() as unit:
        count = unit.session.scalar(count_of(desk.resource(OF_REFERENCE), Listing(search="明")))

    assert count == min(hits, most + 1)
