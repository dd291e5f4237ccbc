"""What sales refuses of credit."""

from bumen import BusinessError
from bumen_sales.texts import _


class WeightsDoNotAddUp(BusinessError):
    """The refusal of a credit policy whose weights come to something else than a hundred."""

    def __init__(self, weights: int) -> None:
        super().__init__(
            _("The weights add up to %(weights)s percent instead of 100.", weights=weights),
            field="payment_weight",
        )


class CreditEndsTooEarly(BusinessError):
    """The refusal of a credit evaluation that would be over on the day it counts from."""

    def __init__(self) -> None:
        super().__init__(
            _("The evaluation would be over already. Please choose a later day."),
            field="valid_until",
        )
