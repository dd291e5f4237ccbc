"""What sales refuses of orders until they are promised."""

from collections.abc import Iterable, Mapping

from bumen import BusinessError, Text
from bumen_base.models import Customer
from bumen_sales.errors.said import said_together
from bumen_sales.models import Order, OrderLine
from bumen_sales.texts import _


class OrderIsNotDraft(BusinessError):
    """The refusal to change or delete an order that has been confirmed or cancelled."""

    def __init__(self, order: Order) -> None:
        super().__init__(
            _(
                "Order %(number)s can no longer be changed: its status is “%(state)s”.",
                number=order.number,
                state=order.state.label,
            )
        )


class RequestedBeforeOrdered(BusinessError):
    """The refusal of an order that would have to be delivered before it was placed."""

    def __init__(self) -> None:
        super().__init__(
            _("The requested delivery date is before the order date."), field="requested_on"
        )


class ContactOfAnotherCustomer(BusinessError):
    """The refusal of a contact who does not belong to the order's customer."""

    def __init__(self, order: Order) -> None:
        super().__init__(
            _(
                "%(contact)s is not a contact of %(customer)s.",
                contact=order.contact,
                customer=order.customer,
            ),
            field="contact_id",
        )


class AmountIsTooLarge(BusinessError):
    """The refusal of a line, or of a whole order, that costs more than can be kept."""

    def __init__(self, *, field: str) -> None:
        super().__init__(_("The amount is too large."), field=field)


class OrderIsEmpty(BusinessError):
    """The refusal to confirm an order that has no lines."""

    def __init__(self, order: Order) -> None:
        super().__init__(_("Order %(number)s has no lines.", number=order.number), field="lines")


class OrderIsIncomplete(BusinessError):
    """The refusal to confirm an order in which something is missing; names all of it.

    `missing` says for each empty field what is to be done about it.
    """

    def __init__(self, order: Order, *, missing: Mapping[str, Text]) -> None:
        super().__init__(
            _(
                "Order %(number)s cannot be confirmed yet. %(missing)s",
                number=order.number,
                missing=said_together(missing.values()),
            ),
            fields={name: [sentence] for name, sentence in missing.items()},
        )


class CustomerIsBlocked(BusinessError):
    """The refusal to confirm an order of a customer nothing is sold to for now."""

    def __init__(self, customer: Customer) -> None:
        super().__init__(
            _("Customer %(customer)s is blocked.", customer=customer), field="customer_id"
        )


class CustomerIsArchived(BusinessError):
    """The refusal to confirm an order of a customer that is only kept for the record."""

    def __init__(self, customer: Customer) -> None:
        super().__init__(
            _("Customer %(customer)s is archived.", customer=customer), field="customer_id"
        )


class ProductsAreArchived(BusinessError):
    """The refusal to confirm an order whose lines ask for what is no longer sold; names it all."""

    def __init__(self, lines: Iterable[OrderLine]) -> None:
        said = {
            f"lines.{line.position}.product_id": _(
                "Product %(product)s is no longer sold.", product=line.product
            )
            for line in lines
        }
        super().__init__(
            said_together(said.values()),
            fields={place: [sentence] for place, sentence in said.items()},
        )


class CancellationNeedsReason(BusinessError):
    """The refusal to cancel an order without saying why."""

    def __init__(self) -> None:
        super().__init__(_("Please say why the order is cancelled."), field="reason")
