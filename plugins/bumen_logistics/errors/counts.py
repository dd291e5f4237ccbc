"""What is refused of stock counts."""

from collections.abc import Iterable

from bumen import BusinessError
from bumen_logistics.errors.stock import said_together
from bumen_logistics.models import StockCount, StockCountLine
from bumen_logistics.texts import _


class CountIsEmpty(BusinessError):
    """The refusal to submit a count of nothing."""

    def __init__(self, count: StockCount) -> None:
        super().__init__(_("Count %(number)s has no lines.", number=count.number), field="lines")


class CountedTwice(BusinessError):
    """The refusal of a product that stands in a count twice."""

    def __init__(self, line: StockCountLine) -> None:
        super().__init__(
            _("%(product)s is counted twice.", product=line.product),
            field=f"lines.{line.position}.product_id",
        )


class DifferencesNeedReasons(BusinessError):
    """The refusal of a count that differs without saying why; names each product."""

    def __init__(self, lines: Iterable[StockCountLine]) -> None:
        said = {
            f"lines.{line.position}.reason": _(
                "Please say why the count of %(product)s differs.", product=line.product
            )
            for line in lines
        }
        super().__init__(
            said_together(said.values()), fields={place: [one] for place, one in said.items()}
        )
