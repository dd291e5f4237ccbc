"""What is refused of delivery requests."""

from collections.abc import Mapping

from bumen import BusinessError, Text
from bumen_logistics.errors.stock import said_together
from bumen_logistics.models import DeliveryRequest, RequestLine
from bumen_logistics.texts import _


class RequestIsEmpty(BusinessError):
    """The refusal to request the delivery of nothing."""

    def __init__(self, request: DeliveryRequest) -> None:
        super().__init__(
            _("Delivery request %(number)s has no lines.", number=request.number), field="lines"
        )


class NothingIsWanted(BusinessError):
    """The refusal of a line of nothing, or of less than nothing."""

    def __init__(self, line: RequestLine) -> None:
        super().__init__(
            _("Please give a quantity above zero."), field=f"lines.{line.position}.quantity"
        )


class RequestIsIncomplete(BusinessError):
    """The refusal to request a delivery of which something is missing; names all of it."""

    def __init__(self, missing: Mapping[str, Text]) -> None:
        super().__init__(
            said_together(missing.values()),
            fields={name: [sentence] for name, sentence in missing.items()},
        )


class NoWarehouse(BusinessError):
    """The refusal to deliver where there is no warehouse to deliver from."""

    def __init__(self) -> None:
        super().__init__(_("There is no active warehouse to deliver from."), field="warehouse_id")


class GoodsHaveLeft(BusinessError):
    """The refusal to cancel what is on its way, or has arrived."""

    def __init__(self, request: DeliveryRequest) -> None:
        super().__init__(
            _("Goods of delivery request %(number)s have left already.", number=request.number)
        )


class ShippedBeyond(BusinessError):
    """The refusal to ship, deliver or return more of a line than there is of it."""

    def __init__(self, line: RequestLine) -> None:
        super().__init__(
            _("That is more of %(product)s than there is in this delivery.", product=line.product),
            field="quantity",
        )


class ReasonIsMissing(BusinessError):
    """The refusal of a step that needs a reason."""

    def __init__(self) -> None:
        super().__init__(_("Please say why."), field="reason")


class NothingToPickUp(BusinessError):
    """The refusal to pick up orders where none waits to be delivered."""

    def __init__(self) -> None:
        super().__init__(_("No open order waits for logistics."))


class NothingToPrepare(BusinessError):
    """The refusal to prepare again what is ready, or being got ready."""

    def __init__(self, request: DeliveryRequest) -> None:
        super().__init__(
            _(
                "All goods of delivery request %(number)s are ready, or being got ready.",
                number=request.number,
            )
        )
