"""Reports say what plain SQL says, of the customers their reader sees."""

import csv
import random
from collections import defaultdict
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from io import StringIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from bumen import CurrentCompany, create_record, run_action
from bumen.activation.service import switch
from bumen.host import Host
from bumen.testing.makers import make_user
from bumen_base.models import Customer
from bumen_base.models.alike import Likeness
from bumen_base.resources import Customers, Employees, Regions
from bumen_base.services import emptiest_files, find_all_alike, measure_files
from bumen_base.services.alike import families

DUPLICATES, COMPLETENESS = "/base/reports/duplicates", "/base/reports/completeness"
SAME_NAME = """
SELECT a.name_key, b.id
FROM (SELECT DISTINCT name_key FROM base_customer WHERE NOT archived) a
JOIN base_customer b ON NOT b.archived AND (b.name_key = a.name_key OR
  (length(a.name_key) >= 4 AND substr(b.name_key, 1, length(a.name_key)) = a.name_key))
WHERE NOT EXISTS (SELECT 1 FROM base_customer s
  WHERE NOT s.archived AND length(s.name_key) BETWEEN 4 AND length(a.name_key) - 1
  AND substr(a.name_key, 1, length(s.name_key)) = s.name_key)
"""
SAME_PHONE = "SELECT phone_key, id FROM base_customer WHERE NOT archived AND phone_key <> ''"
SAME_TAX_ID = "SELECT tax_id, id FROM base_customer WHERE tax_id IS NOT NULL"
GAPS = {
    "phone": "c.phone IS NULL OR c.phone = ''",
    "email": "c.email IS NULL",
    "region_id": "c.region_id IS NULL",
    "industry": "c.kind <> 'person' AND c.industry IS NULL",
    "contacts": "c.kind <> 'person' AND NOT EXISTS"
    " (SELECT 1 FROM base_contact t WHERE t.customer_id = c.id)",
    "addresses": "NOT EXISTS (SELECT 1 FROM base_address t WHERE t.customer_id = c.id)",
}


def customer(name: str, **values: Any) -> Customer:
    """Write a customer down."""
    made: Customer = create_record(Customers, {"name": name, **values}, by=None)
    return made


def archive(record: Customer) -> None:
    """Set a customer aside."""
    run_action(Customers, record, "archive", {}, by=None, version=record.version)


@pytest.fixture
def many(host: Host, company: CurrentCompany) -> None:
    """A hundred and fifty customers, many of whom could be the same."""
    dice = random.Random(7)  # noqa: S311  # names to test with
    with host.unit_of_work(company="TW01", by="admin"):
        regions = [create_record(Regions, {"name": n}, by=None).id for n in ("North", "South")]
        people = [create_record(Employees, {"name": n}, by=None).id for n in ("Ann", "Bob", "Cai")]
        for number in range(150):
            values: dict[str, Any] = {
                "kind": dice.choice(["company", "person"]),
                "salesperson_id": dice.choice([None, *people]),
                "region_id": dice.choice([None, *regions]),
                "phone": dice.choice([None, f"02-2345-{dice.randrange(60):04}"]),
                "email": dice.choice([None, "a@example.com"]),
                "industry": dice.choice([None, "tea"]),
                "contacts": [{"name": "Amy"}] if dice.random() < 0.3 else [],
                "addresses": [{"street": "1 Main Street"}] if dice.random() < 0.3 else [],
            }
            name = "".join(dice.choice("茶葉") for _sign in range(dice.randint(2, 7)))
            made = customer(name, **values)
            if number % 10 == 0:
                archive(made)


def said_by_sql(host: Host, query: str) -> set[tuple[str, frozenset[int]]]:
    """Return the groups of more than one that a plain statement finds."""
    groups: dict[str, set[int]] = defaultdict(set)
    with host.database.wide_session() as wide:
        for key, ident in wide.execute(text(query)):
            groups[key].add(ident)
    return {(key, frozenset(idents)) for key, idents in groups.items() if len(idents) > 1}


