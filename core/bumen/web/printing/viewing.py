"""What people and programs are shown of papers: which there are, their versions, and trials."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from bumen.company.people import full_name_of
from bumen.errors import InvalidInput, NotFound
from bumen.i18n import translator
from bumen.model.accounts import User
from bumen.printing.models import LONGEST_NOTE, PaperTemplate
from bumen.printing.pressing import pressed
from bumen.printing.printing import PICTURED, proof, some_record
from bumen.printing.templates import Declared, keep_template, version_of
from bumen.printing.texts import Wordings
from bumen.resource import READ
from bumen.unit_of_work import current, session, today
from bumen.web.house import registry
from bumen.web.printing.asked import printouts_declared
from bumen.web.security import allowed

_ = translator(__file__, "bumen")

VIEW = "core.Printing"
"""The permission to see and change letterhead and templates."""


def every_paper() -> list[Declared]:
    """Return what departments that are on print, in their order."""
    on = current().on
    shown = [one for one in registry().resources.values() if one.plugin() in on]
    return [declared for resource in shown for declared in printouts_declared(resource)]


def declared_as(key: str) -> Declared:
    """Return a paper by its key, such as `sales.orders.confirmation`, or `NotFound`."""
    found = next((one for one in every_paper() if one.key == key), None)
    if found is None:
        raise NotFound
    return found


def authors_of(versions: Iterable[PaperTemplate]) -> dict[int, str]:
    """Return who wrote versions, by the id of the user, with one statement."""
    wanted = sorted({one.created_by_id for one in versions if one.created_by_id is not None})
    query = select(User).where(User.id.in_(wanted))
    return {one.id: full_name_of(one) for one in session().scalars(query)} if wanted else {}


def body_of_version(declared: Declared, asked: str) -> str:
    """Return a template as it was in a version; 0 is what the department has."""
    is_number = asked.isascii() and asked.isdigit() and len(asked) < len(str(2**31))
    found = version_of(declared, int(asked)) if is_number and int(asked) else None
    if found is None:
        if asked == "0":
            return declared.body
        raise NotFound
    return declared.body if found.body is None else found.body


def save_template(declared: Declared, body: str, *, note: str, after: int) -> None:
    """Keep a template that can be printed."""
    if len(note.strip()) > LONGEST_NOTE:
        raise InvalidInput({"note": [_("At most %(length)s characters.", length=LONGEST_NOTE)]})
    pressed(proof(declared, body, _sample(declared), on=today()))
    keep_template(declared, body=body, note=note.strip(), after=after)


def tried(
    declared: Declared, body: str, *, language: str | None, texts: Wordings | None = None
) -> dict[str, Any]:
    """Return what comes of a template, or texts, not kept: the first pages as pictures (PNG)."""
    record = _sample(declared)
    spoken: dict[str, Any] = {"language": language, "texts": texts}
    job = proof(declared, body, record, on=today(), pictures=PICTURED, **spoken)
    label = None if record is None else str(record)
    done = pressed(job)
    return {
        "pictures": done.pictures,
        "pages": sum(done.pages),
        "remarks": done.remarks,
        "record": label,
    }


def _sample(declared: Declared) -> Any | None:
    """Return a record whoever writes the template may read, to try it with."""
    if not allowed(READ, declared.resource.permission()):
        return None
    return some_record(declared)
