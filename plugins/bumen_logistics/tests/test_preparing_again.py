"""Goods that came back are prepared again, once, and leave after all."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from bumen import session, today
from bumen_logistics.errors import GoodsHaveLeft, NothingToPrepare
from bumen_logistics.events import GoodsNotReady
from bumen_logistics.models import (
    Preparation,
    PreparationState,
    RequestState,
    preparations_of,
)
from bumen_logistics.resources import DeliveryRequests
from bumen_logistics.services import (
    begin_preparation,
    cancel_preparation,
    cancel_request,
    finish_preparation,
    prepare_again,
    reopen_preparation,
    return_goods,
)
from bumen_logistics.tests.shipping import Shipping


def returned(shipping: Shipping):
    """Return a request of four that were shipped and came back."""
    request = shipping.prepared("4", stock="10")
    shipment = shipping.shipped(request)
    return_goods(shipment, by=None, at=shipping.at, reason="Nobody at home")
    session().flush()
    return request


def again(request) -> None:
    prepare_again(request, by=None, on=today())


def test_goods_that_came_back_are_prepared_again_and_leave(unit, shipping: Shipping) -> None:
    request = returned(shipping)

    again(request)

    theirs = select(Preparation).where(Preparation.request_id == request.id)
    first, second = session().scalars(theirs.order_by(Preparation.id)).all()
    assert (first.state, second.state) == (PreparationState.READY, PreparationState.REQUESTED)
    assert [line.quantity for line in second.lines] == [4]
    assert GoodsNotReady(request.id) in unit._events


def test_goods_are_prepared_again_once(unit, shipping: Shipping) -> None:
    request = returned(shipping)
    again(request)

    with pytest.raises(NothingToPrepare):
        again(request)


def test_taking_back_the_first_time_lets_go_of_nothing_that_was_got_ready_later(
    unit, shipping: Shipping
) -> None:
    request = returned(shipping)
    again(request)
    first, second = session().scalars(preparations_of(request.id)).all()
    begin_preparation(second, by=None, at=shipping.at)
    finish_preparation(second, by=None, at=shipping.at)

    with pytest.raises(GoodsHaveLeft):
        reopen_preparation(first, by=None, at=shipping.at, reason="Counted wrong")
    session().rollback()


def test_each_preparation_that_is_given_up_lets_go_of_what_is_its_own(
    unit, shipping: Shipping
) -> None:
    request = returned(shipping)
    again(request)
    first, second = session().scalars(preparations_of(request.id)).all()
    begin_preparation(second, by=None, at=shipping.at)
    finish_preparation(second, by=None, at=shipping.at)
    left = []

    for one in (first, second):
        cancel_preparation(one, by=None, at=shipping.at, reason="Counted wrong")
        session().flush()
        left.append((int(request.lines[0].prepared), int(shipping.stock(request).reserved)))

    assert left == [(4, 4), (0, 0)]


def test_it_is_offered_only_where_something_lacks(unit, shipping: Shipping) -> None:
    action = DeliveryRequests.action("prepare_again")
    ready, back = shipping.prepared("1"), returned(shipping)

    assert (action.possible(ready), action.possible(back)) == (False, True)


def test_a_request_whose_goods_came_back_can_be_given_up(unit, shipping: Shipping) -> None:
    request = returned(shipping)

    cancel_request(request, by=None, at=shipping.at, reason="No longer wanted")

    assert (request.state, request.lines[0].prepared) == (RequestState.CANCELLED, Decimal(0))
