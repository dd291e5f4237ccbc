"""What departments themselves say about their records, and give people to do."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from bumen.documents.activities import give_activity
from bumen.documents.discussion import comment_on
from bumen.model import CompanyModel
from bumen.model.accounts import User
from bumen.resource import Resource
from bumen.unit_of_work import current


def leave_comment(record: CompanyModel, *, text: str, by: User, at: datetime) -> None:
    """Say something about a record; “@” and a name tells that person, if it may read the record."""
    comment_on(_shown(record), record, text=text, by=by, at=at)


def add_activity(record: CompanyModel, *, what: str, user_id: int, due_on: date, by: User) -> None:
    """Give somebody (the id of a user) something to do about a record until a day.

    Refuses somebody who may not read the record.
    """
    give_activity(_shown(record), record, what=what, user_id=user_id, due_on=due_on, by=by)


def _shown(record: CompanyModel) -> type[Resource]:
    found: Any = current().neighbours.resource_of(type(record))
    if found is None:
        raise LookupError(f"No resource shows a {type(record).__name__}.")
    shown: type[Resource] = found
    return shown
