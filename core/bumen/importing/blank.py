"""Templates to fill in: the headings of what can be imported, and what belongs below them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO

from bumen.exchange.export import Heading, Sheet, write_csv
from bumen.i18n import Text, translator
from bumen.importing.blank_workbook import write_workbook
from bumen.model.describe import Described, Kind, fields_of
from bumen.resource import Resource

_ = translator(__file__, "bumen")

_WHAT: dict[Kind, Text] = {
    Kind.NUMBER: _("a whole number"),
    Kind.DECIMAL: _("a number"),
    Kind.DATE: _("a date, such as 2026-11-21"),
    Kind.MOMENT: _("a date and time, such as 2026-11-21 14:30"),
    Kind.FLAG: _("yes or no"),
}


def fields_to_fill(resource: type[Resource]) -> list[Described]:
    """Return the fields that a file may give: the record's, then those of its lines."""
    found = [fields_of(resource.model)[name] for name in resource.written()]
    for lines in resource.lines:
        found += [fields_of(lines.model)[name] for name in lines.fields]
    return [one for one in found if one.kind is not Kind.PICTURE and not one.about.secret]


def write_blank(resource: type[Resource], kind: str, file: IO[bytes]) -> None:
    """Write a template in the reader's language: `xlsx` explains each column, `csv` is bare."""
    fields = fields_to_fill(resource)
    labels = headings(fields)
    if kind == "csv":
        named = [Heading(label=one, kind=Kind.TEXT) for one in labels]
        write_csv(Sheet(title=str(resource.title), headings=named, rows=()), file)
        return
    helps = [help_of(one) for one in fields]
    choices = [choices_of(one) for one in fields]
    write_workbook(str(resource.title), labels, helps, choices, file)


def headings(fields: Sequence[Described]) -> list[str]:
    """Return what the columns are called; a name that occurs twice is the field's own instead."""
    labels = [str(one.about.label) for one in fields]
    return [
        one.name if labels.index(label) < place else label
        for place, (one, label) in enumerate(zip(fields, labels, strict=True))
    ]


def help_of(field: Described) -> str:
    """Say in a sentence or two what belongs into a column."""
    said = []
    if field.required:
        said.append(str(_("Must be given.")))
    if field.about.help is not None:
        said.append(str(field.about.help))
    if field.kind in _WHAT:
        said.append(str(_("Write %(what)s.", what=_WHAT[field.kind])))
    if field.target is not None:
        named = _named_by(field)
        said.append(str(_("Write what names it: %(field)s.", field=named)))
    if field.length is not None:
        said.append(str(_("At most %(num)s characters.", num=field.length)))
    return " ".join(said)


def choices_of(field: Described) -> list[str]:
    """Return what may be chosen in a column, in the reader's words."""
    return [] if field.choices is None else [str(one.label) for one in field.choices]


def _named_by(field: Described) -> str:
    known = fields_of(field.target) if field.target is not None else {}
    name = next(iter(getattr(field.target, "named_by", ())), "id")
    return str(known[name].about.label) if name in known else name
