"""Codes of master data: given by people, or the next free one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from bumen import CompanyModel, next_number, session
from bumen_base.models import Category, Customer, Department, Employee, Post, Product, Region

_PATTERNS: Mapping[type[CompanyModel], str] = {
    Customer: "C{00000}",
    Product: "P{00000}",
    Category: "G{000}",
    Region: "R{000}",
    Department: "D{000}",
    Post: "J{000}",
    Employee: "E{0000}",
}


def give_code(record: Any, *, on: date) -> None:
    """Give a record the next free code of its kind, unless people gave it one."""
    model = type(record)
    name = model.named_by[0]
    if getattr(record, name):
        return
    kind = str(model.__tablename__).replace("_", ".", 1)
    column = getattr(model, name)
    code = next_number(_PATTERNS[model], kind=kind, on=on)
    with session().no_autoflush:
        while session().scalar(select(column).where(column == code)) is not None:
            code = next_number(_PATTERNS[model], kind=kind, on=on)
    setattr(record, name, code)
