"""What left before the house kept its books here is history: nothing moves, nobody is told."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from bumen import IllegalTransition, create_record, session, today
from bumen_logistics.errors.shipments import ArrivedBeforeItLeft, ShippedInFuture
from bumen_logistics.models import (
    FreightStatement,
    Preparation,
    RequestState,
    Shipment,
    ShipmentState,
    StockMove,
)
from bumen_logistics.resources import FreightStatements
from bumen_logistics.services import take_over_shipment

LEFT = date(1996, 7, 16)


def taken_over(request: Any, carrier: Any, **said: Any) -> Shipment:
    said = {"shipped_on": LEFT, "freight": Decimal("32.38")} | said
    take_over_shipment(request, by=None, on=today(), carrier=carrier, **said)
    return session().scalars(select(Shipment).where(Shipment.request_id == request.id)).one()


def test_what_left_earlier_is_written_down_without_moving_stock_or_telling_anybody(
    unit, make
) -> None:
    request = make.request((make.product(), "12"), wanted_on=date(1996, 7, 20))
    told = list(unit._events)

    shipment = taken_over(request, make.carrier(), waybill="10248")

    (line,), (gone,) = request.lines, shipment.lines
    assert (request.state, line.prepared, line.shipped, line.delivered) == (
        RequestState.FULFILLED,
        *[12] * 3,
    )
    assert (shipment.state, gone.ordered, gone.counted, gone.shipped) == (
        ShipmentState.ARRIVED,
        *[12] * 3,
    )
    assert (shipment.shipped_on, shipment.waybill, shipment.expected_on) == (LEFT, "10248", None)
    for model in (Preparation, StockMove):
        assert session().scalar(select(func.count()).select_from(model)) == 0
    assert list(unit._events) == told


def test_the_freight_of_what_left_earlier_stands_in_its_months_statement(unit, make) -> None:
    carrier = make.carrier()
    for day, freight in ((1, "32.38"), (31, "11.61")):
        left = LEFT.replace(day=day)
        taken_over(make.request(), carrier, shipped_on=left, freight=Decimal(freight))
    taken_over(make.request(), carrier, shipped_on=date(1996, 8, 1))
    taken_over(make.request(), make.carrier())

    days = {"from_day": "1996-07-01", "until_day": "1996-07-31"}
    values = {"carrier_id": carrier.id, **days, "lines": []}
    statement: FreightStatement = create_record(FreightStatements, values, by=None)

    assert (statement.billed, statement.difference) == (Decimal("43.99"), 0)


def test_the_day_it_arrived_is_kept_beside_the_day_it_was_wanted(unit, make) -> None:
    request, late = make.request(wanted_on=LEFT), LEFT + timedelta(days=2)

    shipment = taken_over(request, make.carrier(), arrived_on=late)

    assert (shipment.arrived_on, shipment.expected_on) == (late, LEFT)


def test_days_to_come_and_arrivals_before_leaving_are_refused(unit, make) -> None:
    request, carrier = make.request(), make.carrier()

    with pytest.raises(ShippedInFuture):
        taken_over(request, carrier, shipped_on=today() + timedelta(days=1))
    for arrived in (LEFT - timedelta(days=1), today() + timedelta(days=1)):
        with pytest.raises(ArrivedBeforeItLeft):
            taken_over(request, carrier, arrived_on=arrived)

    assert request.state is RequestState.DRAFT


def test_nothing_is_taken_over_twice(unit, make) -> None:
    request, carrier = make.request(), make.carrier()
    taken_over(request, carrier)

    with pytest.raises(IllegalTransition):
        taken_over(request, carrier)
