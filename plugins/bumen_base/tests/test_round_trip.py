"""Customers that were exported come back as they were, regions and salespeople included."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete

from bumen import CurrentCompany, create_record
from bumen.exchange import Mapping, import_file, read_table
from bumen.exchange.guessing import guessed_mapping
from bumen.exchange.mapping import Existing
from bumen.host import Host
from bumen_base.models import Customer
from bumen_base.resources import Customers, Employees, Regions

COLUMNS = (
    "code,name,short_name,kind,customer_class,industry,source,region,salesperson,tax_id,phone,"
    "email,website,birthday,preferences,tags,confidential,payment_method,payment_days"
)
URL = f"/base/customers/export?columns={COLUMNS}&sort=code"
FULL = {
    "name": "台灣茶葉有限公司",
    "short_name": "台茶",
    "customer_class": "A",
    "industry": "茶",
    "source": "web",
    "tax_id": "22099131",
    "phone": "+886 2 2345-6789",
    "email": "a@example.com",
    "website": "https://example.com",
    "birthday": "1987-02-21",
    "preferences": "烏龍\n不要紅茶",
    "tags": "a, b",
    "confidential": True,
    "payment_method": "on_account",
    "payment_days": 30,
}
HOSTILE = ("=HYPERLINK(1)", "+886 公司", "-1", "@home", "'=quoted", '"x", y\n z', "𠮷野家")


@pytest.fixture
def customers(host: Host, company: CurrentCompany) -> None:
    """Customers with every field filled, and some with names that look like formulas."""
    with host.unit_of_work(company="TW01", by="admin"):
        north = create_record(Regions, {"name": "北區 一"}, by=None)
        taipei = create_record(Regions, {"name": "台北", "parent_id": north.id}, by=None)
        ann = create_record(Employees, {"name": "王 小明"}, by=None)
        whose = {"region_id": taipei.id, "salesperson_id": ann.id}
        create_record(Customers, {**FULL, **whose}, by=None)
        for name in HOSTILE:
            create_record(Customers, {"name": name, "kind": "person"}, by=None)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["zh-TW", "zh-CN", "en"])
def test_an_exported_file_makes_the_same_customers(
    host: Host, customers: None, login: Any, tmp_path: Path, kind: str, language: str
) -> None:
    browser: FlaskClient = login("admin")
    before = browser.get(URL).data
    browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
    file = tmp_path / f"customers.{kind}"
    file.write_bytes(browser.get(f"{URL}&format={kind}").data)
    with host.unit_of_work(company="TW01") as unit:
        unit.session.execute(delete(Customer))

    with host.unit_of_work(company="TW01", by="admin", way="import") as unit:
        report = import_file("base.customers", file, registry=host.registry, by=unit.user)

    assert (report.problems, report.created) == ([], 1 + len(HOSTILE))
    browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = "zh-TW"
    assert browser.get(URL).data == before


def test_an_exported_file_changes_nothing_of_customers_that_are_there(
    host: Host, customers: None, login: Any, tmp_path: Path
) -> None:
    browser: FlaskClient = login("admin")
    before = browser.get(URL).data
    file = tmp_path / "customers.xlsx"
    file.write_bytes(browser.get(f"{URL}&format=xlsx").data)
    mapping = guessed_mapping(Customers, table=read_table(file))
    again = Mapping(
        name=mapping.name,
        resource=mapping.resource,
        fields=mapping.fields,
        key=("code",),
        existing=Existing.UPDATE,
    )

    with host.unit_of_work(company="TW01", by="admin", way="import") as unit:
        report = import_file(
            "base.customers", file, registry=host.registry, mapping=again, by=unit.user
        )

    assert (report.problems, report.created) == ([], 0)
    assert browser.get(URL).data == before
