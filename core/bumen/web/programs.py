"""Programs that show a key instead of signing in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import g, request

from bumen.errors import Forbidden, NotSignedIn
from bumen.host import Host
from bumen.i18n import translator
from bumen.security.api_keys import ApiKey, KeyReach, is_key, key_shown, note_use
from bumen.unit_of_work import current

_ = translator(__file__, "bumen")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def shows_key() -> bool:
    """Whether a key is shown in place of a token."""
    kind, _space, text = request.headers.get("Authorization", "").partition(" ")
    return kind.casefold() == "bearer" and is_key(text)


def user_of_key() -> Any:
    """Return whose key is shown; refuses one that holds no more, and one that goes too far."""
    text = request.headers["Authorization"].partition(" ")[2]
    now = datetime.now(UTC)
    key = current().session.scalar(key_shown(text, at=now))
    if key is None:
        raise NotSignedIn
    if key.reach is KeyReach.READ and request.method not in _SAFE:
        raise Forbidden(_("This key may only read."))
    g.api_key = key
    if key.is_due(now):
        g.api_key_used = (key.id, now)
    return key.membership.user


def key_of_request() -> ApiKey | None:
    """Return the key by which this request works, if it does by one."""
    found: ApiKey | None = g.get("api_key")
    return found


def tell_use(host: Host) -> None:
    """Write down that a key was used, once the request is over: what only reads writes nothing."""
    used = g.pop("api_key_used", None)
    if used is None:
        return
    ident, at = used
    host.database.note_aside(note_use(ident, at=at))
