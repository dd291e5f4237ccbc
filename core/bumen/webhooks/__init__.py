"""Webhooks: other programs are told, signed and once it is permanent, what happened here."""

from bumen.webhooks.models import Delivery, DeliveryState, Webhook

__all__ = ["Delivery", "DeliveryState", "Webhook"]
