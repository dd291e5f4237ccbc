"""From a lead to an order drawn on a signed contract, through the API, as programs see it."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_jwt_extended import create_access_token

from bumen import CurrentCompany, today
from bumen.host import Host
from bumen.testing.makers import make_user
from bumen_sales.models import PREPARATION

API = "/api/v1/sales/"
ROLES = {
    "seller": "sales.salesperson",
    "boss": "sales.manager",
    "money": "sales.finance",
    "law": "base.viewer",
}


class Program:
    """A program that works for somebody."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def make(self, what: str, **said: Any) -> Any:
        """Make a record."""
        made = self.client.post(f"{API}{what}/", json=said)
        assert made.status_code == 201, made.json
        return made.json["result"]

    def read(self, what: str, ident: int) -> Any:
        """Read a record."""
        return self.client.get(f"{API}{what}/{ident}").json["result"]

    def act(self, what: str, ident: int, name: str, **said: Any) -> Any:
        """Do something with a record as it is now."""
        version = self.read(what, ident)["version"]
        return self.client.post(
            f"{API}{what}/{ident}/actions/{name}", json={"version": version} | said
        )

    def done(self, what: str, ident: int, name: str, **said: Any) -> Any:
        """Do something with a record that must be possible."""
        answer = self.act(what, ident, name, **said)
        assert answer.status_code == 200, answer.json
        return answer.json["result"]

    def only(self, what: str, field: str, ident: int) -> Any:
        """Find the only record that refers to another."""
        found = self.client.get(
            f"{API}{what}/?q=(filters:!((col:{field},opr:rel_o_m,value:{ident})))"
        ).json
        assert found["count"] == 1, found
        return found["result"][0] | {"id": found["ids"][0]}


@pytest.fixture
def people(app: Flask, host: Host, company: CurrentCompany, make: Any) -> dict[str, Any]:
    """Programs of a salesperson, a manager, somebody in finance and a lawyer; a product's id."""
    ids = {name: make_user(host, name, company="TW01", roles=[ROLES[name]]).id for name in ROLES}
    found: dict[str, Any] = {}
    with host.unit_of_work(company="TW01", by="admin"):
        for name in ("seller", "law"):
            found[f"{name}_id"] = make.employee(name=name, user_id=ids[name]).id
        found["product_id"] = make.product().id
        found["today"] = today()
    for name in ROLES:
        client = app.test_client()
        with app.app_context(), host.unit_of_work(by=name):
            token = create_access_token(identity=str(ids[name]))
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        found[name] = Program(client)
    return found


def test_a_lead_becomes_an_order_drawn_on_a_contract(people: dict[str, Any]) -> None:
    seller = people["seller"]
    opportunity = found_by_a_lead(seller)
    visited(seller, opportunity, on=people["today"])
    quotation = quoted(seller, opportunity, people["product_id"])

    contract_id = seller.done("quotations", quotation, "accept", makes="contract")["contract_id"]
    reviewed_and_signed(people, contract_id)
    won = seller.read("opportunities", opportunity)
    order_id = seller.done("quotations", quotation, "make_order")["order_id"]
    delivery = {"consignee": "Lin Mei", "phone": "02 1234", "address": "Harbour 1"}
    seller.client.put(f"{API}orders/{order_id}", json={"version": 1} | delivery)
    order = seller.done("orders", order_id, "confirm")

    contract = seller.read("contracts", contract_id)
    assert (won["state"], won["furthest"]) == ("won", "won")
    assert (order["state"], order["total"], order["contract_id"]) == (
        "confirmed",
        "787.50",
        contract_id,
    )
    assert (contract["state"], contract["drawn"]) == ("performing", "787.50")
    assert seller.done("contracts", contract_id, "complete")["state"] == "completed"


