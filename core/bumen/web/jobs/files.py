"""The files that runs made, as people take them with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO
from urllib.parse import quote

from flask import Response

from bumen.errors import NotFound
from bumen.jobs import JobRun
from bumen.storage import BLOCK
from bumen.unit_of_work import current
from bumen.web.jobs.reading import why_without_file


def file_of(run: JobRun) -> Response:
    """Answer with a run's file; `NotFound` where there is none, or none any more.

    Refuses whoever may not read what it tells.
    """
    if run.stored_as is None or run.file_name is None:
        raise NotFound
    if (why := why_without_file(run)) is not None:
        raise why
    try:
        content = current().neighbours.files.open(run.stored_as)
    except FileNotFoundError:
        raise NotFound from None
    response = Response(_parts(content), mimetype=run.media_type)
    response.headers["Content-Length"] = str(run.size)
    response.headers["Content-Disposition"] = _disposition(run.file_name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _parts(content: IO[bytes]) -> Iterator[bytes]:
    with content:
        while part := content.read(BLOCK):
            yield part


def _disposition(name: str) -> str:
    """Name the file twice: in plain letters, and as people call it (RFC 6266, RFC 5987)."""
    extension = name.rpartition(".")[2]
    plain = f"file.{extension}" if extension.isascii() and extension.isalnum() else "file"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
