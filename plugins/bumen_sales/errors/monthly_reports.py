"""What sales refuses of monthly reports."""

from bumen import BusinessError, Conflict
from bumen_sales.texts import _


class MonthHasReport(Conflict):
    """The refusal of a second report of the same month."""

    def __init__(self) -> None:
        super().__init__(_("There is a report of this month already."), field="month")


class MonthHasNotBegun(BusinessError):
    """The refusal of a report of a month that is still to come."""

    def __init__(self) -> None:
        super().__init__(_("This month has not begun yet."), field="month")


class NobodyReceivesReport(BusinessError):
    """The refusal to send a report to nobody."""

    def __init__(self) -> None:
        super().__init__(
            _("Nobody is to receive monthly reports. Name them under “People of monthly reports”.")
        )
