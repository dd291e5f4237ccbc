"""What must always hold of tickets."""

from datetime import date

from sqlalchemy import select

from bumen import Check
from tickets.models import Ticket

OPENED = date(2000, 1, 1)
"""When the house opened."""

CHECKS = (
    Check(
        table="tickets_ticket",
        sentence="No ticket was sold before the house opened.",
        broken=select(Ticket.id).where(Ticket.sold_on < OPENED),
    ),
)
