"""The walls between companies inside a session; the schema's composite keys stand behind them.

A session works for one company (`Scope`). What it reads is limited to that company's records,
relationship loads included; what it writes is stamped with the company and refused when it
belongs to another. Without a company there are no rows. Work across companies uses
`WideSession`, never the session of a request.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import Column, Connection, TextClause, event
from sqlalchemy.orm import (
    Mapper,
    ORMExecuteState,
    Session,
    SessionTransaction,
    UOWTransaction,
    with_loader_criteria,
)
from sqlalchemy.sql import visitors
from sqlalchemy.sql.schema import Table

from bumen.model import CompanyModel

COMPANY = "company_id"
_WRITTEN = "written"
"""Where a session notes that something was written in its transaction."""
_NOBODY = -1
"""The company of a session that has none: no row carries it."""


class IsolationBreach(RuntimeError):
    """The house tried to reach over the wall between companies: a fault of ours, never shown."""


class CommitRefused(RuntimeError):
    """Somebody other than the unit of work tried to end the transaction."""


@dataclass(frozen=True, kw_only=True)
class Scope:
    """For which company a session works, and for whom it stamps what is written."""

    company_id: int | None = None
    user_id: int | None = None


class WideSession(Session):
    """A session across companies, for set-up, upgrades and the host's own tables."""


class CompanySession(Session):
    """A session of one company.

    While `sealed`, nobody may commit, roll back or close: hooks and event handlers of plugins run
    that way, each in a savepoint of its own.
    """

    sealed: bool = False

    @property
    def scope(self) -> Scope:
        """For whom this session works now."""
        scope: Scope = self.info.get("scope", Scope())
        return scope

    @property
    def has_unkept(self) -> bool:
        """Whether something was written, by objects or by statements, that is not permanent yet."""
        return bool(self.new or self.dirty or self.deleted or self.info.get(_WRITTEN))

    def enter(self, scope: Scope) -> None:
        """Work for this company and person from now on."""
        if self.scope.company_id not in (None, scope.company_id):
            self.expunge_all()
        self.info["scope"] = scope

    def get(self, entity: Any, ident: Any, **options: Any) -> Any:
        """Return the record, or None when it is another company's, however it was loaded."""
        found = super().get(entity, ident, **options)
        foreign = isinstance(found, CompanyModel) and found.company_id != self.scope.company_id
        return None if foreign else found

    def commit(self) -> None:
        self._refuse_when_sealed()
        super().commit()

    def rollback(self) -> None:
        self._refuse_when_sealed()
        super().rollback()

    def close(self) -> None:
        self._refuse_when_sealed()
        super().close()

    def reset(self) -> None:
        self._refuse_when_sealed()
        super().reset()

    def invalidate(self) -> None:
        self._refuse_when_sealed()
        super().invalidate()

    def connection(self, *arguments: Any, **options: Any) -> Connection:
        """Return the connection, which could end the transaction: not while sealed."""
        self._refuse_when_sealed()
        return super().connection(*arguments, **options)

    def get_transaction(self) -> SessionTransaction | None:
        """Return the transaction itself: not while sealed."""
        self._refuse_when_sealed()
        return super().get_transaction()

    def _refuse_when_sealed(self) -> None:
        if self.sealed:
            raise CommitRefused("Only the unit of work ends a transaction.")


@event.listens_for(CompanySession, "do_orm_execute")
def _limit_to_company(state: ORMExecuteState) -> None:
    if state.is_column_load:
        return
    if state.is_insert or state.is_update or state.is_delete:
        state.session.info[_WRITTEN] = True
    if not state.is_orm_statement:
        _refuse_core(state)
        return
    company_id = state.session.info.get("scope", Scope()).company_id or _NOBODY
    if state.is_insert or _names_rows(state):
        _refuse_foreign_rows(state, company_id)
        return
    if not state.is_relationship_load:
        _refuse_unlimited(state)
    state.statement = state.statement.options(
        with_loader_criteria(
            CompanyModel, lambda model: model.company_id == company_id, include_aliases=True
        )
    )


