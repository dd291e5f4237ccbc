"""How the documents of planning are numbered."""

from bumen import Numbering
from bumen_sales import models
from bumen_sales.services.target_trees import NUMBERED_TARGETS
from bumen_sales.texts import _

NUMBERS = (
    Numbering(
        NUMBERED_TARGETS,
        _("Sales targets"),
        pattern="ST-{YYYY}-{000}",
        gapless=True,
        model=models.Target,
    ),
)
