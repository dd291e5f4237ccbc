"""What logistics asks others."""

from datetime import datetime
from decimal import Decimal

from bumen import User, hookspec
from bumen_logistics.models import DeliveryRequest, Remittance, Warehouse


@hookspec
def logistics_source_is_worked_on(request: DeliveryRequest) -> None:
    """Lock the record a delivery request was made from.

    Asked first thing of every step of a request, its preparations and its shipments, so that the
    record is always locked before them. Who made the request locks it; others answer nothing.
    """


@hookspec
def logistics_pick_up(warehouse: Warehouse, by: User | None, at: datetime) -> int | None:
    """Have everything delivered that waits elsewhere to be, and say how many records that were.

    Asked when somebody picks up what was agreed while logistics was off. Who has such records
    makes a delivery request of each that has none; the answers are added up.
    """


@hookspec
def logistics_needs_slip(request: DeliveryRequest) -> bool | None:
    """Say whether the goods of a request leave under a slip of who sold them.

    Asked before they are loaded. True from anybody keeps them until the slip was taken.
    """


@hookspec
def logistics_may_take_slip(request: DeliveryRequest) -> str | None:
    """Name the slip under which the goods of a request leave.

    Asked when the clerk takes it, and again when the goods are loaded. Who sold the goods returns
    its number, or raises a BusinessError while they may not leave; others return None. The first
    answer counts.
    """


@hookspec
def logistics_to_collect(request: DeliveryRequest) -> Decimal | None:
    """Say what carriers collect at the door for all goods of a request, handed over or not.

    Asked when goods are loaded, so that what was paid or changed meanwhile counts. Who sold the
    goods answers; others return None. The first answer counts.
    """


@hookspec
def logistics_takes_back(remittance: Remittance) -> bool | None:
    """Promise to take back what was made of a remittance, and lock what that changes.

    Asked before a remittance with receipts is reversed, and before anything else of it is locked.
    Who made the receipts answers True, and reverses them when it hears `CashTakenBack`; where
    nobody does, the remittance stays as it is.
    """
