"""What sales does: one function per verb."""

from bumen_sales.services.closing import cancel_order, confirm_order
from bumen_sales.services.drafting import draft_order, drop_order, revise_order

__all__ = ["cancel_order", "confirm_order", "draft_order", "drop_order", "revise_order"]
