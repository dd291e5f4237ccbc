"""Shipments of the demonstration are believable: some arrived, some late, one came back."""

from collections import Counter
from typing import Any

import pytest
from sqlalchemy import select

from bumen import CurrentCompany, create_record, current, session
from bumen.host import Host
from bumen_base.resources import Customers, Products, Regions
from bumen_logistics.demo import shipping
from bumen_logistics.models import FreightRate, Shipment

GOODS = ("05", "07", "10", "12", "13", "14", "15", "16", "18")
REGIONS = {"TW01": ("TW-N", "TW-E", "TW-S", "TW-C"), "CN01": ("CN-E", "CN-W", "CN-SH", "CN-S")}


@pytest.mark.parametrize("which", ["company", "other_company"])
def test_the_demonstration_ships_in_both_companies(
    host: Host, company: CurrentCompany, other_company: CurrentCompany, which: str
) -> None:
    where: Any = {"company": company, "other_company": other_company}[which]
    with host.unit_of_work(company=where.code):
        for number in GOODS:
            said = {"code": f"P000{number}", "name": number, "unit": "box"}
            create_record(Products, said, by=current().user)
        for code in ("C00001", "C00002", "C00003"):
            create_record(Customers, {"code": code, "name": code}, by=current().user)
        for code in REGIONS[where.code]:
            create_record(Regions, {"code": code, "name": code}, by=current().user)
        shipping.fill(where)

        states = Counter(session().scalars(select(Shipment.state)))

        assert {state.value: number for state, number in states.items()} == {
            "arrived": 3,
            "returned": 1,
            "in_transit": 1,
            "exception": 1,
            "loaded": 1,
            "arranged": 1,
        }
        assert len(session().scalars(select(FreightRate)).all()) == 5
