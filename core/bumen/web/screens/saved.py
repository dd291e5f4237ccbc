"""Views of a list that people save: kept, changed, preferred and dropped."""

from __future__ import annotations

from typing import Any

from flask_appbuilder.security.decorators import has_access
from flask_appbuilder.views import expose

from bumen.i18n import translator
from bumen.web.pages.addresses import url_sent
from bumen.web.saved_views import wrong_with
from bumen.web.screens.base import ResourceScreen
from bumen.web.screens.keeping import ViewKeeping

_ = translator(__file__, "bumen")


class SavedScreen(ResourceScreen):
    """What people do with the saved views of a list."""

    @expose("/views/save", methods=("POST",))
    @has_access
    def save_view(self) -> Any:
        """Keep what the list is asked for under a name, or change a view that is there."""
        return self._keeping().save()

    @expose("/views/<int:ident>/drop", methods=("POST",))
    @has_access
    def drop_view(self, ident: int) -> Any:
        """Delete a saved view."""
        return self._keeping().drop(ident)

    @expose("/views/<int:ident>/prefer", methods=("POST",))
    @has_access
    def prefer_view(self, ident: int) -> Any:
        """Let the list open with this view from now on, or no longer."""
        return self._keeping().prefer(ident)

    def _keeping(self) -> ViewKeeping:
        resource, listed = self.resource, f"{self.endpoint}.list"
        return ViewKeeping(
            key=resource.key(),
            wrong=lambda arguments: wrong_with(resource, arguments),
            address=lambda query: url_sent(listed, query),
            preferred=lambda name: _("The list opens with “%(name)s” from now on.", name=name),
            plainly=_("The list opens with all records from now on."),
        )
