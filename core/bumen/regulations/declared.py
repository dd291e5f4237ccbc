"""What people write of regulations: the fields of documents, versions, chapters and clauses.

They have pages of their own: these declarations only say what may be written, and how.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Date, String

from bumen.argument import Argument
from bumen.i18n import translator
from bumen.regulations.models import Chapter, Clause, Edition, Regulation
from bumen.resource import Resource

_ = translator(__file__, "bumen")

DEMANDS = Argument(
    "demands",
    String(400),
    label=_("Demands it answers"),
    required=False,
    help=_("The names departments know rules by, such as A4.3.1, with spaces between them."),
)
"""The demands of a clause as people type them: a clause may answer several."""


@dataclass(frozen=True)
class Asking:
    """An asking is what is typed before something is done: a name, and its arguments."""

    name: str
    arguments: Sequence[Argument]


ENDING = Asking(
    "end",
    (Argument("valid_to", Date(), label=_("Last day"), help=_("The last day people go by it.")),),
)
"""What is asked before a published version ends."""


class Regulations(Resource):
    """Documents of rules."""

    model = Regulation
    title = _("Regulations")
    columns = fields = ("code", "title")


class Editions(Resource):
    """Versions of a document."""

    model = Edition
    title = _("Versions")
    columns = ("number", "valid_from", "valid_to", "note")
    fields = ("valid_from", "note")


class Chapters(Resource):
    """Chapters of a version."""

    model = Chapter
    title = _("Chapters")
    columns = fields = ("number", "title")


class Clauses(Resource):
    """Clauses of a chapter."""

    model = Clause
    title = _("Clauses")
    columns = fields = ("number", "text")
