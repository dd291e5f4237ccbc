"""What logistics refuses of goods that were sold."""

from bumen import BusinessError
from bumen_logistics.models import DeliveryRequest
from bumen_logistics.texts import _


class SlipIsNotIssued(BusinessError):
    """The refusal to take a sales slip that sales has not issued yet."""

    def __init__(self, request: DeliveryRequest) -> None:
        super().__init__(
            _("The sales slip of order %(order)s is not issued yet.", order=request.source_number)
        )
