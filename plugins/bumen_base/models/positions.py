"""Where employees stand: who is above whom, found by the account somebody signs in with."""

from collections.abc import Collection

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from bumen_base.models.organisation import Employee


def employee_of(user_id: int) -> Select[Employee]:
    """Select the employee who signs in as this user (its id), with where they stand."""
    return employees_of([user_id])


def employees_of(user_ids: Collection[int]) -> Select[Employee]:
    """Select the employees who sign in as these users (their ids), with where they stand."""
    around = (Employee.department, Employee.post, Employee.region, Employee.superior)
    found = select(Employee).where(Employee.user_id.in_(user_ids))
    return found.options(*(joinedload(one) for one in around))


def manager_above(employee: Employee) -> Select[int | None]:
    """Select the user who manages an employee's department, or the one above for its manager."""
    department = employee.department
    if department is not None and department.manager_id == employee.id:
        department = department.parent
    manager = None if department is None else department.manager_id
    return select(Employee.user_id).where(Employee.id == manager)
