"""How the documents of planning are numbered."""

from bumen import Numbering
from bumen_sales import models
from bumen_sales.services.monthly_reports import NUMBERED_REPORTS
from bumen_sales.services.plans import NUMBERED_PLANS
from bumen_sales.services.strategies import NUMBERED_STRATEGIES
from bumen_sales.services.target_trees import NUMBERED_TARGETS
from bumen_sales.texts import _

NUMBERS = (
    Numbering(
        NUMBERED_TARGETS,
        _("Sales targets"),
        pattern="TG-{YYYY}-{000}",
        gapless=True,
        model=models.Target,
    ),
    Numbering(
        NUMBERED_STRATEGIES,
        _("Sales strategies"),
        pattern="SS-{YYYY}-{000}",
        gapless=True,
        model=models.Strategy,
    ),
    Numbering(
        NUMBERED_PLANS,
        _("Sales plans"),
        pattern="SP-{YYYY}-{0000}",
        gapless=True,
        model=models.Plan,
    ),
    Numbering(
        NUMBERED_REPORTS,
        _("Monthly sales reports"),
        pattern="MR-{YYYY}-{MM}-{0}",
        gapless=True,
        model=models.MonthlyReport,
    ),
)
