"""How much discount people may grant, as sales managers see it."""

from bumen import Resource
from bumen_sales.models import DiscountAllowance
from bumen_sales.services import doubts_about_allowance, save_allowance
from bumen_sales.texts import _


class DiscountAllowances(Resource):
    """How much discount people may grant without asking."""

    model = DiscountAllowance
    title = _("Discount allowances")
    columns = ("name", "employee", "percent")
    fields = ("employee", "percent")
    order = "name"
    empty = _("Nobody is limited yet. Say who may grant how much, and orders beyond it are held.")
    on_create = staticmethod(save_allowance)
    on_change = staticmethod(save_allowance)
    doubts = staticmethod(doubts_about_allowance)