@pytest.mark.parametrize(
    ("why", "query"),
    [(Likeness.NAME, SAME_NAME), (Likeness.PHONE, SAME_PHONE), (Likeness.TAX_ID, SAME_TAX_ID)],
)
def test_alike_is_what_plain_sql_finds(host: Host, many: None, why: Likeness, query: str) -> None:
    with host.unit_of_work(company="TW01", by="admin"):
        archive(customer("First", tax_id="22099131"))
        customer("Second", tax_id="22099131")
    with host.unit_of_work(company="TW01", by="admin"):
        groups = list(find_all_alike(seen=(), why=why))
        found = {(one.shared, frozenset(c.id for c in one.customers)) for one in groups}

    assert found == said_by_sql(host, query)
    assert len(found) == len(groups) > 0


def test_names_are_alike_when_one_begins_with_the_other() -> None:
    names = [(1, "ab"), (2, "ab"), (3, "abcd"), (4, "abcde"), (5, "abcdf"), (6, "abd"), (7, "x")]

    assert list(families(names)) == [("ab", [1, 2]), ("abcd", [3, 4, 5])]
    assert list(families([(1, "ab"), (2, "abc")])) == []
    assert list(families([])) == []


@pytest.mark.parametrize("column", ["salesperson_id", "region_id"])
def test_completeness_is_what_plain_sql_finds(host: Host, many: None, column: str) -> None:
    gaps = ", ".join(f"SUM(CASE WHEN {gap} THEN 1 ELSE 0 END)" for gap in GAPS.values())
    query = (
        f"SELECT c.{column}, COUNT(*), SUM(c.completeness), {gaps} "
        f"FROM base_customer c WHERE NOT c.archived GROUP BY c.{column}"
    )
    with host.database.wide_session() as wide:
        said = {row[0]: row for row in wide.execute(text(query))}
    with host.unit_of_work(company="TW01"):
        found = measure_files(getattr(Customer, column), seen=())

    assert [one.average for one in found] == sorted(one.average for one in found)
    assert {one.group_id for one in found} == set(said)
    for files in found:
        _group, count, total, *missing = said[files.group_id]
        average = (Decimal(int(total)) / count).quantize(Decimal("0.1"), ROUND_HALF_UP)
        assert (files.count, files.average) == (count, average)
        assert [files.missing[name] for name in GAPS] == [int(one) for one in missing]


def test_the_least_complete_come_first_with_what_they_lack(host: Host, many: None) -> None:
    with host.unit_of_work(company="TW01"):
        rows = list(emptiest_files(seen=()))

        assert len(rows) == 135
        order = [(record.completeness, record.code) for record, _missing in rows]
        assert order == sorted(order)
        for record, missing in rows:
            of = 9 if record.kind == "person" else 13
            assert record.completeness == 100 * (of - len(missing)) // of


def read(reader: FlaskClient, url: str) -> list[list[str]]:
    """Return the rows of a report as a file, its head first."""
    answer = reader.get(url)
    assert answer.status_code == 200, answer.text
    return list(csv.reader(StringIO(answer.data.decode("utf-8-sig"), newline="")))


def test_the_pages_show_links_and_files_the_same(host: Host, reader: FlaskClient) -> None:
    with host.unit_of_work(company="TW01", by="admin"):
        ann = create_record(Employees, {"name": "Ann"}, by=None).id
        one = customer("台灣茶葉有限公司", salesperson_id=ann)
        two = customer("臺灣茶葉", phone="02-2345-6789")

    page, rows = reader.get(DUPLICATES).text, read(reader, f"{DUPLICATES}/export")

    assert [row[:2] for row in rows[1:]] == [
        ["Names alike: 台灣茶葉", str(one)],
        ["Names alike: 台灣茶葉", str(two)],
    ]
    assert page.count("Names alike: 台灣茶葉") == 1
    for record in (one, two):
        assert f'href="/base/customers/show/{record.id}">{record}</a>' in page
    assert reader.get(f"{DUPLICATES}/export?format=xlsx").data[:2] == b"PK"


