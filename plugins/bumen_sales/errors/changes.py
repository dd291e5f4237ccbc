"""What sales refuses of changes of orders."""

from decimal import Decimal

from bumen import BusinessError, Conflict
from bumen_base.models import Product
from bumen_sales.models import Order, OrderLine
from bumen_sales.texts import _


class OrderCannotBeChanged(BusinessError):
    """The refusal to change an order that is not promised yet, or whose goods have all left."""

    def __init__(self, order: Order) -> None:
        super().__init__(
            _(
                "Order %(number)s is changed from its confirmation until it is shipped;"
                " its status is “%(state)s”.",
                number=order.number,
                state=order.state.label,
            ),
            field="order_id",
        )


class OrderHasChangedSince(Conflict):
    """The refusal of a change of an order that is no longer what the change began from."""

    def __init__(self, order: Order) -> None:
        super().__init__(
            _(
                "Order %(number)s has been changed since. Please begin another change.",
                number=order.number,
            )
        )


class NothingChanges(BusinessError):
    """The refusal to submit a change that leaves everything as it is."""

    def __init__(self, order: Order) -> None:
        super().__init__(_("This changes nothing of order %(number)s.", number=order.number))


class NoSuchLine(BusinessError):
    """The refusal to change a line that the order does not have."""

    def __init__(self, order: Order, *, number: int, field: str) -> None:
        super().__init__(
            _("Order %(order)s has no line %(number)s.", order=order.number, number=number),
            field=field,
        )


class LineIsNamedTwice(BusinessError):
    """The refusal of a change that says two things of one line."""

    def __init__(self, *, number: int, field: str) -> None:
        super().__init__(_("Line %(number)s is named twice.", number=number), field=field)


class LineKeepsItsProduct(BusinessError):
    """The refusal to put another product into a line of an order."""

    def __init__(self, *, number: int, product: Product, field: str) -> None:
        super().__init__(
            _(
                "Line %(number)s is of %(product)s. Drop it and add a line instead.",
                number=number,
                product=product,
            ),
            field=field,
        )


class FurtherLineIsIncomplete(BusinessError):
    """The refusal of a further line without a product, or of nothing."""

    def __init__(self, *, field: str) -> None:
        super().__init__(_("Please say of which product, and how much."), field=field)


class LessThanShipped(BusinessError):
    """The refusal to bring a line below what has left the house."""

    def __init__(self, line: OrderLine, *, field: str) -> None:
        super().__init__(
            _(
                "%(shipped)s of %(product)s have left already.",
                shipped=f"{line.shipped.normalize():f}",
                product=line.product,
            ),
            field=field,
        )


class ChangeDropsEverything(BusinessError):
    """The refusal of a change that leaves no line of an order."""

    def __init__(self, order: Order) -> None:
        super().__init__(
            _("Nothing would be left of order %(number)s. Cancel it instead.", number=order.number),
            field="lines",
        )


class MoreIsPaid(BusinessError):
    """The refusal to bring an order below what has been paid for it."""

    def __init__(self, order: Order, *, total: Decimal) -> None:
        super().__init__(
            _(
                "%(paid)s are paid of order %(number)s, and %(total)s would be left to pay."
                " Please take off what is too much first.",
                paid=f"{order.paid:,.2f}",
                number=order.number,
                total=f"{total:,.2f}",
            ),
            field="lines",
        )
