"""What a session has changed so far, noted as it is written and forgotten when it is undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import InstanceState, Mapper, SessionTransaction, UOWTransaction

from bumen.company.isolation import CompanySession
from bumen.company.models import Company
from bumen.documents.history.models import HistoryKind
from bumen.documents.history.reports import Report, is_reported, reports_of, state_of
from bumen.documents.history.standing_in import Absentee, absentee_now
from bumen.documents.history.values import (
    MACHINERY,
    POSITION,
    Labels,
    Named,
    document_of,
    label_of,
    line_named_by,
    told_columns,
    told_value,
)
from bumen.documents.linked import Linked
from bumen.model import CompanyModel
from bumen.model.reported import reported_by

_NOTED = "history"
Differences = Mapping[str, tuple[Any, Any]]
"""What fields were and what they are, by attribute."""


@dataclass(frozen=True, kw_only=True)
class Touched:
    """A touched record is one that was written: its model, its id, and what became of it.

    `place` is the id of the document that a line belongs to, `on` the resource and the id of the
    record that something hangs on.
    """

    model: type[CompanyModel]
    ident: int
    kind: HistoryKind
    differences: Differences
    place: int | None = None
    position: int | None = None
    """Where a line stood before, of one that was moved."""
    on: tuple[str, int] | None = None
    label: str | Named | None = None


@dataclass(frozen=True, kw_only=True)
class Receiver:
    """A receiver is the address that something of a record was sent to.

    It is told to whoever sees the fields that such addresses come from: `contact.email`.
    """

    address: str
    paths: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Deed:
    """A deed is an action that was done with a record, and why; for whom, if for another."""

    model: type[CompanyModel]
    ident: int
    action: str
    opinion: str | None = None
    instead_of: Absentee | None = None
    receiver: Receiver | None = None


@dataclass
class Noted:
    """What was noted in a transaction, the companies made in it, and where each savepoint began."""

    items: list[Touched | Deed | Report] = field(default_factory=list)
    companies: list[Company] = field(default_factory=list)
    begun: dict[SessionTransaction, int] = field(default_factory=dict)
    _searched: int = 0

    def unsearched(self) -> list[Touched | Deed]:
        """Return what was noted since the last time: what the search does not know yet."""
        found, self._searched = self.items[self._searched :], len(self.items)
        return [one for one in found if not isinstance(one, Report)]

    def taken(self) -> list[Touched | Deed | Report]:
        """Return all that was noted, and begin anew."""
        found, self.items, self._searched = self.items, [], 0
        return found

    def forget(self, *, since: int = 0) -> None:
        """Forget what was noted since: it is undone, and whatever was written for it with it."""
        del self.items[since:]
        self._searched = 0


def noted(session: CompanySession) -> Noted:
    """Return what was noted since the last commit."""
    found: Noted = session.info.setdefault(_NOTED, Noted())
    return found


def note_deed(
    session: CompanySession,
    record: Any,
    *,
    action: str,
    opinion: Any,
    receiver: Receiver | None = None,
) -> None:
    """Note that an action was done with a record, and why; and where something of it went."""
    if type(record).in_history:
        opinion = opinion if isinstance(opinion, str) else None
        deed = Deed(
            model=type(record),
            ident=record.id,
            action=action,
            opinion=opinion,
            instead_of=absentee_now(),
            receiver=receiver,
        )
        noted(session).items.append(deed)


def is_kept(model: Any) -> bool:
    """Whether changes of a model are kept in the history."""
    return isinstance(model, type) and issubclass(model, CompanyModel) and model.in_history


@event.listens_for(Mapper, "before_mapper_configured")
def _look_before_changing(mapper: Mapper[Any], model: type[Any]) -> None:
    """Have the old value of a kept column loaded, where it is not, before a new one is set."""
    if is_kept(model):
        for column in mapper.column_attrs:
            column.active_history = column.key not in MACHINERY - {POSITION}
    elif (reported := reported_by(model)) is not None:
        told = {one.attribute for one in reported.fields}
        for column in mapper.column_attrs:
            column.active_history = column.active_history or column.key in told


@event.listens_for(CompanySession, "before_flush")
def _look_before_deleting(session: CompanySession, _context: Any, _instances: Any) -> None:
    """Load what is told of records that are to go, where it is not loaded."""
    for record in list(session.deleted):
        if is_kept(type(record)):
            told = {one.key for one in told_columns(type(record))}
            if unknown := told & inspect(record).unloaded:
                session.refresh(record, unknown)
        elif is_reported(record):
            gone = reports_of(session, state_of(record), HistoryKind.DELETED)
            noted(session).items.extend(gone)


@event.listens_for(CompanySession, "after_flush")
def _note_flush(session: CompanySession, context: UOWTransaction) -> None:
    noted(session).companies += [one for one in session.new if isinstance(one, Company)]
    labels: Labels = {}
    for state, (is_deleted, is_only_looked_at) in context.states.items():
        if is_only_looked_at or (record := state.obj()) is None:
            continue
        touched = None
        if is_reported(record) and not is_deleted:
            noted(session).items += reports_of(session, state, _kind(state, is_deleted=False))
        elif is_kept(state.class_):
            touched = _touched(state, record, labels, is_deleted=is_deleted)
        elif issubclass(state.class_, Linked) and state.class_.told is not None:
            touched = _hung(state, record, is_deleted=is_deleted)
        if touched is not None:
            noted(session).items.append(touched)


@event.listens_for(CompanySession, "after_transaction_create")
def _note_savepoint(session: CompanySession, transaction: SessionTransaction) -> None:
    if transaction.nested:
        noted(session).begun[transaction] = len(noted(session).items)


@event.listens_for(CompanySession, "after_soft_rollback")
def _forget_undone(session: CompanySession, transaction: SessionTransaction) -> None:
    so_far = noted(session)
    if transaction.parent is None:
        so_far.forget()
        so_far.companies.clear()
    elif transaction in so_far.begun:
        so_far.forget(since=so_far.begun.pop(transaction))


@event.listens_for(CompanySession, "after_transaction_end")
def _forget_savepoints(session: CompanySession, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        noted(session).begun.clear()


def _hung(state: InstanceState[Any], record: Any, *, is_deleted: bool) -> Touched | None:
    """Return what became of something that hangs on a record: that it came, or went."""
    kind = _kind(state, is_deleted=is_deleted)
    if kind is HistoryKind.CHANGED:
        return None
    return Touched(
        model=type(record),
        ident=record.id,
        kind=kind,
        differences={},
        label=label_of(record),
        on=(record.resource, record.record_id),
    )


def _kind(state: InstanceState[Any], *, is_deleted: bool) -> HistoryKind:
    if is_deleted:
        return HistoryKind.DELETED
    return HistoryKind.MADE if state.key is None else HistoryKind.CHANGED


def _touched(
    state: InstanceState[Any], record: Any, labels: Labels, *, is_deleted: bool
) -> Touched | None:
    """Return what became of a record; None when nothing that is told has changed."""
    kind = _kind(state, is_deleted=is_deleted)
    differences = _differences(state, record, kind, labels)
    lines = document_of(type(record))
    position = _position(state) if lines and kind is HistoryKind.CHANGED else None
    if kind is HistoryKind.CHANGED and not differences and position is None:
        return None
    return Touched(
        model=type(record),
        ident=record.id,
        kind=kind,
        differences=differences,
        place=_document_id(state, lines.column) if lines else None,
        position=position,
        label=line_label(record, labels) if lines else label_of(record),
    )


def _position(state: InstanceState[Any]) -> int | None:
    """Return where a line stood before it was moved; None for one that stays where it is."""
    before = _first(state.attrs[POSITION].history.deleted)
    return None if before is None else int(before)


def line_label(record: Any, labels: Labels | None = None) -> str | Named | None:
    """Return what tells a line from others: its first field, such as the product."""
    column = line_named_by(type(record))
    value = record.__dict__.get(column.key) if column else None
    told = told_value(column, value, record=record, labels=labels) if column else None
    return told if isinstance(told, Named) else None if told is None else str(told)


def _differences(
    state: InstanceState[Any], record: Any, kind: HistoryKind, labels: Labels
) -> Differences:
    found: dict[str, tuple[Any, Any]] = {}
    of_old = None if kind is HistoryKind.CHANGED else record
    for one in told_columns(type(record)):
        if kind is HistoryKind.CHANGED:
            history = state.attrs[one.key].history
            if not history.has_changes():
                continue
            before, after = _first(history.deleted), _first(history.added)
        else:
            value = record.__dict__.get(one.key)
            before, after = (value, None) if kind is HistoryKind.DELETED else (None, value)
        if before is not None or after is not None:
            found[one.key] = (
                told_value(one, before, record=of_old, labels=labels),
                told_value(one, after, record=record, labels=labels),
            )
    return found


def _first(some: Any) -> Any:
    return next(iter(some or ()), None)


def _document_id(state: InstanceState[Any], column: str) -> int | None:
    """Return the document of a line; a line that was taken out of it is told by what it was."""
    history = state.attrs[column].history
    for some in (history.deleted, history.unchanged, history.added):
        for value in some or ():
            if value is not None:
                ident: int = value
                return ident
    return None
