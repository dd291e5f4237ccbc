"""What the screens of every resource have in common."""

from __future__ import annotations

from typing import ClassVar

from flask import flash
from flask_appbuilder import ModelView
from flask_appbuilder.models.filters import Filters

from bumen.errors import BusinessError, Doubtful, InvalidInput
from bumen.resource import Resource
from bumen.visibility import as_seen


class ResourceScreen(ModelView):
    """The screens of a resource, as Flask-AppBuilder knows them: nothing is told twice."""

    declared: ClassVar[type[Resource]]
    related_views = ()

    @property
    def resource(self) -> type[Resource]:
        """The resource as whoever looks at it meets it."""
        return as_seen(self.declared)

    def _init_properties(self) -> None:
        """Leave the columns to the resource: nothing is worked out from the table."""

    def _init_forms(self) -> None:
        """Leave the forms to the resource: they are made for each request."""

    def _init_titles(self) -> None:
        """Call the pages what the resource is called."""
        self.title = self.list_title = self.declared.title

    @property
    def _filters(self) -> Filters:
        """Filters nobody else has: Flask-AppBuilder keeps one object for all threads."""
        return self.datamodel.get_filters()

    _base_filters = _filters


def say_refusal(refusal: BusinessError) -> None:
    """Tell the reason of a refusal above the page."""
    flash(
        str(refusal.message),
        "warning" if isinstance(refusal, InvalidInput | Doubtful) else "danger",
    )
