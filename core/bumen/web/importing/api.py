"""Imports through the API: send a file, look what would come of it, import it, take it back."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask_appbuilder.api import BaseApi, expose

from bumen.errors import InvalidInput
from bumen.i18n import translator
from bumen.importing import steps
from bumen.importing.keeping import content_in, content_of
from bumen.importing.planning import resource_called
from bumen.imports import Import, ImportProblem, Stage
from bumen.imports.finding import problems_of
from bumen.imports.models import LONGEST_READING
from bumen.unit_of_work import committed, current, session
from bumen.web.answers import answer
from bumen.web.bodies import body
from bumen.web.importing.kept import LARGEST_MAPPING
from bumen.web.importing.openapi import describe
from bumen.web.importing.pages import files_beside
from bumen.web.importing.viewing import (
    AT_ONCE,
    found_import,
    imports_here,
    number_asked,
    past_imports,
    shown,
    told_of,
)
from bumen.web.security import somebody_here

_ = translator(__file__, "bumen")

_PROBLEMS_AT_ONCE = 500


class ImportApi(BaseApi):
    """Imports of files, as JSON."""

    route_base = "/api/v1/core/imports"

    @expose("/", methods=("GET",))
    def get_list(self) -> Response:
        """Answer with the newest imports; `before` asks for older ones."""
        somebody_here()
        key = request.args.get("resource") or None
        if key:
            resource_called(key)
        every = past_imports(resource=key, before=number_asked("before"))
        result = [_brief(one) for one in every[:AT_ONCE]]
        more = result[-1]["id"] if len(every) > AT_ONCE else None
        return answer({"count": len(result), "result": result, "next": more})

    @expose("/", methods=("POST",))
    def post(self) -> Response:
        """Take a file (multipart: resource, file, mapping, beside) and begin to check it.

        With `check=0` the columns are only guessed: look at them, and correct them, first.
        """
        somebody_here()
        sent, file = request.form, request.files.get("file")
        if file is None or not file.filename:
            raise InvalidInput({"file": [_("Choose a file first.")]})
        reading = {name: sent.get(name) for name in ("encoding", "delimiter", "sheet")}
        mapping = _mapping_sent()
        with committed(current()):
            kept = steps.begin_import(
                sent.get("resource", ""),
                name=file.filename,
                content=file.stream,
                mapping=mapping,
                beside=files_beside(),
                **reading,
            )
            if sent.get("check") != "0":
                steps.check(kept)
        return _told(kept, 201)

    @expose("/<int:ident>", methods=("GET",))
    def get(self, ident: int) -> Response:
        """Answer with an import: how far it is, and what came of it."""
        return _told(found_import(ident))

    @expose("/<int:ident>", methods=("PUT",))
    def put(self, ident: int) -> Response:
        """Say how the file is read, and what becomes of its columns; nothing is checked yet."""
        kept, said = found_import(ident), body()
        reading = {name: said[name] for name in LONGEST_READING if name in said}
        _check_texts(reading)
        with committed(current()):
            if kept.stage is not Stage.MAPPING:
                steps.match_again(kept)
            if reading:
                before = {name: getattr(kept, name) for name in LONGEST_READING}
                steps.read_again(kept, **before | reading)
            if "mapping" in said:
                steps.match(kept, content_of(said["mapping"], name="mapping"))
        return _told(kept)

    @expose("/<int:ident>/check", methods=("POST",))
    def check(self, ident: int) -> Response:
        """Have every row tried: nothing is kept of it but what was wrong."""
        kept = found_import(ident)
        with committed(current()):
            steps.check(kept)
        return _told(kept)

    @expose("/<int:ident>/problems", methods=("GET",))
    def problems(self, ident: int) -> Response:
        """Answer with what was wrong, by row; `undoing=1` with what keeps it from being undone."""
        kept = found_import(ident)
        row, after = number_asked("row"), number_asked("after")
        place = (row, after) if row is not None and after is not None else None
        query = problems_of(kept.id, of_undoing="undoing" in request.args, after=place)
        every = session().scalars(query.limit(_PROBLEMS_AT_ONCE + 1)).all()
        result = [_problem(one) for one in every[:_PROBLEMS_AT_ONCE]]
        last = every[_PROBLEMS_AT_ONCE - 1] if len(every) > _PROBLEMS_AT_ONCE else None
        more = None if last is None else {"row": last.row, "after": last.id}
        return answer({"count": len(result), "result": result, "next": more})

    @expose("/<int:ident>/run", methods=("POST",))
    def run(self, ident: int) -> Response:
        """Import all rows, or with `only_good` those that are good."""
        kept = found_import(ident)
        only_good = body().get("only_good", False) if request.get_data() else False
        if not isinstance(only_good, bool):
            raise InvalidInput({"only_good": [_("This must be true or false.")]})
        with committed(current()):
            steps.take(kept, only_good=only_good)
        return _told(kept)

    @expose("/<int:ident>/undo", methods=("POST",))
    def undo(self, ident: int) -> Response:
        """Take the import back."""
        kept = found_import(ident)
        with committed(current()):
            steps.undo(kept)
        return _told(kept)

    def describe(self, spec: Any) -> None:
        """Describe imports, where this person may import anything."""
        if imports_here():
            describe(spec, self.route_base)


def _mapping_sent() -> dict[str, Any] | None:
    """Return the mapping that was sent, as a file or as a text."""
    file = request.files.get("mapping")
    if file is not None and file.filename:
        return content_in(file.read(LARGEST_MAPPING), name=file.filename)
    text = request.form.get("mapping", "")
    return content_in(text.encode("utf-8", "replace"), name="mapping") if text else None


def _told(kept: Import, status: int = 200) -> Response:
    return answer({"id": kept.id, "result": told_of(shown(kept))}, status)


def _check_texts(said: dict[str, Any]) -> None:
    """Refuse what is no text where one is asked for."""
    wrong = [name for name, value in said.items() if not isinstance(value, str | None)]
    if wrong:
        raise InvalidInput({name: [_("This must be a text.")] for name in wrong})


def _brief(kept: Import) -> dict[str, Any]:
    counts = ("rows", "created", "updated", "skipped", "refused", "problems")
    return {
        "id": kept.id,
        "resource": kept.resource,
        "file": kept.file_name,
        "stage": kept.stage.value,
        "created_at": kept.created_at,
        **{name: getattr(kept, name) for name in counts},
    }


def _problem(one: ImportProblem) -> dict[str, Any]:
    return {
        "row": one.row,
        "file": one.file,
        "field": one.field_said,
        "column": one.column,
        "reason": one.reason_said,
    }
