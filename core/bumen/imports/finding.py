"""What is asked of imports: one by its id, the past ones, their problems, what they made."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Delete, Select, and_, case, delete, or_, select
from sqlalchemy.orm import joinedload, selectinload

from bumen.imports.models import (
    Import,
    ImportedRecord,
    ImportProblem,
    KeptMapping,
)
from bumen.jobs import JobRun
from bumen.jobs.models import OPEN


def import_called(ident: int) -> Select[Import]:
    """Select an import of the company by its id, with who began it."""
    return select(Import).options(joinedload(Import.starter)).where(Import.id == ident)


def imports_of(resources: Collection[str], *, user_id: int | None) -> Select[Import]:
    """Select the imports into some resources, newest first; of one person when one is named."""
    query = (
        select(Import)
        .options(joinedload(Import.starter))
        .where(Import.resource.in_(resources))
        .order_by(Import.id.desc())
    )
    return query if user_id is None else query.where(Import.created_by_id == user_id)


def problems_of(
    import_id: int, *, of_undoing: bool, after: tuple[int, int] | None = None
) -> Select[ImportProblem]:
    """Select what was wrong, in the order of the rows; `after` a row and id, to go on."""
    where = [ImportProblem.import_id == import_id, ImportProblem.of_undoing == of_undoing]
    if after is not None:
        row, ident = after
        further = and_(ImportProblem.row == row, ImportProblem.id > ident)
        where.append(or_(ImportProblem.row > row, further))
    return select(ImportProblem).where(*where).order_by(ImportProblem.row, ImportProblem.id)


def forget_problems(import_id: int, *, of_undoing: bool) -> Delete:
    """Forget what was wrong with an import."""
    theirs = (ImportProblem.import_id == import_id, ImportProblem.of_undoing == of_undoing)
    return delete(ImportProblem).where(*theirs)


def records_of(import_id: int, *, before: int | None = None) -> Select[ImportedRecord]:
    """Select what an import made or changed, the last first; `before` an id, to go on."""
    query = select(ImportedRecord).where(ImportedRecord.import_id == import_id)
    if before is not None:
        query = query.where(ImportedRecord.id < before)
    return query.order_by(ImportedRecord.id.desc())


def forget_records(import_id: int) -> Delete:
    """Forget what an import made and changed."""
    return delete(ImportedRecord).where(ImportedRecord.import_id == import_id)


def mappings_seen(resource: str, *, user_id: int) -> Select[KeptMapping]:
    """Select the mappings for a resource that a person sees: one's own, then what others share."""
    mine = KeptMapping.owner_id == user_id
    return (
        select(KeptMapping)
        .where(KeptMapping.resource == resource, or_(mine, KeptMapping.shared))
        .options(joinedload(KeptMapping.owner))
        .order_by(case((mine, 0), else_=1), KeptMapping.name, KeptMapping.id)
    )


def mapping_named(name: str, *, resource: str, user_id: int) -> Select[KeptMapping]:
    """Select the mapping for a resource that a person has kept under a name."""
    mine = (KeptMapping.owner_id == user_id, KeptMapping.resource == resource)
    return select(KeptMapping).where(*mine, KeptMapping.name == name)


def files_outdated(before: datetime) -> Select[Import]:
    """Select the imports whose files are not needed any more, with their second files."""
    kept = (Import.stored_as.is_not(None), Import.created_at < before, _at_rest())
    beside = selectinload(Import.beside)
    return select(Import).options(beside).where(*kept).order_by(Import.id)


def outdated(before: datetime) -> Select[int]:
    """Select the ids of imports that are forgotten by now."""
    return select(Import.id).where(Import.created_at < before, _at_rest())


def imports_about(plugin: str) -> ColumnElement[bool]:
    """Return the condition that an import goes into a department's resources."""
    return Import.resource.startswith(f"{plugin}.", autoescape=True)


def _at_rest() -> ColumnElement[bool]:
    """Return the condition that no background work is about an import, or is to be."""
    theirs = (JobRun.id == Import.run_id, JobRun.state.in_(OPEN))
    return ~select(JobRun.id).where(*theirs).exists()


def run_open(run_id: int) -> Select[int]:
    """Select the id of a run, if it is still to come to an end."""
    return select(JobRun.id).where(JobRun.id == run_id, JobRun.state.in_(OPEN))
