"""Files that people take with them: complete or not at all, under a name in their own script."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO
from urllib.parse import quote

from flask import Response

from bumen.exchange.export import FileFormat, Sheet
from bumen.exchange.safety import storable
from bumen.unit_of_work import today

_BLOCK = 64 * 1024
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|\r\n\t', " "))


def download(sheet: Sheet, kind: FileFormat, *, name: str) -> Response:
    """Answer with a sheet as a file; `name` is what old browsers call it, in plain letters.

    The file is written to the disk first: an answer that broke off half-way would look whole. What
    is sent then needs neither the database nor the company any more.
    """
    file = TemporaryFile()  # noqa: SIM115  # closed when it has been sent
    try:
        kind.write(sheet, file)
        size = file.tell()
        file.seek(0)
    except BaseException:
        file.close()
        raise
    response = Response(_parts(file), mimetype=kind.mimetype)
    response.call_on_close(file.close)
    response.content_length = size
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Disposition"] = _disposition(sheet.title, name, kind)
    return response


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while part := file.read(_BLOCK):
            yield part


def _disposition(title: str, name: str, kind: FileFormat) -> str:
    """Name the file twice: in plain letters, and as people call it (RFC 6266, RFC 5987)."""
    day = today().isoformat()
    plain = storable(title).translate(_NOT_IN_NAMES).strip(" .") or name
    called = quote(f"{plain} {day}.{kind.name}", safe="")
    return f"attachment; filename=\"{name}-{day}.{kind.name}\"; filename*=UTF-8''{called}"
