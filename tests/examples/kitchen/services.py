"""What the kitchen does."""

from decimal import Decimal

from bumen import BusinessError, User, round_money
from kitchen.models import Dish, Supplier
from kitchen.texts import _


class TooSpicy(BusinessError):
    """The refusal to write down a dish nobody could eat."""

    def __init__(self) -> None:
        super().__init__(_("Nobody could eat this."))


class NotThatGood(BusinessError):
    """The refusal of more points than there are."""

    def __init__(self) -> None:
        super().__init__(_("No dish is that good."), field="points")


def write_down(dish: Dish, *, by: User | None) -> None:
    """Work out what a dish costs; refuses spicy starters."""
    if dish.spicy and dish.course == "starter":
        raise TooSpicy
    for line in dish.ingredients:
        line.cost = round_money(line.amount * line.price)
    dish.cost = sum((line.cost for line in dish.ingredients), Decimal(0))


def taste(dish: Dish, *, by: User, points: int, remark: str | None = None) -> None:
    """Give a dish points, ten at most."""
    if points > 10:
        raise NotThatGood
    dish.points = points
    dish.recipe = remark or dish.recipe


def forget(dish: Dish, *, by: User) -> None:
    """Take a dish's points away."""
    dish.points = None


def buy_from(dish: Dish, *, by: User, supplier: Supplier, servings: int | None = None) -> None:
    """Buy what goes into a dish from a supplier, for so many servings."""
    dish.supplier = supplier
    dish.servings = servings or dish.servings
