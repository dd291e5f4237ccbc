"""The pages on which a draft is written: chapter by chapter, clause by clause, or from a file."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from bumen.exchange.export import format_named
from bumen.i18n import translator
from bumen.regulations import Chapter, Clause
from bumen.regulations.content import (
    drop_chapter,
    drop_clause,
    replace_content,
    write_chapter,
    write_clause,
)
from bumen.regulations.declared import DEMANDS, Chapters, Clauses
from bumen.unit_of_work import current
from bumen.web.downloads import download
from bumen.web.regulations.files import rows_in, sheet_of_edition
from bumen.web.regulations.finding import (
    chapter_found,
    clause_found,
    edition_found,
    let_in,
)
from bumen.web.regulations.forms import WritingForm, acted, written_page
from bumen.web.regulations.writing import place_of

_ = translator(__file__, "bumen")


def draft_pages() -> Blueprint:
    """Return the pages to write what a version says."""
    pages = Blueprint("regulations_drafts", __name__, url_prefix="/regulations")
    _add_chapters(pages)
    _add_clauses(pages)
    _add_removals(pages)
    _add_files(pages)
    return pages


def _add_chapters(pages: Blueprint) -> None:
    @pages.route("/versions/<int:ident>/chapters/new", methods=["GET", "POST"])
    def new_chapter(ident: int) -> Any:
        let_in("write")
        edition, by = edition_found(ident), current().user
        return written_page(
            WritingForm(Chapters),
            lambda typed: write_chapter(edition, typed, by=by),
            title=_("New chapter"),
            back=place_of(edition),
            then=_place_of_chapter,
        )

    @pages.route("/chapters/<int:ident>/edit", methods=["GET", "POST"])
    def edit_chapter(ident: int) -> Any:
        let_in("write")
        chapter, by = chapter_found(ident), current().user
        return written_page(
            WritingForm(Chapters, values={"number": chapter.number, "title": chapter.title}),
            lambda typed: write_chapter(chapter.edition, typed, by=by, chapter=chapter),
            title=_("Edit %(record)s", record=chapter),
            back=_place_of_chapter(chapter),
            record=chapter,
        )


def _add_clauses(pages: Blueprint) -> None:
    @pages.route("/chapters/<int:ident>/clauses/new", methods=["GET", "POST"])
    def new_clause(ident: int) -> Any:
        let_in("write")
        chapter, by = chapter_found(ident), current().user
        return written_page(
            WritingForm(Clauses, arguments=[DEMANDS]),
            lambda typed: write_clause(chapter, typed, by=by),
            title=_("New clause"),
            back=_place_of_chapter(chapter),
            then=_place_of_clause,
        )

    @pages.route("/clauses/<int:ident>/edit", methods=["GET", "POST"])
    def edit_clause(ident: int) -> Any:
        let_in("write")
        clause, by = clause_found(ident), current().user
        values = {"number": clause.number, "text": clause.text}
        values |= {DEMANDS.name: " ".join(clause.demanded)}
        return written_page(
            WritingForm(Clauses, arguments=[DEMANDS], values=values),
            lambda typed: write_clause(clause.chapter, typed, by=by, clause=clause),
            title=_("Edit clause %(number)s", number=clause.number),
            back=_place_of_clause(clause),
            record=clause,
        )


def _add_removals(pages: Blueprint) -> None:
    @pages.post("/chapters/<int:ident>/delete")
    def delete_chapter(ident: int) -> Any:
        let_in("write")
        chapter = chapter_found(ident)
        return acted(lambda: drop_chapter(chapter), back=place_of(chapter.edition))

    @pages.post("/clauses/<int:ident>/delete")
    def delete_clause(ident: int) -> Any:
        let_in("write")
        clause = clause_found(ident)
        return acted(lambda: drop_clause(clause), back=_place_of_chapter(clause.chapter))


def _add_files(pages: Blueprint) -> None:
    @pages.route("/versions/<int:ident>/import", methods=["GET", "POST"])
    def read_in(ident: int) -> Any:
        let_in("write")
        edition, by = edition_found(ident), current().user
        return written_page(
            WritingForm(),
            lambda _typed: replace_content(edition, rows_in(request.files.get("file")), by=by),
            title=_("Read clauses from a file"),
            back=place_of(edition),
            record=edition,
            asks_file=True,
            done=_("Read in"),
        )

    @pages.get("/versions/<int:ident>/export")
    def export(ident: int) -> Any:
        let_in("read")
        edition = edition_found(ident)
        if edition.is_draft:
            let_in("write")
        kind = format_named(request.args.get("format", "csv"))
        return download(sheet_of_edition(edition), kind, name="regulation")


def _place_of_chapter(chapter: Chapter) -> str:
    return f"{place_of(chapter.edition)}#chapter-{chapter.id}"


def _place_of_clause(clause: Clause) -> str:
    return f"{place_of(clause.chapter.edition)}#clause-{clause.id}"
