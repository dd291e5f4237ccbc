"""How entries come into the history: once per unit of work, just before it is committed.

The company's head is locked for that moment only, after everything else was written: whoever
else commits for the company waits for no more than this.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Table, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import object_session

from bumen.company.isolation import CompanySession
from bumen.company.people import full_name_of
from bumen.documents.history.chain import Head, Signet, seal
from bumen.documents.history.changes import Noted, is_kept, noted
from bumen.documents.history.checking import last_head
from bumen.documents.history.models import HistoryEntry, HistoryHead
from bumen.documents.history.orders import orders_of
from bumen.documents.history.reports import Report, put_together
from bumen.documents.history.stories import Stories, Story
from bumen.documents.history.values import Named, named
from bumen.model import CompanyModel
from bumen.unit_of_work import UnitOfWork

_log = logging.getLogger(__name__)
_ENTRIES: Table = HistoryEntry.metadata.tables[HistoryEntry.__tablename__]
_HEADS: Table = HistoryHead.metadata.tables[HistoryHead.__tablename__]

Entry = dict[str, Any]
"""An entry before it is numbered and sealed."""


@dataclass
class Heads:
    """The heads as this process wrote them last, by company: who is still right asks nobody."""

    known: dict[int, Head] = field(default_factory=dict)


def write_history(unit: UnitOfWork, *, at: datetime, signet: Signet, heads: Heads) -> list[Story]:
    """Write what the unit has changed so far, seal it, and sign the head; return what it was."""
    so_far = noted(unit.session)
    _begin_histories(unit.session, so_far, signet)
    items = so_far.taken()
    reports = [one for one in items if isinstance(one, Report)]
    stories = _stories(unit, [one for one in items if not isinstance(one, Report)])
    for company_id, entries in sorted(_entries(unit, stories, reports, at=at).items()):
        _append(unit, entries, company_id=company_id, signet=signet, heads=heads)
    return stories


def _append(
    unit: UnitOfWork,
    entries: list[dict[str, Any]],
    *,
    company_id: int,
    signet: Signet,
    heads: Heads,
) -> None:
    """Seal entries after those a company has, and sign its head."""
    head = heads.known.get(company_id)
    moved = _moved(head, entries, signet) if head is not None else None
    if moved is None or not _put(unit.session, moved, before=head):
        head = _held_head(unit.session, company_id, signet)
        moved = _moved(replace(head, doubted=_doubted(head, signet)), entries, signet)
        _put(unit.session, moved)
    unit.session.execute(insert(_ENTRIES), entries)
    unit.afterwards(partial(heads.known.__setitem__, company_id, moved))


def _moved(head: Head, entries: list[dict[str, Any]], signet: Signet) -> Head:
    """Number and seal the entries that follow a head, and return the head they lead to."""
    sealed = head.hash
    for number, entry in enumerate(entries, head.count + 1):
        entry["number"] = number
        entry["hash"] = sealed = seal(sealed, entry)
    return signet.signed(replace(head, count=head.count + len(entries), hash=sealed))


def _put(session: CompanySession, head: Head, *, before: Head | None = None) -> bool:
    """Write a head, and keep others from it; False when it was not as it is known `before`."""
    there = [_HEADS.c.company_id == head.company_id]
    if before is not None:
        known = ("count", "hash", "signature")
        there += [_HEADS.c[name] == getattr(before, name) for name in known]
    written = update(_HEADS).where(*there).values(**asdict(head)).returning(_HEADS.c.company_id)
    with session.no_autoflush:
        return session.scalar(written) is not None


def _key_of(unit: UnitOfWork, model: type[Any]) -> str:
    """Return the name a model's records go by in the history: its resource's key, or its table."""
    resource = unit.neighbours.resource_of(model)
    return str(resource.key() if resource else model.__tablename__)


def _model_of(unit: UnitOfWork, key: str) -> type[CompanyModel] | None:
    """Return the model whose records go by this name, if changes of it are kept."""
    models = (mapper.class_ for mapper in CompanyModel.registry.mappers)
    return next((one for one in models if is_kept(one) and _key_of(unit, one) == key), None)


def _stories(unit: UnitOfWork, items: list[Any]) -> list[Story]:
    """Return what became of the company's own records."""
    if not items or unit.company is None:
        return []
    key_of, model_of = partial(_key_of, unit), partial(_model_of, unit)
    orders = partial(orders_of, unit.session)
    return Stories(key_of=key_of, model_of=model_of, orders_of=orders).told(items)


