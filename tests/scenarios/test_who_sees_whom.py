"""A salesperson sees own customers, a regional manager the region's, a director all; E5.2."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask.testing import FlaskClient

from bumen import CurrentCompany, create_record, session
from bumen.host import Host
from bumen.testing.makers import make_user
from bumen_base.models import Customer, Employee, Region
from bumen_base.resources import Contacts, Customers, Employees, Regions

URL = "/api/v1/base/customers/"
ROLES = {
    "seller": ["sales.salesperson"],
    "other": ["sales.salesperson"],
    "boss": ["sales.salesperson"],
    "regional": ["sales.regional_manager"],
    "viewer": ["base.viewer"],
    "director": ["base.manager"],
}


@dataclass
class Staff:
    """People at work, their customers, and how to ask as one of them."""

    login: Callable[[str], FlaskClient]
    ids: dict[str, int] = field(default_factory=dict)

    def names(self, who: str) -> set[str]:
        """Return the names of the customers somebody is shown."""
        answer = self.login(who).get(URL)
        return {one["name"] for one in answer.json["result"]}


def employee(name: str, person: int, **more: Any) -> Employee:
    """Make somebody who works here and signs in."""
    values = {"name": name, "user_id": person, **more}
    made: Employee = create_record(Employees, values, by=None)
    return made


@pytest.fixture
def staff(host: Host, company: CurrentCompany, login: Callable[[str], FlaskClient]) -> Staff:
    """A boss above a seller, another seller, a regional manager; four customers of theirs."""
    people = {n: make_user(host, n, company="TW01", roles=ROLES[n]).id for n in ROLES}
    made = Staff(login)
    with host.unit_of_work(company="TW01", by="admin"):
        boss = employee("Boss", people["boss"])
        seller = employee("Seller", people["seller"], superior_id=boss.id)
        other = employee("Other", people["other"])
        manager = employee("Regional", people["regional"])
        north: Region = create_record(Regions, {"name": "North", "manager_id": manager.id}, by=None)
        taipei: Region = create_record(Regions, {"name": "Taipei", "parent_id": north.id}, by=None)
        for name, whose, more in (
            ("Plain", seller, {}),
            ("Secret", seller, {"confidential": True}),
            ("Northern", other, {"region_id": taipei.id}),
            ("Free", None, {}),
        ):
            values = {"name": name, "salesperson_id": whose.id if whose else None, **more}
            customer: Customer = create_record(Customers, values, by=None)
            made.ids[name] = customer.id
        create_record(Contacts, {"customer_id": made.ids["Plain"], "name": "Amy"}, by=None)
        session().flush()
    return made


def test_everybody_sees_what_is_theirs_to_see(staff: Staff) -> None:
    assert staff.names("seller") == {"Plain", "Secret"}
    assert staff.names("boss") == {"Plain", "Secret"}
    assert staff.names("other") == {"Northern"}
    assert staff.names("regional") == {"Northern"}
    assert staff.names("viewer") == {"Plain", "Northern", "Free"}
    assert staff.names("director") == {"Plain", "Secret", "Northern", "Free"}


def test_what_one_may_not_see_does_not_exist(staff: Staff) -> None:
    other, plain = staff.login("other"), staff.ids["Plain"]
    change = {"version": 1, "name": "taken"}

    assert other.get(f"{URL}{plain}").status_code == 404
    assert other.put(f"{URL}{plain}", json=change).status_code == 404
    assert other.delete(f"{URL}{plain}").status_code == 404
    assert other.get(f"/base/customers/show/{plain}").status_code == 404
    assert other.get("/lookup/base/customers?q=Plain").json == []
    assert other.get("/api/v1/base/contacts/").json["count"] == 0
    assert staff.login("seller").get("/api/v1/base/contacts/").json["count"] == 1


def test_nobody_orders_for_a_customer_they_may_not_see(staff: Staff) -> None:
    sent = {"customer_id": staff.ids["Plain"], "lines": []}

    refused = staff.login("other").post("/api/v1/sales/orders/", json=sent)
    taken = staff.login("seller").post("/api/v1/sales/orders/", json=sent)

    assert list(refused.json["error"]["fields"]) == ["customer_id"]
    assert taken.status_code == 201, taken.text


def test_a_new_customer_is_seen_by_who_made_it(staff: Staff) -> None:
    made = staff.login("seller").post(URL, json={"name": "Brand new"}).json

    assert staff.login("seller").get(f"{URL}{made['id']}").status_code == 200
    assert staff.login("other").get(f"{URL}{made['id']}").status_code == 404


def test_a_form_does_not_tell_the_name_of_a_customer_one_may_not_see(staff: Staff) -> None:
    address = f"/sales/orders/add?customer_id={staff.ids['Plain']}"

    assert "Plain" in staff.login("seller").get(address).text
    assert "Plain" not in staff.login("other").get(address).text
