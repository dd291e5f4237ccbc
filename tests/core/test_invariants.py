"""What must always hold is asked of the whole database, and what does not is named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, NullPool, create_engine, text

from bumen.host import Host
from bumen.invariants import broken_invariants, invariants
from bumen.registry import Registry
from bumen.unit_of_work import CurrentCompany
from bumen_base.models import Region


def test_a_database_written_through_the_house_breaks_nothing(
    host: Host, company: CurrentCompany
) -> None:
    _region(host, company)

    assert broken_invariants(host.database, host.registry) == []


def test_a_reference_that_leaves_its_company_is_named(
    host: Host, company: CurrentCompany, other_company: CurrentCompany
) -> None:
    mine, theirs = _region(host, company), _region(host, other_company)
    with _behind_the_back_of(host) as connection:
        moved = text("UPDATE base_region SET parent_id = :theirs WHERE id = :mine")
        connection.execute(moved, {"theirs": theirs, "mine": mine})

    broken = broken_invariants(host.database, host.registry)

    assert [(one.check.table, one.ids) for one in broken] == [("base_region", (mine,))]


@pytest.mark.usefixtures("host")
def test_references_and_numbers_of_every_department_are_asked() -> None:
    asked = {(one.table, one.sentence.split()[0]) for one in invariants(Registry.load())}

    assert {("sales_order", "customer_id"), ("sales_order", "Every")} <= asked


def _region(host: Host, company: CurrentCompany) -> int:
    with host.unit_of_work(company=company.code) as unit:
        region = Region(code="FAR", name="Far away")
        unit.session.add(region)
        unit.session.flush()
        return region.id


@contextmanager
def _behind_the_back_of(host: Host) -> Iterator[Connection]:
    """Write as no one should: around the house, while the database looks away."""
    with create_engine(host.database.url, poolclass=NullPool).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET session_replication_role = replica")
        yield connection
