"""What is to be done about a record: given, changed, done, taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import request
from flask_appbuilder.security.decorators import has_access
from flask_appbuilder.views import expose

from bumen.documents.activities import (
    ACTIVITY,
    DONE,
    Activity,
    activity_called,
    change_activity,
    check_concerns,
    drop_activity,
    finish_activity,
    give_activity,
)
from bumen.documents.asked import Asked
from bumen.formats import read_day
from bumen.schema import arguments_schema, loaded
from bumen.unit_of_work import current
from bumen.web.screens.talk import TalkingScreen

_ONE = "/<int:ident>/activities/<int:activity_id>"


class ActivitiesScreen(TalkingScreen):
    """What people are to do about a record."""

    @expose("/<int:ident>/activities", methods=("POST",))
    @has_access
    def give(self, ident: int) -> Any:
        """Give somebody something to do."""

        def given(record: Any) -> None:
            give_activity(self.declared, record, by=current().user, **_typed(ACTIVITY))

        return self._acted(ident, given, place="activity")

    @expose(_ONE, methods=("POST",))
    @has_access
    def change(self, ident: int, activity_id: int) -> Any:
        """Change what is to be done, until when, or by whom."""

        def changed(record: Any) -> None:
            activity, at = self._activity(record, activity_id), datetime.now(UTC)
            values, by = _typed(ACTIVITY), current().user
            change_activity(self.declared, record, activity, values=values, by=by, at=at)

        return self._acted(ident, changed, place=f"activity-{activity_id}-change")

    @expose(f"{_ONE}/done", methods=("POST",))
    @has_access
    def finish(self, ident: int, activity_id: int) -> Any:
        """Say that it is done."""

        def done(record: Any) -> None:
            activity, at = self._activity(record, activity_id), datetime.now(UTC)
            by = current().user
            finish_activity(self.declared, record, activity, by=by, at=at, **_typed(DONE))

        return self._acted(ident, done, place=f"activity-{activity_id}")

    @expose(f"{_ONE}/drop", methods=("POST",))
    @has_access
    def drop(self, ident: int, activity_id: int) -> Any:
        """Take it back."""

        def dropped(record: Any) -> None:
            activity, at = self._activity(record, activity_id), datetime.now(UTC)
            drop_activity(self.declared, record, activity, at=at)

        return self._acted(ident, dropped, place=f"activity-{activity_id}-drop")

    def _acted(self, ident: int, deed: Callable[[Any], None], *, place: str) -> Any:
        """Do something that being asked about a record does not allow."""
        return self._talked(ident, deed, place=place, find=self.datamodel.one)

    def _activity(self, record: Any, ident: int) -> Activity:
        activity = activity_called(self.declared, record, ident=ident)
        check_concerns(activity, by=current().user, writes=self._writes())
        return activity


def _typed(asked: Asked) -> dict[str, Any]:
    """Return what was typed into a form; `InvalidInput` for what does not fit."""
    names = (one.name for one in asked.arguments)
    typed = {name: request.form.get(name, "").strip() for name in names}
    if typed.get("due_on"):
        typed["due_on"] = read_day(typed["due_on"])
    given = {name: value for name, value in typed.items() if value}
    return loaded(arguments_schema(asked), given)
