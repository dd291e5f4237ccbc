"""The analysis of sales on its page, in files and through the API; and the dashboard of sales."""

import csv
import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from io import StringIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from bumen import run_action
from bumen.activation.service import switch
from bumen.host import Host
from bumen.listing import Days
from bumen.reports import Whose, figure_in
from bumen.testing.makers import make_user
from bumen_sales.dashboard import ORDERS, TURNOVER
from bumen_sales.resources import Orders

URL, API = "/sales/reports/sales", "/api/v1/sales/reports/sales"
FIGURE = "/api/v1/sales/figures/turnover"
DELIVERY = {"payment_method": "prepaid", "consignee": "Lin", "phone": "0912 345 678"}


@pytest.fixture
def asked(host: Host, reader: FlaskClient, sold: date) -> Callable[..., Any]:
    """A function that asks the API, once everything has been asked for."""
    reader.get(API)

    def ask(query: str = "", *, status: int = 200) -> Any:
        answer = reader.get(f"{API}?{query}")
        assert answer.status_code == status, answer.text
        return answer.json

    return ask


def test_the_api_tells_rows_columns_and_totals(asked: Callable[..., Any]) -> None:
    found = asked("rows=lines.product&columns=state&measures=revenue,orders")

    assert [one["label"].partition(" ")[2] for one in found["rows"]] == ["Tea", "Cake"]
    assert [one["values"] for one in found["row_totals"]] == [
        {"revenue": "600.00", "orders": 3},
        {"revenue": "180.00", "orders": 3},
    ]
    assert found["total"]["values"] == {"revenue": "780.00", "orders": 3}


@pytest.mark.parametrize(
    "query",
    [
        "rows=phone",
        "rows=customer&columns=customer",
        "rows=customer&measures=profit",
        "compare=yesterday",
        "period=any&compare=year",
        "period=sometime",
        "from=2026-01-01",
        "to=2026-01-31",
        "show=hologram",
        "nonsense=1",
        "filter.lines.product=x",
        "filter.lines.product.sw=1",
        "filter.customer.name=Inn",
        "rows=state&filter.ordered_on.period=2026&period=this_year&compare=year&filters=none",
    ],
)
def test_what_is_not_offered_is_refused(asked: Callable[..., Any], query: str) -> None:
    assert asked(query, status=400)["error"]["fields"]


def test_every_link_of_a_pivot_leads_to_as_many_orders_as_it_counts(
    reader: FlaskClient, sold: date
) -> None:
    for rows in ("lines.product", "customer.industry", "salesperson.department", "region"):
        page = reader.get(f"{URL}?rows={rows}&columns=ordered_on.month&measures=orders").text
        body = page.partition("<tbody>")[2].partition("</tfoot>")[0]
        links = re.findall(r'class="number"><a href="([^"]+)">(\d+)</a>', body)

        assert links, rows
        for href, number in links:
            listed = reader.get(unescape(href)).text
            assert len(re.findall(r"data-row", listed)) == int(number), href


def test_the_file_says_what_the_page_says(reader: FlaskClient, sold: date) -> None:
    answer = reader.get(f"{URL}/export?rows=customer.industry&measures=revenue,orders&format=csv")
    rows = list(csv.reader(StringIO(answer.data.decode("utf-8-sig"), newline="")))

    assert rows == [
        ["Industry", "Revenue", "Number of orders"],
        ["inn", "650.00", "2"],
        ["shop", "130.00", "1"],
        ["Total", "780.00", "3"],
    ]
    assert reader.get(f"{URL}/export?format=xlsx").data[:2] == b"PK"


def statements(host: Host, deed: Callable[[], Any]) -> list[str]:
    """Return the statements on orders that are sent while something is done."""
    sent: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(host.database.engine, "before_cursor_execute", note)
    deed()
    event.remove(host.database.engine, "before_cursor_execute", note)
    return [one for one in sent if "FROM sales_order" in one or "JOIN sales_order" in one]


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("rows=customer&measures=revenue", 1),
        ("rows=customer&measures=revenue&compare=year", 2),
        ("rows=customer&columns=ordered_on.month&measures=revenue,orders", 1),
        ("rows=lines.product&measures=revenue,orders", 2),
    ],
)
def test_an_answer_takes_one_statement_and_one_for_what_it_is_compared_with(
    host: Host, asked: Callable[..., Any], query: str, number: int
) -> None:
    assert len(statements(host, lambda: asked(query))) == number


def test_a_salesperson_sees_own_orders_only(
    host: Host, reader: FlaskClient, sold: date, login: Any, make: Any
) -> None:
    person = make_user(host, "sam", company="TW01", roles=["sales.salesperson"])
    with host.unit_of_work(company="TW01", by="admin") as unit:
        employee = make.employee(user_id=person.id)
        made = make.order(**DELIVERY, salesperson_id=employee.id, ordered_on=sold)
        run_action(Orders, made, "confirm", {}, by=unit.user, version=made.version)

    found = login("sam").get(f"{API}?rows=state&measures=revenue,orders").json

    assert found["total"]["values"] == {"revenue": "100.00", "orders": 1}


