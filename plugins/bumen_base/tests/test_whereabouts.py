"""Rules of approval that count for a department count for all below it, whatever it is called."""

from __future__ import annotations

from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import select

from bumen import session
from bumen.approvals import ApprovalRule
from bumen.organisation import organisation, whereabouts_of
from bumen_base.models import Department, Employee, Region
from bumen_base.services import save_department, save_employee

DAY = date(2026, 3, 2)
VERSIONS = Path(__file__).parents[1] / "migrations" / "versions"


def migration(name: str) -> Any:
    """Return one of the department's migrations."""
    spec = spec_from_file_location(name, VERSIONS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def department(name: str, parent: Department | None = None) -> Department:
    """Found a department."""
    made = Department(name=name, parent=parent)
    save_department(made, by=None, on=DAY)
    session().add(made)
    session().flush()
    return made


def test_somebody_works_in_a_department_and_in_all_above_it(unit: Any) -> None:
    house = department("House")
    sales = department("Sales", house)
    other = department("Service", house)
    wang = Employee(name="Wang", user_id=unit.user.id, department=sales)
    save_employee(wang, by=None, on=DAY)
    session().add(wang)
    session().flush()

    where = whereabouts_of(unit.user.id)

    assert where.departments == {house.id, sales.id}
    assert other.id not in where.departments
    assert where.regions == frozenset()


def test_who_is_no_employee_works_nowhere(unit: Any) -> None:
    assert whereabouts_of(unit.user.id).departments == frozenset()
    kept = organisation()
    assert kept is not None
    assert (kept.department, kept.region) == (Department, Region)


def test_rules_that_named_a_department_by_its_label_know_it_after_the_upgrade(unit: Any) -> None:
    sales = department("Sales")
    told = {"resource": "sales.orders", "waiting_in": "held", "valid_from": DAY, "steps": []}
    named = {"one": str(sales), "two": "What nobody is called", "three": None}
    for title, label in named.items():
        session().add(ApprovalRule(title=title, department=label, **told))
    session().flush()

    with Operations.context(MigrationContext.configure(session().connection())):
        migration("0004_rules_of_approval_know_departments").upgrade()

    session().expire_all()
    rules = {one.title: one.department_id for one in session().scalars(select(ApprovalRule))}
    assert rules == {"one": sales.id, "two": None, "three": None}
