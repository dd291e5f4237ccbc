"""Sales: orders from draft to confirmed or cancelled, with their lines and amounts."""

from bumen_sales.plugin import plugin

__all__ = ["plugin"]
