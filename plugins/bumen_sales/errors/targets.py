"""What sales refuses of targets."""

from bumen import BusinessError
from bumen_sales.texts import _


class TargetIsThere(BusinessError):
    """The refusal of a second target of the same figure, time and people."""

    def __init__(self) -> None:
        super().__init__(_("There is a target of this already. Change that one."), field="figure")


class TargetIsOfNobody(BusinessError):
    """The refusal of a target that is both a department's and a person's."""

    def __init__(self) -> None:
        super().__init__(
            _("A target is a department's or an employee's. Leave one of them empty."),
            field="employee_id",
        )
