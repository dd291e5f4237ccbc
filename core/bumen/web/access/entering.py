"""Who is let in to the pages of access: whoever may, in a company."""

from __future__ import annotations

from bumen.errors import NotFound
from bumen.unit_of_work import current
from bumen.web.security import require


def let_in(permission: str, view: str) -> None:
    """Refuse whoever is unknown or not allowed; without a company there are no such pages."""
    require(permission, view)
    if current().company is None:
        raise NotFound
