"""What is refused of freight statements."""

from collections.abc import Sequence

from bumen import BusinessError
from bumen_logistics.models.freight_statements import FreightLine, FreightStatement
from bumen_logistics.models.shipments import Shipment
from bumen_logistics.texts import _


class PeriodEndsBeforeItBegins(BusinessError):
    """The refusal of a time that ends before it begins."""

    def __init__(self) -> None:
        super().__init__(_("The period ends before it begins."), field="until_day")


class StatementIsEmpty(BusinessError):
    """The refusal of a freight statement without shipments."""

    def __init__(self) -> None:
        super().__init__(
            _("The carrier has no shipments of this time that wait for a statement."),
            field="lines",
        )


class ShipmentOfAnother(BusinessError):
    """The refusal of a shipment that another carrier took, or that has not ended."""

    def __init__(self, line: FreightLine, *, place: int) -> None:
        super().__init__(
            _(
                "Shipment %(shipment)s is not one this carrier has brought to its end.",
                shipment=line.shipment.number,
            ),
            field=f"lines.{place}.shipment_id",
        )


class BilledTwice(BusinessError):
    """The refusal of a shipment that stands in a statement already."""

    def __init__(self, line: FreightLine, *, place: int) -> None:
        super().__init__(
            _(
                "Shipment %(shipment)s stands in a freight statement already.",
                shipment=line.shipment.number,
            ),
            field=f"lines.{place}.shipment_id",
        )


class BillIsUnexplained(BusinessError):
    """The refusal to check lines billed otherwise than by the rate that do not say why."""

    def __init__(self, places: Sequence[int]) -> None:
        said = _("Please say why the carrier bills something else than its rate says.")
        super().__init__(said, fields={f"lines.{one}.difference_reason": [said] for one in places})


class NoteIsMissing(BusinessError):
    """The refusal to mark as paid what nobody says how it was paid."""

    def __init__(self) -> None:
        super().__init__(_("Please say how it was paid."), field="note")


class PaidInFuture(BusinessError):
    """The refusal of a payment that is still to be made."""

    def __init__(self) -> None:
        super().__init__(_("It cannot have been paid after today."), field="paid_on")


class FreightIsNotPaid(BusinessError):
    """The refusal to settle a shipment whose freight is not paid."""

    def __init__(self, shipment: Shipment, statement: FreightStatement | None) -> None:
        said = _("Shipment %(shipment)s stands in no freight statement.", shipment=shipment.number)
        if statement is not None:
            said = _("Freight statement %(number)s is not paid.", number=statement.number)
        super().__init__(said)
