"""Master data: customers, products, regions and the company's own people, shared by all."""

from bumen_base.plugin import plugin

__all__ = ["plugin"]
