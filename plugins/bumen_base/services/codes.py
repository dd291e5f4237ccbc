"""Codes of master data: given by people, or the next free one."""

from datetime import date
from typing import Any

from sqlalchemy import select

from bumen import CompanyModel, Numbering, Text, next_number, session
from bumen_base.models import Category, Customer, Department, Employee, Post, Product, Region
from bumen_base.texts import _


def _kind(model: type[CompanyModel]) -> str:
    """Return what the numbers of a model are called: `base.customer`."""
    return str(model.__tablename__).replace("_", ".", 1)


def _numbering(model: type[CompanyModel], title: Text, pattern: str) -> Numbering:
    given = getattr(model, model.named_by[0])
    return Numbering(_kind(model), title, pattern=pattern, gapless=True, given=given)


NUMBERS = (
    _numbering(Customer, _("Customers"), "C{00000}"),
    _numbering(Product, _("Products"), "P{00000}"),
    _numbering(Category, _("Product categories"), "G{000}"),
    _numbering(Region, _("Regions"), "R{000}"),
    _numbering(Department, _("Departments"), "D{000}"),
    _numbering(Post, _("Posts"), "J{000}"),
    _numbering(Employee, _("Employees"), "E{0000}"),
)
"""How codes look that people leave to us: in a row, past those that people gave."""


def give_code(record: Any, *, on: date) -> None:
    """Give a record the next free code of its kind, unless people gave it one."""
    model = type(record)
    name = model.named_by[0]
    if getattr(record, name):
        return
    kind, column = _kind(model), getattr(model, name)
    code = next_number(kind=kind, on=on)
    with session().no_autoflush:
        while session().scalar(select(column).where(column == code)) is not None:
            code = next_number(kind=kind, on=on)
    setattr(record, name, code)
