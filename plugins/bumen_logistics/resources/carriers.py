"""Carriers, vehicles and freight rates, as people see them."""

from bumen import Related, Resource, Section, dated
from bumen_logistics.models.carriers import Carrier, FreightRate, Vehicle
from bumen_logistics.services.carriers import save_carrier, save_rate, save_vehicle
from bumen_logistics.texts import _


class Vehicles(Resource):
    """What goods are loaded on."""

    model = Vehicle
    title = _("Vehicles")
    columns = ("plate", "carrier", "driver", "phone", "capacity", "active")
    filters = ("plate", "carrier", "driver", "capacity", "active")
    search = ("plate", "driver")
    order = "plate"
    empty = _("Add the vehicles goods are loaded on: your own, and those of carriers.")
    offered = staticmethod(lambda: Vehicle.active)
    on_create = staticmethod(save_vehicle)
    on_change = staticmethod(save_vehicle)


class FreightRates(Resource):
    """What carriers ask on which route."""

    model = FreightRate
    title = _("Freight rates")
    columns = (
        "carrier",
        "from_region",
        "to_region",
        "basis",
        "price",
        "least",
        "valid_from",
        "valid_until",
    )
    filters = (
        "carrier",
        "from_region",
        "to_region",
        "basis",
        "price",
        "valid_from",
        "valid_until",
    )
    order = "-valid_from"
    empty = _("Write down what carriers ask, and shipments say what their freight will be.")
    on_create = staticmethod(save_rate)
    on_change = staticmethod(save_rate)
    clauses = ("E3.7",)


class Carriers(Resource):
    """Who takes goods to customers."""

    model = Carrier
    title = _("Carriers")
    columns = ("code", "name", "contact", "phone", "contract_until", "rating", "active")
    filters = ("code", "name", "contract_until", "rating", "active")
    fields = (
        "code",
        "name",
        "contact",
        "phone",
        "email",
        "contract_number",
        "contract_from",
        "contract_until",
        "remits_within",
        "secret",
        "active",
    )
    search = ("code", "name", "contact", "phone")
    order = "code"
    sections = (
        Section(
            _("Contract"),
            ("contract_number", "contract_from", "contract_until", "remits_within"),
        ),
        Section(_("Messages of the carrier's system"), ("secret",)),
    )
    related = (Related(FreightRates, by="carrier"), Related(Vehicles, by="carrier"))
    empty = _("Add the carriers you work with, with the dates of their contracts.")
    offered = staticmethod(lambda: Carrier.active)
    on_create = staticmethod(dated(save_carrier))
    on_change = staticmethod(dated(save_carrier))
