"""What master data answers to the host."""

from bumen import CurrentCompany, Position, hookimpl, session, today
from bumen_base.models import Department, Region
from bumen_base.models.positions import employee_of, manager_above
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
def bumen_position_of(user_id: int) -> Position | None:
    """Tell where somebody stands by the employee who signs in as that person."""
    employee = session().scalar(employee_of(user_id))
    if employee is None:
        return None
    superior = employee.superior
    return Position(
        user_id=user_id,
        employee=str(employee),
        department=str(employee.department or ""),
        post=str(employee.post or ""),
        region=str(employee.region or ""),
        superior=superior.user_id if superior is not None else None,
        manager=session().scalar(manager_above(employee)),
    )
