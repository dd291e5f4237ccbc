"""The activities of a record for programs: what is to be done, by whom, until when."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask import Response
from flask_appbuilder.api import expose

from bumen.documents.activities import (
    ACTIVITY,
    DONE,
    Activity,
    activities_of,
    activity_called,
    change_activity,
    check_concerns,
    drop_activity,
    finish_activity,
    give_activity,
)
from bumen.documents.called import names_of
from bumen.i18n import translator
from bumen.model import Keeps
from bumen.resource import READ, WRITE
from bumen.schema import arguments_schema, loaded
from bumen.unit_of_work import committed, current, session
from bumen.web.answers import answer
from bumen.web.bodies import body
from bumen.web.record_api.base import RecordApi
from bumen.web.security import allowed
from bumen.web.talk import activity_as_json, refuse_unkept

_ = translator(__file__, "bumen")

MOST_ACTIVITIES = 200
_ONE = "/<int:ident>/activities/<int:activity_id>"


class ActivitiesApi(RecordApi):
    """What people are to do about a record."""

    @expose("/<int:ident>/activities", methods=("GET",))
    def get_activities(self, ident: int) -> Response:
        """Answer with what is to be done, the earliest first, then with what was done last."""
        record = self._with_activities(self._to_read(ident))
        query = activities_of(self.resource.key(), record_id=record.id).limit(MOST_ACTIVITIES)
        found = session().scalars(query).all()
        return answer({"ids": [one.id for one in found], "result": _all_as_json(found)})

    @expose("/<int:ident>/activities", methods=("POST",))
    def post_activity(self, ident: int) -> Response:
        """Give somebody something to do; an `Idempotency-Key` makes a repeated request one."""
        record = self._acted_on(ident)
        given = loaded(arguments_schema(ACTIVITY), body())
        give = partial(give_activity, self.resource, record, **given)
        return self._once(lambda by: give(by=by), status=201, tell=_told)

    @expose(_ONE, methods=("PUT",))
    def put_activity(self, ident: int, activity_id: int) -> Response:
        """Change what is given of an open activity."""
        record = self._acted_on(ident)
        given = loaded(arguments_schema(ACTIVITY), body(), partial=True)
        with committed(current()) as unit:
            activity, at = self._mine(record, activity_id), datetime.now(UTC)
            change_activity(self.resource, record, activity, values=given, by=unit.user, at=at)
        return answer(_told(activity))

    @expose(f"{_ONE}/done", methods=("POST",))
    def post_done(self, ident: int, activity_id: int) -> Response:
        """Say that it is done, and what came of it (`remark`)."""
        record = self._acted_on(ident)
        given = loaded(arguments_schema(DONE), body())

        def done(by: Any) -> Activity:
            activity, at = self._mine(record, activity_id), datetime.now(UTC)
            finish_activity(self.resource, record, activity, by=by, at=at, **given)
            return activity

        return self._once(done, status=200, tell=_told)

    @expose(_ONE, methods=("DELETE",))
    def delete_activity(self, ident: int, activity_id: int) -> Response:
        """Take back an activity that is not done."""
        record = self._acted_on(ident)
        with committed(current()):
            activity = self._mine(record, activity_id)
            drop_activity(self.resource, record, activity, at=datetime.now(UTC))
        return answer({"id": activity_id, "message": str(_("It has been deleted."))})

    def _acted_on(self, ident: int) -> Any:
        self._require(READ)
        return self._with_activities(self._found(ident))

    def _with_activities(self, record: Any) -> Any:
        refuse_unkept(self.resource, Keeps.ACTIVITIES)
        return record

    def _mine(self, record: Any, ident: int) -> Activity:
        activity = activity_called(self.resource, record, ident=ident)
        writes = allowed(WRITE, self._view)
        check_concerns(activity, by=current().user, writes=writes)
        return activity


def _told(activity: Activity) -> dict[str, Any]:
    return {"id": activity.id, "result": _all_as_json([activity])[0]}


def _all_as_json(found: Any) -> list[dict[str, Any]]:
    names = names_of(
        user_id for one in found for user_id in (one.user_id, one.created_by_id, one.done_by_id)
    )
    return [activity_as_json(one, names) for one in found]
