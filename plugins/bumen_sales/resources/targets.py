"""What sales should reach, as people see it."""

from bumen import Resource
from bumen_sales.models import FigureTarget
from bumen_sales.services import save_target
from bumen_sales.texts import _


class FigureTargets(Resource):
    """What the figures of sales should reach."""

    model = FigureTarget
    title = _("Targets of figures")
    columns = ("name", "figure", "year", "month", "department", "employee", "target")
    fields = ("figure", "year", "month", "department", "employee", "target")
    order = "name"
    empty = _(
        "Nothing is aimed at yet. Write down what a year should bring: cards tell how far it is."
    )
    on_create = staticmethod(save_target)
    on_change = staticmethod(save_target)
