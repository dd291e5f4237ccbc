"""What the kitchen shows and is told without anybody signing in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Date, Integer

from bumen import Argument, PublicPage, RecordOf, SignedCall
from kitchen.models import Dish, Supplier
from kitchen.texts import _


def farm(supplier: Supplier) -> Mapping[str, Any] | None:
    """Return what a supplier shows of itself; a closed one shows nothing."""
    return None if supplier.name.startswith("Closed") else {"name": supplier.name}


def delivered(
    supplier: Supplier,
    *,
    at: datetime,
    dish: Dish,
    servings: int,
    on: Any = None,
) -> Mapping[str, Any]:
    """Write down for how many servings a supplier has delivered."""
    dish.supplier, dish.servings, dish.served_at = supplier, servings, at
    return {"dish": dish.code, "servings": servings}


FARM = PublicPage(
    path="/origin/<token>",
    title=_("Farm"),
    model=Supplier,
    token="name",
    template="kitchen/farm.html",
    values=farm,
)
DELIVERED = SignedCall(
    name="delivered",
    title=_("Delivered"),
    model=Supplier,
    secret="pin",
    service=delivered,
    arguments=(
        Argument("dish", RecordOf(Dish), label=_("Dish")),
        Argument("servings", Integer(), label=_("Servings"), minimum=1),
        Argument("on", Date(), label=_("Day"), required=False),
    ),
)
