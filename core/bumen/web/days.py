"""Days as pages are sent them: asked for by an address, or typed into a box."""

from __future__ import annotations

from datetime import date

from flask import request
from marshmallow import ValidationError

from bumen.errors import InvalidInput, Malformed
from bumen.formats import read_day
from bumen.i18n import translator
from bumen.schema import first_said
from bumen.schema.values import DateValue

_ = translator(__file__, "bumen")

_EARLIEST, _LATEST = date(2, 1, 1), date(9998, 12, 31)
"""Between them a day before and a day after can still be reckoned."""


def day_asked(name: str) -> date | None:
    """Return the day an address asks for, typed any way people type it; `Malformed` if none is."""
    typed = read_day(request.args.get(name, "").strip())
    if not typed:
        return None
    try:
        day: date = DateValue().deserialize(typed)
        if not _EARLIEST <= day <= _LATEST:
            raise ValidationError(_("This date is out of range."))
    except ValidationError as wrong:
        said = first_said(wrong)
        raise Malformed(said, fields={name: [said]}) from None
    return day


def day_sent(name: str) -> date:
    """Return the day a form was sent with; refuses an empty box, and what is no day."""
    typed = read_day(request.form.get(name, "").strip())
    if not typed:
        raise InvalidInput({name: [_("This field is required.")]})
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise InvalidInput({name: [_("This is not a date.")]}) from None


def refuse_turned_round(since: date | None, until: date | None) -> None:
    """Refuse days of which the last lies before the first."""
    if since and until and until < since:
        said = _("The last day lies before the first.")
        raise Malformed(said, fields={"until": [said]})
