"""What is remembered of tickets."""

from datetime import date

from sqlalchemy.orm import Mapped

from bumen import Choice, Document, Workflow, field, transition
from tickets.texts import _


class TicketState(Choice):
    """How far a ticket has come."""

    SOLD = "sold", _("Sold")
    USED = "used", _("Used")


class Ticket(Document):
    """A ticket is sold on a day, and used once."""

    __tablename__ = "tickets_ticket"
    workflow = Workflow(transition("use", {TicketState.SOLD}, TicketState.USED, label=_("Use")))

    state: Mapped[TicketState] = field(label=_("State"), default=TicketState.SOLD, readonly=True)
    sold_on: Mapped[date] = field(label=_("Sold on"))
