"""What people see of the kitchen."""

from sqlalchemy import Integer, String

from bumen import Action, Argument, Lines, Related, Resource
from kitchen.models import Dish, Ingredient, Supplier
from kitchen.services import forget, taste, write_down
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
        Action("forget", _("Forget"), forget),
    )
    on_create = staticmethod(write_down)
    on_change = staticmethod(write_down)


class Suppliers(Resource):
    """Where ingredients come from."""

    model = Supplier
    title = _("Suppliers")
    columns = ("name",)
    can = frozenset({"create", "change"})
    related = (Related(Dishes, by="supplier"),)
