"""What is refused of money that comes in, one class a refusal."""

from decimal import Decimal

from bumen import BusinessError, Conflict
from bumen_base.models import Customer
from bumen_sales.models import Order, Receipt
from bumen_sales.texts import _


class ReceivedInFuture(BusinessError):
    """The refusal of money that has not come in yet."""

    def __init__(self) -> None:
        super().__init__(_("The money cannot come in after today."), field="received_on")


class OrderIsNotOwed(BusinessError):
    """The refusal to pay an order that is not confirmed, or was cancelled."""

    def __init__(self, order: Order) -> None:
        super().__init__(
            _(
                "Nothing is owed for order %(number)s: its status is “%(state)s”.",
                number=order.number,
                state=order.state.label,
            ),
            field="order_id",
        )


class OrderOfAnotherCustomer(BusinessError):
    """The refusal to pay an order with another customer's money."""

    def __init__(self, order: Order, customer: Customer) -> None:
        super().__init__(
            _(
                "Order %(number)s is not an order of %(customer)s.",
                number=order.number,
                customer=customer,
            ),
            field="order_id",
        )


class MoreThanIsDue(BusinessError):
    """The refusal to allocate more to an order than is still due."""

    def __init__(self, order: Order, amount: Decimal) -> None:
        super().__init__(
            _(
                "%(amount)s cannot be allocated to order %(number)s: only %(due)s is due.",
                amount=f"{amount:,.2f}",
                number=order.number,
                due=f"{order.due:,.2f}",
            ),
            field="amount",
        )


class MoreThanWasReceived(BusinessError):
    """The refusal to allocate more than a receipt has left."""

    def __init__(self, *, amount: Decimal, left: Decimal) -> None:
        super().__init__(
            _(
                "%(amount)s cannot be allocated: only %(left)s of the receipt is left.",
                amount=f"{amount:,.2f}",
                left=f"{left:,.2f}",
            ),
            field="amount",
        )


class OrderIsAllocatedTwice(BusinessError):
    """The refusal of two lines of one receipt for the same order."""

    def __init__(self, order: Order) -> None:
        super().__init__(
            _("Order %(number)s stands in two lines. Put them together.", number=order.number),
            field="lines",
        )


class AmountIsNothing(BusinessError):
    """The refusal to allocate nothing, or less."""

    def __init__(self) -> None:
        super().__init__(_("The amount must be more than zero."), field="amount")


class ReceiptIsNotPosted(Conflict):
    """The refusal to allocate, or to take off, what is not posted, or was reversed by now."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__(
            _(
                "Receipt %(number)s is not posted: its status is “%(state)s”.",
                number=receipt.number,
                state=receipt.state.label,
            )
        )


class ReceiptHasChanged(Conflict):
    """The refusal to post or reverse what somebody has changed at the same moment."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__(
            _(
                "Receipt %(number)s has just been changed. Look at it again.",
                number=receipt.number,
            )
        )


class NothingIsAllocated(BusinessError):
    """The refusal to take off what a receipt does not pay."""

    def __init__(self, receipt: Receipt, order: Order) -> None:
        super().__init__(
            _(
                "Nothing of receipt %(receipt)s is allocated to order %(order)s.",
                receipt=receipt.number,
                order=order.number,
            ),
            field="order_id",
        )


class NothingToSpread(BusinessError):
    """The refusal to spread a receipt when nothing is left of it, or nothing is owed."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__(
            _(
                "There is nothing to allocate of receipt %(number)s to orders of %(customer)s.",
                number=receipt.number,
                customer=receipt.customer,
            )
        )
