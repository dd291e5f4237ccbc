"""What one statement changes of many records, noted like what is changed one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import ORMExecuteState

from bumen.company.isolation import CompanySession, IsolationBreach
from bumen.documents.history.changes import Touched, is_kept, noted
from bumen.documents.history.models import HistoryKind
from bumen.documents.history.values import called, document_of, told_columns, told_value

Rows = dict[int, dict[str, Any]]
_AT_ONCE = 500


@event.listens_for(CompanySession, "do_orm_execute")
def note_many(state: ORMExecuteState) -> Any:
    """Note what a statement on many records changes: what they were, and what they are."""
    model: Any = state.bind_mapper.class_ if state.bind_mapper else None
    writes = state.is_update or state.is_delete or state.is_insert
    if not writes or not is_kept(model) or state.execution_options.get("unrecorded"):
        return None
    if state.is_insert:
        raise IsolationBreach(f"A bulk insert of {model} would be in no history.")
    session: Any = state.session
    statement: Any = state.statement
    before = _rows(session, model, statement.whereclause)
    result = state.invoke_statement()
    after: Rows = {}
    ids = [] if state.is_delete else list(before)
    for start in range(0, len(ids), _AT_ONCE):
        after |= _rows(session, model, model.id.in_(ids[start : start + _AT_ONCE]))
    noted(session).items.extend(_touched(model, before, after))
    return result


def _rows(session: CompanySession, model: Any, condition: Any) -> Rows:
    """Read what rows say, and lock them: nobody changes them between the reading and the deed."""
    lines = document_of(model)
    names = ["id", *(one.key for one in told_columns(model)), *([lines.column] if lines else [])]
    query = select(*(getattr(model, name).label(name) for name in names)).with_for_update(of=model)
    rows = session.execute(query if condition is None else query.where(condition)).mappings()
    return {row["id"]: dict(row) for row in rows}


def _touched(model: Any, before: Rows, after: Rows) -> Iterator[Touched]:
    lines = document_of(model)
    for ident, row in before.items():
        now = after.get(ident, {})
        yield Touched(
            model=model,
            ident=ident,
            kind=HistoryKind.CHANGED if now else HistoryKind.DELETED,
            differences={
                one.key: (told_value(one, row[one.key]), told_value(one, now.get(one.key)))
                for one in told_columns(model)
                if row[one.key] != now.get(one.key)
            },
            place=row[lines.column] if lines else None,
            label=None if lines else called(model, row),
        )
