"""How carriers have done in a time: what came when it should, what went wrong, what it cost."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from bumen_logistics.models.shipment_flow import ENDED_WELL, ShipmentState
from bumen_logistics.models.shipments import Shipment
from bumen_logistics.models.tracking import ShipmentException

_ENDED = (*ENDED_WELL, ShipmentState.RETURNED)


def score_of_carriers(*seen: ColumnElement[bool], since: date, until: date) -> Any:
    """Count by carrier what left in a time and has ended, what of it came in time and without an
    exception, what came back, and add up its freight by the rates.
    """
    in_time = Shipment.state.in_(ENDED_WELL) & (
        Shipment.expected_on.is_(None) | (Shipment.arrived_on <= Shipment.expected_on)
    )
    returned = Shipment.state == ShipmentState.RETURNED
    return (
        select(
            Shipment.carrier_id,
            func.count().label("ended"),
            func.sum(case((in_time, 1), else_=0)),
            func.sum(case((Shipment.had_exception, 1), else_=0)),
            func.sum(case((returned, 1), else_=0)),
            func.sum(func.coalesce(Shipment.freight_estimated, 0)),
        )
        .where(Shipment.state.in_(_ENDED), Shipment.shipped_on.between(since, until), *seen)
        .group_by(Shipment.carrier_id)
        .order_by(func.count().desc(), Shipment.carrier_id)
    )


def exceptions_of_carriers(*seen: ColumnElement[bool], since: date, until: date) -> Any:
    """Count by carrier and kind which of the shipments that left in a time something befell."""
    return (
        select(
            Shipment.carrier_id,
            ShipmentException.kind,
            func.count(func.distinct(Shipment.id)),
        )
        .join(Shipment, Shipment.id == ShipmentException.shipment_id)
        .where(Shipment.shipped_on.between(since, until), *seen)
        .group_by(Shipment.carrier_id, ShipmentException.kind)
        .order_by(Shipment.carrier_id, func.count(func.distinct(Shipment.id)).desc())
    )


def shipped_by_carriers(*seen: ColumnElement[bool], since: date, until: date) -> Any:
    """Count by carrier what left in a time."""
    return (
        select(Shipment.carrier_id, func.count())
        .where(Shipment.shipped_on.between(since, until), *seen)
        .group_by(Shipment.carrier_id)
    )
