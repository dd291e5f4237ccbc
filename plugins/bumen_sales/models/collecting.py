"""How hard the money for an order is asked for."""

from bumen import Choice, Tone
from bumen_sales.texts import _


class Collecting(Choice):
    """How the money for an order is asked for."""

    AS_USUAL = "as_usual", _("As usual"), Tone.PLAIN
    DISPUTED = "disputed", _("Disputed"), Tone.WARNING
    BAD_DEBT = "bad_debt", _("Bad debt"), Tone.BAD
