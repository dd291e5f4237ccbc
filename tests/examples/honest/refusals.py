"""What honest refuses."""

from bumen import BusinessError, translator

_ = translator(__file__, "honest")


class NotThis(BusinessError):
    """The refusal of what is forbidden."""

    def __init__(self) -> None:
        super().__init__(_("Not this."))
