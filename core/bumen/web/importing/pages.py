"""The pages of imports: begin one, match its columns, look at it, import, undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from bumen.errors import BusinessError
from bumen.exchange.errors import UnreadableFile
from bumen.formats import formats_here
from bumen.i18n import Text, translator
from bumen.importing import steps
from bumen.importing.errors import NotThatFar
from bumen.importing.files import table_of
from bumen.importing.planning import resource_called
from bumen.imports import Import, Stage
from bumen.imports.finding import mappings_seen, problems_of
from bumen.jobs import retry
from bumen.unit_of_work import committed, current, session
from bumen.web.cells import screen_endpoint
from bumen.web.importing.chosen import content_sent
from bumen.web.importing.foreseen import counted, foreseen, holds_up, rows_said
from bumen.web.importing.matching import NUMBERS, matching_of
from bumen.web.importing.viewing import (
    AT_ONCE,
    found_import,
    further_of,
    number_asked,
    page_of,
    past_imports,
    resources_here,
    shown,
)
from bumen.web.jobs.viewing import sees_all
from bumen.web.security import somebody_here

_ = translator(__file__, "bumen")

PROBLEMS_AT_ONCE = 50
ENCODINGS = {
    "utf-8": "UTF-8",
    "cp950": "Big5 (cp950)",
    "gb18030": "GB18030",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252",
}
SPOKEN = ENCODINGS | {
    "utf-8-sig": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "big5hkscs": "Big5 (HKSCS)",
}
"""What people call the encodings that are found out."""
DELIMITERS: tuple[tuple[str, Text], ...] = (
    (",", _("Comma")),
    (";", _("Semicolon")),
    ("\t", _("Tab")),
    ("|", _("Vertical bar")),
)


def import_pages() -> Blueprint:
    """Return the pages that take a file to its records."""
    pages = Blueprint("imports", __name__, url_prefix="/imports")
    pages.add_url_rule("/", "list", listed, methods=["GET"])
    pages.add_url_rule("/new", "new", new, methods=["GET"])
    pages.add_url_rule("/new", "upload", upload, methods=["POST"])
    pages.add_url_rule("/<int:ident>", "show", show, methods=["GET"])
    pages.add_url_rule("/<int:ident>/reading", "reading", read_again, methods=["POST"])
    pages.add_url_rule("/<int:ident>/match", "match", match, methods=["POST"])
    for name in _DEEDS:
        pages.add_url_rule(f"/<int:ident>/{name}", name, _deed(name), methods=["POST"])
    return pages


def listed() -> str:
    """Show past imports: one's own, or everybody's to administrators."""
    somebody_here()
    key = request.args.get("resource") or None
    resource = resource_called(key) if key else None
    every = past_imports(resource=key, before=number_asked("before"))
    rows = every[:AT_ONCE]
    return page(
        "imports.html",
        title=_("Imports"),
        rows=rows,
        resource=resource,
        titles={name: one.title for name, one in resources_here().items()},
        more=rows[-1].id if len(every) > AT_ONCE else None,
    )


def new(*, refusal: BusinessError | None = None) -> Any:
    """Ask for a file to import."""
    user = somebody_here()
    resource = resource_called(request.values.get("resource", ""))
    kept = session().scalars(mappings_seen(resource.key(), user_id=user.id)).all()
    past = past_imports(resource=resource.key(), before=None)
    shown_page = page(
        "new.html",
        title=_("Import: %(resource)s", resource=resource.title),
        resource=resource,
        mappings=kept,
        past=past[:5],
        refusal=refusal,
        drops_all=sees_all(),
    )
    return shown_page if refusal is None else (shown_page, refusal.status)


def upload() -> Any:
    """Keep a file that was sent, and go on to its columns."""
    user = somebody_here()
    resource = resource_called(request.form.get("resource", ""))
    file = request.files.get("file")
    if file is None or not file.filename:
        flash(str(_("Choose a file first.")), "warning")
        return redirect(url_for("imports.new", resource=resource.key()), 303)
    every = session().scalars(mappings_seen(resource.key(), user_id=user.id))
    mapping = next((one.mapping for one in every if str(one.id) == request.form.get("use")), None)
    try:
        with committed(current()):
            kept = steps.begin_import(
                resource.key(),
                name=file.filename,
                content=file.stream,
                mapping=mapping,
                beside=files_beside(),
            )
    except BusinessError as wrong:
        current().rollback()
        return new(refusal=wrong)
    return redirect(page_of(kept), 303)


def files_beside() -> list[tuple[str, IO[bytes]]]:
    """Return the second files that were sent: lines are taken from them."""
    return [(one.filename, one.stream) for one in request.files.getlist("beside") if one.filename]


def show(ident: int) -> Any:
    """Show an import where it stands: its columns, its progress, or what came of it."""
    return import_page(found_import(ident))


def import_page(kept: Import, *, refusal: BusinessError | None = None, content: Any = None) -> Any:
    """Return the page of an import; `content` is a mapping that was refused."""
    made = _matching_page if kept.stage is Stage.MAPPING else _outcome_page
    found = made(kept, refusal, content)
    return found if refusal is None else (found, refusal.status)


def _matching_page(kept: Import, refusal: BusinessError | None, content: Any) -> str:
    one = shown(kept)
    user = somebody_here()
    shows: dict[str, Any] = {
        "one": one,
        "refusal": refusal,
        "numbers": NUMBERS,
        "encodings": ENCODINGS,
        "spoken": SPOKEN,
        "delimiters": DELIMITERS,
        "mappings": session().scalars(mappings_seen(kept.resource, user_id=user.id)).all(),
    }
    try:
        with table_of(kept) as table:
            said = kept.mapping if content is None else content
            matching = matching_of(one.resource, table, said)
            shows |= {"matching": matching, "table": table}
            shows["rows_said"] = rows_said(counted(table), shown=len(matching.rows))
    except UnreadableFile as wrong:
        shows |= {"matching": None, "table": None, "refusal": refusal or wrong}
    return page("match.html", title=_("Import: %(resource)s", resource=one.resource.title), **shows)


def _outcome_page(kept: Import, refusal: BusinessError | None, _content: Any) -> str:
    one = shown(kept)
    after = (number_asked("row"), number_asked("after"))
    place = (after[0], after[1]) if after[0] is not None and after[1] is not None else None
    wrong = session().scalars(
        problems_of(kept.id, of_undoing=False, after=place).limit(PROBLEMS_AT_ONCE + 1)
    )
    problems = wrong.all()
    stays = session().scalars(problems_of(kept.id, of_undoing=True).limit(PROBLEMS_AT_ONCE))
    return page(
        "outcome.html",
        title=_("Import: %(resource)s", resource=one.resource.title),
        one=one,
        refusal=refusal,
        problems=problems[:PROBLEMS_AT_ONCE],
        more=problems[PROBLEMS_AT_ONCE - 1] if len(problems) > PROBLEMS_AT_ONCE else None,
        is_later=place is not None,
        of_files=bool(kept.beside),
        further=further_of(kept),
        stays=stays.all(),
        holds_up=kept.stage is Stage.CHECKED and holds_up(kept.rows or 0),
        foreseen=foreseen(kept) if kept.stage is Stage.CHECKED and place is None else None,
    )


def read_again(ident: int) -> Any:
    """Read the file in another encoding, with another delimiter, or from another sheet."""
    kept, sent = found_import(ident), request.form
    reading = {name: sent.get(name, "") for name in ("encoding", "delimiter", "sheet")}
    try:
        with committed(current()):
            steps.read_again(kept, **reading)
    except BusinessError as wrong:
        current().rollback()
        return import_page(found_import(ident), refusal=wrong)
    return redirect(page_of(kept), 303)


def match(ident: int) -> Any:
    """Keep what was said of the columns, and go on to check the rows where that is asked."""
    kept = found_import(ident)
    content = None
    try:
        with table_of(kept) as table:
            there = matching_of(resource_called(kept.resource), table, kept.mapping).seconds
            content = content_sent(
                request.form,
                before=kept.mapping,
                header=table.header,
                seconds={one.lines: one.header for one in there if one.name},
            )
        with committed(current()):
            steps.match(kept, content)
            if "check" in request.form:
                steps.check(kept)
    except BusinessError as wrong:
        current().rollback()
        return import_page(found_import(ident), refusal=wrong, content=content)
    return redirect(page_of(kept), 303)


def _go_on(kept: Import) -> None:
    one = shown(kept)
    if not one.goes_on or one.run is None:
        raise NotThatFar
    retry(one.run.run)


_DEEDS: dict[str, Callable[[Import], object]] = {
    "back": steps.match_again,
    "take": lambda kept: steps.take(kept, only_good=request.form.get("rows") == "good"),
    "undo": steps.undo,
    "go_on": _go_on,
}
"""What is done with an import by a button."""


def _deed(name: str) -> Callable[[int], Any]:
    def done(ident: int) -> Any:
        kept = found_import(ident)
        try:
            with committed(current()):
                _DEEDS[name](kept)
        except BusinessError as wrong:
            current().rollback()
            flash(str(wrong.message), "danger")
        return redirect(page_of(kept), 303)

    return done


def page(template: str, **values: Any) -> str:
    """Return a page of imports."""
    return render_template(
        f"bumen/importing/{template}",
        formats=formats_here(),
        list_of=lambda resource: url_for(f"{screen_endpoint(resource)}.list"),
        **values,
    )
