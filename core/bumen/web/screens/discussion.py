"""What people say about a record: read, said, corrected, taken back, followed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from flask import Response, request
from flask_appbuilder.security.decorators import has_access
from flask_appbuilder.views import expose

from bumen.documents.discussion import (
    COMMENT,
    Comment,
    comment_called,
    comment_on,
    correct_comment,
    follow,
    read_comments,
    withdraw_comment,
)
from bumen.i18n import Text
from bumen.schema import arguments_schema, loaded
from bumen.unit_of_work import current
from bumen.web.answers import answer
from bumen.web.reached import reads_one
from bumen.web.screens.talk import TalkingScreen, by_htmx
from bumen.web.talk import MOST_AT_ONCE, before_asked, people_found, words_about


class DiscussionScreen(TalkingScreen):
    """The discussion of a record."""

    @expose("/<int:ident>/discussion", methods=("GET",))
    @reads_one
    def discussion(self, ident: int) -> Any:
        """Show the discussion: as a page, or as the piece of one that its script asks for."""
        before = before_asked()
        if by_htmx():
            return self._varied(self._talk_older(ident, before))
        return self._varied(self._talk_page(ident, before=before))

    @expose("/<int:ident>/discussion", methods=("POST",))
    @reads_one
    def say(self, ident: int) -> Any:
        """Say something about the record."""

        def said(record: Any) -> Sequence[Text]:
            by, at = current().user, datetime.now(UTC)
            new = comment_on(self.declared, record, text=_text(), by=by, at=at)
            return words_about(new.unreached)

        return self._talked(ident, said, place="comment")

    @expose("/<int:ident>/discussion/<int:comment_id>", methods=("POST",))
    @reads_one
    def correct(self, ident: int, comment_id: int) -> Any:
        """Change one's own words."""

        def said(record: Any) -> Sequence[Text]:
            comment, at = self._comment(record, comment_id), datetime.now(UTC)
            by = current().user
            new = correct_comment(self.declared, record, comment, text=_text(), by=by, at=at)
            return words_about(new.unreached)

        return self._talked(ident, said, place=f"comment-{comment_id}")

    @expose("/<int:ident>/discussion/<int:comment_id>/delete", methods=("POST",))
    @reads_one
    def withdraw(self, ident: int, comment_id: int) -> Any:
        """Take one's own words back."""

        def withdrawn(record: Any) -> None:
            comment = self._comment(record, comment_id)
            withdraw_comment(comment, by=current().user, at=datetime.now(UTC))

        return self._talked(ident, withdrawn, place=f"comment-{comment_id}-gone")

    @expose("/<int:ident>/discussion/read", methods=("POST",))
    @reads_one
    def mark_read(self, ident: int) -> Any:
        """Remember that what was shown has been read."""
        sent = request.form.getlist("comment")[:MOST_AT_ONCE]
        ids = [int(one) for one in sent if one.isascii() and one.isdigit() and len(one) < 19]

        def read(record: Any) -> None:
            by, at = current().user, datetime.now(UTC)
            read_comments(self.declared, record, comment_ids=ids, by=by, at=at)

        shown = self._talked(ident, read, place="comment")
        return Response(status=204) if by_htmx() else shown

    @expose("/<int:ident>/follow", methods=("POST",))
    @reads_one
    def follow(self, ident: int) -> Any:
        """Follow the record, or no longer."""
        follows = request.form.get("follows") == "1"
        return self._talked(
            ident,
            lambda record: follow(self.declared, record, follows=follows, by=current().user),
            place="comment",
        )

    @expose("/people", methods=("GET",))
    @has_access
    def people(self) -> Response:
        """Answer with who may be meant by `q`, of those who may read such records."""
        return answer(people_found(self.declared, request.args.get("q", "")))

    def _comment(self, record: Any, ident: int) -> Comment:
        return comment_called(self.declared, record, ident=ident)


def _text() -> str:
    """Return what was typed; `InvalidInput` for what cannot be a comment."""
    given = loaded(arguments_schema(COMMENT), {"text": request.form.get("text", "")})
    return str(given["text"])
