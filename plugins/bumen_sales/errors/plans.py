"""What sales refuses of strategies and plans."""

from collections.abc import Mapping

from bumen import BusinessError, Text
from bumen_sales.errors.said import said_together
from bumen_sales.texts import _


class StrategyIsIncomplete(BusinessError):
    """The refusal to approve a strategy that leaves something open; names all of it."""

    def __init__(self, missing: Mapping[str, Text]) -> None:
        super().__init__(
            said_together(missing.values()),
            fields={name: [sentence] for name, sentence in missing.items()},
        )


class PlanIsNobodys(BusinessError):
    """The refusal of a plan without anybody who is to carry it out."""

    def __init__(self) -> None:
        super().__init__(_("Please say whose plan it is."), field="person_id")


class MonthIsOutsidePeriod(BusinessError):
    """The refusal of a line of a month that the plan is not of."""

    def __init__(self, *, place: int, month: int, period: Text) -> None:
        super().__init__(
            _("Month %(month)s is not in this period: %(period)s.", month=month, period=period),
            field=f"lines.{place}.month",
        )


class PlanIsEmpty(BusinessError):
    """The refusal to submit a plan without lines."""

    def __init__(self, number: str) -> None:
        super().__init__(_("Plan %(number)s has no lines.", number=number), field="lines")


class PlanHasNoSuchLine(BusinessError):
    """The refusal to adjust a line that a plan does not have."""

    def __init__(self, lines: int) -> None:
        super().__init__(
            _.plural("The plan has only %(num)s line.", "The plan has only %(num)s lines.", lines),
            field="line",
        )


class NothingIsAdjusted(BusinessError):
    """The refusal of an adjustment that changes nothing."""

    def __init__(self) -> None:
        super().__init__(_("Give another quantity, or another amount."), field="quantity")


class AdjustmentNeedsReason(BusinessError):
    """The refusal to adjust somebody's plan without saying why."""

    def __init__(self) -> None:
        super().__init__(_("Please say why the plan is adjusted."), field="reason")
