"""The first page: what is new, what is to be done first, and the departments of the company."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import redirect, url_for
from flask_appbuilder import IndexView
from flask_appbuilder.views import expose

from bumen.company.people import full_name_of
from bumen.formats import formats_here
from bumen.i18n import Text, translator
from bumen.slots import HOME_CARD
from bumen.unit_of_work import current
from bumen.web.dashboards.drawn import HOME
from bumen.web.dashboards.pages import dashboard
from bumen.web.menu import groups
from bumen.web.slots import slots_at
from bumen.web.steps import first_steps

_ = translator(__file__, "bumen")

_MORNING, _NOON, _EVENING = 5, 12, 18
"""The hours at which a morning, an afternoon and an evening begin."""


class Index(IndexView):
    """The page people come to after signing in."""

    index_template = "bumen/index.html"

    @expose("/")
    def index(self) -> Any:
        """Show what concerns this person; whoever is unknown is asked to sign in."""
        if current().user is None:
            return redirect(url_for("AuthDBView.login"))
        return self.render_template(
            self.index_template,
            greeting=greeting(datetime.now(UTC)),
            company=current().company,
            steps=first_steps(),
            cards=slots_at(HOME_CARD),
            groups=groups(),
            board=dashboard(HOME) if current().company else None,
        )


def greeting(now: datetime) -> Text:
    """Greet whoever has signed in, by the clock of the company."""
    hour = now.astimezone(formats_here().zone).hour
    name = full_name_of(current().user)
    if _MORNING <= hour < _NOON:
        return _("Good morning, %(name)s", name=name)
    if _NOON <= hour < _EVENING:
        return _("Good afternoon, %(name)s", name=name)
    return _("Good evening, %(name)s", name=name)
