"""Mail that leaves the house: written with what is done, sent after it is done."""

from bumen.mail.models import Mail

__all__ = ["Mail"]
