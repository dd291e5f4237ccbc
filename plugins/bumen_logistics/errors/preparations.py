"""What is refused of preparations."""

from bumen import BusinessError
from bumen_logistics.models import PreparationLine
from bumen_logistics.texts import _


class PreparedBeyond(BusinessError):
    """The refusal of more of a product than is to be got ready."""

    def __init__(self, line: PreparationLine) -> None:
        super().__init__(
            _("More of %(product)s is ready than is wanted.", product=line.product),
            field=f"lines.{line.position}.ready",
        )


class LinesAreFixed(BusinessError):
    """The refusal to add or drop lines of a preparation: they are those of the request."""

    def __init__(self) -> None:
        super().__init__(
            _("The lines are those of the delivery request: none is added, none is dropped."),
            field="lines",
        )


class CauseIsMissing(BusinessError):
    """The refusal of an exception without its cause."""

    def __init__(self) -> None:
        super().__init__(_("Please say what has come in the way."), field="cause")


class DateHasPassed(BusinessError):
    """The refusal to promise the goods for a day that has passed."""

    def __init__(self) -> None:
        super().__init__(_("The new date has passed already."), field="promised_on")
