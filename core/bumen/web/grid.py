"""The lines of a document inside its form: rows to add, to change, to move and to drop.

A row that is there already carries the id of its line; a row nobody typed into is no line. Rows
stand in the order they say themselves, else in that of their numbers. The place of a row among
those that are sent is the place its messages name: `lines.0.quantity`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import Field
from wtforms.fields.core import UnboundField
from wtforms.utils import unset_value

from bumen.errors import Malformed
from bumen.i18n import translator
from bumen.model.describe import fields_of
from bumen.resource import Lines
from bumen.schema.build import MOST_LINES
from bumen.web.asked import Asked
from bumen.web.box_form import BoxForm
from bumen.web.fields import FlagBox, box_for
from bumen.web.lookups import equip

_ = translator(__file__, "bumen")

Boxes = Mapping[str, "UnboundField[Any]"]

EMPTY_ROWS = 3
"""Rows that wait to be typed into, below those that are there."""
MOST_ROWS = MOST_LINES + 100
NEW = "new"
"""Stands for the number of a row that is still to be added."""


class Row(BoxForm):
    """One row of a grid: a line, or the place for one. `line` is the line as it is kept."""

    def __init__(self, boxes: Boxes, *, prefix: str, formdata: Any, line: Any) -> None:
        super().__init__(boxes, prefix=prefix)
        self.prefix, self.line = prefix, line
        self.ident = "" if line is None or line.id is None else str(line.id)
        self.number, self.place = _number_of(prefix), _number_of(prefix)
        self.dropped = False
        self.said: list[Any] = []
        if formdata is not None:
            self.ident = formdata.get(f"{prefix}id", "")
            self.dropped = f"{prefix}drop" in formdata
            self.place = _place_in(formdata.get(f"{prefix}place", ""), self.number)
        self.process(formdata, obj=line)

    @property
    def is_empty(self) -> bool:
        """Whether this is no line: new, and nobody typed anything."""
        return not self.ident and all(box.untouched for box in self.boxes)

    def json(self) -> dict[str, Any]:
        """Return the row as a JSON-shaped line; a new one leaves out what has a default."""
        typed = super().json()
        if self.ident:
            return {**typed, "id": self.ident}
        left_out = {
            box.short_name
            for box in self.boxes
            if box.asked.may_be_left_out and not box.typed.strip() and not isinstance(box, FlagBox)
        }
        return {key: value for key, value in typed.items() if key not in left_out}


class Grid(Field):
    """All rows of one kind of lines; `asked` is what its columns ask for, by key."""

    def __init__(self, *, lines: type[Lines], **options: Any) -> None:
        super().__init__(label=getattr(lines, "title", ""), **options)
        self.lines = lines
        known = fields_of(lines.model)
        self.asked = {known[name].key: Asked.of_field(known[name]) for name in lines.fields}
        self._boxes: Boxes = {key: box_for(asked) for key, asked in self.asked.items()}
        self.rows: list[Row] = []
        self.errors: Any = []
        self.was_sent = False

    @property
    def fresh(self) -> Row:
        """A row to type into, under a number that is still to be given: `lines-new-quantity`."""
        row = self._row(None, NEW, None)
        equip(row.lookups())
        return row

    @property
    def sent(self) -> list[Row]:
        """The rows that are lines, in order: their places are those that messages name."""
        return [row for row in self.rows if not row.dropped and not row.is_empty]

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Make the rows from what was sent, else from the lines that are there."""
        there = list(data) if data not in (unset_value, None) else []
        places = _places(self.name, formdata or ())
        if places:
            self.was_sent = True
            self.rows = self._sent_rows(formdata, places, {str(line.id): line for line in there})
        else:
            self.rows = [self._row(None, place, line) for place, line in enumerate(there)]

    def add_empty_rows(self, count: int = EMPTY_ROWS) -> None:
        """Add rows to type into."""
        start = 1 + max((row.number for row in self.rows), default=-1)
        self.rows += [self._row(None, start + one, None) for one in range(count)]

    def json(self) -> list[dict[str, Any]]:
        """Return the lines as JSON-shaped values."""
        return [row.json() for row in self.sent]

    def place_of(self, inside: str) -> list[Any]:
        """Return where the messages of a line go: `0.quantity` of those that were sent."""
        place, _dot, key = inside.partition(".")
        if not place.isdecimal() or int(place) >= len(self.sent):
            found: list[Any] = self.errors
            return found
        row, known = self.sent[int(place)], fields_of(self.lines.model)
        box = row.box(known[key].key if key in known else key)
        return row.said if box is None else box.errors

    def _sent_rows(
        self, formdata: Any, places: Iterable[int], there: Mapping[str, Any]
    ) -> list[Row]:
        found = []
        for place in places:
            ident = formdata.get(f"{self.name}-{place}-id", "")
            found.append(self._row(formdata, place, there.get(ident)))
        return sorted(found, key=lambda row: (row.place, row.number))

    def _row(self, formdata: Any, place: int | str, line: Any) -> Row:
        prefix = f"{self.name}-{place}-"
        return Row(self._boxes, prefix=prefix, formdata=formdata, line=line)


def _places(name: str, formdata: Iterable[str]) -> list[int]:
    pattern = re.compile(rf"{re.escape(name)}-([0-9]{{1,6}})-")
    places = {int(found[1]) for key in formdata if (found := pattern.match(key))}
    if len(places) > MOST_ROWS:
        raise Malformed(_("At most %(limit)s lines.", limit=MOST_LINES))
    return sorted(places)


def _number_of(prefix: str) -> int:
    """Return the number in a row's names; a fresh row has none yet."""
    number = prefix.rstrip("-").rpartition("-")[2]
    return int(number) if number.isdecimal() else MOST_ROWS


def _place_in(typed: str, number: int) -> int:
    """Return where a row says it stands; who says nothing stands where its number does."""
    return int(typed) if re.fullmatch(r"[0-9]{1,6}", typed) else number
