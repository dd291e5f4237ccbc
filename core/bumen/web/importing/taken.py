"""What is taken along from imports: templates, problems, the file; and the records they made."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, request, send_file, url_for
from sqlalchemy import select

from bumen.exchange.export import FORMATS, Heading, Sheet, format_named
from bumen.exchange.export.sheet import Value
from bumen.i18n import translator
from bumen.importing.blank import write_blank
from bumen.importing.files import stored
from bumen.importing.planning import resource_called
from bumen.imports import Import, ImportProblem
from bumen.imports.finding import problems_of, records_of
from bumen.model.describe import Kind
from bumen.unit_of_work import session
from bumen.visibility import seen
from bumen.web.cells import screen_endpoint
from bumen.web.downloads import download
from bumen.web.importing.pages import page
from bumen.web.importing.viewing import (
    AT_ONCE,
    ImportShown,
    found_import,
    further_of,
    number_asked,
    shown,
)

_ = translator(__file__, "bumen")


def taken_pages(pages: Blueprint) -> None:
    """Add the downloads and the records to the pages of imports."""
    pages.add_url_rule("/template", "template", template, methods=["GET"])
    pages.add_url_rule("/<int:ident>/problems.csv", "problems", problems, methods=["GET"])
    pages.add_url_rule("/<int:ident>/file", "file", file, methods=["GET"])
    pages.add_url_rule("/<int:ident>/records", "records", records, methods=["GET"])


def template() -> Response:
    """Answer with a file to fill in: `format` is csv or xlsx."""
    resource = resource_called(request.args.get("resource", ""))
    kind = format_named(request.args.get("format", "xlsx"))
    content = BytesIO()
    write_blank(resource, kind.name, content)
    content.seek(0)
    name = f"{resource.title}.{kind.name}"
    return send_file(content, kind.mimetype, as_attachment=True, download_name=name)


def problems(ident: int) -> Response:
    """Answer with everything that was wrong, as a CSV file."""
    kept = found_import(ident)
    wrong = session().scalars(problems_of(kept.id, of_undoing=False)).all()
    labels = (_("Row"), _("Field"), _("Column of the file"), _("Reason"), _("File"))
    headings = [Heading(label=str(one), kind=Kind.TEXT) for one in labels]
    sheet = Sheet(title=kept.file_name, headings=headings, rows=_rows(wrong, further_of(kept)))
    return download(sheet, FORMATS["csv"], name="problems")


def _rows(wrong: Any, further: int) -> Iterator[list[Value]]:
    one: ImportProblem
    for one in wrong:
        yield [one.row, one.field_said, one.column or "", one.reason_said, one.file]
    if further:
        yield [
            "",
            "",
            "",
            str(_.plural("%(num)s more problem.", "%(num)s more problems.", further)),
            "",
        ]


def file(ident: int) -> Response:
    """Answer with the file as it was sent."""
    kept = found_import(ident)
    with stored(kept) as content:
        whole = BytesIO(content.read())
    return send_file(
        whole, "application/octet-stream", as_attachment=True, download_name=kept.file_name
    )


def records(ident: int) -> str:
    """Show the records that an import made or changed, and that are still there."""
    kept = found_import(ident)
    some = session().scalars(records_of(kept.id, before=number_asked("before")).limit(AT_ONCE + 1))
    every = some.all()
    rows, one = every[:AT_ONCE], shown(kept)
    return page(
        "records.html",
        title=_("Imported: %(file)s", file=kept.file_name),
        one=one,
        rows=[(row, named) for row, named in _named(kept, rows)],
        more=rows[-1].id if len(every) > AT_ONCE else None,
        is_later="before" in request.args,
        listed=_listed(one, rows) if len(every) <= AT_ONCE and "before" not in request.args else "",
    )


def _listed(one: ImportShown, rows: Any) -> str:
    """Return the address of the list that shows these records and no others."""
    asked: dict[str, Any] = {"filter.id": [str(row.record_id) for row in rows]}
    return url_for(f"{screen_endpoint(one.resource)}.list", **asked)


def _named(kept: Import, rows: Any) -> Iterator[tuple[Any, tuple[str, str] | None]]:
    """Yield what each record is called and where it is, None for those that are gone."""
    resource = resource_called(kept.resource)
    theirs = resource.model.id.in_([row.record_id for row in rows])
    query = select(resource.model).where(theirs, *seen(resource))
    there = {record.id: record for record in session().scalars(query)}
    endpoint = f"{screen_endpoint(resource)}.show"
    for row in rows:
        record = there.get(row.record_id)
        place = None if record is None else (str(record), url_for(endpoint, ident=record.id))
        yield row, place
