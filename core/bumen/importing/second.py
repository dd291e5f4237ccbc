"""Lines from a second file: put beside the first, read otherwise, let go again."""

from __future__ import annotations

from copy import deepcopy
from typing import IO, Any

from bumen.documents.writing import written
from bumen.errors import NotFound
from bumen.exchange import Table, read_table
from bumen.exchange.guessing import Content, guessed_lines
from bumen.importing.errors import NotThatFar
from bumen.importing.files import CORRECTABLE, drop_beside, put_beside, reading_of, table_of
from bumen.importing.planning import resource_for
from bumen.imports import Import, Stage
from bumen.imports.models import LONGEST_READING
from bumen.resource import Lines


def add_lines_file(kept: Import, lines: str, *, name: str, content: IO[bytes]) -> None:
    """Take the lines of a document from a second file, and guess what becomes of its columns.

    Another one takes the place of the one before. Refuses what is no table.
    """
    _lines_called(kept, lines)
    changed = deepcopy(kept.mapping or {"resource": kept.resource, "fields": {}})
    before = _file_of(changed, lines)
    with written():
        called = put_beside(kept, name=name, content=content)
        if before and any(one.name == before for one in kept.beside):
            drop_beside(kept, before)
        _guess(kept, changed, lines, {"file": called})


def read_lines_again(kept: Import, lines: str, **reading: str) -> None:
    """Read a second file as somebody says it is to be read; its columns are guessed anew."""
    _lines_called(kept, lines)
    changed = deepcopy(kept.mapping or {})
    told = {"file": _file_of(changed, lines)}
    if told["file"] is None:
        raise NotFound
    told |= {name: value for name, value in reading_of(reading).items() if value}
    with written():
        _guess(kept, changed, lines, told, must_be_read=True)


def drop_lines_file(kept: Import, lines: str) -> None:
    """Let a second file go: its lines are not taken from there any more."""
    _lines_called(kept, lines)
    changed = deepcopy(kept.mapping or {})
    name = _file_of(changed, lines)
    if name is None:
        raise NotFound
    with written():
        if any(one.name == name for one in kept.beside):
            drop_beside(kept, name)
        del changed["lines"][lines]
        kept.mapping = {key: value for key, value in changed.items() if value or key != "lines"}


def with_files_here(kept: Import, content: Content) -> Content:
    """Let a mapping from elsewhere mean the second file that is here, whatever it is called."""
    here = [one.name for one in kept.beside]
    meant = [one for one in content.get("lines", {}).values() if one.get("file")]
    if len(here) != 1 or len(meant) != 1 or meant[0]["file"] in here:
        return content
    changed = deepcopy(content)
    next(one for one in changed["lines"].values() if one.get("file"))["file"] = here[0]
    return changed


def guess_lines(kept: Import) -> None:
    """Guess what becomes of the columns of a second file that came along without a mapping."""
    kinds = resource_for(kept).lines
    if len(kept.beside) == 1 and len(kinds) == 1:
        changed = deepcopy(kept.mapping or {"resource": kept.resource, "fields": {}})
        _guess(kept, changed, kinds[0].name, {"file": kept.beside[0].name})


def second_table(table: Table, told: Content) -> Table:
    """Open the second file that a mapping names, beside the first."""
    reading = {name: told.get(name) for name in LONGEST_READING}
    return read_table(table.folder / told["file"], **reading)


def _guess(
    kept: Import, content: Content, lines: str, told: Content, *, must_be_read: bool = False
) -> None:
    with table_of(kept) as first:
        try:
            told |= guessed_lines(_lines_called(kept, lines), first, second_table(first, told))
        except CORRECTABLE as wrong:
            if must_be_read:
                raise wrong from None
            told |= {"fields": {}, "match": {}}
    every: dict[str, Any] = content.setdefault("lines", {})
    every[lines] = told
    content.pop("group_by", None)
    kept.mapping = content


def _file_of(content: Content, lines: str) -> str | None:
    told = content.get("lines", {}).get(lines, {})
    return told.get("file") if isinstance(told, dict) else None


def _lines_called(kept: Import, name: str) -> type[Lines]:
    """Return the lines of a document; `NotThatFar` once the columns are settled."""
    found = next((one for one in resource_for(kept).lines if one.name == name), None)
    if found is None:
        raise NotFound
    if kept.stage is not Stage.MAPPING:
        raise NotThatFar
    return found
