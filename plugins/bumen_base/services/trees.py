"""Keeping trees trees, and chains of superiors chains."""

from bumen import session
from bumen_base.errors import BelowItself, OwnSuperior
from bumen_base.models import Category, Department, Employee, Region, upwards_from


def check_place(record: Region | Department | Category) -> None:
    """Refuse to make a record part of itself, directly or through others."""
    if _leads_back(record, to=record.parent_id, by="parent"):
        raise BelowItself(record)


def check_superior(employee: Employee) -> None:
    """Refuse to let somebody be their own superior, directly or through others."""
    if _leads_back(employee, to=employee.superior_id, by="superior"):
        raise OwnSuperior(employee)


def _leads_back(
    record: Region | Department | Category | Employee, *, to: int | None, by: str
) -> bool:
    """Tell whether the way up from there comes by the record; a new record is on nobody's way."""
    if not record.id or not to:
        return False
    return record.id in session().scalars(upwards_from(type(record), to, by=by)).all()
