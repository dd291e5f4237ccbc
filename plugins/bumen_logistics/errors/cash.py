"""What is refused of money collected at the door."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from bumen import BusinessError, Conflict
from bumen_logistics.models.cash import CashOnDelivery
from bumen_logistics.models.remittances import Remittance, RemittanceLine
from bumen_logistics.texts import _


class CollectedBeyond(BusinessError):
    """The refusal of more than is to be collected at the door."""

    def __init__(self, cash: CashOnDelivery) -> None:
        super().__init__(
            _("Only %(amount)s is still to be collected.", amount=cash.due - cash.collected),
            field="amount",
        )


class NothingCollected(BusinessError):
    """The refusal of an amount that is none."""

    def __init__(self) -> None:
        super().__init__(_("The amount must be more than nothing."), field="amount")


class CollectedOnWrongDay(BusinessError):
    """The refusal of a day before the goods arrived, or after the present one."""

    def __init__(self, *, first: date, last: date) -> None:
        super().__init__(
            _("The collection lies between %(first)s and %(last)s.", first=first, last=last),
            field="collected_on",
        )


class RemittanceIsEmpty(BusinessError):
    """The refusal to post a remittance without a line."""

    def __init__(self, remittance: Remittance) -> None:
        super().__init__(
            _("Remittance %(number)s has no lines.", number=remittance.number), field="lines"
        )


class CashOfAnotherCarrier(BusinessError):
    """The refusal of money that somebody else has collected."""

    def __init__(self, line: RemittanceLine, *, place: int) -> None:
        super().__init__(
            _("%(cash)s was not collected by this carrier.", cash=line.cod.number),
            field=f"lines.{place}.cod_id",
        )


class CashStandsTwice(BusinessError):
    """The refusal of two lines of one remittance about the same money."""

    def __init__(self, line: RemittanceLine, *, place: int) -> None:
        super().__init__(
            _("%(cash)s stands in this remittance twice.", cash=line.cod.number),
            field=f"lines.{place}.cod_id",
        )


class RemittedBeyond(BusinessError):
    """The refusal of more than was collected and not handed over yet."""

    def __init__(self, line: RemittanceLine, *, place: int, outstanding: Decimal) -> None:
        super().__init__(
            _(
                "Of %(cash)s only %(amount)s is outstanding.",
                cash=line.cod.number,
                amount=outstanding,
            ),
            field=f"lines.{place}.amount",
        )


class DifferenceIsUnexplained(BusinessError):
    """The refusal to post lines that hand over less than was collected, and do not say why."""

    def __init__(self, places: Sequence[int]) -> None:
        said = _("Please say why less is handed over than was collected.")
        super().__init__(said, fields={f"lines.{one}.difference_reason": [said] for one in places})


class SumIsUnexplained(BusinessError):
    """The refusal to post a remittance whose lines come to something else, unexplained."""

    def __init__(self) -> None:
        super().__init__(
            _("Please say why what was received differs from what the lines come to."),
            field="explanation",
        )


class RemittanceHasChanged(Conflict):
    """The refusal to post a remittance that somebody has just corrected."""

    def __init__(self, remittance: Remittance) -> None:
        super().__init__(
            _(
                "Somebody has just changed remittance %(number)s. Please look at it again.",
                number=remittance.number,
            )
        )


class ReceiptsStay(BusinessError):
    """The refusal to reverse a remittance while nobody takes its receipts back."""

    def __init__(self, remittance: Remittance) -> None:
        super().__init__(
            _(
                "Remittance %(number)s has paid orders. Please turn sales on first.",
                number=remittance.number,
            )
        )


class ReceivedInFuture(BusinessError):
    """The refusal of money that is still to come."""

    def __init__(self) -> None:
        super().__init__(_("Money cannot have come in after today."), field="received_on")
