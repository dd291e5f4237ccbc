"""Purging: everything a plugin owns in one company goes, after it was exported; nothing else does.

A separate act that nobody does by the way: the plugin is off, its name is typed, the export
is on the disk. Afterwards the plugin is as if the company had never had it; the history stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bumen.activation.errors import (
    ConfirmationDiffers,
    PluginIsOn,
    PluginIsQuarantined,
    PluginIsUnknown,
    PurgeWasDisturbed,
    RecordsAreInUse,
    RecordsAreReferredTo,
)
from bumen.activation.export import export_rows, rows_of
from bumen.activation.house import House
from bumen.activation.models import CompanyPlugin, Switch
from bumen.activation.service import company_of, hold_switches, refuse_behind
from bumen.activation.state import read_state
from bumen.activation.survey import count_records, models_of
from bumen.dashboards import Arrangement
from bumen.documents.attachments import contents_below
from bumen.documents.flow_settings import FlowSetting
from bumen.documents.linked import (
    Linked,
    OfDepartment,
    decided_models,
    department_models,
    linked_models,
)
from bumen.documents.numbering import CompanyNumbering, Sequence
from bumen.errors import BusinessError
from bumen.idempotency import IdempotencyKey
from bumen.imports import Import, KeptMapping
from bumen.jobs import JobRun, ScheduleEntry
from bumen.jobs.finding import runs_about, schedules_about
from bumen.keepers import files_to_let_go
from bumen.model import Model
from bumen.notices.models import forget_work_of
from bumen.outbox import OutboxEntry
from bumen.printing.models import PaperTemplate, PaperText
from bumen.registry import Registry
from bumen.saved_views import PreferredView, SavedView
from bumen.search.keeping import forget_entries
from bumen.signed_calls import ReceivedCall
from bumen.unit_of_work import CurrentCompany, UnitOfWork
from bumen.visibility.models import FieldRule

Owned = tuple[type[Model], tuple[ColumnElement[bool], ...]]
"""A table, and which of its rows are the plugin's in the company."""


@dataclass(frozen=True, kw_only=True)
class Purged:
    """What was purged: the rows by table, and the file they were exported to."""

    name: str
    rows: dict[str, int]
    file: Path

    def to_json(self) -> dict[str, Any]:
        """Return what was purged as JSON values."""
        return {"name": self.name, "rows": self.rows, "file": str(self.file)}


def purge(
    house: House,
    *,
    company: str,
    name: str,
    export: Path,
    confirm: str,
    reason: str = "",
    by: str | None = None,
) -> Purged:
    """Export and delete all a plugin owns in a company, in a unit of work of its own.

    `company` is a code, `by` a user name; `confirm` must be the plugin's name. Refuses a plugin
    that is on, unknown or quarantined, a file that is there already, records that other plugins'
    records refer to, and records that are written meanwhile.
    """
    if confirm != name:
        raise ConfirmationDiffers(name)
    with house.unit_of_work(company=company, by=by) as unit:
        place = company_of(unit)
        hold_switches(unit.session)
        _refuse_unfit(unit.session, place.id, name, house=house)
        at = datetime.now(UTC)
        owned = list(_owned(place.id, name, registry=house.registry))
        rows = export_rows(
            unit.session,
            [(model, rows_of(model, *conditions)) for model, conditions in owned],
            file=export,
            about=_about(place, name, at=at, registry=house.registry),
            contents=partial(contents_below, name),
        )
        for stored in _files_of(unit.session, name):
            unit.afterwards(partial(unit.neighbours.files.remove, stored))
        try:
            _delete(unit.session, owned, rows, name=name, company_id=place.id)
        except BusinessError:
            export.unlink()
            raise
        _write_history(unit, place, name, rows=rows, reason=reason, at=at)
    return Purged(name=name, rows=rows, file=export)


def _files_of(session: Session, name: str) -> list[str]:
    """Return the files of a plugin in the company that do not go with their rows by themselves."""
    return [stored for query in files_to_let_go(name) for stored in session.scalars(query)]


