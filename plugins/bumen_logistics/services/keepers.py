"""Warehouse keepers are told what runs low and what is late; without one, logistics managers."""

from datetime import date, datetime

from bumen import NoticeKind, Text, holders, tell
from bumen_logistics.errors.stock import plain
from bumen_logistics.models import Preparation, Stock, Warehouse
from bumen_logistics.texts import _

MANAGERS = "logistics.manager"


def tell_it_runs_low(stock: Stock) -> None:
    """Tell who looks after a warehouse that less of a product is available than should be."""
    said = _(
        "%(product)s runs low at %(location)s: %(available)s available, %(minimum)s wanted.",
        product=stock.product,
        location=stock.location,
        available=plain(stock.available),
        minimum=plain(stock.minimum),
    )
    tell(_keepers(stock.location.warehouse), kind=NoticeKind.NEWS, record=stock, text=said)


def tell_it_is_late(preparation: Preparation, *, on: date, at: datetime) -> None:
    """Tell who gets the goods ready, and who looks after the warehouse, by how much it is late."""
    person = preparation.person
    told = {person.user_id} if person is not None and person.user_id is not None else set()
    said: Text = _(
        "Preparation %(number)s should have been ready on %(day)s.",
        number=preparation.number,
        day=preparation.due_on.isoformat(),
    )
    people = {*told, *_keepers(preparation.warehouse)}
    tell(people, kind=NoticeKind.LATE, record=preparation, text=said)


def _keepers(warehouse: Warehouse) -> list[int]:
    keeper = warehouse.keeper
    if keeper is not None and keeper.user_id is not None:
        return [keeper.user_id]
    return list(holders(MANAGERS))
