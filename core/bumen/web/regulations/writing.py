"""The pages on which regulations are opened, renamed, published and ended."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, url_for

from bumen.i18n import translator
from bumen.regulations import Edition
from bumen.regulations.declared import ENDING, Editions, Regulations
from bumen.regulations.writing import (
    begin_edition,
    drop_edition,
    drop_regulation,
    end_edition,
    publish_edition,
    rename_regulation,
    write_regulation,
)
from bumen.unit_of_work import current, today
from bumen.web.regulations.finding import edition_found, let_in, regulation_found
from bumen.web.regulations.forms import WritingForm, acted, written_page

_ = translator(__file__, "bumen")


def writing_pages() -> Blueprint:
    """Return the pages to write documents and their versions."""
    pages = Blueprint("regulations_writing", __name__, url_prefix="/regulations")
    _add_documents(pages)
    _add_beginnings(pages)
    _add_publishing(pages)
    _add_endings(pages)
    _add_removals(pages)
    return pages


def place_of(edition: Edition) -> str:
    """Return where an edition is read."""
    return url_for("regulations.show", ident=edition.regulation_id, version=edition.number)


def _add_documents(pages: Blueprint) -> None:
    @pages.route("/new", methods=["GET", "POST"])
    def new() -> Any:
        let_in("write")
        by = current().user
        return written_page(
            WritingForm(Regulations),
            lambda typed: write_regulation(typed, by=by),
            title=_("New regulation"),
            back=url_for("regulations.listed"),
            then=lambda made: url_for("regulations.show", ident=made.id),
        )

    @pages.route("/<int:ident>/edit", methods=["GET", "POST"])
    def edit(ident: int) -> Any:
        let_in("write")
        regulation, by = regulation_found(ident), current().user
        named = {"code": regulation.code, "title": regulation.title}
        return written_page(
            WritingForm(Regulations, values=named),
            lambda typed: rename_regulation(regulation, typed, by=by),
            title=_("Edit %(record)s", record=regulation),
            back=url_for("regulations.show", ident=ident),
            record=regulation,
        )


def _add_beginnings(pages: Blueprint) -> None:
    @pages.post("/<int:ident>/begin")
    def begin(ident: int) -> Any:
        let_in("write")
        regulation = regulation_found(ident)
        newest = f"{url_for('regulations.show', ident=ident)}?version="
        made: list[Edition] = []
        done = acted(
            lambda: made.append(begin_edition(regulation)),
            back=url_for("regulations.show", ident=ident),
        )
        if made:
            done.location = f"{newest}{made[0].number}"
        return done


def _add_publishing(pages: Blueprint) -> None:
    @pages.route("/versions/<int:ident>/publish", methods=["GET", "POST"])
    def publish(ident: int) -> Any:
        let_in("write")
        edition, by = edition_found(ident), current().user
        values = {"valid_from": edition.valid_from or today(), "note": edition.note}
        return written_page(
            WritingForm(Editions, values=values),
            lambda typed: publish_edition(edition, typed, by=by, at=datetime.now(UTC)),
            title=_("Publish version %(number)s", number=edition.number),
            back=place_of(edition),
            record=edition,
            asks=_("From then on nobody can change this version any more."),
            done=_("Publish"),
        )


def _add_endings(pages: Blueprint) -> None:
    @pages.route("/versions/<int:ident>/end", methods=["GET", "POST"])
    def end(ident: int) -> Any:
        let_in("write")
        edition = edition_found(ident)
        return written_page(
            WritingForm(arguments=ENDING.arguments, values={"valid_to": today()}),
            lambda typed: end_edition(edition, typed),
            title=_("End version %(number)s", number=edition.number),
            back=place_of(edition),
            record=edition,
            done=_("End it"),
        )


def _add_removals(pages: Blueprint) -> None:
    @pages.post("/<int:ident>/delete")
    def delete(ident: int) -> Any:
        let_in("write")
        regulation = regulation_found(ident)
        return acted(
            lambda: drop_regulation(regulation),
            said=_("%(record)s has been deleted.", record=str(regulation)),
            back=url_for("regulations.listed"),
        )

    @pages.post("/versions/<int:ident>/delete")
    def drop(ident: int) -> Any:
        let_in("write")
        edition = edition_found(ident)
        return acted(
            lambda: drop_edition(edition),
            said=_("The draft has been deleted."),
            back=url_for("regulations.show", ident=edition.regulation_id),
        )