def _refuse_unfit(session: Session, company_id: int, name: str, *, house: House) -> None:
    registry = house.registry
    if name in registry.quarantined:
        raise PluginIsQuarantined(name, reason=registry.quarantined[name])
    if name not in registry.plugins:
        raise PluginIsUnknown(name)
    if name in read_state(session, company_id):
        raise PluginIsOn(name)
    dependents = registry.dependents(name)
    refuse_behind((name, *dependents), house.pending())
    users = [
        user
        for user in dependents
        if count_records(
            session, models_of(registry, user), registry=registry, company_id=company_id
        )
    ]
    if users:
        raise RecordsAreInUse(name, users=users)


def _owned(company_id: int, name: str, *, registry: Registry) -> Iterator[Owned]:
    """Yield all tables with rows of the plugin's, each before those that refer to it."""
    for model in models_of(registry, name):
        yield model, (model.company_id == company_id,)
    named: list[tuple[type[Any], Any]] = [
        (Sequence, Sequence.kind),
        (CompanyNumbering, CompanyNumbering.kind),
        (FlowSetting, FlowSetting.resource),
        (SavedView, SavedView.resource),
        (PreferredView, PreferredView.resource),
        (FieldRule, FieldRule.resource),
        (PaperTemplate, PaperTemplate.printout),
        (PaperText, PaperText.printout),
        (Import, Import.resource),
        (KeptMapping, KeptMapping.resource),
        *((model, model.resource) for model in (*linked_models(), *decided_models())),
    ]
    for counted, key in named:
        theirs = key.startswith(f"{name}.", autoescape=True)
        yield counted, (counted.company_id == company_id, theirs)
    yield JobRun, (JobRun.company_id == company_id, runs_about(name))
    yield ScheduleEntry, (ScheduleEntry.company_id == company_id, schedules_about(name))
    yield Arrangement, (Arrangement.company_id == company_id, Arrangement.place == name)
    beside: list[Any] = [OutboxEntry, IdempotencyKey, ReceivedCall, CompanyPlugin]
    for kept in (*beside, *department_models()):
        yield kept, (kept.company_id == company_id, kept.plugin == name)


def _about(
    company: CurrentCompany, name: str, *, at: datetime, registry: Registry
) -> dict[str, Any]:
    return {
        "company": company.code,
        "plugin": name,
        "version": registry.plugins[name].version,
        "at": at.isoformat(),
    }


def _delete(
    session: Session, owned: list[Owned], rows: dict[str, int], *, name: str, company_id: int
) -> None:
    """Delete what was exported, users before what they refer to; refuse if it is not the same."""
    try:
        for model, conditions in owned:
            _let_go(session, model, conditions)
            if issubclass(model, Linked):
                model.before_leaving(*conditions)
            elif issubclass(model, OfDepartment):
                model.before_leaving(company_id, plugin=name)
        for model, conditions in reversed(owned):
            if _changed(session, delete(model).where(*conditions)) != rows[model.__tablename__]:
                raise PurgeWasDisturbed(name)
        forget_entries(session, company_id=company_id, prefix=f"{name}_")
        session.execute(forget_work_of(name, company_id=company_id))
    except IntegrityError:
        raise RecordsAreReferredTo(name) from None


def _let_go(
    session: Session, model: type[Model], conditions: tuple[ColumnElement[bool], ...]
) -> None:
    """Empty references that run in a circle, so that one of two tables can go first."""
    circular = {
        key.parent.name: None
        for constraint in model.__table__.foreign_key_constraints
        for key in constraint.elements
        if constraint.use_alter and key.parent.nullable
    }
    if circular:
        _changed(session, update(model).where(*conditions).values(circular))


def _changed(session: Session, statement: Any) -> int:
    done = session.execute(statement.execution_options(synchronize_session=False, unrecorded=True))
    return cast(CursorResult[Any], done).rowcount


def _write_history(
    unit: UnitOfWork,
    company: CurrentCompany,
    name: str,
    *,
    rows: dict[str, int],
    reason: str,
    at: datetime,
) -> None:
    unit.session.add(
        Switch(
            company_id=company.id,
            plugin=name,
            enabled=False,
            at=at,
            by_id=unit.user.id if unit.user else None,
            reason=reason.strip(),
            plan={"name": name, "enabled": False, "purged": rows},
        )
    )
