"""What logistics shows on dashboards: what is to be arranged, loaded and followed."""

from bumen import Card, ToDo
from bumen_logistics.resources import ShipmentExceptions, Shipments
from bumen_logistics.texts import _

CARDS = (
    Card(
        name="to_arrange",
        title=_("Shipments to arrange"),
        needs="arrange_vehicle",
        shows=ToDo(
            Shipments,
            filters={"filter.state": "draft"},
            shows=("source_number", "request", "expected_on"),
            order="expected_on",
            done=_("Every shipment has a vehicle."),
        ),
    ),
    Card(
        name="to_load",
        title=_("Shipments to load"),
        needs="count_and_load",
        shows=ToDo(
            Shipments,
            filters={"filter.state": ("arranged", "slip_taken")},
            shows=("source_number", "carrier", "planned_on"),
            order="planned_on",
            done=_("Nothing waits to be loaded."),
        ),
    ),
    Card(
        name="on_the_road",
        title=_("On the road, the latest first"),
        shows=ToDo(
            Shipments,
            filters={"filter.state": ("in_transit", "exception")},
            shows=("source_number", "carrier", "expected_on"),
            order="expected_on",
            done=_("Nothing is on the road."),
        ),
    ),
    Card(
        name="exceptions",
        title=_("Exceptions without a solution"),
        at_home=False,
        shows=ToDo(
            ShipmentExceptions,
            filters={"filter.resolved_at.empty": "1"},
            shows=("shipment", "kind"),
            order="reported_at",
            done=_("Every exception is resolved."),
        ),
    ),
)
