"""What is done with regions, departments, posts and employees."""

from datetime import date

from bumen import User, members, session
from bumen_base.errors import LeftBeforeJoining, NoSuchColleague
from bumen_base.models import Department, Employee, Post, Region
from bumen_base.services.codes import give_code
from bumen_base.services.here import here
from bumen_base.services.trees import check_place, check_superior


def save_region(region: Region, *, by: User | None, on: date) -> None:
    """Keep a region: it gets a code, and is never part of itself."""
    check_place(region)
    give_code(region, on=on)


def save_department(department: Department, *, by: User | None, on: date) -> None:
    """Keep a department: it gets a code, and is never part of itself."""
    check_place(department)
    give_code(department, on=on)


def save_post(post: Post, *, by: User | None, on: date) -> None:
    """Keep a post: it gets a code."""
    give_code(post, on=on)


def save_employee(employee: Employee, *, by: User | None, on: date) -> None:
    """Keep an employee: they get a number, report to others only, and leave after joining.

    The user account, if there is one, must have a place in this company.
    """
    check_superior(employee)
    if employee.joined_on and employee.left_on and employee.left_on < employee.joined_on:
        raise LeftBeforeJoining(employee)
    _check_account(employee)
    give_code(employee, on=on)


def _check_account(employee: Employee) -> None:
    if employee.user_id is None:
        return
    known = members(here().id).where(User.id == employee.user_id)
    if session().scalar(known) is None:
        raise NoSuchColleague
