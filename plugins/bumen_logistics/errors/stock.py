"""What is refused of stock."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce

from bumen import BusinessError, Text
from bumen_base.models import Product
from bumen_logistics.texts import _


@dataclass(frozen=True, kw_only=True)
class Shortage:
    """A shortage is a product of which there is less than somebody wants."""

    product: Product
    wanted: Decimal
    available: Decimal
    place: str = "quantity"
    """The field at which it is said."""

    @property
    def sentence(self) -> Text:
        """How people are told."""
        return _(
            "Of %(product)s %(wanted)s are wanted, %(available)s are available.",
            product=self.product,
            wanted=plain(self.wanted),
            available=plain(self.available),
        )


class NotEnoughStock(BusinessError):
    """The refusal to reserve or take away what is not there; names each product."""

    def __init__(self, shortages: Iterable[Shortage]) -> None:
        short = list(shortages)
        super().__init__(
            said_together([one.sentence for one in short]),
            fields={one.place: [one.sentence] for one in short},
        )


class NothingMoves(BusinessError):
    """The refusal of a move of nothing, or of less than nothing."""

    def __init__(self) -> None:
        super().__init__(_("Please give a quantity above zero."), field="quantity")


class IssueNeedsReason(BusinessError):
    """The refusal to take goods out of stock without saying why."""

    def __init__(self) -> None:
        super().__init__(_("Please say why the goods are taken out."), field="reason")


class SameLocation(BusinessError):
    """The refusal to move goods to where they lie already."""

    def __init__(self) -> None:
        super().__init__(_("The goods lie there already."), field="location_id")


class ServicesAreNotKept(BusinessError):
    """The refusal to keep a service in stock."""

    def __init__(self, product: Product) -> None:
        super().__init__(
            _("%(product)s is a service: it is not kept in stock.", product=product),
            field="product_id",
        )


class StockIsFixed(BusinessError):
    """The refusal to make a stock one of another product or place."""

    def __init__(self) -> None:
        super().__init__(
            _("What lies where is changed by moves; only the minimum is written here."),
            field="product_id",
        )


def plain(quantity: Decimal) -> str:
    """Write a quantity without zeros nobody needs."""
    return f"{quantity.normalize():f}"


def said_together(sentences: Iterable[Text]) -> Text:
    """Put sentences behind each other, the way the reader's language does."""
    return reduce(lambda some, more: _("%(some)s %(more)s", some=some, more=more), sentences)
