"""What a unit of work has changed of the deployment's own records, told in companies' histories."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import InstanceState, Session

from bumen.documents.history.models import HistoryKind
from bumen.documents.history.values import plain
from bumen.model.reported import Reported, ReportedField, reported_by

_MADE, _DELETED = HistoryKind.MADE, HistoryKind.DELETED
_VEILED = "…"
"""Stands for a value that stays unsaid, until it is written."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """A report is what became of a record that is no company's, for the history of one company."""

    company_id: int
    reported: Reported
    ident: int
    label: str
    kind: HistoryKind
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    action: str | None = None
    opinion: str | None = None

    @property
    def place(self) -> tuple[int, str, int]:
        """What it is about, among all that is told."""
        return self.company_id, self.reported.key, self.ident

    def followed_by(self, later: Report) -> Report:
        """Return it together with what became of the same afterwards."""
        both = {
            name: (
                self.fields.get(name, later.fields.get(name, (None, None)))[0],
                later.fields.get(name, self.fields.get(name, (None, None)))[1],
            )
            for name in {**self.fields, **later.fields}
        }
        kind = later.kind if later.kind in (_MADE, _DELETED) else self.kind
        kind = later.kind if kind is HistoryKind.CHANGED else kind
        return replace(
            later,
            kind=kind,
            fields=both,
            action=later.action or self.action,
            opinion=later.opinion or self.opinion,
        )

    def changes(self) -> dict[str, Any]:
        """Return what has changed as JSON values."""
        declared = {one.told_as: one for one in self.reported.fields}
        told = [_told(name, pair, declared.get(name)) for name, pair in self.fields.items()]
        return {"fields": [one for one in told if one is not None]}

    def is_empty(self) -> bool:
        """Whether there is nothing to tell after all."""
        quiet = self.kind is HistoryKind.CHANGED and self.action is None
        return quiet and not self.changes()["fields"]


def reports_of(session: Session, state: InstanceState[Any], kind: HistoryKind) -> list[Report]:
    """Return what companies are told of a record that is written or is about to go."""
    record, reported = state.obj(), reported_by(state.class_)
    if reported is None or record is None:
        return []
    fields = dict(_differences(state, record, reported, kind))
    if kind is HistoryKind.CHANGED and not fields:
        return []
    ident, label = reported.about(record)
    return [
        Report(
            company_id=company_id,
            reported=reported,
            ident=ident,
            label=label,
            kind=HistoryKind.DONE if reported.action else kind,
            fields=fields,
            action=reported.action(record) if reported.action else None,
            opinion=(reported.opinion(record) if reported.opinion else None) or None,
        )
        for company_id in sorted(set(reported.companies(session, record)))
    ]


def put_together(reports: Iterable[Report]) -> dict[int, list[Report]]:
    """Return what each company is told, each thing once, in the order in which it happened."""
    whole: dict[tuple[int, str, int], Report] = {}
    for one in reports:
        before = whole.get(one.place)
        gone = before is not None and before.kind is _MADE and one.kind is _DELETED
        if gone:
            del whole[one.place]
        else:
            whole[one.place] = one if before is None else before.followed_by(one)
    told: dict[int, list[Report]] = {}
    for one in whole.values():
        if not one.is_empty():
            told.setdefault(one.company_id, []).append(one)
    return told


def _differences(
    state: InstanceState[Any], record: Any, reported: Reported, kind: HistoryKind
) -> Iterable[tuple[str, tuple[Any, Any]]]:
    for one in reported.fields:
        before, after = _values(state, record, one, kind)
        if kind is _DELETED:
            before, after = after, None
        if before != after:
            veiled = (_VEILED, _VEILED) if one.is_veiled else (before, after)
            yield one.told_as, veiled


def _values(
    state: InstanceState[Any], record: Any, one: ReportedField, kind: HistoryKind
) -> tuple[Any, Any]:
    """Return what a field was and is; of what is made or goes, nothing and what it is."""
    if kind is not HistoryKind.CHANGED:
        return None, _value(one, getattr(record, one.attribute))
    if one.attribute not in state.mapper.attrs:
        return None, None
    history = state.attrs[one.attribute].history
    if not history.has_changes():
        return None, None
    if one.each is None:
        before, after = (next(iter(some or ()), None) for some in (history.deleted, history.added))
        return _value(one, before), _value(one, after)
    came, stayed, gone = (some or () for some in history)
    return _value(one, [*stayed, *gone]), _value(one, [*stayed, *came])


def _value(one: ReportedField, value: Any) -> Any:
    if one.each is not None:
        return sorted(one.each(item) for item in value or ()) or None
    return None if value is None or value == "" else plain(value)


def _told(
    name: str, pair: tuple[Any, Any], declared: ReportedField | None
) -> dict[str, Any] | None:
    before, after = pair
    if _VEILED in (before, after):
        return {"field": name}
    if before == after:
        return None
    if declared is not None and declared.is_piecemeal:
        had, has = set(before or ()), set(after or ())
        before, after = sorted(had - has) or None, sorted(has - had) or None
    return {"field": name, "from": before, "to": after}


def is_reported(record: Any) -> bool:
    """Whether companies are told of changes of a record that is theirs only in part."""
    return reported_by(type(record)) is not None


def state_of(record: Any) -> InstanceState[Any]:
    """Return what the session knows of a record."""
    found: InstanceState[Any] = inspect(record)
    return found
