"""A click on a number leads to what it is made of; what people ask is kept, changed, deleted."""

import re
from datetime import date
from html import unescape
from typing import Any

from flask.testing import FlaskClient

from bumen.host import Host
from bumen.testing.makers import make_user

URL, API = "/sales/reports/sales", "/api/v1/sales/reports/sales"
VIEWS = f"{API}/views/"
NUMBER = r'class="number"><a href="([^"]+)">([^<]+)</a>'


def numbers(page: str) -> list[tuple[str, str]]:
    """Return the numbers of a table, each with where it leads."""
    body = page.partition("<tbody>")[2].partition("</tfoot>")[0]
    return [(unescape(href), text) for href, text in re.findall(NUMBER, body)]


def totals(page: str) -> list[str]:
    """Return what stands in the last line of a table."""
    foot = page.partition("<tfoot>")[2].partition("</tfoot>")[0]
    return re.findall(r'class="number">(?:<a [^>]*>)?([^<]+)', foot)


def test_an_amount_leads_to_the_orders_it_is_the_sum_of(reader: FlaskClient, sold: date) -> None:
    for rows in ("lines.product", "customer", "salesperson", "state"):
        asked = f"{URL}?rows={rows}&columns=ordered_on.quarter&measures=revenue"
        found = numbers(reader.get(asked).text)

        assert found, rows
        for href, amount in found:
            page = reader.get(href).text
            assert "rows=id" in href
            assert totals(page) == [amount], href


def test_of_an_order_with_two_products_the_part_of_one_is_told(
    reader: FlaskClient, sold: date
) -> None:
    asked = f"{URL}?rows=lines.product&measures=revenue,orders,quantity"
    (href, amount), (listed, count), *_others = numbers(reader.get(asked).text)
    page = reader.get(href).text

    assert (amount, count) == ("NT$600", "3")
    assert totals(page) == ["NT$600", "3", "6"]
    assert [text for _href, text in numbers(page)][::3] == ["NT$300", "NT$200", "NT$100"]
    assert "the list shows each as a whole" in page
    assert listed.startswith("/sales/orders/list/")


def test_an_order_in_a_report_leads_to_its_own_page(reader: FlaskClient, sold: date) -> None:
    page = reader.get(f"{URL}?rows=id&measures=revenue").text

    for href, _text in numbers(page)[:3]:
        assert re.fullmatch(r"/sales/orders/(show/)?\d+/?", href), href
        assert reader.get(href).status_code == 200


def test_a_view_is_changed_and_deleted_through_the_api(reader: FlaskClient, sold: date) -> None:
    ident = reader.post(VIEWS, json={"name": "States", "query": "rows=state"}).json["id"]
    changed = reader.put(f"{VIEWS}{ident}", json={"name": "Regions", "query": "rows=region"})

    assert changed.status_code == 200, changed.text
    assert (changed.json["result"]["name"], changed.json["result"]["query"]) == (
        "Regions",
        "rows=region",
    )
    assert reader.get(f"{API}?saved={ident}").json["asked"]["rows"] == "region"
    for wrong in ({"name": ""}, {"query": "rows=phone"}, {"shared": "yes"}, {"owner": 1}):
        assert 400 <= reader.put(f"{VIEWS}{ident}", json=wrong).status_code < 500, wrong
    assert reader.get(VIEWS).json["result"][0]["name"] == "Regions"
    assert reader.delete(f"{VIEWS}{ident}").status_code == 200
    assert reader.get(VIEWS).json["result"] == []
    assert reader.delete(f"{VIEWS}{ident}").status_code == 404


def test_nobody_changes_or_deletes_the_view_of_somebody_else(
    host: Host, reader: FlaskClient, sold: date, login: Any
) -> None:
    make_user(host, "sam", company="TW01", roles=["sales.salesperson"])
    sam = login("sam")
    kept = {"query": "rows=state", "shared": True}
    shared = reader.post(VIEWS, json=kept | {"name": "Shared"}).json["id"]
    own = reader.post(VIEWS, json=kept | {"name": "Own", "shared": False}).json["id"]

    assert sam.put(f"{VIEWS}{shared}", json={"name": "Mine"}).status_code == 403
    assert sam.delete(f"{VIEWS}{shared}").status_code == 403
    assert sam.put(f"{VIEWS}{own}", json={"name": "Mine"}).status_code == 404
    assert sam.delete(f"{VIEWS}{own}").status_code == 404
    assert {one["name"] for one in reader.get(VIEWS).json["result"]} == {"Shared", "Own"}
