"""What sales refuses of orders that have been promised."""

from collections.abc import Iterable
from decimal import Decimal

from bumen import BusinessError, Text
from bumen_sales.errors.said import said_together
from bumen_sales.models import Order, OrderLine, TaskKind
from bumen_sales.texts import _


class SlipIsTooEarly(BusinessError):
    """The refusal of a sales slip while something of it is missing; names all of it."""

    def __init__(self, order: Order, *, missing: Iterable[Text]) -> None:
        super().__init__(
            _(
                "The sales slip of order %(number)s cannot be issued yet. %(missing)s",
                number=order.number,
                missing=said_together(missing),
            )
        )


class NoSlipToReissue(BusinessError):
    """The refusal to issue a slip anew of an order that has none."""

    def __init__(self, order: Order) -> None:
        super().__init__(_("Order %(number)s has no sales slip.", number=order.number))


class OrderIsNotOnItsWay(BusinessError):
    """The refusal of a step that only makes sense while an order is carried out."""

    def __init__(self, order: Order) -> None:
        super().__init__(
            _(
                "Order %(number)s is not being carried out: its status is “%(state)s”.",
                number=order.number,
                state=order.state.label,
            )
        )


class OthersCarryItOut(BusinessError):
    """The refusal to do by hand in sales what another department does with this order."""

    def __init__(self, order: Order) -> None:
        super().__init__(
            _(
                "Order %(number)s is prepared and shipped by logistics: they report it there.",
                number=order.number,
            )
        )


class GoodsAreNotPaid(BusinessError):
    """The refusal to let goods leave that are paid beforehand and are not paid in full."""

    def __init__(self, order: Order) -> None:
        super().__init__(
            _(
                "The goods of order %(number)s cannot leave yet: %(due)s are still to be paid"
                " beforehand.",
                number=order.number,
                due=f"{order.due:,.2f}",
            )
        )


class MoreThanOrdered(BusinessError):
    """The refusal to ship more of a line than is still to be shipped."""

    def __init__(self, line: OrderLine, *, left: Decimal) -> None:
        super().__init__(
            _(
                "Of %(product)s only %(left)s %(unit)s are still to be shipped.",
                product=line.product,
                left=f"{left.normalize():f}",
                unit=line.unit,
            ),
            field="quantities",
        )


class MoreThanShipped(BusinessError):
    """The refusal to deliver, or take back, more of a line than is on the road."""

    def __init__(self, line: OrderLine, *, left: Decimal) -> None:
        super().__init__(
            _(
                "Of %(product)s only %(left)s %(unit)s are on the road.",
                product=line.product,
                left=f"{left.normalize():f}",
                unit=line.unit,
            ),
            field="quantities",
        )


class NothingToShip(BusinessError):
    """The refusal of a shipment, a delivery or a return of nothing, or of less than nothing."""

    def __init__(self) -> None:
        super().__init__(_("Please say how much: more than nothing."), field="quantities")


class LineIsNotOfOrder(BusinessError):
    """The refusal of quantities of a line that the order does not have."""

    def __init__(self, order: Order) -> None:
        super().__init__(
            _("Order %(number)s has no such line.", number=order.number), field="quantities"
        )


class QuantitiesAreUnclear(BusinessError):
    """The refusal of quantities that are not written as numbers of lines and amounts."""

    def __init__(self, written: str) -> None:
        super().__init__(
            _(
                "“%(written)s” cannot be read. Please write which line and how much: 1: 6, 2: 3.",
                written=written,
            ),
            field="quantities",
        )


class ArrivedBeforeShipped(BusinessError):
    """The refusal of an arrival on a day before the goods left, or that is still to come."""

    def __init__(self) -> None:
        super().__init__(
            _("Goods arrive between the day they left and the present day."), field="arrived_on"
        )


class OrderIsNotSettled(BusinessError):
    """The refusal to close an order that is not paid in full."""

    def __init__(self, order: Order) -> None:
        super().__init__(
            _(
                "Order %(number)s cannot be closed: %(due)s are still to be paid.",
                number=order.number,
                due=f"{order.due:,.2f}",
            )
        )


class GoodsHaveLeft(BusinessError):
    """The refusal to cancel an order of which goods have left the house."""

    def __init__(self, order: Order) -> None:
        super().__init__(
            _(
                "Order %(number)s can no longer be cancelled: goods have left the house.",
                number=order.number,
            )
        )


class ProgressIsEmpty(BusinessError):
    """The refusal of a report that says nothing."""

    def __init__(self) -> None:
        super().__init__(_("Please say how it stands."), field="what")


class PromisedInThePast(BusinessError):
    """The refusal of a new date before the order was even placed."""

    def __init__(self) -> None:
        super().__init__(_("The promised day is before the order date."), field="promised_on")


class TaskIsDone(BusinessError):
    """The refusal to do once more what is done already."""

    def __init__(self, order: Order, kind: TaskKind) -> None:
        super().__init__(
            _(
                "“%(task)s” of order %(number)s has been reported already.",
                task=kind.label,
                number=order.number,
            )
        )
