"""The kinds of files that are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from bumen.errors import Malformed
from bumen.exchange.export.csv_writing import write_csv
from bumen.exchange.export.sheet import Sheet
from bumen.exchange.export.xlsx_writing import write_xlsx
from bumen.i18n import translator

_ = translator(__file__, "bumen")


class UnknownFormat(Malformed):
    """The refusal of a kind of file that is not written here."""

    def __init__(self, name: str) -> None:
        message = _("“%(name)s” is not a kind of file that is exported: csv, xlsx.", name=name)
        super().__init__(message, fields={"format": [message]})


@dataclass(frozen=True, kw_only=True)
class FileFormat:
    """A kind of file: how it is written, and what browsers are told it is."""

    name: str
    mimetype: str
    write: Callable[[Sheet, IO[bytes]], int]


FORMATS = {
    one.name: one
    for one in (
        FileFormat(name="csv", mimetype="text/csv; charset=utf-8", write=write_csv),
        FileFormat(
            name="xlsx",
            mimetype="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            write=write_xlsx,
        ),
    )
}


def format_named(name: str) -> FileFormat:
    """Return a kind of file by its name, or `UnknownFormat`."""
    if name not in FORMATS:
        raise UnknownFormat(name)
    return FORMATS[name]
