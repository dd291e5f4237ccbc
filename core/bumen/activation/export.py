"""The archive a purge leaves behind: every row, readable by people and programs for good.

A zip file with one file of JSON lines per table and a `manifest.json` that says what is in it.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from io import TextIOWrapper
from pathlib import Path
from shutil import copyfileobj
from typing import IO, Any

from sqlalchemy import Select, inspect, select
from sqlalchemy.orm import Session

from bumen.activation.errors import ExportExists
from bumen.model import Model

_BATCH = 1000


def export_rows(
    session: Session,
    queries: Iterable[tuple[type[Model], Select[Any]]],
    *,
    file: Path,
    about: dict[str, Any],
    contents: Callable[[], Iterable[tuple[str, IO[bytes]]]] = tuple,
) -> dict[str, int]:
    """Write the rows that queries select to a new zip file; return how many by table.

    `contents` gives the files that rows speak of, each under its name in the archive.
    The file gets its name once it is complete and read back. Refuses to write over a file.
    """
    if file.exists():
        raise ExportExists(file)
    unfinished = file.with_name(f"{file.name}.part")
    counts: dict[str, int] = {}
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
        for model, query in queries:
            counts[model.__tablename__] = _write_rows(archive, session, model, query)
        for name, content in contents():
            with content, archive.open(name, "w", force_zip64=True) as kept:
                copyfileobj(content, kept)
        manifest = {**about, "tables": counts}
        archive.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=2))
    _settle(unfinished)
    unfinished.rename(file)
    return counts


def columns_of(model: type[Model]) -> list[Any]:
    """Return the mapped columns of a model, in the order of its table."""
    mapper = inspect(model)
    return [mapper.get_property_by_column(column).class_attribute for column in mapper.columns]


def rows_of(model: type[Model], *conditions: Any) -> Select[Any]:
    """Return the query for the rows of a model, column by column, in a steady order."""
    return select(*columns_of(model)).where(*conditions).order_by(*inspect(model).primary_key)


def _write_rows(
    archive: zipfile.ZipFile, session: Session, model: type[Model], query: Select[Any]
) -> int:
    names = [column.key for column in inspect(model).columns]
    rows = session.execute(query.execution_options(yield_per=_BATCH))
    with (
        archive.open(f"{model.__tablename__}.jsonl", "w", force_zip64=True) as raw,
        TextIOWrapper(raw, encoding="utf-8", newline="\n") as lines,
    ):
        written = 0
        for row in rows:
            lines.write(_line(dict(zip(names, row, strict=True))))
            written += 1
        return written


def _line(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, default=_plain) + "\n"


def _plain(value: Any) -> str:
    """Write a value that JSON does not know, without losing any of it."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be exported.")


def _settle(file: Path) -> None:
    """Read the archive back and bring it to the disk before anything is deleted."""
    with zipfile.ZipFile(file) as archive:
        broken = archive.testzip()
    if broken is not None:
        raise OSError(f"{broken} could not be read back from {file}")
    with file.open("rb") as written:
        os.fsync(written.fileno())
