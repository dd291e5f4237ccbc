"""What sales refuses of quotations."""

from bumen import BusinessError
from bumen_sales.models import Quotation
from bumen_sales.texts import _


class QuotationIsEmpty(BusinessError):
    """The refusal to send a quotation that offers nothing."""

    def __init__(self, quotation: Quotation) -> None:
        super().__init__(
            _("Quotation %(number)s has no lines.", number=quotation.number), field="lines"
        )


class QuotationHasRunOut(BusinessError):
    """The refusal of a quotation that is no longer valid."""

    def __init__(self, quotation: Quotation) -> None:
        super().__init__(
            _(
                "Quotation %(number)s was valid until %(day)s. Offer it anew.",
                number=quotation.number,
                day=quotation.valid_until.isoformat(),
            ),
            field="valid_until",
        )


class ValidBeforeQuoted(BusinessError):
    """The refusal of a quotation that would have run out before its day."""

    def __init__(self) -> None:
        super().__init__(
            _("The quotation would run out before the day it is of."), field="valid_until"
        )


class OrderIsMadeAlready(BusinessError):
    """The refusal of a second order of the same quotation."""

    def __init__(self, quotation: Quotation) -> None:
        super().__init__(
            _(
                "Order %(order)s was made of quotation %(number)s already.",
                order=str(quotation.order),
                number=quotation.number,
            )
        )