def found_by_a_lead(seller: Program) -> int:
    """Write down a lead, screen it, and return the opportunity it becomes."""
    said = {"name": "Lin Mei", "company": "Harbour Hotel", "phone": "02 2345 6789"}
    lead = seller.make("leads", **said, source="exhibition", need="Tea for 80 rooms")["id"]
    refused = seller.act("leads", lead, "convert")
    assert refused.json["error"]["code"] == "illegal_transition"
    seller.done("leads", lead, "qualify", reason="Opens in May")
    assert seller.done("leads", lead, "convert")["state"] == "converted"
    return int(seller.only("opportunities", "lead", lead)["id"])


def visited(seller: Program, opportunity: int, *, on: Any) -> None:
    """Plan, prepare and make a visit, and find its next step among the activities."""
    customer = seller.read("opportunities", opportunity)["customer_id"]
    said = {"customer_id": customer, "opportunity_id": opportunity, "goal": "Show samples"}
    visit = seller.make("visits", **said, planned_at=f"{on}T02:00:00Z")["id"]
    assert seller.act("visits", visit, "prepare").status_code == 422
    boxes = dict.fromkeys(PREPARATION, True)
    seller.client.put(f"{API}visits/{visit}", json={"version": 1} | boxes)
    seller.done("visits", visit, "prepare")
    due = (on + timedelta(days=3)).isoformat()
    told = {"met": "Lin Mei", "learnt": "80 rooms", "next_step": "Offer", "next_step_on": due}
    assert seller.done("visits", visit, "record", **told)["state"] == "done"
    given = seller.client.get(f"{API}visits/{visit}/activities").json["result"]
    assert [(one["what"], one["due_on"]) for one in given] == [("Offer", due)]


def quoted(seller: Program, opportunity: int, product_id: int) -> int:
    """Quote, let the customer ask for less, and return the second version, which is sent."""
    seller.done("opportunities", opportunity, "draft_quotation")
    first = seller.only("quotations", "opportunity", opportunity)["id"]
    assert seller.act("quotations", first, "send").json["error"]["code"] == "quotation_is_empty"
    line = {"product_id": product_id, "quantity": "10", "discount": "20"}
    seller.client.put(f"{API}quotations/{first}", json={"version": 1, "lines": [line]})
    seller.done("quotations", first, "send")
    assert seller.done("quotations", first, "new_version")["state"] == "superseded"
    second = int(seller.only("quotations", "replaces", first)["id"])
    line["discount"] = "25"
    seller.client.put(f"{API}quotations/{second}", json={"version": 1, "lines": [line]})
    sent = seller.done("quotations", second, "send")
    assert (sent["revision"], sent["total"], sent["state"]) == (2, "787.50", "sent")
    assert seller.read("opportunities", opportunity)["state"] == "quotation"
    return second


def reviewed_and_signed(people: dict[str, Any], contract: int) -> None:
    """Have the contract reviewed by three, and sign it with its scan."""
    seller, day = people["seller"], people["today"].isoformat()
    parts = [{"due_on": day, "amount": "787.50", "condition": "On delivery"}]
    said = {"version": 1, "instalments": parts, "legal_id": people["law_id"]}
    assert seller.client.put(f"{API}contracts/{contract}", json=said).status_code == 200
    assert seller.done("contracts", contract, "submit")["state"] == "in_review"
    assert seller.act("contracts", contract, "approve", opinion="Mine").status_code == 403
    states = [
        people[name].done("contracts", contract, "approve", opinion=f"Fine, {name}")["state"]
        for name in ("boss", "money", "law")
    ]
    assert states == ["in_review", "in_review", "reviewed"]
    refused = seller.act("contracts", contract, "sign", signed_on=day)
    assert refused.json["error"]["code"] == "contract_is_not_on_file"
    scan = {"file": (BytesIO(b"signed"), "scan.txt")}
    attached = seller.client.post(f"{API}contracts/{contract}/attachments", data=scan)
    assert attached.status_code == 201, attached.json
    assert seller.done("contracts", contract, "sign", signed_on=day)["state"] == "signed"


def test_whoever_only_looks_changes_nothing(people: dict[str, Any]) -> None:
    law = people["law"].client

    refused = law.post(f"{API}leads/", json={"name": "Lin", "source": "web"})

    assert refused.status_code == 403
    assert law.get(f"{API}contracts/").status_code == 403
