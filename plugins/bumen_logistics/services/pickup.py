"""Work that was agreed while logistics was off is picked up."""

from datetime import datetime

from bumen import User, ask
from bumen_logistics.errors import NothingToPickUp
from bumen_logistics.hooks import logistics_pick_up
from bumen_logistics.models import Warehouse


def pick_up_open_orders(warehouse: Warehouse, *, by: User | None, at: datetime) -> None:
    """Have this warehouse deliver whatever waits elsewhere; refuses where nothing does.

    What has been picked up before is left alone.
    """
    if not sum(ask(logistics_pick_up, warehouse=warehouse, by=by, at=at)):
        raise NothingToPickUp
