"""One at a time: whoever carries an order on holds it until all is kept."""

from sqlalchemy import select

from bumen import session
from bumen_sales.models import Order, OrderLine


def lock_order(order: Order) -> None:
    """Hold an order until the unit of work ends, and read it anew.

    Called first of all in a service, so that of two who carry the same order on at once the second
    sees what the first did. Orders are locked before everything that hangs on them.
    """
    mine = select(Order).where(Order.id == order.id).with_for_update()
    session().scalars(mine.execution_options(populate_existing=True)).one()


def lines_now(order: Order) -> dict[int, OrderLine]:
    """Return the lines of an order that is locked, by id, as they are in the database now."""
    theirs = select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.id)
    found = session().scalars(theirs.execution_options(populate_existing=True))
    return {line.id: line for line in found}
