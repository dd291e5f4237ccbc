"""What a change of an order would mean for the warehouse is told, and what is loaded stays."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from bumen import ask, session
from bumen_logistics.models import ShipmentState, request_from
from bumen_logistics.models.shipments import shipments_of_request
from bumen_logistics.texts import _
from bumen_logistics.with_sales.errors import LessThanLoaded
from bumen_sales.hooks import sales_may_change_order
from bumen_sales.models import OrderChange
from bumen_sales.services import begin_change, confirm_order
from bumen_sales.services.changing import revise_change


@pytest.fixture
def order(unit, make, draft):
    """A confirmed order of four of ten there are; logistics has taken it over."""
    made = draft((make.stock("10").product, "4"))
    confirm_order(made, by=unit.user)
    session().flush()
    unit.tell()
    return made


def test_more_than_was_ordered_is_told_with_what_is_free(unit, order) -> None:
    begin_change(order, by=unit.user, on=order.ordered_on, reason="More guests")
    session().flush()
    change = session().scalars(select(OrderChange)).one()
    before = change.impact

    change.lines[0].quantity += 9
    revise_change(change, by=unit.user)

    wanted = {"more": "9", "product": order.lines[0].product, "free": "10"}
    told = _("%(more)s more of %(product)s, %(free)s are free.", **wanted)
    label, _colon, said = change.impact.partition(": ")
    assert (before, label) == (None, _("Stock").in_language("zh_Hant"))
    assert said == told.in_language("zh_Hant")


def test_an_order_is_not_brought_below_what_is_loaded(unit, order) -> None:
    request = session().scalars(request_from(order.id)).one()
    (shipment,) = session().scalars(shipments_of_request(request.id))
    shipment.state = ShipmentState.LOADED
    shipment.lines[0].counted = Decimal(3)
    session().flush()
    (line,) = order.lines

    ask(sales_may_change_order, order=order, quantities={line.id: Decimal(3)})
    with pytest.raises(LessThanLoaded):
        ask(sales_may_change_order, order=order, quantities={line.id: Decimal("2.999")})