def test_every_link_of_the_completeness_report_leads_to_as_many_as_it_says(
    host: Host, reader: FlaskClient, many: None
) -> None:
    for by in ("salesperson", "region"):
        with host.unit_of_work(company="TW01", by="admin"):
            files = measure_files(getattr(Customer, f"{by}_id"), seen=())
        for one in files:
            group = f"filter.{by}={one.group_id}" if one.group_id else f"filter.{by}.empty=1"
            of_group = f"{group}&filter.archived=0"
            assert _count(reader, of_group) == one.count
            narrowed = f"{of_group}&filter.phone.empty=1"
            assert _count(reader, narrowed) == one.missing["phone"]
            narrowed = f"{of_group}&filter.industry.empty=1&filter.kind=company"
            assert _count(reader, narrowed) == one.missing["industry"]
    page = reader.get(f"{COMPLETENESS}?by=region").text
    assert "filter.archived=0" in page
    assert "No region" in page


def _count(reader: FlaskClient, query: str) -> int:
    return len(read(reader, f"/base/customers/export?columns=code&{query}")) - 1


def test_a_report_tells_only_of_customers_its_reader_sees(
    host: Host, company: CurrentCompany, login: Callable[[str], FlaskClient]
) -> None:
    make_user(host, "seer", company="TW01", roles=["base.viewer"])
    make_user(host, "chief", company="TW01", roles=["base.manager"])
    with host.unit_of_work(company="TW01", by="admin"):
        customer("台灣茶葉", confidential=True)
        customer("台灣茶葉")
        customer("台灣茶葉行")

    def told(who: str, report: str) -> list[list[str]]:
        return read(login(who), f"/base/reports/{report}/export")[1:]

    assert [len(told("chief", name)) for name in ("duplicates", "least_complete")] == [3, 3]
    assert [len(told("seer", name)) for name in ("duplicates", "least_complete")] == [2, 2]
    assert told("seer", "completeness")[0][1] == "2"


def test_a_program_reads_a_report(host: Host, reader: FlaskClient) -> None:
    with host.unit_of_work(company="TW01", by="admin"):
        customer("A person", kind="person", phone="02-2345-6789")

    listed = reader.get("/api/v1/base/reports/").json["result"]
    told = reader.get("/api/v1/base/reports/completeness?by=region").json

    names = ["customers", "duplicates", "completeness", "least_complete"]
    assert [one["name"] for one in listed] == names
    assert (told["name"], told["more"], len(told["result"])) == ("completeness", False, 1)
    row = told["result"][0]
    assert (row["group"], row["average"]) == ("No region", "11.0")
    assert row["customers"] == {
        "value": 1,
        "resource": "base.customers",
        "query": {"filter.region.empty": "1", "filter.archived": "0"},
    }
    assert reader.get("/api/v1/base/reports/nope").status_code == 404
    assert reader.get("/api/v1/base/reports/completeness?by=nope").status_code == 422
    paths = reader.get("/api/v1/_openapi").json["paths"]
    assert "/api/v1/base/reports/duplicates" in paths


def test_reports_are_for_those_who_may_read_what_they_are_about(
    host: Host, company: CurrentCompany, login: Callable[[str], FlaskClient]
) -> None:
    make_user(host, "guest", company="TW01")
    guest, reader = login("guest"), login("admin")

    assert guest.get(DUPLICATES).status_code == 403
    assert guest.get(f"{DUPLICATES}/export").status_code == 403
    assert guest.get(f"/api/v1{DUPLICATES}").status_code == 403
    assert guest.get("/base/reports/").status_code == 404
    assert 'href="/base/reports/"' in reader.get("/").text
    assert 'href="/base/reports/"' not in guest.get("/").text

    switch(host, company="TW01", name="base", enabled=False)
    for url in ("/base/reports/", DUPLICATES, f"{DUPLICATES}/export", f"/api/v1{DUPLICATES}"):
        assert reader.get(url).status_code == 404


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/base/reports/nope", 404),
        (f"{DUPLICATES}?nope=1", 400),
        (f"{DUPLICATES}?why=nope", 422),
        (f"{DUPLICATES}/export?format=exe", 400),
        (f"{DUPLICATES}?why=", 200),
        (f"{DUPLICATES}?why=phone", 200),
    ],
)
def test_what_a_report_does_not_offer_is_refused(
    reader: FlaskClient, url: str, status: int
) -> None:
    assert reader.get(url).status_code == status
