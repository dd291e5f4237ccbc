"""Logistics: stock, deliveries prepared and on their way, and what carriers are paid."""

from bumen_logistics.plugin import plugin

__all__ = ["plugin"]
