"""What a form would come to if it were saved now: tried out, told, and undone."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_appbuilder.views import expose

from bumen.database import sealed, standing_back, undone
from bumen.errors import BusinessError, InvalidInput, NotFound
from bumen.records import draw_up
from bumen.resource import WRITE
from bumen.unit_of_work import current
from bumen.web.deeds import foretelling
from bumen.web.forms import RecordForm
from bumen.web.pages.previews import Attempt, preview_of
from bumen.web.screens.base import ResourceScreen
from bumen.web.security import require


class PreviewScreen(ResourceScreen):
    """The totals of a form while somebody types: worked out by the services, never kept."""

    @expose("/preview", methods=("POST",))
    @expose("/preview/<int:ident>", methods=("POST",))
    @foretelling
    def preview(self, ident: int | None = None) -> dict[str, Any]:
        """Answer with what saving the form would work out and fill in, and what it would refuse.

        Everything is rolled back: nothing is kept, no number is used up, no event is told.
        """
        require(WRITE, self.resource.permission())
        if ("create" if ident is None else "change") not in self.resource.can:
            raise NotFound
        return self._tried(ident)

    def _tried(self, ident: int | None) -> dict[str, Any]:
        """Try all of it; where something does not fit, what is left without that."""
        record = self._kept(ident)
        form = RecordForm(self.resource, record=record, formdata=request.form)
        attempt: Attempt | None = Attempt.of(form)
        for _time in range(2):
            if attempt is None:
                break
            try:
                return self._drawn(attempt, record)
            except BusinessError as refused:
                _note(refused, attempt)
                attempt = attempt.without(refused)
            current().rollback()
            record = self._kept(ident)
        return preview_of(Attempt.of(form), None)

    def _drawn(self, attempt: Attempt, record: Any) -> dict[str, Any]:
        """Draw the record up as its services do; should they write, those who save go first."""
        unit, here = current(), current().session
        with unit.trying(), standing_back(here), undone(here), sealed(here), here.no_autoflush:
            drawn = draw_up(self.resource, attempt.values, by=unit.user, record=record)
            return preview_of(attempt, drawn)

    def _kept(self, ident: int | None) -> Any:
        return None if ident is None else self.datamodel.one(ident)


def _note(refused: BusinessError, attempt: Attempt) -> None:
    """Put what was refused at its boxes; a sentence about the whole stands for itself."""
    form = attempt.form
    if attempt.rows == {grid.short_name: grid.sent for grid in form.grids}:
        form.take(refused)
    if not isinstance(refused, InvalidInput):
        form.unplaced.append(refused.message)
