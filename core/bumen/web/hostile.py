"""What no honest client sends: texts no database can keep, in addresses, forms and file names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flask import Request

from bumen.errors import Malformed
from bumen.i18n import translator

_ = translator(__file__, "bumen")


_SIGNING_IN = "/api/v1/security/"
_ESCAPED = re.compile(rb"\\u(0000|d[89a-f])", re.IGNORECASE)
"""How JSON writes what cannot be stored; our own API says in which field it stands."""


def refuse_hostile(request: Request) -> None:
    """Refuse NUL characters and lone surrogates wherever they come in, before they are read."""
    for text in _texts(request):
        if "\x00" in text or any(0xD800 <= ord(sign) <= 0xDFFF for sign in text):
            raise Malformed(_("The request contains characters that cannot be stored."))
    if request.path.startswith(_SIGNING_IN) and _ESCAPED.search(request.get_data()):
        raise Malformed(_("The request contains characters that cannot be stored."))


def _texts(request: Request) -> Iterator[str]:
    yield request.path
    for place in (request.args, request.form):
        for name, values in place.lists():
            yield name
            yield from values
    for name, file in request.files.items(multi=True):
        yield from (name, file.filename or "")
    for header in ("X-Company", "Authorization", "Idempotency-Key", "Accept-Language"):
        yield request.headers.get(header, "")
