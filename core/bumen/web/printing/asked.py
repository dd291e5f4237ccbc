"""What a request for a paper names: the printout, the records, the language; and its answer."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Response, current_app, request

from bumen.errors import InvalidInput, Malformed, NotFound
from bumen.host import Host
from bumen.i18n import LANGUAGES, translator
from bumen.printing.printing import MOST_AT_ONCE, Printed
from bumen.printing.templates import Declared
from bumen.resource import Resource
from bumen.values import is_record_id
from bumen.web.house import printouts_of

_ = translator(__file__, "bumen")

PDF = "application/pdf"
_NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
_LONGEST_IDS = 20 * MOST_AT_ONCE


def printouts_declared(resource: type[Resource]) -> list[Declared]:
    """Return what is printed of a resource's records, by departments that are on."""
    return [Declared(resource=resource, printout=one) for one in printouts_of(resource)]


def printout_called(resource: type[Resource], name: str) -> Declared:
    """Return a printout by name, or `NotFound`."""
    every = printouts_declared(resource)
    found = next((one for one in every if one.printout.name == name), None)
    if found is None:
        raise NotFound
    return found


def language_asked(given: Any = None) -> str | None:
    """Return the language a paper is asked in; None where it decides itself."""
    asked = request.values.get("language", "") if given is None else given
    if asked in ("", None):
        return None
    if asked not in LANGUAGES:
        said = _("This must be one of: %(allowed)s.", allowed=", ".join(LANGUAGES))
        raise Malformed(said, fields={"language": [said]})
    return str(asked)


def ids_asked(sent: str) -> list[int]:
    """Return the records that are named, as in `3,5,8`; `Malformed` when that is no list."""
    parts = sent.split(",") if len(sent) <= _LONGEST_IDS else []
    numbers = [int(one) for one in parts if one.isascii() and one.isdigit() and len(one) < 20]
    if not parts or len(numbers) != len(parts):
        said = _("Name records by their ids, with commas between them: 3,5,8.")
        raise Malformed(said, fields={"ids": [said]})
    return [one if is_record_id(one) else 0 for one in numbers]


def ids_sent(sent: Any) -> list[int]:
    """Return the records that a program names in a list; `InvalidInput` when it is none."""
    if not isinstance(sent, list) or not sent:
        raise InvalidInput({"ids": [_("This must be a list of ids.")]})
    if not all(isinstance(one, int) and not isinstance(one, bool) for one in sent):
        raise InvalidInput({"ids": [_("This must be a whole number.")]})
    return list(dict.fromkeys(one if is_record_id(one) else 0 for one in sent))


def paper(printed: Printed) -> Response:
    """Answer with a PDF that browsers show, under its name in its own script."""
    made = Response(printed.pdf, mimetype=PDF)
    name = quote(printed.name, safe="")
    made.headers["Content-Disposition"] = f"inline; filename=\"paper.pdf\"; filename*=UTF-8''{name}"
    made.headers["Content-Security-Policy"] = _NOTHING_RUNS
    made.headers["Cache-Control"] = "private, no-store"
    return made


def sends_mail() -> bool:
    """Whether a mail server is set up."""
    host: Host = current_app.extensions["bumen"]
    return host.settings.smtp_url is not None
