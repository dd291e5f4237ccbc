"""What every plugin promises."""

from typing import Any

import pytest

from bumen import Resource, session
from bumen.registry import Registry
from bumen.testing.conformance import PluginConformance
from bumen.testing.samples import Samples
from bumen_logistics.models import DeliveryRequest, preparations_of
from bumen_logistics.resources import DeliveryRequests, Preparations
from bumen_logistics.services import prepare


class LogisticsSamples(Samples):
    """Samples of what people do not make themselves, too: preparations come from requests."""

    def record(self, resource: type[Resource], **values: Any) -> Any:
        """Make a record inside the current unit of work."""
        if resource is not Preparations:
            return super().record(resource, **values)
        request: DeliveryRequest = super().record(DeliveryRequests)
        wanted = {line: line.quantity for line in request.lines}
        prepare(request, wanted, by=None, on=request.created_at.date())
        return session().scalars(preparations_of(request.id)).one()


class TestConformance(PluginConformance):
    plugin = "logistics"
    short_lists = frozenset({"logistics.warehouses", "logistics.locations"})

    @pytest.fixture
    def samples(self, registry: Registry) -> Samples:
        """Records to test with, preparations included."""
        return LogisticsSamples(registry)
