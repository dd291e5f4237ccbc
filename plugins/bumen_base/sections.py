"""How the fields of master data stand together on their pages."""

from bumen import Section
from bumen_base.texts import _

OF_CUSTOMERS = (
    Section(_("Assessment"), ("customer_class", "value_grade", "industry", "source", "tags")),
    Section(_("Responsibility"), ("region", "salesperson")),
    Section(_("How to reach them"), ("phone", "email", "website")),
    Section(
        _("Invoices and payment"),
        ("tax_id", "payment_method", "payment_days", "credit_grade", "credit_limit"),
    ),
    Section(
        _("More details"),
        ("birthday", "preferences", "confidential", "blocked_because", "archived", "completeness"),
        tab=_("More details"),
    ),
)

OF_PRODUCTS = (
    Section(_("Price and tax"), ("list_price", "tax_rate", "cost")),
    Section(_("Packing"), ("pieces_per_carton", "weight", "volume", "barcode")),
    Section(_("Description and picture"), ("description", "picture")),
)

OF_EMPLOYEES = (
    Section(_("Place in the company"), ("department", "post", "superior", "region")),
    Section(_("Account"), ("user", "email")),
    Section(_("Employment"), ("joined_on", "left_on")),
)
