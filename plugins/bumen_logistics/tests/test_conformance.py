"""What every plugin promises."""

from decimal import Decimal
from typing import Any

import pytest

from bumen import Resource, session
from bumen.registry import Registry
from bumen.testing.conformance import PluginConformance
from bumen.testing.samples import Samples
from bumen_logistics.models import CashState, DeliveryRequest, ShipmentState, preparations_of
from bumen_logistics.resources import (
    Carriers,
    Cod,
    DeliveryRequests,
    FreightStatements,
    Preparations,
    Shipments,
)
from bumen_logistics.services import prepare


class LogisticsSamples(Samples):
    """Samples of what people do not make themselves, too: preparations come from requests."""

    def record(self, resource: type[Resource], **values: Any) -> Any:
        """Make a record inside the current unit of work."""
        if resource is Cod:
            amount = Decimal(9)
            told = {"state": CashState.COLLECTED, "collected": amount, "outstanding": amount}
            return super().record(resource, due=amount, **{**told, **values})
        if resource is not Preparations:
            return super().record(resource, **values)
        request: DeliveryRequest = super().record(DeliveryRequests)
        wanted = {line: line.quantity for line in request.lines}
        prepare(request, wanted, by=None, on=request.created_at.date())
        return session().scalars(preparations_of(request.id)).one()

    def values(self, resource: type[Resource]) -> dict[str, Any]:
        """Return values for everything that must be given: a bill is of what its carrier took."""
        if resource is not FreightStatements:
            return super().values(resource)
        carrier = self.record(Carriers)
        taken = {"carrier": carrier, "state": ShipmentState.ARRIVED}
        shipment = self.record(Shipments, **taken)
        days = {"from_day": "2026-03-01", "until_day": "2026-03-31"}
        return {"carrier_id": carrier.id, **days, "lines": [{"shipment_id": shipment.id}]}


class TestConformance(PluginConformance):
    plugin = "logistics"
    short_lists = frozenset({"logistics.warehouses", "logistics.locations"})

    @pytest.fixture
    def samples(self, registry: Registry) -> Samples:
        """Records to test with, preparations included."""
        return LogisticsSamples(registry)
