"""What is done with regions, departments, posts and employees."""

from datetime import date

from bumen import User
from bumen_base.errors import LeftBeforeJoining
from bumen_base.models import Department, Employee, Post, Region
from bumen_base.services.codes import give_code
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
    """Keep an employee: they get a number, report to others only, and leave after joining."""
    check_superior(employee)
    if employee.joined_on and employee.left_on and employee.left_on < employee.joined_on:
        raise LeftBeforeJoining(employee)
    give_code(employee, on=on)
