"""Attached files on their way in and out: sent with a form, told to programs, served to people.

A file is served under its record, by whoever may read that. Browsers are told to keep it, not to
open it; only pictures and PDF files are shown, and nothing in them may run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any
from urllib.parse import quote

from flask import Response, request

from bumen.documents.attachments import Attachment, attach_file, open_file
from bumen.documents.called import names_of
from bumen.documents.file_kinds import extension_of
from bumen.errors import BusinessError, InvalidInput
from bumen.i18n import translator
from bumen.printing.reach import why_withheld
from bumen.resource import Resource
from bumen.storage import BLOCK
from bumen.unit_of_work import current

_ = translator(__file__, "bumen")

FILE = "file"
MOST_AT_ONCE = 20
_NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
_SANDBOX = f"{_NOTHING_RUNS}; sandbox"


def attach_sent(resource: type[Resource], record: Any) -> list[Attachment]:
    """Attach the files that were sent to a record: all of them or none."""
    sent = [one for one in request.files.getlist(FILE) if one.filename]
    if not sent:
        raise InvalidInput({FILE: [_("Choose a file first.")]})
    if len(sent) > MOST_AT_ONCE:
        raise InvalidInput({FILE: [_("At most %(most)s files at once.", most=MOST_AT_ONCE)]})
    return [
        attach_file(resource, record, name=str(one.filename), content=one.stream) for one in sent
    ]


def address_of(resource: type[Resource], file: Attachment) -> str:
    """Return where a file is read: behind the gate, by whoever may read its record."""
    place = f"/api/v1/{resource.plugin()}/{resource.path()}/{file.record_id}"
    return f"{place}/attachments/{file.id}"


def why_not_served(resource: type[Resource], record: Any, file: Attachment) -> BusinessError | None:
    """Return why a file is not served to whoever asks: it tells what is hidden from them."""
    mine = current().user is not None and file.created_by_id == current().user.id
    return why_withheld(resource, file.name, file.tells or (), record=record, own=mine)


def names_of_people(files: Iterable[Attachment]) -> Mapping[int, str]:
    """Return who attached files, by the id of the user, with one statement."""
    return names_of(one.created_by_id for one in files)


def told_of(
    resource: type[Resource],
    file: Attachment,
    people: Mapping[int, str],
    *,
    withheld: bool = False,
) -> dict[str, Any]:
    """Return a file as programs are told of it; what is withheld is named, and not to be read."""
    by = file.created_by_id
    return {
        "id": file.id,
        "name": file.name,
        "type": file.mimetype,
        "size": file.size,
        "sha256": file.sha256,
        "created_at": file.created_at,
        "created_by": None if by is None else {"id": by, "label": people.get(by, "")},
        "content": None if withheld else address_of(resource, file),
    }


def served(file: Attachment, *, inline: bool) -> Response:
    """Answer with the content of a file; shown where that is asked for and harmless."""
    shown = inline and file.kind.is_shown
    response = Response(_parts(open_file(file)), mimetype=file.mimetype)
    response.content_length = file.size
    response.headers["Content-Disposition"] = _disposition(file.name, inline=shown)
    # Browsers draw no PDF in a sandbox; their reader of PDF files is one of its own.
    limits = _NOTHING_RUNS if file.mimetype == "application/pdf" else _SANDBOX
    response.headers["Content-Security-Policy"] = limits
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(file.sha256)
    response.make_conditional(request)
    return response


def _parts(content: IO[bytes]) -> Iterator[bytes]:
    with content:
        while part := content.read(BLOCK):
            yield part


def _disposition(name: str, *, inline: bool) -> str:
    """Name the file twice: in plain letters, and as people call it (RFC 6266, RFC 5987)."""
    how, extension = "inline" if inline else "attachment", extension_of(name)
    plain = f"file.{extension}" if extension.isascii() and extension.isalnum() else "file"
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
