"""How the papers of sales before an order are numbered, a series a kind."""

from bumen import Numbering
from bumen_sales.models import Contract, Lead, Opportunity, Quotation, Visit
from bumen_sales.services.contracts import CONTRACTS
from bumen_sales.services.leads import LEADS
from bumen_sales.services.opportunities import OPPORTUNITIES
from bumen_sales.services.quotations import QUOTATIONS
from bumen_sales.services.visits import VISITS
from bumen_sales.texts import _

NUMBERED_PIPELINE = (
    Numbering(LEADS, _("Leads"), pattern="LD-{YYYY}-{00000}", model=Lead),
    Numbering(OPPORTUNITIES, _("Opportunities"), pattern="OP-{YYYY}-{00000}", model=Opportunity),
    Numbering(VISITS, _("Visits"), pattern="VI-{YYYY}-{00000}", model=Visit),
    Numbering(QUOTATIONS, _("Quotations"), pattern="QT-{YYYY}-{00000}", model=Quotation),
    Numbering(CONTRACTS, _("Contracts"), pattern="CT-{YYYY}-{00000}", model=Contract),
)
