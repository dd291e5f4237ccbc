"""A shipment goes from the plan to the door, and never takes what is not there."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from bumen import BusinessError, IllegalTransition, session, today
from bumen_logistics.errors.carriers import (
    CarrierIsNotActive,
    OwnTransportIsIncomplete,
    VehicleIsTooSmall,
    VehicleOfAnother,
)
from bumen_logistics.errors.requests import ReasonIsMissing
from bumen_logistics.errors.shipments import (
    ArrivedBeforeItLeft,
    CountedMoreThanOrdered,
    CountIsUnreadable,
    DifferenceNeedsReason,
    EventBeforeDeparture,
    GoodsAreLoaded,
    GoodsAreNotPrepared,
    NothingIsLoaded,
    NothingLeftToShip,
    NotOnTheRoad,
    SignatureIsMissing,
    SlipIsNotNeeded,
)
from bumen_logistics.models import (
    EventKind,
    ExceptionKind,
    LocationKind,
    RequestState,
    ShipmentState,
    events_of_shipment,
    stock_at,
)
from bumen_logistics.services import (
    arrange_vehicle,
    cancel_request,
    cancel_shipment,
    confirm_arrival,
    count_and_load,
    plan_shipment,
    report_trouble,
    resume_shipment,
    return_goods,
    settle_shipment,
    ship,
    take_slip,
    track,
    unload,
)
from bumen_logistics.tests.shipping import Shipping


def test_a_shipment_takes_what_the_request_still_needs(unit, shipping: Shipping) -> None:
    request = shipping.prepared("10")

    shipment = plan_shipment(request, by=unit.user, on=today())

    (line,) = shipment.lines
    assert (line.ordered, line.counted, shipment.state) == (10, None, ShipmentState.DRAFT)
    with pytest.raises(NothingLeftToShip):
        plan_shipment(request, by=unit.user, on=today())


def test_what_was_not_loaded_goes_with_another_shipment(unit, shipping: Shipping) -> None:
    request = shipping.prepared("10")
    shipping.loaded(request, counted="1: 6", difference_reason="Six fit")

    rest = plan_shipment(request, by=unit.user, on=today())

    assert rest.lines[0].ordered == 4


def test_goods_leave_the_stock_when_they_are_shipped_and_not_before(
    unit, shipping: Shipping
) -> None:
    request = shipping.prepared("4", stock="10")
    shipment = shipping.loaded(request)
    stock = shipping.stock(request)
    assert (stock.on_hand, stock.reserved) == (10, 4)

    ship(shipment, by=unit.user, at=shipping.at, on=today())

    session().refresh(stock)
    assert (stock.on_hand, stock.reserved) == (6, 0)
    assert (request.lines[0].shipped, request.lines[0].delivered) == (4, 0)
    assert shipment.shipped_on == today()


def test_a_request_is_fulfilled_when_all_has_arrived(unit, shipping: Shipping) -> None:
    request = shipping.prepared("4")
    first = shipping.shipped(request, counted="1: 3", difference_reason="Three fit")
    shipping.arrived(first)
    assert request.state is RequestState.REQUESTED

    shipping.arrived(shipping.shipped(request))

    assert request.state is RequestState.FULFILLED
    assert request.lines[0].delivered == 4


def test_goods_that_come_back_lie_in_quarantine_and_are_still_wanted(
    unit, shipping: Shipping
) -> None:
    request = shipping.prepared("4")
    shipment = shipping.shipped(request)

    return_goods(shipment, by=unit.user, at=shipping.at, reason="Nobody at home")

    product = request.lines[0].product
    place = shipping.make.place(kind=LocationKind.QUARANTINE)
    back = session().scalars(stock_at(product.id, place.id)).one()
    assert (back.on_hand, shipping.stock(request).on_hand) == (4, 0)
    assert (shipment.state, shipment.end_reason) == (ShipmentState.RETURNED, "Nobody at home")
    assert (request.lines[0].shipped, request.lines[0].prepared) == (0, 0)


def test_an_exception_is_kept_with_its_cause_and_solution(unit, shipping: Shipping) -> None:
    shipment = shipping.shipped(shipping.prepared("1"))
    trouble = {"kind": ExceptionKind.DAMAGED, "cause": "A box was crushed"}
    report_trouble(shipment, by=unit.user, at=shipping.at, **trouble)
    late = today() + timedelta(days=3)

    resume_shipment(shipment, by=unit.user, at=shipping.at, solution="Repacked", expected_on=late)

    (kept,) = shipping.exceptions(shipment)
    assert (kept.kind, kept.cause, kept.solution) == (*trouble.values(), "Repacked")
    assert kept.resolved_at == shipping.at
    assert (shipment.state, shipment.expected_on) == (ShipmentState.IN_TRANSIT, late)
    assert shipment.had_exception


def test_every_step_on_the_way_is_an_event_the_customer_reads(unit, shipping: Shipping) -> None:
    shipment = shipping.shipped(shipping.prepared("1"))
    track(shipment, by=unit.user, at=shipping.at, place="Taichung", kind=EventKind.AT_DEPOT)
    shipping.arrived(shipment)

    told = [one.kind for one in session().scalars(events_of_shipment(shipment.id))]

    assert told == [EventKind.DELIVERED, EventKind.AT_DEPOT, EventKind.DEPARTED]


def test_nothing_is_tracked_before_it_left_nor_in_the_future(unit, shipping: Shipping) -> None:
    request = shipping.prepared("1")
    shipment = shipping.loaded(request)
    with pytest.raises(NotOnTheRoad):
        track(shipment, by=unit.user, at=shipping.at)
    ship(shipment, by=unit.user, at=shipping.at, on=today())

    for hours in (-1, 1):
        moment = shipping.at + timedelta(hours=hours)
        with pytest.raises(EventBeforeDeparture):
            track(shipment, by=unit.user, at=shipping.at, happened_at=moment)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"counted": "1: 5"}, CountedMoreThanOrdered),
        ({"counted": "1: 3"}, DifferenceNeedsReason),
        ({"counted": "1: 0", "difference_reason": "Gone"}, NothingIsLoaded),
        ({"counted": "2: 1"}, CountIsUnreadable),
        ({"counted": "four"}, CountIsUnreadable),
        ({"counted": "1: -1"}, CountIsUnreadable),
        ({"counted": "1: 4, 1: 2"}, CountIsUnreadable),
    ],
)
def test_a_count_that_makes_no_sense_is_refused(
    unit, shipping: Shipping, said: dict[str, str], refusal: type[BusinessError]
) -> None:
    shipment = shipping.arranged(shipping.prepared("4"))

    with pytest.raises(refusal):
        count_and_load(shipment, by=unit.user, **said)


def test_what_nobody_has_got_ready_is_not_loaded(unit, shipping: Shipping) -> None:
    request = shipping.requested("4")
    shipment = shipping.arranged(request)

    with pytest.raises(GoodsAreNotPrepared) as refused:
        count_and_load(shipment, by=unit.user)

    assert [ready for _line, ready in refused.value.short] == [Decimal(0)]


def test_a_vehicle_loaded_wrongly_is_unloaded_and_counted_anew(unit, shipping: Shipping) -> None:
    shipment = shipping.loaded(shipping.prepared("4"), counted="1: 3", difference_reason="?")

    unload(shipment, by=unit.user, reason="One was overlooked")
    count_and_load(shipment, by=unit.user)

    assert (shipment.lines[0].counted, shipment.lines[0].difference_reason) == (4, None)


def test_cash_at_the_door_is_shared_out_by_what_was_loaded(unit, shipping: Shipping) -> None:
    request = shipping.prepared("3", cash_on_delivery="100.00")

    first = shipping.shipped(request, counted="1: 1", difference_reason="One fits")
    rest = shipping.shipped(request)

    assert (first.cash_on_delivery, rest.cash_on_delivery) == (Decimal("33.33"), Decimal("66.67"))
    shipping.arrived(first)
    with pytest.raises(BusinessError):
        settle_shipment(first, by=unit.user)


def test_our_own_transport_needs_a_vehicle_and_a_driver(unit, shipping: Shipping) -> None:
    shipment = shipping.planned(shipping.prepared("1"))
    for said, field in (({}, "vehicle_id"), ({"vehicle": shipping.vehicle()}, "driver")):
        with pytest.raises(OwnTransportIsIncomplete) as refused:
            arrange_vehicle(shipment, by=unit.user, on=today(), **said)
        assert list(refused.value.fields) == [field]

    arrange_vehicle(shipment, by=unit.user, on=today(), driver="Chen")

    assert shipment.state is ShipmentState.ARRANGED


def test_a_carrier_takes_goods_on_its_own_vehicles_while_it_is_active(
    unit, shipping: Shipping
) -> None:
    shipment, carrier = shipping.planned(shipping.prepared("1")), shipping.carrier()
    shipment.weight = Decimal(900)
    cases: list[tuple[dict[str, Any], type[BusinessError]]] = [
        ({"carrier": carrier, "vehicle": shipping.vehicle()}, VehicleOfAnother),
        ({"vehicle": shipping.vehicle(carrier=carrier), "driver": "Li"}, VehicleOfAnother),
        (
            {"carrier": carrier, "vehicle": shipping.vehicle(carrier=carrier, capacity=899)},
            VehicleIsTooSmall,
        ),
        ({"carrier": shipping.carrier(active=False)}, CarrierIsNotActive),
    ]
    for said, refusal in cases:
        with session().begin_nested() as tried:
            with pytest.raises(refusal):
                arrange_vehicle(shipment, by=unit.user, on=today(), **said)
            tried.rollback()


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, False), (1, True)])
def test_goods_arrive_after_they_left_and_not_in_the_future(
    unit, shipping: Shipping, days: int, refused: bool
) -> None:
    shipment = shipping.shipped(shipping.prepared("1"))
    said = {"signed_by": "Lin", "arrived_on": today() + timedelta(days=days)}
    if refused:
        with pytest.raises(ArrivedBeforeItLeft):
            confirm_arrival(shipment, by=unit.user, at=shipping.at, on=today(), **said)
    else:
        confirm_arrival(shipment, by=unit.user, at=shipping.at, on=today(), **said)
        assert shipment.arrived_on == today()


def test_what_ends_a_shipment_says_why_and_who_signed(unit, shipping: Shipping) -> None:
    shipment = shipping.shipped(shipping.prepared("1"))
    with pytest.raises(SignatureIsMissing):
        confirm_arrival(shipment, by=unit.user, at=shipping.at, on=today(), signed_by=" ")
    with pytest.raises(ReasonIsMissing):
        return_goods(shipment, by=unit.user, at=shipping.at, reason=" ")
    with pytest.raises(ReasonIsMissing):
        cancel_shipment(shipment, by=unit.user, reason="")


def test_what_has_left_is_not_cancelled_and_what_arrived_not_returned(
    unit, shipping: Shipping
) -> None:
    shipment = shipping.shipped(shipping.prepared("1"))
    with pytest.raises(IllegalTransition):
        cancel_shipment(shipment, by=unit.user, reason="Too late")
    shipping.arrived(shipment)

    with pytest.raises(IllegalTransition):
        return_goods(shipment, by=unit.user, at=shipping.at, reason="Too late")


def test_a_request_is_not_cancelled_while_its_goods_stand_on_a_vehicle(
    unit, shipping: Shipping
) -> None:
    request = shipping.prepared("1")
    shipment = shipping.loaded(request)

    with pytest.raises(GoodsAreLoaded):
        cancel_request(request, by=unit.user, at=shipping.at, reason="Not wanted")

    unload(shipment, by=unit.user, reason="Not wanted")
    cancel_request(request, by=unit.user, at=shipping.at, reason="Not wanted")
    assert request.state is RequestState.CANCELLED


def test_goods_that_were_not_sold_need_no_slip(unit, shipping: Shipping) -> None:
    shipment = shipping.arranged(shipping.prepared("1"))

    with pytest.raises(SlipIsNotNeeded):
        take_slip(shipment, by=unit.user)
