"""How pages and programs find regulations: inside the company, or not at all."""

from __future__ import annotations

from typing import Any

from flask import request
from sqlalchemy import Select, select

from bumen.errors import NotFound
from bumen.regulations import Chapter, Clause, Edition, Regulation
from bumen.regulations.models import (
    all_regulations,
    clause_called,
    editions_of,
    published_regulations,
    whole,
)
from bumen.resource import READ
from bumen.unit_of_work import session, today
from bumen.web.security import allowed, require, somebody_here

VIEW = "core.Regulations"
EVIDENCE = "evidence"


def let_in(permission: str) -> None:
    """Let whoever may do this in: everybody who works for the company reads its rules."""
    somebody_here()
    if permission != READ:
        require(permission, VIEW)


def known_regulations() -> Select[Regulation]:
    """Select the regulations this person may know: who writes them knows the unpublished, too."""
    return all_regulations() if allowed("write", VIEW) else published_regulations()


def regulation_found(ident: int) -> Regulation:
    """Return a regulation this person may know, or `NotFound`."""
    query = known_regulations().where(Regulation.id == ident)
    found = session().scalars(query).first()
    if found is None:
        raise NotFound
    return found


def edition_found(ident: int) -> Edition:
    """Return an edition of the company, or `NotFound`."""
    found: Edition = _found(Edition, ident)
    return found


def chapter_found(ident: int) -> Chapter:
    """Return a chapter of the company, or `NotFound`."""
    found: Chapter = _found(Chapter, ident)
    return found


def clause_found(ident: int) -> Clause:
    """Return a clause of the company with its document, or `NotFound`."""
    found = session().scalars(clause_called(ident)).first()
    if found is None:
        raise NotFound
    return found


def edition_shown(regulation: Regulation, *, drafts: bool) -> tuple[Edition | None, list[Edition]]:
    """Return the edition an address asks for, whole, and all there are for this person.

    The address says `?version=2`; without it, it is the one in force, else the newest.
    """
    query = editions_of(regulation.id)
    if not drafts:
        query = query.where(Edition.published_at.is_not(None))
    editions = list(session().scalars(query))
    asked = request.args.get("version", "")
    if asked:
        chosen = next((one for one in editions if str(one.number) == asked), None)
        if chosen is None:
            raise NotFound
    else:
        begun = (one for one in editions if is_in_force(one, editions))
        chosen = next(begun, next(iter(editions), None))
    if chosen is None:
        return None, editions
    return session().scalars(whole(chosen.id)).one(), editions


def is_in_force(edition: Edition, editions: list[Edition]) -> bool:
    """Whether an edition is the one people go by today, among all of its regulation."""
    day = today()
    begun = [
        one for one in editions if not one.is_draft and one.valid_from and one.valid_from <= day
    ]
    newest = max(begun, key=lambda one: (one.valid_from, one.number), default=None)
    return edition is newest and (edition.valid_to is None or edition.valid_to >= day)


def _found(model: type[Any], ident: int) -> Any:
    found = session().scalars(select(model).where(model.id == ident)).first()
    if found is None:
        raise NotFound
    return found
