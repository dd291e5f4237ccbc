"""Warehouses and their locations, as people see them."""

from bumen import Action, Related, Resource, Section, dated, timed
from bumen_logistics.models import Location, Warehouse
from bumen_logistics.services import change_warehouse, open_warehouse, pick_up_open_orders
from bumen_logistics.texts import _


class Locations(Resource):
    """Parts of warehouses."""

    model = Location
    title = _("Locations")
    columns = ("code", "warehouse", "kind")
    fields = ("code", "warehouse", "kind")
    order = "code"
    menu = False


class Warehouses(Resource):
    """Where goods are delivered from."""

    model = Warehouse
    title = _("Warehouses")
    columns = ("code", "name", "region", "keeper", "active")
    fields = ("code", "name", "address", "region", "keeper", "active")
    order = "name"
    sections = (Section(_("Address"), ("address", "region")),)
    related = (Related(Locations, by="warehouse"),)
    actions = (
        Action(
            "pick_up_open_orders",
            _("Pick up open orders"),
            timed(pick_up_open_orders),
            confirm=_(
                "Every open order nobody prepares yet is prepared here from now on. Pick them up?"
            ),
        ),
    )
    on_create = staticmethod(dated(open_warehouse))
    on_change = staticmethod(dated(change_warehouse))
