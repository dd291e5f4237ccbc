"""Papers of records, for programs: as PDF, attached, or sent by mail."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask_appbuilder.api import expose

from bumen.documents.asked import Asked
from bumen.documents.attachments import Attachment
from bumen.errors import NotFound
from bumen.jobs import JobRun
from bumen.model import Keeps
from bumen.printing.many import print_in_background
from bumen.printing.printing import Printed, language_of_paper, set_up
from bumen.printing.reach import why_unprintable
from bumen.printing.sending import (
    DISPATCH,
    PAPER,
    Dispatch,
    MailIsNotSetUp,
    attach_paper,
    mail_paper,
    proposed,
)
from bumen.printing.templates import Declared
from bumen.resource import READ, WRITE
from bumen.schema import arguments_schema, loaded
from bumen.unit_of_work import moment, today
from bumen.web.answers import answer
from bumen.web.attachments import names_of_people, told_of
from bumen.web.bodies import body
from bumen.web.jobs.viewing import told_of_begun
from bumen.web.printing.asked import (
    ids_asked,
    ids_sent,
    language_asked,
    paper,
    printout_called,
    printouts_declared,
    sends_mail,
)
from bumen.web.record_api.base import RecordApi


class PrintingApi(RecordApi):
    """What is printed of the records of a resource."""

    @expose("/<int:ident>/printouts", methods=("GET",))
    def get_printouts(self, ident: int) -> Response:
        """Answer with what can be printed of a record, and what would be written beside it."""
        self._require(READ)
        record = self._found(ident)
        every = printouts_declared(self.declared)
        return answer({"result": [self._told_printout(one, record) for one in every]})

    @expose("/<int:ident>/printouts/<name>", methods=("GET",))
    def get_printout(self, ident: int, name: str) -> Response:
        """Answer with a paper as PDF; `language` is zh_Hant, zh_Hans or en."""
        self._require(READ)
        return paper(self._printed(name, [ident], language_asked()))

    @expose("/printouts/<name>", methods=("GET",))
    def get_papers(self, name: str) -> Response:
        """Answer with the papers of several records (`ids=3,5,8`) as one PDF."""
        self._require(READ)
        idents = ids_asked(request.args.get("ids", ""))
        return paper(self._printed(name, idents, language_asked()))

    @expose("/printouts/<name>", methods=("POST",))
    def post_papers(self, name: str) -> Response:
        """Have the papers of many records (`ids`) printed in the background, as one PDF.

        What cannot be printed is left out, and named in the result. With an `Idempotency-Key` a
        repeated request prints nothing more.
        """
        self._require(READ)
        declared, sent = printout_called(self.declared, name), body()
        idents = ids_sent(sent.pop("ids", None))
        language = _language_in(loaded(arguments_schema(PAPER), sent))

        def begin(_by: Any) -> JobRun:
            return print_in_background(declared, idents, language=language)

        return self._once(begin, status=202, tell=told_of_begun)

    @expose("/<int:ident>/printouts/<name>/attach", methods=("POST",))
    def post_attached(self, ident: int, name: str) -> Response:
        """Attach a paper to its record, as it is printed now."""
        self._require(WRITE)
        if Keeps.FILES not in self.declared.model.keeps:
            raise NotFound
        self._found(ident)
        declared, language = printout_called(self.declared, name), _language_in(_given(PAPER))
        printed = self._printed(name, [ident], language)

        def attach(_by: Any) -> Attachment:
            return attach_paper(declared, self._found(ident), printed)

        return self._once(attach, status=201, tell=self._told_file)

    @expose("/<int:ident>/printouts/<name>/mail", methods=("POST",))
    def post_mailed(self, ident: int, name: str) -> Response:
        """Send a paper by mail: `to`, `subject` and `message`, each as proposed when left out."""
        self._require(WRITE)
        self._found(ident)
        if not sends_mail():
            raise MailIsNotSetUp
        given, declared = _given(DISPATCH), printout_called(self.declared, name)
        printed = self._printed(name, [ident], _language_in(given))

        def send(by: Any) -> Dispatch:
            record = self._found(ident)
            own = proposed(declared, record, language=printed.language)
            wanted = Dispatch.of(given, own)
            mail_paper(declared, record, printed, dispatch=wanted, by=by, at=moment())
            return wanted.checked()

        return self._once(send, status=202, tell=lambda done: {"to": done.to})

    def _printed(self, name: str, idents: list[int], language: str | None) -> Printed:
        """Print before anything is written: what takes long keeps nobody waiting who writes."""
        declared = printout_called(self.declared, name)
        return set_up(declared, idents, on=today(), language=language).printed()

    def _told_printout(self, declared: Declared, record: Any) -> dict[str, Any]:
        printout, resource = declared.printout, self.declared
        language = language_of_paper(declared, record)
        place = f"/api/v1/{resource.plugin()}/{resource.path()}/{record.id}/printouts"
        return {
            "name": printout.name,
            "title": printout.title,
            "possible": why_unprintable(declared, record) is None,
            "language": language,
            "to": proposed(declared, record, language=language).to,
            "content": f"{place}/{printout.name}",
        }

    def _told_file(self, file: Attachment) -> dict[str, Any]:
        people = names_of_people([file])
        return {"id": file.id, "result": told_of(self.declared, file, people)}


def _language_in(given: dict[str, Any]) -> str | None:
    return language_asked(given.get("language") or "")


def _given(asked: Asked) -> dict[str, Any]:
    """Return what was sent with a paper; what is not known is refused by its name."""
    sent = body() if request.content_length else {}
    return dict(loaded(arguments_schema(asked), sent))
