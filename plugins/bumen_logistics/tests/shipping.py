"""Shipments for tests, brought as far as a test needs them; works in the unit that runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy import select

from bumen import current, session, today
from bumen_logistics.models import (
    Carrier,
    DeliveryRequest,
    Preparation,
    Shipment,
    ShipmentException,
    Stock,
    Vehicle,
    preparations_of,
    stock_at,
)
from bumen_logistics.services import (
    arrange_vehicle,
    begin_preparation,
    confirm_arrival,
    count_and_load,
    finish_preparation,
    plan_shipment,
    request_delivery,
    save_carrier,
    save_vehicle,
    ship,
)

_NUMBERS = count(1)


@dataclass
class Shipping:
    """Makes requests, carriers and shipments, with whatever is not said filled in."""

    make: Any
    at: datetime = datetime.now(UTC)  # noqa: RUF009  # one moment for all that a run of tests does

    def carrier(self, **said: Any) -> Carrier:
        """Make a carrier."""
        carrier = Carrier(**{"name": f"Swift {next(_NUMBERS)}", "remits_within": 7} | said)
        save_carrier(carrier, by=None, on=today())
        return self._kept(carrier)

    def vehicle(self, **said: Any) -> Vehicle:
        """Make a vehicle, our own unless told otherwise."""
        vehicle = Vehicle(**{"plate": f"ABC-{next(_NUMBERS):04}"} | said)
        save_vehicle(vehicle, by=None)
        return self._kept(vehicle)

    def requested(self, quantity: str, *, stock: str | None = None, **said: Any) -> DeliveryRequest:
        """Request the delivery of a product, of which there is as much in stock."""
        product = self.make.product()
        self.make.stock(stock or quantity, product)
        request: DeliveryRequest = self.make.request((product, quantity), **said)
        request_delivery(request, by=current().user, on=today(), at=self.at)
        return request

    def prepared(self, quantity: str, *, stock: str | None = None, **said: Any) -> DeliveryRequest:
        """Request a delivery whose goods are got ready at once."""
        request = self.requested(quantity, stock=stock, **said)
        self.get_ready(request)
        return request

    def get_ready(self, request: DeliveryRequest) -> None:
        """Let the workshop get everything of a request ready."""
        preparation: Preparation = session().scalars(preparations_of(request.id)).one()
        begin_preparation(preparation, by=current().user, at=self.at)
        for line in preparation.lines:
            line.ready = line.quantity
        finish_preparation(preparation, by=current().user, at=self.at)
        session().flush()

    def planned(self, request: DeliveryRequest) -> Shipment:
        """Plan a shipment of what is left of a request."""
        return plan_shipment(request, by=current().user, on=today())

    def arranged(self, request: DeliveryRequest, **said: Any) -> Shipment:
        """Plan a shipment and give it to a carrier."""
        shipment = self.planned(request)
        said = {"carrier": self.carrier()} | said
        arrange_vehicle(shipment, by=current().user, on=today(), **said)
        session().flush()
        return shipment

    def loaded(self, request: DeliveryRequest, **counted: Any) -> Shipment:
        """Plan a shipment and load it, all of it unless told otherwise."""
        shipment = self.arranged(request)
        count_and_load(shipment, by=current().user, **counted)
        session().flush()
        return shipment

    def shipped(self, request: DeliveryRequest, **counted: Any) -> Shipment:
        """Plan a shipment, load it and let it go."""
        shipment = self.loaded(request, **counted)
        ship(shipment, by=current().user, at=self.at, on=today())
        session().flush()
        return shipment

    def arrived(self, shipment: Shipment) -> Shipment:
        """Let a shipment arrive."""
        signed = {"signed_by": "Lin Mei"}
        confirm_arrival(shipment, by=current().user, at=self.at, on=today(), **signed)
        session().flush()
        return shipment

    def stock(self, request: DeliveryRequest) -> Stock:
        """Return the stock of what a request wants, as it is now."""
        query = stock_at(request.lines[0].product_id, self.make.place().id)
        return session().scalars(query.execution_options(populate_existing=True)).one()

    def exceptions(self, shipment: Shipment) -> Sequence[ShipmentException]:
        """Return what went wrong with a shipment."""
        theirs = ShipmentException.shipment_id == shipment.id
        return session().scalars(select(ShipmentException).where(theirs)).all()

    def _kept(self, record: Any) -> Any:
        session().add(record)
        session().flush()
        return record
