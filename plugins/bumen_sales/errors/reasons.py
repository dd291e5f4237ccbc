"""What is refused wherever a reason is asked for."""

from bumen import BusinessError
from bumen_sales.texts import _


class ReasonIsMissing(BusinessError):
    """The refusal to undo, to dispute, to write off or to end something without saying why."""

    def __init__(self) -> None:
        super().__init__(_("Please say why."), field="reason")
