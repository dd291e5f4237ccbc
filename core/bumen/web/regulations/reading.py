"""The pages on which everybody reads the company's regulations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template

from bumen.formats import formats_here
from bumen.fulfilment import Fulfilment
from bumen.i18n import translator
from bumen.regulations import Edition, Regulation
from bumen.regulations.coverage import ByDemand, fulfilments_for, fulfilments_on
from bumen.regulations.models import editions_of
from bumen.resource import READ
from bumen.unit_of_work import current, session, today
from bumen.web.house import department_titles, registry
from bumen.web.regulations.finding import (
    EVIDENCE,
    VIEW,
    clause_found,
    edition_shown,
    is_in_force,
    known_regulations,
    let_in,
    regulation_found,
)
from bumen.web.security import allowed

_ = translator(__file__, "bumen")


@dataclass(frozen=True, kw_only=True)
class Book:
    """A book is a regulation in a list, with the edition in force and a draft, if there are any."""

    regulation: Regulation
    in_force: Edition | None
    coming: Edition | None
    draft: Edition | None


def reading_pages() -> Blueprint:
    """Return the pages to read regulations."""
    pages = Blueprint("regulations", __name__, url_prefix="/regulations")
    pages.add_url_rule("/", view_func=listed)
    pages.add_url_rule("/<int:ident>/", view_func=show)
    pages.add_url_rule("/clauses/<int:ident>", view_func=clause)
    return pages


def listed() -> str:
    """Show the documents there are."""
    let_in(READ)
    return render_template(
        "bumen/regulations/list.html", title=_("Regulations"), books=_books(), **around()
    )


def show(ident: int) -> str:
    """Show a version of a document: the one in force, or the one the address asks for."""
    let_in(READ)
    regulation = regulation_found(ident)
    edition, editions = edition_shown(regulation, drafts=allowed("write", VIEW))
    return render_template(
        "bumen/regulations/book.html",
        title=str(regulation),
        regulation=regulation,
        edition=edition,
        editions=editions,
        is_now=edition is not None and is_in_force(edition, editions),
        **told_around(),
    )


def clause(ident: int) -> str:
    """Show a clause on a page of its own; that of a draft to whoever writes it."""
    let_in(READ)
    found = clause_found(ident)
    if found.chapter.edition.is_draft:
        let_in("write")
    return render_template(
        "bumen/regulations/clauses.html",
        title=_("Clause %(number)s", number=found.number),
        clauses=[found],
        **told_around(),
    )


def around() -> dict[str, Any]:
    """Return what every page of regulations shows: how values are written, what this person may."""
    may = {verb: allowed(verb, VIEW) for verb in ("write", EVIDENCE)}
    return {"formats": formats_here(), "may": may}


def known_here() -> ByDemand:
    """Return what the departments that are on have for each demand."""
    return fulfilments_on(registry(), on=current().on)


def told_around() -> dict[str, Any]:
    """Return what pages show of clauses: what fulfils each, and by which department."""
    known = known_here()

    def fulfilled(demands: Sequence[str]) -> list[Fulfilment]:
        return fulfilments_for(demands, known)

    return {"fulfilled": fulfilled, "titles": department_titles(), **around()}


def _books() -> list[Book]:
    editions: dict[int, list[Edition]] = {}
    for edition in session().scalars(editions_of()):
        editions.setdefault(edition.regulation_id, []).append(edition)
    known = session().scalars(known_regulations())
    return [_book(one, editions.get(one.id, [])) for one in known]


def _book(regulation: Regulation, editions: list[Edition]) -> Book:
    published = [one for one in editions if not one.is_draft]
    day = today()
    return Book(
        regulation=regulation,
        in_force=next((one for one in published if is_in_force(one, editions)), None),
        coming=next((one for one in published if one.valid_from and one.valid_from > day), None),
        draft=next((one for one in editions if one.is_draft), None),
    )
