"""The history of a record for programs."""

from __future__ import annotations

from flask import Response, request
from flask_appbuilder.api import expose

from bumen.documents.history.models import AT_ONCE
from bumen.errors import Malformed, NotFound
from bumen.i18n import translator
from bumen.web.answers import answer
from bumen.web.histories import entry_as_json, page_of_history
from bumen.web.record_api.base import RecordApi
from bumen.web.talk import before_asked

_ = translator(__file__, "bumen")

MOST = 100


class HistoryApi(RecordApi):
    """What became of a record."""

    @expose("/<int:ident>/history", methods=("GET",))
    def get_history(self, ident: int) -> Response:
        """Answer with a page of the history, the latest first; `next` is the next `before`."""
        record = self._to_read(ident)
        if not self.declared.model.in_history:
            raise NotFound
        page = page_of_history(self.resource, record, before=before_asked(), size=size_asked())
        result = [entry_as_json(one, page.allowed) for one in page.entries]
        return answer({"result": result, "next": page.next})


def size_asked() -> int:
    """Return how many entries an address asks for at once."""
    asked = request.args.get("size", str(AT_ONCE))
    size = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= len(str(MOST)) else 0
    if not 0 < size <= MOST:
        said = _("This must be a number from 1 to %(most)s.", most=MOST)
        raise Malformed(said, fields={"size": [said]})
    return size
