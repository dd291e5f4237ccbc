"""Values as pages show them: words in the reader's formats, and a link where one may follow it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for

from bumen.formats import EMPTY, Formats, formats_here
from bumen.host import Host
from bumen.i18n import Text
from bumen.model.describe import Described, Kind, fields_of
from bumen.reading import address_of
from bumen.resource import READ, Lines, Resource
from bumen.unit_of_work import current
from bumen.values import MoneyType
from bumen.web.gate import endpoint_of
from bumen.web.security import allowed

_NUMBERS = {Kind.NUMBER, Kind.DECIMAL}
_BARE = {*_NUMBERS, Kind.DATE, Kind.MOMENT}


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a table, or a field of a page, with what it is called."""

    described: Described
    in_line: bool = False
    whole: bool = False
    """Whether amounts in lines go without places."""

    @property
    def label(self) -> Text:
        """What people call it."""
        return self.described.about.label

    @property
    def is_number(self) -> bool:
        """Whether its values stand to the right."""
        return self.described.kind in _NUMBERS

    @property
    def is_bare(self) -> bool:
        """Whether its values say nothing without what they are called: quantities and days."""
        is_money = isinstance(self.described.column.type, MoneyType)
        return self.described.kind in _BARE and not is_money


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One value as it is read."""

    column: Column
    text: str
    href: str = ""
    src: str = ""
    tone: str = ""
    """What a code means at a glance, for the colour of its badge."""
    is_yes: bool = False
    """Whether it is a flag that is set."""

    @property
    def is_empty(self) -> bool:
        """Whether there is no value."""
        return self.text == EMPTY


class Cells:
    """The cells of one page: its reader's formats, and where links may lead.

    Below each other (`in_columns`), amounts that were reckoned go without cents wherever nobody
    counts in them: all of a column have as many decimals.
    """

    def __init__(self, *, in_columns: bool = False) -> None:
        self._in_columns = in_columns
        self.formats: Formats = formats_here()
        self._endpoints: dict[type[Any], str] = {}

    def of(self, record: Any, columns: Iterable[Column]) -> list[Cell]:
        """Return the values of a record in these columns."""
        return [self._cell(record, column) for column in columns]

    def picture(self, record: Any, column: Column, *, kept: bool) -> Cell:
        """Return the picture of a record, known to be kept or not; it is not read."""
        if not kept:
            return Cell(column=column, text=EMPTY)
        return Cell(
            column=column, text=str(column.label), src=_picture(record, column.described.name)
        )

    def _cell(self, record: Any, column: Column) -> Cell:
        described = column.described
        value = getattr(record, described.name)
        text = self._text(column, value)
        if not value:
            return Cell(column=column, text=text)
        if described.kind is Kind.PICTURE:
            return Cell(column=column, text=text, src=_picture(record, described.name))
        if described.kind is Kind.REFERENCE:
            return Cell(column=column, text=text, href=self.link(value))
        tone = (value.tone or "") if described.kind is Kind.CHOICE else ""
        return Cell(column=column, text=text, tone=tone, is_yes=described.kind is Kind.FLAG)

    def _text(self, column: Column, value: Any) -> str:
        described = column.described
        if self._in_columns and not column.in_line:
            return self.formats.in_column(described, value)
        return self.formats.value(described, value, in_line=column.in_line, whole=column.whole)

    def link(self, record: Any) -> str:
        """Return where a record is shown; "" where this person may not read it.

        Who reads a record only because of being asked about it is told names, and led nowhere.
        """
        if current().reached:
            return ""
        model = type(record)
        if model not in self._endpoints:
            self._endpoints[model] = _readable_screen(model)
        endpoint = self._endpoints[model]
        return url_for(f"{endpoint}.show", ident=record.id) if endpoint else ""


def columns_of(resource: type[Resource], names: Sequence[str]) -> list[Column]:
    """Return the columns of these fields; secrets have none."""
    known = fields_of(resource.model)
    found = [Column(described=known[name]) for name in names]
    return [column for column in found if not column.described.about.secret]


def columns_of_lines(lines: type[Lines], rows: Iterable[Any] = ()) -> list[Column]:
    """Return the columns of a document's lines, written and worked out, as their model has them.

    Amounts below each other have the same number of places: none where all of `rows` do without.
    """
    told, kept = {*lines.fields, *lines.shown}, list(rows)
    return [
        Column(described=one, in_line=True, whole=_is_whole(one, kept))
        for name, one in fields_of(lines.model).items()
        if name in told
    ]


def _is_whole(described: Described, rows: Sequence[Any]) -> bool:
    if not rows or not isinstance(described.column.type, MoneyType):
        return False
    amounts = (getattr(row, described.name) for row in rows)
    return formats_here().counts_whole(one for one in amounts if one is not None)


def screen_endpoint(resource: type[Resource]) -> str:
    """Return the endpoint of a resource's screen."""
    return endpoint_of(resource.plugin(), resource.path())


def _picture(record: Any, name: str) -> str:
    """Return where a record's picture is read."""
    host: Host = current_app.extensions["bumen"]
    resource = host.registry.resource_of(type(record))
    return address_of(resource, record, name) if resource else ""


def _readable_screen(model: type[Any]) -> str:
    """Return the endpoint of the screen that shows a model, where this person may read it."""
    host: Host = current_app.extensions["bumen"]
    resource = host.registry.resource_of(model)
    if resource is None or not allowed(READ, resource.permission()):
        return ""
    return screen_endpoint(resource)
