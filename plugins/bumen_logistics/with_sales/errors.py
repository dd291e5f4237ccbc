"""What logistics refuses of goods that were sold."""

from decimal import Decimal

from bumen import BusinessError
from bumen_logistics.models import DeliveryRequest, RequestLine
from bumen_logistics.texts import _


class SlipIsNotIssued(BusinessError):
    """The refusal to take a sales slip that sales has not issued yet."""

    def __init__(self, request: DeliveryRequest) -> None:
        super().__init__(
            _("The sales slip of order %(order)s is not issued yet.", order=request.source_number)
        )


class LessThanLoaded(BusinessError):
    """The refusal to change an order of which more is loaded than there shall be."""

    def __init__(self, line: RequestLine, loaded: Decimal) -> None:
        super().__init__(
            _(
                "%(loaded)s of %(product)s are loaded or have left. Please unload them first.",
                loaded=f"{loaded.normalize():f}",
                product=line.product,
            )
        )
