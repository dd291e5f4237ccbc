"""Papers of records that were chosen in a list, as one file."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from bumen.errors import Malformed
from bumen.i18n import translator
from bumen.values import is_record_id

_ = translator(__file__, "bumen")

_LONGEST = 18


def picked_in(sent: MultiDict[str, str]) -> list[int]:
    """Return the records that were chosen, each written as `id:version`."""
    return list(dict.fromkeys(_ident(one) for one in sent.getlist("records")))


def _ident(text: str) -> int:
    ident = text.partition(":")[0]
    if ident.isascii() and ident.isdigit() and len(ident) <= _LONGEST and is_record_id(int(ident)):
        return int(ident)
    message = _("A record is named by its id and its version, as in 7:1.")
    raise Malformed(message, fields={"records": [message]})
