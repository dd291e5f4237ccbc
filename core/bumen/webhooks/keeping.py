"""Deliveries are written in the unit of work they tell of: kept with it, or never."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import event as session_event
from sqlalchemy import insert, select
from sqlalchemy.orm import SessionTransaction

from bumen.activation.service import hold_switches
from bumen.company.isolation import CompanySession
from bumen.documents.history import HistoryKind, Story, Touched, noted
from bumen.events import Event
from bumen.unit_of_work import UnitOfWork
from bumen.webhooks.catalogue import MOVED, moves, name_of
from bumen.webhooks.models import Delivery, Webhook
from bumen.webhooks.signing import new_message_id

_AT_ONCE = 500
_STATE = "state"
_NOTED = "webhook_events"
Listening = Mapping[str, Sequence[int]]
"""Who wants to hear of an event: the ids of webhooks, by its name."""


def note_events(session: CompanySession, events: Iterable[Event]) -> None:
    """Remember the events of a unit of work until it is kept, or undone."""
    session.info.setdefault(_NOTED, []).extend(events)


def noted_events(session: CompanySession) -> list[Event]:
    """Return the events that were noted, and forget them."""
    found: list[Event] = session.info.pop(_NOTED, [])
    return found


@session_event.listens_for(CompanySession, "after_soft_rollback")
def _forget_undone(session: CompanySession, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_NOTED, None)


@dataclass
class Ears:
    """The events that somebody wants to hear of, remembered by company.

    They stand for as long as nothing is switched in any process, webhooks included: until then
    what is on in a company is the very same object, so that most units of work ask nobody.
    """

    known: dict[int, tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)

    def wanted(self, unit: UnitOfWork) -> frozenset[str]:
        """Return the names of the events that somebody in the company wants to hear of."""
        if unit.company is None:
            return frozenset()
        known = self.known.get(unit.company.id)
        if known is not None and known[0] is unit.on:
            return known[1]
        names = frozenset(_listening(unit))
        if not any(isinstance(one, Touched) and one.model is Webhook for one in _items(unit)):
            self.known[unit.company.id] = unit.on, names
        return names


def webhooks_changed(session: CompanySession) -> None:
    """Let every process look anew at who wants to hear of what, once this is kept."""
    hold_switches(session).version += 1


def _items(unit: UnitOfWork) -> Sequence[Any]:
    return noted(unit.session).items


def _listening(unit: UnitOfWork) -> Listening:
    """Read what the company's webhooks want to hear of; nobody deletes them meanwhile."""
    found: dict[str, list[int]] = {}
    query = select(Webhook.id, Webhook.events).where(Webhook.enabled).order_by(Webhook.id)
    query = query.with_for_update(read=True, key_share=True)
    with unit.session.no_autoflush:
        for ident, events in unit.session.execute(query):
            for event in events:
                found.setdefault(event, []).append(ident)
    return found


def keep_deliveries(
    unit: UnitOfWork,
    wanted: frozenset[str],
    *,
    stories: Sequence[Story],
    events: Iterable[Event],
    at: datetime,
) -> None:
    """Write what the webhooks that want it are to be told of what this unit of work did."""
    told = [*_of_stories(unit, wanted, stories), *_of_events(unit, wanted, events)]
    ears = _listening(unit) if told else {}
    rows = [
        _row(unit, webhook_id, name, about, at=at)
        for name, about in told
        for webhook_id in ears.get(name, ())
    ]
    for start in range(0, len(rows), _AT_ONCE):
        unit.session.execute(insert(Delivery), rows[start : start + _AT_ONCE])


def body_of(unit: UnitOfWork, event: str, about: Mapping[str, Any], *, at: datetime) -> str:
    """Return what a receiver reads: which event where, when and by whom; no field's value."""
    told = {
        "event": event,
        "company": unit.company.code if unit.company else None,
        **about,
        "at": at.isoformat(),
        "by": unit.user.username if unit.user else None,
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _row(
    unit: UnitOfWork, webhook_id: int, name: str, about: Mapping[str, Any], *, at: datetime
) -> dict[str, Any]:
    return {
        "company_id": unit.company.id if unit.company else None,
        "webhook_id": webhook_id,
        "message_id": new_message_id(),
        "plugin": name.partition(".")[0],
        "event": name,
        "body": body_of(unit, name, about, at=at),
        "created_at": at,
        "due_at": at,
    }


def _of_stories(
    unit: UnitOfWork, wanted: frozenset[str], stories: Sequence[Story]
) -> list[tuple[str, dict[str, Any]]]:
    chosen = [
        (f"{story.resource}.{word}", story)
        for story in stories
        if story.resource.partition(".")[0] in unit.on
        for word in _words(story)
        if f"{story.resource}.{word}" in wanted
    ]
    versions = _versions(unit, {(story.whole.model, story.whole.ident) for _name, story in chosen})
    return [
        (
            name,
            {
                "resource": story.resource,
                "id": story.whole.ident,
                "version": versions.get((story.whole.model, story.whole.ident)),
            },
        )
        for name, story in chosen
    ]


def _words(story: Story) -> Iterator[str]:
    """Yield what became of a record, as the names of events end."""
    kind = story.whole.kind
    if kind is not HistoryKind.CHANGED:
        yield kind.value
        return
    changed = {told.key for told, _before, _after in story.whole.changed()}
    if changed or story.lines:
        yield kind.value
    if _STATE in changed and moves(story.whole.model):
        yield MOVED


def _versions(
    unit: UnitOfWork, records: Iterable[tuple[type[Any], int]]
) -> dict[tuple[type[Any], int], int]:
    """Return the versions records have now; those that were deleted have none."""
    by_model: dict[type[Any], list[int]] = {}
    for model, ident in records:
        by_model.setdefault(model, []).append(ident)
    found = {}
    for model, idents in by_model.items():
        for start in range(0, len(idents), _AT_ONCE):
            query = select(model.id, model.version).where(
                model.id.in_(idents[start : start + _AT_ONCE])
            )
            for ident, version in unit.session.execute(query):
                found[model, ident] = version
    return found


def _of_events(
    unit: UnitOfWork, wanted: frozenset[str], events: Iterable[Event]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the public events that somebody wants, each with the ids it holds and nothing else."""
    for event in events:
        name = name_of(type(event), unit.neighbours.registry)
        if name is not None and name in wanted and name.partition(".")[0] in unit.on:
            ids = {k: v for k, v in event.to_json().items() if k.endswith("_id")}
            yield name, {"ids": ids}
