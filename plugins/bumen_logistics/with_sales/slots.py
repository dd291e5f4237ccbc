"""What logistics shows where sales is there: that orders wait to be picked up."""

from collections.abc import Mapping
from typing import Any

from bumen import Slot, current, session
from bumen_logistics.models import first_warehouse
from bumen_logistics.resources import Warehouses
from bumen_logistics.texts import _
from bumen_logistics.with_sales.queries import number_waiting


def orders_that_wait() -> Mapping[str, Any] | None:
    """Count the orders nobody prepares yet; None when there are none."""
    if "sales" not in current().on:
        return None
    count = session().scalar(number_waiting()) or 0
    warehouse = session().scalar(first_warehouse()) if count else None
    return {"count": count, "warehouse": warehouse} if count else None


SHOWN = (
    Slot(
        "list.banner:logistics.preparations",
        title=_("Orders that wait to be picked up"),
        template="logistics/waiting.html",
        values=orders_that_wait,
        permission=Warehouses.permission(),
    ),
)
