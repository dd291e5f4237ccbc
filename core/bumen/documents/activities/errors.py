"""What activities refuse."""

from __future__ import annotations

from bumen.errors import BusinessError, Conflict, Forbidden
from bumen.i18n import translator

_ = translator(__file__, "bumen")


class ActivityIsAnothers(Forbidden):
    """The refusal to do or change what concerns other people."""

    def __init__(self) -> None:
        super().__init__(
            _("Only who is to do it, who gave it, or who may change the record can do this.")
        )


class ActivityIsDone(Conflict):
    """The refusal to do or change what has been done."""

    def __init__(self) -> None:
        super().__init__(_("This activity has been done already."))


class PersonCannotRead(BusinessError):
    """The refusal to give something to do to somebody who cannot see what it is about."""

    def __init__(self) -> None:
        super().__init__(_("This person cannot read the record."), field="user_id")
