"""What is asked of an order's lines is true of one of them together, in reports as in lists."""

import re
from collections.abc import Sequence
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from bumen import CurrentCompany, create_record, current
from bumen.host import Host
from bumen_base.resources import Categories

URL = "/sales/reports/sales"


@pytest.fixture
def drinks(host: Host, company: CurrentCompany, make: Any) -> dict[str, int]:
    """Products by name: Jade is green; Lapsang and Earl are black.

    One order has Jade and Earl, another Lapsang alone.
    """
    with host.unit_of_work(company="TW01", by="admin"):
        kinds = {
            name: create_record(Categories, {"name": name}, by=current().user).id
            for name in ("green", "black")
        }
        named = {"Jade": "green", "Lapsang": "black", "Earl": "black"}
        products = {
            name: make.product(name=name, category_id=kinds[kind]).id
            for name, kind in named.items()
        }
        for some in (("Jade", "Earl"), ("Lapsang",)):
            make.order(lines=[{"product_id": products[one], "quantity": "1"} for one in some])
        return products | kinds


def listed(page: str) -> int:
    return len(re.findall("data-row", page))


@pytest.mark.parametrize(
    ("products", "kind", "number"),
    [(("Jade", "Lapsang"), "black", 1), (("Jade",), "black", 0), (("Earl",), "black", 1)],
)
def test_a_list_asks_one_line_for_all_of_it(
    reader: FlaskClient, drinks: dict[str, int], products: Sequence[str], kind: str, number: int
) -> None:
    asked = "&".join(f"filter.lines.product={drinks[one]}" for one in products)

    page = reader.get(
        f"/sales/orders/list/?{asked}&filter.lines.product.category={drinks[kind]}"
    ).text

    assert listed(page) == number


def test_a_count_of_a_narrowed_report_leads_to_as_many_orders(
    reader: FlaskClient, drinks: dict[str, int]
) -> None:
    asked = "&".join(f"filter.lines.product={drinks[one]}" for one in ("Jade", "Lapsang"))
    page = reader.get(f"{URL}?rows=lines.product.category&measures=orders&period=any&{asked}").text
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    links = re.findall(r'class="number"><a href="([^"]+)">(\d+)</a>', body)

    assert sorted(number for _href, number in links) == ["1", "1"]
    assert all(listed(reader.get(unescape(href)).text) == int(number) for href, number in links)
