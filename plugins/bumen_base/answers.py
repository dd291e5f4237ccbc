"""What master data answers to the host."""

from collections.abc import Collection
from dataclasses import replace

from bumen import (
    CurrentCompany,
    Organisation,
    Position,
    Reach,
    Whereabouts,
    hookimpl,
    session,
    today,
)
from bumen_base.models import Department, Employee, Region, reach_of, upwards_from
from bumen_base.models.positions import employee_of, employees_of, manager_above
from bumen_base.services import save_department, save_region
from bumen_base.texts import _


@hookimpl
def bumen_seed_company(company: CurrentCompany) -> None:
    """Plant the roots of the two trees: the whole market, and the company itself."""
    market = Region(name=_("All regions").in_language(company.locale))
    house = Department(name=company.name)
    save_region(market, by=None, on=today())
    save_department(house, by=None, on=today())
    session().add_all([market, house])


@hookimpl
def bumen_reach_of(user_id: int) -> Reach | None:
    """Tell how far somebody reaches by the employee who signs in as that person."""
    return reach_of(user_id)


@hookimpl
def bumen_positions_of(user_ids: Collection[int]) -> dict[int, Position]:
    """Tell where several people stand, with one statement."""
    found = session().scalars(employees_of(user_ids))
    return {one.user_id: _position(one) for one in found if one.user_id is not None}


@hookimpl
def bumen_organisation() -> Organisation:
    """Tell that departments and regions are master data."""
    return Organisation(department=Department, region=Region)


@hookimpl
def bumen_whereabouts_of(user_id: int) -> Whereabouts | None:
    """Tell where the employee works who signs in as somebody, and what lies above."""
    employee = session().scalar(employee_of(user_id))
    if employee is None:
        return None
    return Whereabouts(
        departments=_with_those_above(Department, employee.department_id),
        regions=_with_those_above(Region, employee.region_id),
    )


@hookimpl
def bumen_position_of(user_id: int) -> Position | None:
    """Tell where somebody stands by the employee who signs in as that person."""
    employee = session().scalar(employee_of(user_id))
    if employee is None:
        return None
    return replace(_position(employee), manager=session().scalar(manager_above(employee)))


def _with_those_above(model: type[Department | Region], ident: int | None) -> frozenset[int]:
    if ident is None:
        return frozenset()
    return frozenset(session().scalars(upwards_from(model, ident, by="parent")))


def _position(employee: Employee) -> Position:
    superior = employee.superior
    return Position(
        user_id=employee.user_id or 0,
        employee=str(employee),
        department=str(employee.department or ""),
        post=str(employee.post or ""),
        region=str(employee.region or ""),
        superior=superior.user_id if superior is not None else None,
        superior_name=superior.name if superior is not None else "",
        record=employee,
    )
