"""What is refused about shipments, from the plan to the door."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from bumen import BusinessError
from bumen_logistics.errors.stock import plain, said_together
from bumen_logistics.models.requests import DeliveryRequest
from bumen_logistics.models.shipments import Shipment, ShipmentLine
from bumen_logistics.texts import _

NONE = Decimal(0)


class RequestIsNotOpen(BusinessError):
    """The refusal to ship what is not requested: a draft, or what is done or cancelled."""

    def __init__(self, request: DeliveryRequest) -> None:
        super().__init__(
            _(
                "Nothing is shipped for %(request)s: its status is “%(state)s”.",
                request=request.number,
                state=request.state.label,
            )
        )


class NothingLeftToShip(BusinessError):
    """The refusal to plan a shipment when all goods are shipped or on others already."""

    def __init__(self, request: DeliveryRequest) -> None:
        super().__init__(
            _(
                "Everything of %(request)s is shipped, or planned on another shipment.",
                request=request.number,
            )
        )


class LinesAreFixed(BusinessError):
    """The refusal of lines that the delivery request does not have."""

    def __init__(self) -> None:
        super().__init__(
            _("Lines come from the delivery request; none can be added."), field="lines"
        )


class MoreThanRequested(BusinessError):
    """The refusal to plan more of a product than the request still needs."""

    def __init__(self, line: ShipmentLine, *, place: int, left: Decimal) -> None:
        super().__init__(
            _(
                "%(product)s: %(left)s at most are still to be shipped.",
                product=str(line.product),
                left=plain(left),
            ),
            field=f"lines.{place}.ordered",
        )


class SlipIsNotNeeded(BusinessError):
    """The refusal to take a slip for goods that were not sold by an order."""

    def __init__(self, shipment: Shipment) -> None:
        super().__init__(
            _(
                "%(shipment)s needs no sales slip: count and load the goods.",
                shipment=shipment.number,
            )
        )


class SlipIsNotTaken(BusinessError):
    """The refusal to load sold goods before their sales slip was taken."""

    def __init__(self, shipment: Shipment) -> None:
        super().__init__(
            _("Please take the sales slip of %(shipment)s first.", shipment=shipment.number)
        )


class CountIsUnreadable(BusinessError):
    """The refusal of counts that do not say of which line how much."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _("“%(text)s” does not say of which line how much: write “1: 6, 2: 3”.", text=text),
            field="counted",
        )


class CountedMoreThanOrdered(BusinessError):
    """The refusal to load more of a product than is to be shipped."""

    def __init__(self, line: ShipmentLine, *, place: int) -> None:
        super().__init__(
            _(
                "%(product)s: %(counted)s were counted, but only %(ordered)s are to be shipped.",
                product=str(line.product),
                counted=plain(line.counted or NONE),
                ordered=plain(line.ordered),
            ),
            field=f"lines.{place}.counted",
        )


class DifferenceNeedsReason(BusinessError):
    """The refusal to load less than is to be shipped without saying why."""

    def __init__(self, line: ShipmentLine, *, place: int) -> None:
        super().__init__(
            _(
                "%(product)s: %(counted)s of %(ordered)s were counted. Please say why.",
                product=str(line.product),
                counted=plain(line.counted or NONE),
                ordered=plain(line.ordered),
            ),
            field=f"lines.{place}.difference_reason",
        )


class GoodsAreNotPrepared(BusinessError):
    """The refusal to load what nobody has got ready; names each product and how much is."""

    def __init__(self, short: Iterable[tuple[ShipmentLine, Decimal]]) -> None:
        self.short = tuple(short)
        said = [
            _(
                "%(product)s: only %(ready)s are ready.",
                product=str(line.product),
                ready=plain(ready),
            )
            for line, ready in self.short
        ]
        super().__init__(said_together(said), field="lines")


class NothingIsLoaded(BusinessError):
    """The refusal to load a vehicle with nothing."""

    def __init__(self, shipment: Shipment) -> None:
        super().__init__(
            _("Nothing was counted for %(shipment)s.", shipment=shipment.number), field="lines"
        )


class GoodsAreLoaded(BusinessError):
    """The refusal to give up or change what stands on a vehicle already, or has left."""

    def __init__(self, shipment: Shipment) -> None:
        super().__init__(
            _(
                "Shipment %(shipment)s stands in the way: its status is “%(state)s”.",
                shipment=shipment.number,
                state=shipment.state.label,
            )
        )


class ArrivedBeforeItLeft(BusinessError):
    """The refusal of an arrival before the goods left, or after the present day."""

    def __init__(self, *, first: date, last: date) -> None:
        super().__init__(
            _("The arrival lies between %(first)s and %(last)s.", first=first, last=last),
            field="arrived_on",
        )


class SignatureIsMissing(BusinessError):
    """The refusal of an arrival nobody has signed for."""

    def __init__(self) -> None:
        super().__init__(_("Please say who signed for the goods."), field="signed_by")


class NotOnTheRoad(BusinessError):
    """The refusal of an event on the way of a shipment that is not on its way."""

    def __init__(self, shipment: Shipment) -> None:
        super().__init__(
            _(
                "Shipment %(shipment)s is not on the road: its status is “%(state)s”.",
                shipment=shipment.number,
                state=shipment.state.label,
            ),
        )


class ShipmentIsNotTheirs(BusinessError):
    """The refusal to hear of a shipment that the carrier does not have."""

    def __init__(self, called: str) -> None:
        super().__init__(
            _("You have no shipment of ours called %(called)s.", called=called), field="shipment"
        )


class EventBeforeDeparture(BusinessError):
    """The refusal of an event earlier than the shipment left, or later than now."""

    def __init__(self) -> None:
        super().__init__(
            _("Something on the way happens after the shipment left, and not in the future."),
            field="happened_at",
        )


class CashIsOutstanding(BusinessError):
    """The refusal to settle a shipment while the carrier still has money of ours."""

    def __init__(self, shipment: Shipment) -> None:
        super().__init__(
            _(
                "The cash on delivery of %(shipment)s has not been handed over.",
                shipment=shipment.number,
            )
        )


class ShippedInFuture(BusinessError):
    """The refusal to take over a shipment that is still to leave."""

    def __init__(self) -> None:
        super().__init__(_("It cannot have left after today."), field="shipped_on")
