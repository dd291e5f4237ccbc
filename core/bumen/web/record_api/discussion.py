"""The discussion of a record for programs: comments, who has read them, who follows."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask import Response
from flask_appbuilder.api import expose
from sqlalchemy import Boolean

from bumen.argument import Argument
from bumen.documents.asked import Asked
from bumen.documents.called import names_of
from bumen.documents.discussion import (
    COMMENT,
    Comment,
    Said,
    comment_called,
    comment_on,
    correct_comment,
    count_of,
    follow,
    following,
    read_comments,
    withdraw_comment,
)
from bumen.errors import InvalidInput
from bumen.i18n import translator
from bumen.model import Keeps
from bumen.schema import arguments_schema, loaded
from bumen.unit_of_work import committed, current, session
from bumen.values import is_record_id
from bumen.web.answers import answer
from bumen.web.bodies import body
from bumen.web.record_api.base import RecordApi
from bumen.web.talk import (
    before_asked,
    comment_as_json,
    conversation,
    person_as_json,
    refuse_unkept,
    remark_of,
    words_about,
)

_ = translator(__file__, "bumen")

FOLLOW = Asked("follow", (Argument("follows", Boolean(), label=_("Follow")),))
"""What is asked of whoever follows a record, or no longer does."""
_MOST_READ = 500


class DiscussionApi(RecordApi):
    """What people say about a record."""

    @expose("/<int:ident>/comments", methods=("GET",))
    def get_comments(self, ident: int) -> Response:
        """Answer with a page of the discussion, newest first; `next` is the next `before`."""
        record, before = self._discussed(ident), before_asked()
        by, at = current().user, datetime.now(UTC)
        page = conversation(self.resource, record, by=by, at=at, before=before)
        result = [comment_as_json(one) for one in page.remarks]
        ids = [one.comment.id for one in page.remarks]
        count = session().scalar(count_of(self.resource.key(), record_id=record.id))
        return answer({"count": count, "ids": ids, "result": result, "next": page.older})

    @expose("/<int:ident>/comments", methods=("POST",))
    def post_comment(self, ident: int) -> Response:
        """Say something; with an `Idempotency-Key` a repeated request says it once."""
        record, at = self._discussed(ident), datetime.now(UTC)
        given = loaded(arguments_schema(COMMENT), body())
        say = partial(comment_on, self.resource, record, at=at, **given)
        return self._once(lambda by: say(by=by), status=201, tell=partial(_told, at=at))

    @expose("/<int:ident>/comments/<int:comment_id>", methods=("PUT",))
    def put_comment(self, ident: int, comment_id: int) -> Response:
        """Change one's own words while they are fresh."""
        record, at = self._discussed(ident), datetime.now(UTC)
        given = loaded(arguments_schema(COMMENT), body())
        with committed(current()) as unit:
            comment = self._comment(record, comment_id)
            said = correct_comment(self.resource, record, comment, by=unit.user, at=at, **given)
        return answer(_told(said, at=at))

    @expose("/<int:ident>/comments/<int:comment_id>", methods=("DELETE",))
    def delete_comment(self, ident: int, comment_id: int) -> Response:
        """Take one's own words back; that there was a comment stays."""
        record = self._discussed(ident)
        with committed(current()) as unit:
            comment = self._comment(record, comment_id)
            withdraw_comment(comment, by=unit.user, at=datetime.now(UTC))
        return answer({"id": comment_id, "message": str(_("It has been deleted."))})

    @expose("/<int:ident>/comments/read", methods=("POST",))
    def post_read(self, ident: int) -> Response:
        """Remember that these comments (`ids`) have been read."""
        record, ids = self._discussed(ident), _ids_in(body())
        with committed(current()) as unit:
            at = datetime.now(UTC)
            read_comments(self.resource, record, comment_ids=ids, by=unit.user, at=at)
        return answer({"ids": ids})

    @expose("/<int:ident>/followers", methods=("GET",))
    def get_followers(self, ident: int) -> Response:
        """Answer with who is told what is new on the record."""
        return self._followers(self._discussed(ident))

    @expose("/<int:ident>/followers", methods=("PUT",))
    def put_followers(self, ident: int) -> Response:
        """Follow the record (`follows` is true), or no longer."""
        record = self._discussed(ident)
        given = loaded(arguments_schema(FOLLOW), body())
        with committed(current()) as unit:
            follow(self.resource, record, by=unit.user, **given)
        return self._followers(record)

    def _followers(self, record: Any) -> Response:
        found = following(self.resource, record)
        names = names_of(found)
        result = [person_as_json(one, names) for one in found]
        return answer({"result": result, "follows": current().user.id in found})

    def _discussed(self, ident: int) -> Any:
        record = self._to_read(ident)
        refuse_unkept(self.resource, Keeps.DISCUSSION)
        return record

    def _comment(self, record: Any, ident: int) -> Comment:
        return comment_called(self.resource, record, ident=ident)


def _told(said: Said, *, at: datetime) -> dict[str, Any]:
    remark = remark_of(said.comment, by=current().user, at=at)
    told = {"id": said.comment.id, "result": comment_as_json(remark)}
    doubts = words_about(said.unreached)
    return {**told, "warnings": doubts} if doubts else told


def _ids_in(sent: dict[str, Any]) -> list[int]:
    """Return the comments that were read; `InvalidInput` for what is no list of their ids."""
    ids = sent.get("ids")
    if not isinstance(ids, list) or len(ids) > _MOST_READ:
        raise InvalidInput({"ids": [_("This must be a list of ids.")]})
    if not all(isinstance(one, int) and not isinstance(one, bool) for one in ids):
        raise InvalidInput({"ids": [_("This must be a whole number.")]})
    return [one for one in ids if is_record_id(one)]
