"""Warehouses, each with a location for what is delivered and one for what is in quarantine."""

from datetime import date

from sqlalchemy import select

from bumen import CurrentCompany, Numbering, User, next_number, session
from bumen_logistics.errors import NoWarehouse
from bumen_logistics.models import (
    Location,
    LocationKind,
    Warehouse,
    first_warehouse,
    locations_of,
)
from bumen_logistics.texts import _

KIND = "logistics.warehouse"
NUMBERED = Numbering(KIND, _("Warehouses"), pattern="W{00}", given=Warehouse.code)
_PARTS = {LocationKind.STOCK: "A", LocationKind.QUARANTINE: "Q"}
"""What the codes of a new warehouse's locations end with."""


def open_warehouse(warehouse: Warehouse, *, by: User | None, on: date) -> None:
    """Keep a new warehouse: it gets a code, a location for delivery and one for quarantine."""
    _give_code(warehouse, on=on)
    for kind, part in _PARTS.items():
        code = f"{warehouse.code}-{part}"
        session().add(Location(code=code, warehouse=warehouse, kind=kind))


def change_warehouse(warehouse: Warehouse, *, by: User | None, on: date) -> None:
    """Keep a changed warehouse; one whose code was emptied gets the next free one."""
    _give_code(warehouse, on=on)


def seed_warehouse(company: CurrentCompany, *, on: date) -> Warehouse:
    """Open the warehouse a company begins with, in the company's language."""
    warehouse = Warehouse(name=_("Main warehouse").in_language(company.locale), active=True)
    open_warehouse(warehouse, by=None, on=on)
    session().add(warehouse)
    return warehouse


def usual_warehouse() -> Warehouse:
    """Return the warehouse that delivers where nobody chose another; `NoWarehouse` without one."""
    with session().no_autoflush:
        found: Warehouse | None = session().scalar(first_warehouse())
    if found is None:
        raise NoWarehouse
    return found


def place_of(warehouse: Warehouse, *, kind: LocationKind = LocationKind.STOCK) -> Location:
    """Return the first location of a kind in a warehouse; one is made where there is none."""
    found = session().scalar(locations_of(warehouse.id, kind=kind).limit(1))
    if found is None:
        found = Location(code=f"{warehouse.code}-{_PARTS[kind]}", warehouse=warehouse, kind=kind)
        session().add(found)
        session().flush()
    return found


def _give_code(warehouse: Warehouse, *, on: date) -> None:
    while not warehouse.code:
        code = next_number(kind=KIND, on=on)
        with session().no_autoflush:
            taken = session().scalar(select(Warehouse.id).where(Warehouse.code == code))
        if taken is None:
            warehouse.code = code
