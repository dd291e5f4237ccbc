"""What people see of tickets."""

from bumen import Resource, User, next_number
from tickets.models import Ticket
from tickets.texts import _


def sell(ticket: Ticket, *, by: User | None) -> None:
    """Sell a ticket: it gets the next number of its day's year."""
    ticket.number = next_number(kind="tickets.ticket", on=ticket.sold_on)


class Tickets(Resource):
    """Tickets that were sold."""

    model = Ticket
    title = _("Tickets")
    columns = ("number", "sold_on", "state")
    on_create = staticmethod(sell)
