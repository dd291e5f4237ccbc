"""Where goods lie: warehouses, and the locations in them."""

from sqlalchemy import Select, String, select
from sqlalchemy.orm import Mapped

from bumen import Choice, CompanyModel, Tone, belongs_to, field, index, unique
from bumen_base.models import Employee, Region
from bumen_logistics.texts import _

CODE = r"[0-9A-Za-z][0-9A-Za-z._-]*"


class LocationKind(Choice):
    """What the goods of a location are good for."""

    STOCK = "stock", _("For delivery"), Tone.GOOD
    QUARANTINE = "quarantine", _("Quarantine"), Tone.WARNING


class Warehouse(CompanyModel):
    """A warehouse is a place from which goods are delivered, with somebody who looks after it."""

    __tablename__ = "logistics_warehouse"
    __table_args__ = (unique("code"), index("name"), index("active", "name"))
    named_by = ("code", "name")

    code: Mapped[str] = field(String(40), label=_("Code"), pattern=CODE, filled=True)
    name: Mapped[str] = field(String(200), label=_("Name"))
    address: Mapped[str | None] = field(String(500), label=_("Address"))
    keeper: Mapped[Employee | None] = belongs_to(
        Employee,
        label=_("Warehouse keeper"),
        help=_("Is told when stock runs low and when preparations are late."),
    )
    keeper_id: Mapped[int | None]
    region: Mapped[Region | None] = belongs_to(
        Region, label=_("Region"), help=_("Where it lies: freight goes by the route.")
    )
    region_id: Mapped[int | None]
    active: Mapped[bool] = field(
        label=_("Active"), help=_("Only active warehouses deliver."), default=True
    )


class Location(CompanyModel):
    """A location is a part of a warehouse: goods for delivery, or goods in quarantine."""

    __tablename__ = "logistics_location"
    __table_args__ = (unique("code"), index("kind", "code"))
    named_by = ("code",)

    code: Mapped[str] = field(String(60), label=_("Code"))
    warehouse: Mapped[Warehouse] = belongs_to(Warehouse, label=_("Warehouse"))
    warehouse_id: Mapped[int]
    kind: Mapped[LocationKind] = field(
        label=_("Kind"),
        help=_("Goods in quarantine are counted, but never delivered."),
        default=LocationKind.STOCK,
    )


def first_warehouse() -> Select[Warehouse]:
    """Select the warehouse that delivers where nobody chose another: the oldest active one."""
    return select(Warehouse).where(Warehouse.active).order_by(Warehouse.id).limit(1)


def locations_of(warehouse_id: int, *, kind: LocationKind) -> Select[Location]:
    """Select the locations of one kind in a warehouse, the oldest first."""
    there = (Location.warehouse_id == warehouse_id, Location.kind == kind)
    return select(Location).where(*there).order_by(Location.id)
