"""The tags of a record, for programs."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_appbuilder.api import expose

from bumen.documents.tags import tag_record, tags_on
from bumen.errors import InvalidInput, NotFound
from bumen.i18n import translator
from bumen.model import Keeps
from bumen.resource import WRITE
from bumen.unit_of_work import committed, current
from bumen.web.answers import answer
from bumen.web.bodies import body
from bumen.web.record_api.base import RecordApi
from bumen.web.tags import told_tag

_ = translator(__file__, "bumen")


class TagsApi(RecordApi):
    """The tags of a record: read and written as a whole."""

    @expose("/<int:ident>/tags", methods=("GET",))
    def get_tags(self, ident: int) -> Response:
        """Answer with the tags of a record."""
        return self._tags(self._bearing_tags(self._to_read(ident)))

    @expose("/<int:ident>/tags", methods=("PUT",))
    def put_tags(self, ident: int) -> Response:
        """Let a record bear the tags named in `tags` and no others; new words become tags."""
        self._require(WRITE)
        record, names = self._bearing_tags(self._found(ident)), body().get("tags")
        if not isinstance(names, list):
            raise InvalidInput({"tags": [_("This must be a list.")]})
        with committed(current()):
            tag_record(self.declared, record, names)
        return self._tags(record)

    def _bearing_tags(self, record: Any) -> Any:
        if Keeps.TAGS not in self.declared.model.keeps:
            raise NotFound
        return record

    def _tags(self, record: Any) -> Response:
        found = current().session.scalars(tags_on(self.declared, record)).all()
        return answer({"count": len(found), "result": [told_tag(one) for one in found]})
