"""The steps of an import that people and programs take: begin, match, check, import, undo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

from bumen.documents.writing import written
from bumen.exchange import read_table
from bumen.exchange.errors import UnreadableFile
from bumen.exchange.guessing import Content, guessed
from bumen.i18n import translator
from bumen.importing.errors import (
    NothingToImport,
    NothingToUndo,
    NotThatFar,
    SomeRowsAreBad,
)
from bumen.importing.files import (
    CORRECTABLE,
    laid_down,
    plain_name,
    put_beside,
    reading_of,
    store,
    table_of,
)
from bumen.importing.planning import (
    plan_for,
    refuse_incomplete,
    resource_called,
    resource_for,
)
from bumen.importing.second import guess_lines, with_files_here
from bumen.importing.taking import CHECK, TAKE
from bumen.importing.undoing import UNDO
from bumen.imports import Import, Stage
from bumen.imports.finding import run_open
from bumen.imports.models import LONGEST_READING
from bumen.jobs import JobRun, start
from bumen.resource import Resource
from bumen.unit_of_work import session

_ = translator(__file__, "bumen")


def begin_import(
    key: str,
    *,
    name: str,
    content: IO[bytes],
    mapping: Content | None = None,
    beside: Sequence[tuple[str, IO[bytes]]] = (),
    **reading: str | None,
) -> Import:
    """Keep a file that is to go into a resource, and guess what becomes of its columns.

    `reading` names its encoding, delimiter and sheet where that is known, else the mapping does.
    `beside` are the files that a mapping takes lines from, by their names. Refuses what is no
    table; of a text that cannot be read yet, the encoding can be named later.
    """
    resource = resource_called(key)
    reading = reading_of(reading, mapping=mapping)
    found = _first_guess(resource, name, content, reading)
    kept = Import(
        resource=resource.key(),
        file_name=plain_name(name),
        stored_as=store(content),
        size=content.seek(0, 2),
        mapping=mapping or found,
        stage=Stage.MAPPING,
        **reading,
    )
    session().add(kept)
    session().flush()
    for called, one in beside:
        put_beside(kept, name=called, content=one)
    if mapping is None:
        guess_lines(kept)
    else:
        kept.mapping = with_files_here(kept, mapping)
    session().flush()
    return kept


def _first_guess(
    resource: type[Resource], name: str, content: IO[bytes], reading: dict[str, str | None]
) -> Content | None:
    with laid_down(name, content) as path:
        try:
            return guessed(resource, read_table(path, **reading))
        except CORRECTABLE:
            return None


def read_again(kept: Import, **reading: str | None) -> None:
    """Read the file as somebody says it is to be read; the columns are guessed anew."""
    _at(kept, Stage.MAPPING)
    before = {name: getattr(kept, name) for name in LONGEST_READING}
    _read_as(kept, reading_of(reading))
    try:
        with written(), table_of(kept) as table:
            kept.mapping = _beside_kept(guessed(resource_for(kept), table), kept.mapping)
    except UnreadableFile:
        _read_as(kept, before)
        raise


def _read_as(kept: Import, reading: dict[str, str | None]) -> None:
    for name, value in reading.items():
        setattr(kept, name, value)


def match(kept: Import, mapping: Content) -> None:
    """Say what becomes of the columns; `MappingIsWrong` names what cannot be done.

    A mapping that says how the file is read is taken at its word.
    """
    _at(kept, Stage.MAPPING)
    said = {name: mapping.get(name) or getattr(kept, name) for name in LONGEST_READING}
    with written():
        _read_as(kept, reading_of(said))
        kept.mapping = {"resource": kept.resource, **with_files_here(kept, mapping)}
    with table_of(kept) as table:
        plan_for(kept, table)


def _beside_kept(found: Content | None, before: Content | None) -> Content | None:
    """Let lines from a second file stay as they are when the first is read otherwise."""
    lines = (before or {}).get("lines", {})
    beside = {name: told for name, told in lines.items() if told.get("file")}
    if found is None or not beside:
        return found
    found.pop("group_by", None)
    return {**found, "lines": {**found.get("lines", {}), **beside}}


def check(kept: Import) -> JobRun:
    """Have every row tried in the background; nothing of it is kept."""
    _at(kept, Stage.MAPPING)
    with table_of(kept) as table:
        refuse_incomplete(plan_for(kept, table))
    return _begin(kept, CHECK, Stage.CHECKING)


def match_again(kept: Import) -> None:
    """Go back to the columns, unless anything of the file is imported already."""
    nothing_yet = kept.stage is Stage.TAKING and not kept.created + kept.updated
    early = kept.stage in (Stage.CHECKING, Stage.CHECKED, Stage.REFUSED) or nothing_yet
    if is_busy(kept) or not early:
        raise NotThatFar
    with written():
        kept.stage = Stage.MAPPING


def take(kept: Import, *, only_good: bool) -> JobRun:
    """Import in the background: all rows or none, or those that are good."""
    _at(kept, Stage.CHECKED)
    if not kept.created + kept.updated:
        raise NothingToImport
    if kept.problems and not only_good:
        raise SomeRowsAreBad
    kept.only_good = only_good
    kept.created = kept.updated = kept.skipped = kept.refused = kept.lines = 0
    return _begin(kept, TAKE, Stage.TAKING)


def undo(kept: Import) -> JobRun:
    """Take the import back in the background, unless something depends on what it made."""
    broken_off = kept.stage in (Stage.TAKING, Stage.UNDOING) and not is_busy(kept)
    if kept.stage is not Stage.DONE and not broken_off:
        raise NotThatFar
    if not kept.created + kept.updated:
        raise NothingToUndo
    return _begin(kept, UNDO, Stage.UNDOING)


def is_busy(kept: Import) -> bool:
    """Whether background work is about this import just now."""
    return kept.run_id is not None and session().scalar(run_open(kept.run_id)) is not None


def _begin(kept: Import, job: Any, stage: Stage) -> JobRun:
    with written():
        if is_busy(kept):
            raise NotThatFar
        kept.stage = stage
    about = _("%(file)s into %(resource)s", file=kept.file_name, resource=resource_for(kept).title)
    run = start(job, about=about, of=kept.resource, import_id=kept.id)
    kept.run_id = run.id
    return run


def _at(kept: Import, stage: Stage) -> None:
    if kept.stage is not stage:
        raise NotThatFar
