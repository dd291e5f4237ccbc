"""Sales slips: the word of sales that goods may leave."""

from collections.abc import Iterator
from datetime import date

from bumen import Text, User, next_number, publish, session
from bumen_sales.errors import NoSlipToReissue, OrderIsNotOnItsWay, SlipIsTooEarly
from bumen_sales.events import SlipIssued
from bumen_sales.models import (
    Order,
    OrderState,
    SalesSlip,
    TaskKind,
    TaskState,
    slips_of,
    task_of,
)
from bumen_sales.services.fulfilment.tasks import is_payment_in
from bumen_sales.services.locking import lock_order
from bumen_sales.texts import _

NUMBERED = "sales.slip"


def issue_slip(order: Order, *, by: User | None, on: date) -> None:
    """Let the goods of an order leave: make its sales slip, which says how it is paid.

    `SlipIsTooEarly` names all that is missing: goods that are not ready, money that is not in. Of
    two who issue it at once one does, and the other is told. Source: E2.3, A4.3.4.
    """
    lock_order(order)
    missing = list(_missing(order)) if order.state is OrderState.CONFIRMED else []
    if missing:
        raise SlipIsTooEarly(order, missing=missing)
    order.move("issue_slip", by=by)
    slip = _made(order, number=next_number(kind=NUMBERED, on=on), version=1, by=by, on=on)
    order.released_at, order.waits_for = slip.created_at, None


def reissue_slip(order: Order, *, by: User | None, on: date) -> None:
    """Issue the slip of an order that was changed anew: the same number, one version on."""
    lock_order(order)
    if order.state is not OrderState.RELEASED:
        raise OrderIsNotOnItsWay(order)
    last = session().scalars(slips_of(order).limit(1)).one_or_none()
    if last is None:
        raise NoSlipToReissue(order)
    last.current = False
    _made(order, number=last.number, version=last.version_number + 1, by=by, on=on)


def void_slips(order: Order) -> None:
    """Take back the word that goods may leave: the order is given up."""
    for slip in session().scalars(slips_of(order)):
        slip.current = False


def _missing(order: Order) -> Iterator[Text]:
    goods = session().scalars(task_of(order, TaskKind.GOODS)).one()
    if goods.state is not TaskState.DONE:
        day = goods.promised_on
        yield (
            _("The goods are not ready; they are promised for %(day)s.", day=day.isoformat())
            if day is not None
            else _("The goods are not ready.")
        )
    if not is_payment_in(order):
        yield _("%(due)s are still to be paid beforehand.", due=f"{order.due:,.2f}")


def _made(order: Order, *, number: str, version: int, by: User | None, on: date) -> SalesSlip:
    slip = SalesSlip(
        order=order,
        number=number,
        version_number=version,
        payment_method=order.payment_method,
        issued_on=on,
        issued_by=by,
    )
    session().add(slip)
    session().flush()
    order.slip_number, order.slip_version = number, version
    publish(SlipIssued(order.id, slip.id))
    return slip
