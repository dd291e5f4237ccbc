"""Where somebody is led who opens the address of something that is only ever sent.

Reloading the page that refused a form, or coming back to it after signing in, asks for the address
the form was sent to. Nothing is there to read; the form is where it came from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import request, url_for
from flask.globals import request_ctx
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BuildError, MapAdapter

from bumen.web.requests import is_api

_READS = {"GET", "HEAD"}


def led_back() -> str | None:
    """Return the page nearest to an address that can only be sent to; None for programs.

    A record's own deeds lead to its page, other deeds to the list or the page they stand below.
    """
    adapter = request_ctx.url_adapter
    if request.method not in _READS or is_api() or adapter is None:
        return None
    return next((place for place in _places(adapter) if _can_be_read(adapter, place)), None)


def _places(adapter: MapAdapter) -> Iterator[str]:
    try:
        endpoint, values = adapter.match(method="POST")
    except HTTPException:
        return
    view = endpoint.rpartition(".")[0]
    named = {name: values[name] for name in ("ident", "pk") if name in values}
    record = _built(f"{view}.show", named) if named else None
    if record and _is_deed_with(record):
        yield record
    yield from filter(None, [_built(f"{view}.list", {})])
    yield from _above(request.path)


def _is_deed_with(record: str) -> bool:
    """Whether what is done here is done with the record that a page shows."""
    done = f"{record.replace('/show/', '/')}/"
    return request.path.startswith(done) or request.path == record.replace("/show/", "/delete/")


def _built(endpoint: str, values: Mapping[str, Any]) -> str | None:
    try:
        return url_for(endpoint, **values)
    except BuildError:
        return None


def _above(path: str) -> Iterator[str]:
    """Yield the addresses a path stands below, the nearest first."""
    parts = path.strip("/").split("/")
    for length in range(len(parts) - 1, 0, -1):
        above = "/" + "/".join(parts[:length])
        yield from (above, f"{above}/")
    yield "/"


def _can_be_read(adapter: MapAdapter, place: str) -> bool:
    """Whether a page stands at an address, not only one that leads on to a page."""
    try:
        adapter.match(place, method="GET")
    except HTTPException:
        return False
    return True