def test_nothing_is_told_where_sales_is_off_or_not_allowed(
    host: Host, reader: FlaskClient, sold: date, login: Any
) -> None:
    make_user(host, "visitor", company="TW01", roles=["base.viewer"])
    pages = (URL, API, f"{URL}/export", f"{API}/views/", FIGURE)
    boards = ("/sales/dashboard/", "/api/v1/core/dashboards/sales")

    assert {login("visitor").get(one).status_code for one in pages} == {403}
    assert {login("visitor").get(one).status_code for one in boards} == {404}
    assert {reader.get(one).status_code for one in (*pages, *boards)} == {200}
    assert "card-sales-" in reader.get("/").text
    switch(host, company="TW01", name="sales", enabled=False)
    assert {reader.get(one).status_code for one in (*pages, *boards)} == {404}
    assert "card-sales-" not in reader.get("/").text
    assert "sales." not in reader.get("/api/v1/core/dashboards/home").text


def test_a_view_is_kept_and_opened_again(reader: FlaskClient, sold: date) -> None:
    query = "rows=region&measures=orders&period=any"
    sent = {"name": "By region", "query": query, "preferred": "1", "csrf_token": _token(reader)}
    kept = reader.post(f"{URL}/views/save", data=sent)

    assert kept.status_code == 303
    assert ">By region<" in reader.get(kept.location).text
    assert 'scope="col">Region</th>' in reader.get(URL).text
    wrong = {**sent, "query": "rows=nowhere"}
    assert reader.post(f"{URL}/views/save", data=wrong).status_code == 400


def test_the_dashboard_tells_this_month(reader: FlaskClient, sold: date) -> None:
    page = reader.get("/sales/dashboard/").text
    figures = re.findall(r'<span class="figure">([^<]+)</span>', page)

    assert figures[:3] == ["NT$780", "3", "NT$819"]
    assert page.count("dash-to_do") == 13
    assert page.count('data-part="chart"') == 3


def test_cards_are_put_away_for_oneself_and_for_everybody(
    host: Host, reader: FlaskClient, sold: date, login: Any
) -> None:
    make_user(host, "mia", company="TW01", roles=["sales.manager"])
    mia = login("mia")
    deed = {"arrange": "company", "deed": "away:sales.turnover", "csrf_token": _token(reader)}

    assert reader.post("/dashboards/sales", data=deed).status_code == 303
    assert ">Turnover<" not in mia.get("/sales/dashboard/").text
    mine = {"deed": "back:sales.turnover", "csrf_token": _token(mia)}
    assert mia.post("/dashboards/sales", data=mine).status_code == 303
    assert 'id="card-sales-turnover"' in mia.get("/sales/dashboard/").text
    assert 'id="card-sales-turnover"' not in reader.get("/sales/dashboard/").text
    assert mia.post("/dashboards/sales", data={**deed, **_fresh(mia)}).status_code == 403
    assert mia.post("/dashboards/base", data=mine).status_code == 400
    assert mia.post("/dashboards/nowhere", data=mine).status_code == 404


def test_cards_move_and_go_back(reader: FlaskClient, sold: date) -> None:
    def order() -> list[str]:
        page = reader.get("/sales/dashboard/").text
        return re.findall(r'id="card-sales-(\w+)"', page)

    first = order()
    for deed in ("down:sales.turnover", "up:sales.due"):
        sent = {"deed": deed, "csrf_token": _token(reader)}
        assert reader.post("/dashboards/sales", data=sent).status_code == 303
    assert order()[:3] == ["orders", "due", "turnover"]
    reader.post("/dashboards/sales", data={"deed": "forget", "csrf_token": _token(reader)})
    assert order() == first
    assert (
        reader.post("/dashboards/sales", data={"deed": "spin:x", **_fresh(reader)}).status_code
        == 400
    )


def test_each_card_takes_one_statement_and_figures_alike_share_one(
    host: Host, reader: FlaskClient, sold: date
) -> None:
    reader.get("/sales/dashboard/")
    cards = reader.get("/sales/dashboard/").text.count("dash-card")
    sent = statements(host, lambda: reader.get("/sales/dashboard/"))

    assert len(sent) < cards  # turnover and orders share one


def test_a_figure_is_told_of_a_person_and_of_days(host: Host, sold: date, make: Any) -> None:
    with host.unit_of_work(company="TW01", by="admin") as unit:
        ann = make.employee()
        made = make.order(**DELIVERY, salesperson_id=ann.id, ordered_on=sold)
        run_action(Orders, made, "confirm", {}, by=unit.user, version=made.version)
        days, before = Days(sold, sold), Days(sold - timedelta(days=9), sold - timedelta(days=1))

        tell = unit.session.scalar
        assert tell(figure_in(TURNOVER, days)) == Decimal(880)
        assert tell(figure_in(TURNOVER, days, whose=Whose(person_id=ann.id))) == Decimal(100)
        assert tell(figure_in(ORDERS, before)) == 0


def _token(reader: FlaskClient) -> str:
    page = reader.get("/").text
    return re.search(r'name="csrf-token" content="([^"]*)"', page)[1]  # type: ignore[index]


def _fresh(reader: FlaskClient) -> dict[str, str]:
    return {"csrf_token": _token(reader)}