def _entries(
    unit: UnitOfWork, stories: list[Story], reports: list[Report], *, at: datetime
) -> dict[int, list[Entry]]:
    """Return the entries each company gets: of its own records, and of what it is told."""
    user = unit.user
    shared = {
        "way": unit.way,
        "at": at,
        "by_id": user.id if user else None,
        "by_name": full_name_of(user) if user else "",
    }
    found: dict[int, list[Entry]] = {}
    if unit.company is not None and stories:
        found[unit.company.id] = _of_records(unit, stories)
    for company_id, told in put_together(reports).items():
        found.setdefault(company_id, []).extend(_reported(one) for one in told)
    return {
        company_id: [{**shared, "company_id": company_id, **one} for one in entries]
        for company_id, entries in found.items()
        if entries
    }


def _of_records(unit: UnitOfWork, stories: list[Story]) -> list[Entry]:
    """Return what there is to tell of a company's own records."""
    labels = named(unit.session, [name for story in stories for name in story.names()])

    def label_of(one: Named) -> str:
        return labels.get(one) or one.label or f"#{one.ident}"

    return [_told(story, label_of) for story in stories]


def _reported(report: Report) -> Entry:
    return {
        "resource": report.reported.key,
        "record_id": report.ident,
        "label": report.label,
        "kind": report.kind,
        "action": report.action,
        "opinion": report.opinion,
        "changes": report.changes(),
    }


def _told(story: Story, label_of: Any) -> Entry:
    whole = story.whole
    called = Named(target=whole.model, ident=whole.ident)
    label = whole.label if isinstance(whole.label, str) else label_of(whole.label or called)
    return {
        "resource": story.resource,
        "record_id": whole.ident,
        "label": label,
        "kind": story.kind,
        "action": story.action,
        "opinion": story.opinion,
        "changes": story.changes(label_of),
    }


def _held_head(session: CompanySession, company_id: int, signet: Signet) -> Head:
    """Return the company's head, which nobody else writes until the unit ends.

    One that is gone was taken away: it is put back with a doubt, so that `bumen check` tells of it.
    """
    held = select(_HEADS).where(_HEADS.c.company_id == company_id).with_for_update()
    with session.no_autoflush:
        if (found := session.execute(held).one_or_none()) is not None:
            return Head(*found)
        _log.error("The history of company %s has lost its head.", company_id)
        there = last_head(session.connection(), company_id)
        lost = signet.signed(replace(there, doubted=there.count + 1))
        with suppress(IntegrityError), session.begin_nested():  # whoever is first makes the row
            session.execute(insert(_HEADS).values(**asdict(lost)))
        return Head(*session.execute(held).one())


def _begin_histories(session: CompanySession, so_far: Noted, signet: Signet) -> None:
    """Sign that the histories of companies that were just made are empty so far."""
    made, so_far.companies = so_far.companies, []
    heads = [Head(company_id=one.id) for one in made if object_session(one)]
    if heads:
        session.execute(insert(_HEADS), [asdict(signet.signed(head)) for head in heads])


def _doubted(head: Head, signet: Signet) -> int | None:
    """Return from where on the history is doubted; a signature that does not fit is not mended."""
    if head.doubted is not None or signet.fits(head):
        return head.doubted
    _log.error("The history of company %s does not bear its signature.", head.company_id)
    return head.count + 1
