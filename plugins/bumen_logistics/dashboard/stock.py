"""What is to be got ready, what is late, what runs low."""

from bumen import Card, Condition, Figure, Glance, ToDo
from bumen_logistics.reports.stock import STOCK
from bumen_logistics.resources import Preparations, Stock, StockCounts
from bumen_logistics.texts import _

TO_PREPARE = ("requested", "in_preparation", "exception")

PREPARED = Figure(
    name="prepared",
    title=_("Goods made ready"),
    in_words=_("How many preparations have been finished, by the day they were."),
    resource=Preparations,
    day="ready_at",
    only=(Condition(field="state", operator="eq", value="ready"),),
    person="person",
    department="person.department",
)
FIGURES = (PREPARED,)

CARDS = (
    Card(name="prepared", shows=PREPARED),
    Card(
        name="to_prepare",
        title=_("To prepare"),
        shows=ToDo(
            Preparations,
            filters={"filter.state": TO_PREPARE},
            shows=("request", "due_on", "state"),
            order="due_on",
            done=_("Nothing is to be prepared."),
        ),
    ),
    Card(
        name="low",
        title=_("Stock below minimum"),
        shows=ToDo(
            Stock,
            filters={"filter.below_minimum": "1"},
            shows=("available", "minimum"),
            order="available",
            done=_("There is enough of everything."),
        ),
    ),
    Card(
        name="counts",
        title=_("Counts to approve"),
        needs="approve",
        shows=ToDo(
            StockCounts,
            filters={"filter.state": "submitted"},
            shows=("location", "counted_on"),
            done=_("No count waits for approval."),
        ),
    ),
    Card(
        name="stock",
        title=_("Stock by warehouse"),
        at_home=False,
        shows=Glance(STOCK, query={"rows": "location.warehouse", "measures": "on_hand"}),
    ),
)
