"""Kitchen: dishes and what goes into them, with a field of every kind there is."""

from bumen import Plugin
from kitchen.outside import DELIVERED, FARM
from kitchen.resources import Dishes, Suppliers
from kitchen.texts import _

plugin = Plugin(
    name="kitchen",
    title=_("Kitchen"),
    resources=(Dishes, Suppliers),
    public=(FARM,),
    calls=(DELIVERED,),
)
