"""What the inbox tells of that is no record of a department: pages of the house."""

from __future__ import annotations

from flask import url_for

from bumen.dispatching import VIEW as WEBHOOKS_VIEW
from bumen.i18n import Text, translator
from bumen.notices.models import ABSENCES, WEBHOOKS, WORK
from bumen.web.security import allowed

_ = translator(__file__, "bumen")

TITLES: dict[str, Text] = {
    WORK: _("Background work"),
    ABSENCES: _("Absences and substitutes"),
    WEBHOOKS: _("Webhooks"),
}
"""What a line is about, by what its notice names as the resource."""


def address_in_house(page: str, ident: int) -> str:
    """Return where something on a page of the house is shown; "" for whoever may not see it."""
    if page == ABSENCES:
        return url_for("absences.listed")
    if page == WEBHOOKS and allowed("read", WEBHOOKS_VIEW):
        return url_for("webhooks.show", ident=ident)
    return ""
