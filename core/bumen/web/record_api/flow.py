"""How a record moved through its flow, for programs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Response
from flask_appbuilder.api import expose

from bumen.company.people import full_name_of
from bumen.documents.movements import Movement, movements_of
from bumen.documents.moving import due_of, flow_of
from bumen.errors import NotFound
from bumen.model.accounts import User
from bumen.unit_of_work import session
from bumen.web.answers import answer
from bumen.web.record_api.base import RecordApi


class FlowApi(RecordApi):
    """The steps a record took."""

    @expose("/<int:ident>/movements", methods=("GET",))
    def get_movements(self, ident: int) -> Response:
        """Answer with every step a record took, the first first, and when the next is due.

        One word of several, with which a record does not move yet, is from a state to the same.
        """
        record = self._to_read(ident)
        if not hasattr(self.declared.model, "workflow"):
            raise NotFound
        moved = session().scalars(movements_of(self.declared.key(), record.id)).all()
        steps = [one for one in moved if not one.is_word]
        due_at = steps[-1].due_at if steps else due_of(record, flow_of(type(record)))
        return answer(
            {
                "state": record.state.value,
                "due_at": due_at,
                "overdue": due_at is not None and due_at < datetime.now(UTC),
                "result": [_told(one) for one in moved],
            }
        )


def _told(moved: Movement) -> dict[str, Any]:
    return {
        "step": moved.step or None,
        "from": moved.from_state or None,
        "to": moved.to_state,
        "at": moved.at,
        "by": _person(moved.by),
        "instead_of": _person(moved.instead_of),
        "opinion": moved.opinion,
        "was_due_at": moved.was_due_at,
        "was_late": moved.was_late,
    }


def _person(user: User | None) -> dict[str, Any] | None:
    return None if user is None else {"id": user.id, "label": full_name_of(user)}
