"""A file of customers is told everything that is wrong with a row at once, tax IDs included."""

from pathlib import Path

import pytest

from bumen import CurrentCompany, create_record
from bumen.exchange import import_file
from bumen.host import Host
from bumen_base.resources import Customers

TEXT = """name,email,tax_id
,nonsense@,12345678
Tea House,tea@example.com,12345678
,fine@example.com,22099131
"""
TAX_ID = "“12345678” is not a Taiwanese tax ID"


@pytest.fixture
def told(host: Host, company: CurrentCompany, tmp_path: Path) -> list[tuple[int, str, str]]:
    """What a check of the file says; a customer with one of its tax IDs is there already."""
    path = tmp_path / "customers.csv"
    path.write_text(TEXT, encoding="utf-8")
    with host.unit_of_work(company="TW01", by="admin") as unit:
        create_record(Customers, {"name": "Ann", "tax_id": "22099131"}, by=None)
        report = import_file(
            "base.customers", path, registry=host.registry, by=unit.user, dry_run=True
        )
    return [(one.row, one.column or "", str(one.reason)) for one in report.problems]


def test_what_the_department_says_is_told_beside_slips(told: list[tuple[int, str, str]]) -> None:
    of_row = {column: reason for row, column, reason in told if row == 2}

    assert list(of_row) == ["name", "email", "tax_id"]
    assert of_row["tax_id"].startswith(TAX_ID)


def test_nothing_is_told_of_what_only_stands_in_for_a_name(
    told: list[tuple[int, str, str]],
) -> None:
    assert [(row, column) for row, column, _reason in told] == [
        (2, "name"),
        (2, "email"),
        (2, "tax_id"),
        (3, "tax_id"),
        (4, "name"),
        (4, "tax_id"),
    ]
    assert "already has the tax ID" in told[-1][2]
