"""A prepaid order is paid in two receipts, and one of them bounces: told through the API."""

import pytest
from flask.testing import FlaskClient

from bumen import CurrentCompany, today
from bumen.host import Host
from bumen.testing.makers import make_user

API = "/api/v1/sales"


@pytest.fixture
def order(host: Host, company: CurrentCompany, make) -> int:
    """The id of a draft of 105.00, to be paid in advance."""
    with host.unit_of_work(company=company.code, by="admin"):
        ident: int = make.order(payment_method="prepaid").id
        return ident


class Program:
    """A program that does things with records."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def read(self, kind: str, ident: int) -> dict:
        return self.client.get(f"{API}/{kind}/{ident}").json["result"]

    def receive(self, **said) -> dict:
        return self.client.post(f"{API}/receipts/", json=said).json["result"]

    def do(self, kind: str, ident: int, name: str, **said) -> tuple[int, dict]:
        version = self.read(kind, ident)["version"]
        url = f"{API}/{kind}/{ident}/actions/{name}"
        answer = self.client.post(url, json={"version": version} | said)
        return answer.status_code, answer.json.get("result") or answer.json["error"]


def day_in(host: Host) -> str:
    """Say which day it is where the company is."""
    with host.unit_of_work(company="TW01"):
        return f"{today()}"


def money(order: dict) -> tuple[str, str, str]:
    return order["state"], order["paid"], order["due"]


def test_a_prepaid_order_is_paid_in_two_receipts_one_of_which_bounces(
    host: Host, reader: FlaskClient, order: int
) -> None:
    program = Program(reader)
    program.do("orders", order, "confirm")
    customer = program.read("orders", order)["customer_id"]
    day = day_in(host)
    first = program.receive(customer_id=customer, amount="60", method="cheque")
    spread = program.do("receipts", first["id"], "spread")[1]
    posted = program.do("receipts", first["id"], "post")[1]
    again = program.do("receipts", first["id"], "post")
    assert (spread["state"], spread["unallocated"]) == ("draft", "0.00")
    assert (posted["state"], posted["lines"][0]["order_id"]) == ("posted", order)
    assert (again[0], again[1]["code"]) == (422, "illegal_transition")
    half = program.read("orders", order)
    assert (*money(half), half["due_on"]) == ("confirmed", "60.00", "45.00", day)

    second = program.receive(customer_id=customer, amount="50", lines=[])
    program.do("receipts", second["id"], "post")
    too_much = program.do("receipts", second["id"], "allocate", order_id=order, amount="45.01")
    rest = program.do("receipts", second["id"], "allocate", order_id=order, amount="45")[1]
    assert (too_much[0], too_much[1]["code"]) == (422, "more_than_is_due")
    assert (rest["state"], rest["unallocated"]) == ("posted", "5.00")
    assert money(program.read("orders", order)) == ("confirmed", "105.00", "0.00")

    off = program.do("receipts", second["id"], "take_off", order_id=order, reason="Not meant")[1]
    assert (off["unallocated"], off["lines"][0]["taken_off_because"]) == ("50.00", "Not meant")
    status, bounced = program.do("receipts", first["id"], "reverse", reason="The cheque bounced")
    assert (status, bounced["state"], bounced["reversed_on"]) == (200, "reversed", day)
    assert money(program.read("orders", order)) == ("confirmed", "0.00", "105.00")


def test_a_cancelled_order_gives_back_what_was_paid_for_it(reader: FlaskClient, order: int) -> None:
    program = Program(reader)
    program.do("orders", order, "confirm")
    said = {
        "customer_id": program.read("orders", order)["customer_id"],
        "amount": "105",
        "lines": [{"order_id": order, "amount": "105"}],
    }
    receipt = reader.post(f"{API}/receipts/", json=said).json["result"]
    program.do("receipts", receipt["id"], "post")

    program.do("orders", order, "cancel", reason="No longer wanted")

    assert money(program.read("orders", order)) == ("cancelled", "0.00", "105.00")
    assert program.read("receipts", receipt["id"])["unallocated"] == "105.00"


def test_a_statement_is_taken_away_and_what_is_owed_is_told(
    reader: FlaskClient, order: int
) -> None:
    program = Program(reader)
    program.do("orders", order, "confirm")
    customer = program.read("orders", order)["customer_id"]
    made = reader.post(f"{API}/statements/", json={"customer_id": customer}).json["result"]
    listed = f"/sales/statement_entries/export?format=xlsx&filter.statement={made['id']}"

    assert made["closing"] == "0.00"
    assert reader.get(listed).status_code == 200
    ageing = reader.get("/sales/reports/ageing")
    assert (ageing.status_code, "NT$105" in ageing.text) == (200, True)
    overdue = reader.get(f"{API}/figures/overdue").json["result"]
    assert (overdue["value"], overdue["days"]) == ("0.00", None)


@pytest.mark.parametrize(
    ("role", "statuses"),
    [
        ("sales.finance", {"read": 200, "write": 201, "post": 200}),
        ("sales.salesperson", {"read": 200, "write": 403, "post": 403}),
        ("base.viewer", {"read": 403, "write": 403, "post": 403}),
    ],
)
def test_money_is_written_down_by_finance(
    host: Host, company: CurrentCompany, reader: FlaskClient, order: int, login, role, statuses
) -> None:
    make_user(host, "mei", company=company.code, roles=[role])
    customer = Program(reader).read("orders", order)["customer_id"]
    said = {"customer_id": customer, "amount": "10", "lines": []}
    theirs = reader.post(f"{API}/receipts/", json=said).json["result"]["id"]
    mei = login("mei")

    found = {
        "read": mei.get(f"{API}/receipts/").status_code,
        "write": mei.post(f"{API}/receipts/", json=said).status_code,
        "post": mei.post(f"{API}/receipts/{theirs}/actions/post", json={"version": 1}).status_code,
    }

    assert found == statuses
