"""What people see of the kitchen."""

from sqlalchemy import Integer, String

from bumen import (
    Action,
    Argument,
    Board,
    Calendar,
    Cards,
    Chart,
    Lines,
    RecordOf,
    Related,
    Resource,
    Section,
)
from kitchen.models import Dish, Ingredient, Supplier
from kitchen.services import buy_from, forget, taste, write_down
from kitchen.texts import _


class Ingredients(Lines):
    """What goes into a dish."""

    model = Ingredient
    title = _("Ingredients")
    name = "ingredients"
    fields = ("name", "supplier", "amount", "unit", "price", "optional")
    shown = ("cost",)


class Dishes(Resource):
    """What the kitchen cooks."""

    model = Dish
    title = _("Dishes")
    columns = ("code", "name", "course", "price", "vegan", "served_at", "supplier")
    filters = (*columns, "launched", "spicy")
    views = (
        Board(by="season", shows=("price",)),
        Calendar(on="served_at", until="launched"),
        Chart(by="supplier"),
        Cards(shows=("course", "price")),
    )
    sections = (
        Section(_("Price"), ("price", "margin")),
        Section(_("Serving"), ("servings", "launched", "served_at"), tab=_("Serving")),
    )
    lines = (Ingredients,)
    actions = (
        Action(
            "taste",
            _("Taste"),
            taste,
            arguments=(
                Argument("points", Integer(), label=_("Points")),
                Argument("remark", String(200), label=_("Remark"), required=False),
            ),
        ),
        Action(
            "buy_from",
            _("Buy from"),
            buy_from,
            arguments=(
                Argument("supplier", RecordOf(Supplier), label=_("Supplier")),
                Argument(
                    "servings",
                    Integer(),
                    label=_("Servings"),
                    required=False,
                    minimum=1,
                    maximum=99,
                ),
            ),
        ),
        Action("forget", _("Forget"), forget, confirm=_("Are all points to be taken away?")),
    )
    copies = True
    never_copied = ("launched", "ingredients.optional")
    on_create = staticmethod(write_down)
    on_change = staticmethod(write_down)


class Suppliers(Resource):
    """Where ingredients come from."""

    model = Supplier
    title = _("Suppliers")
    columns = ("name",)
    can = frozenset({"create", "change"})
    related = (Related(Dishes, by="supplier"),)
