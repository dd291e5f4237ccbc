"""What master data shows on dashboards: who is new, and what nobody has seen to yet."""

from bumen import Card, Figure, Glance, ToDo
from bumen_base.reports import CUSTOMERS
from bumen_base.resources import Customers, Employees, Products
from bumen_base.texts import _

_TO_COMPLETE = 50
"""Files with less than so many percent of what matters are to be completed."""

NEW_CUSTOMERS = Figure(
    name="new_customers",
    title=_("New customers"),
    in_words=_("How many customers have been added, by the day they were."),
    resource=Customers,
    day="created_at",
    person="salesperson",
    department="salesperson.department",
)
FIGURES = (NEW_CUSTOMERS,)

CARDS = (
    Card(name="new_customers", shows=NEW_CUSTOMERS),
    Card(
        name="unassigned",
        title=_("Customers nobody looks after"),
        needs="write",
        shows=ToDo(
            Customers,
            filters={"filter.salesperson.empty": "1"},
            shows=("state", "region", "phone"),
            done=_("Every customer has a salesperson."),
        ),
    ),
    Card(
        name="incomplete",
        title=_("Customers' files to complete"),
        at_home=False,
        needs="write",
        shows=ToDo(
            Customers,
            filters={"filter.completeness.lt": str(_TO_COMPLETE)},
            shows=("completeness", "salesperson"),
            order="completeness",
            done=_("Every file has at least half of what matters."),
        ),
    ),
    Card(
        name="uncategorized",
        title=_("Products without a category"),
        at_home=False,
        needs="write",
        shows=ToDo(
            Products,
            filters={"filter.category.empty": "1", "filter.active": "1"},
            shows=("list_price", "unit"),
            done=_("Every product has a category."),
        ),
    ),
    Card(
        name="accountless",
        title=_("Employees who cannot sign in"),
        at_home=False,
        needs="write",
        shows=ToDo(
            Employees,
            filters={"filter.user.empty": "1", "filter.left_on.empty": "1"},
            shows=("department", "post"),
            done=_("Everybody has an account."),
        ),
    ),
    Card(
        name="months",
        title=_("New customers by month"),
        at_home=False,
        shows=Glance(
            CUSTOMERS,
            query={"rows": "created_at.month", "measures": "customers", "period": "this_year"},
        ),
    ),
    Card(
        name="regions",
        title=_("Customers by region"),
        at_home=False,
        shows=Glance(
            CUSTOMERS,
            query={"rows": "region", "measures": "customers", "period": "any"},
        ),
    ),
)
