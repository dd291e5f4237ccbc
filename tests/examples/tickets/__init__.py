"""Tickets: documents with a number each, sold without gaps, and stubs that may have some."""

from bumen import Numbering, Plugin
from tickets.checks import CHECKS
from tickets.models import Ticket
from tickets.resources import Tickets
from tickets.texts import _

plugin = Plugin(
    name="tickets",
    title=_("Tickets"),
    resources=(Tickets,),
    checks=CHECKS,
    numbers=(
        Numbering(
            "tickets.ticket",
            _("Tickets"),
            pattern="T-{YYYY}-{0000}",
            gapless=True,
            model=Ticket,
        ),
        Numbering("tickets.stub", _("Stubs"), pattern="S{000}"),
    ),
)
