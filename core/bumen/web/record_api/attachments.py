"""The files of a record, for programs."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask_appbuilder.api import expose

from bumen.documents.attachments import Attachment, file_of, files_of, take_file_away
from bumen.errors import NotFound
from bumen.i18n import translator
from bumen.model import Keeps
from bumen.resource import WRITE
from bumen.unit_of_work import committed, current
from bumen.web.answers import answer
from bumen.web.attachments import attach_sent, names_of_people, served, told_of, why_not_served
from bumen.web.record_api.base import RecordApi

_ = translator(__file__, "bumen")


class AttachmentApi(RecordApi):
    """The files of a record: list, attach, read and take away."""

    @expose("/<int:ident>/attachments", methods=("GET",))
    def get_attachments(self, ident: int) -> Response:
        """Answer with the files of a record, the latest first."""
        record = self._keeping_files(self._to_read(ident))
        files = current().session.scalars(files_of(self.declared, record)).all()
        told = self._told_files(list(files), of=record)
        return answer({"count": len(files), **told})

    @expose("/<int:ident>/attachments", methods=("POST",))
    def post_attachments(self, ident: int) -> Response:
        """Attach files sent as `file` (multipart); all of them or none."""
        self._require(WRITE)
        record = self._keeping_files(self._found(ident))
        return self._once(
            lambda _by: attach_sent(self.declared, record), status=201, tell=self._told_files
        )

    @expose("/<int:ident>/attachments/<int:file_id>", methods=("GET",))
    def get_attachment(self, ident: int, file_id: int) -> Response:
        """Answer with the content of a file; with `inline=1` pictures and PDF files are shown.

        A paper that tells what is hidden from whoever asks is withheld.
        """
        record = self._keeping_files(self._to_read(ident))
        file = self._file(record, file_id)
        if (why := why_not_served(self.declared, record, file)) is not None:
            raise why
        return served(file, inline=request.args.get("inline") == "1")

    @expose("/<int:ident>/attachments/<int:file_id>", methods=("DELETE",))
    def delete_attachment(self, ident: int, file_id: int) -> Response:
        """Take a file away."""
        self._require(WRITE)
        record = self._keeping_files(self._found(ident))
        with committed(current()) as unit:
            file = self._file(record, file_id)
            take_file_away(self.resource, record, file, by=unit.user)
        return answer({"id": file_id, "message": str(_("It has been deleted."))})

    def _keeping_files(self, record: Any) -> Any:
        if Keeps.FILES not in self.declared.model.keeps:
            raise NotFound
        return record

    def _file(self, record: Any, file_id: int) -> Attachment:
        file = current().session.scalar(file_of(self.declared, record, file_id))
        if file is None:
            raise NotFound
        return file

    def _told_files(self, files: list[Attachment], *, of: Any = None) -> dict[str, Any]:
        """Tell of files; of a record's, which of them are withheld."""
        people = names_of_people(files)
        kept = {one for one in files if of is not None and why_not_served(self.declared, of, one)}
        return {
            "ids": [one.id for one in files],
            "result": [told_of(self.declared, one, people, withheld=one in kept) for one in files],
        }
