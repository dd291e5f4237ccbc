"""Sales: orders from draft to delivered and paid, with all that is done for them."""

from bumen_sales.plugin import plugin

__all__ = ["plugin"]