def _refuse_unlimited(state: ORMExecuteState) -> None:
    """Refuse plain SQL and tables among models, which alone are limited, and to move records."""
    host = state.execution_options.get("host_statement")
    limited = {mapper.local_table for mapper in state.all_mappers}
    statement: Any = state.statement
    for part in visitors.iterate(statement):
        if isinstance(part, TextClause) and not host:
            raise IsolationBreach("Plain SQL is not limited to a company.")
        if isinstance(part, Column) and not part._annotations and part.table not in limited:  # noqa: SLF001  # no public way
            _refuse_company_table(part.table)
    written: Any = getattr(statement, "_values", None) or {}
    if state.is_update and COMPANY in {getattr(one, "key", one) for one in written}:
        raise IsolationBreach("Records do not move to another company.")


def _refuse_company_table(table: Any) -> None:
    if isinstance(table, Table) and table in _company_tables():
        raise IsolationBreach(f"A statement on the table {table.name} is not limited.")


def _names_rows(state: ORMExecuteState) -> bool:
    return state.is_update and isinstance(state.parameters, list)


def _refuse_foreign_rows(state: ORMExecuteState, company_id: int) -> None:
    """Let bulk inserts name their own company only; bulk updates by key are not limited at all."""
    mapper = state.bind_mapper
    if mapper is None or not issubclass(mapper.class_, CompanyModel):
        return
    given: Any = state.parameters or {}
    rows = given if isinstance(given, list) else [given]
    if state.is_update or any(row.get("company_id") != company_id for row in rows):
        raise IsolationBreach(f"A bulk write to {mapper.class_.__name__} left its company.")


def _refuse_core(state: ORMExecuteState) -> None:
    """Refuse statements that know tables instead of models: no wall would stand in their way."""
    if isinstance(state.statement, TextClause):
        if not state.execution_options.get("host_statement"):
            raise IsolationBreach("Plain SQL is not limited to a company.")
        return
    statement: Any = state.statement
    for part in visitors.iterate(statement):
        if isinstance(part, TextClause):
            raise IsolationBreach("Plain SQL is not limited to a company.")
        _refuse_company_table(part)


@cache
def _company_tables() -> frozenset[Any]:
    """Return the tables of all models of companies: asked for with every statement, so kept."""
    return frozenset(
        mapper.local_table
        for mapper in CompanyModel.registry.mappers
        if issubclass(mapper.class_, CompanyModel)
    )


@event.listens_for(Mapper, "after_mapper_constructed")
def _forget_tables(*_mapped: Any) -> None:
    """A model more, as when a plugin is loaded: the tables are looked up anew."""
    _company_tables.cache_clear()


@event.listens_for(CompanySession, "after_flush")
def _note_writing(session: CompanySession, _context: UOWTransaction) -> None:
    session.info[_WRITTEN] = True


@event.listens_for(CompanySession, "after_transaction_end")
def _forget_writing(session: CompanySession, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_WRITTEN, None)


@event.listens_for(CompanySession, "before_flush")
def _stamp_and_refuse(session: CompanySession, _context: UOWTransaction, _some: Any) -> None:
    scope, now = session.scope, datetime.now(UTC)
    for record in session.new:
        if isinstance(record, CompanyModel):
            _stamp_new(record, scope, now)
    for record in session.dirty:
        if isinstance(record, CompanyModel) and session.is_modified(record):
            record.changed_at, record.changed_by_id = now, scope.user_id
    for record in (*session.new, *session.dirty, *session.deleted):
        if isinstance(record, CompanyModel) and record.company_id != scope.company_id:
            raise IsolationBreach(f"A {type(record).__name__} of another company was written.")
    for record in (*session.new, *session.dirty):
        if isinstance(record, CompanyModel):
            _refuse_foreign_references(record)


def _stamp_new(record: CompanyModel, scope: Scope, now: datetime) -> None:
    if scope.company_id is None:
        raise IsolationBreach(f"A {type(record).__name__} was made without a company.")
    given = record.__dict__
    if given.get("company_id") is None:
        record.company_id = scope.company_id
    if given.get("created_at") is None:
        record.created_at, record.created_by_id = now, scope.user_id
    record.changed_at, record.changed_by_id = now, scope.user_id


def _refuse_foreign_references(record: CompanyModel) -> None:
    """Look at the records this one points at; ids that were never loaded are left to the keys."""
    for relation in record.__mapper__.relationships:
        if relation.uselist:
            continue
        target = record.__dict__.get(relation.key)
        if isinstance(target, CompanyModel) and target.company_id not in (None, record.company_id):
            raise IsolationBreach(f"{type(record).__name__}.{relation.key} points outside.")
