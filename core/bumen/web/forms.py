"""Forms made from resources: what people see of a record they make or change.

A form declares nothing of its own. Its boxes come from the described fields, what was typed goes
to `bumen.records` like an API's JSON, and the refusals come back to the boxes they name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wtforms.fields.core import UnboundField

from bumen.errors import BusinessError, StaleVersion
from bumen.i18n import Text
from bumen.model.describe import fields_of
from bumen.records.fill import started
from bumen.resource import Action, Resource
from bumen.visibility import as_seen
from bumen.web.asked import Asked
from bumen.web.box_form import BoxForm
from bumen.web.fields import LookupBox, box_for, unbound
from bumen.web.grid import Grid
from bumen.web.lookups import equip

VERSION = "version"
Messages = list[Text | str]


class RefusableForm(BoxForm):
    """A form whose boxes take the messages of a refusal; `unplaced` are those no box can take."""

    def __init__(self, fields: Mapping[str, UnboundField[Any]]) -> None:
        super().__init__(fields)
        self.unplaced: Messages = []

    def take(self, refusal: BusinessError) -> None:
        """Put every message of a refusal at the box it names; its sentence itself is told above."""
        for place, said in refusal.fields.items():
            self.place_of(place).extend(said)
        self.unplaced = [one for one in self.unplaced if str(one) != str(refusal.message)]

    def place_of(self, place: str) -> Messages:
        """Return where the messages of a place go."""
        box = self.box(place)
        return self.unplaced if box is None else box.errors


class RecordForm(RefusableForm):
    """The form of a record: its boxes, and a grid for each kind of its lines.

    `record` is what is kept; without one the form is for a new record and shows its defaults, or
    what it has `begun` with.
    `version` is the one the form was made from, `marks` are those of the values it showed then.
    """

    def __init__(
        self,
        resource: type[Resource],
        *,
        record: Any = None,
        begun: Any = None,
        formdata: Any = None,
    ) -> None:
        shown = (begun or started(resource.model)) if record is None else record
        self.resource, self.record = as_seen(resource, shown), record
        super().__init__(_fields(self.resource))
        self.version: Any = None if record is None else record.version
        self.marks = ""
        self.process(formdata, obj=shown)

    @property
    def grids(self) -> list[Grid]:
        """The grids of its lines."""
        return [field for field in self if isinstance(field, Grid)]

    def grid(self, name: str) -> Grid:
        """Return the grid of these lines."""
        return next(grid for grid in self.grids if grid.short_name == name)

    def lookups(self) -> Iterator[LookupBox]:
        """Yield every lookup of the form, those in rows included."""
        yield from super().lookups()
        for grid in self.grids:
            for row in grid.rows:
                yield from row.lookups()

    def prefill(self, given: Mapping[str, str], *, texts: bool = False) -> None:
        """Choose what the address names: `?customer_id=5` begins an order of that customer.

        With `texts` it may also say what something is called, as a lookup does that found nothing.
        """
        for box in self.boxes:
            if isinstance(box, LookupBox) or (texts and box.look == "text"):
                box.typed = given.get(box.short_name, box.typed)

    def rename(self, prefix: str) -> None:
        """Give the boxes ids of their own, for a form on a page that has others."""
        for box in self.boxes:
            box.id = f"{prefix}{box.id}"

    def keep(self, key: str) -> None:
        """Give a box or a grid up for what is kept."""
        self[key].process(None, getattr(self.record, key))

    def json(self) -> dict[str, Any]:
        """Return what was typed as JSON-shaped values; what may be kept only when typed."""
        told = [box for box in self.boxes if box.typed or not box.asked.is_kept]
        values = {box.short_name: box.json() for box in told}
        return values | {grid.short_name: grid.json() for grid in self.grids if grid.was_sent}

    def add_empty_rows(self, name: str | None = None) -> None:
        """Add rows to type into: to one grid, or to every one."""
        for grid in self.grids:
            if name in (None, grid.short_name):
                grid.add_empty_rows()

    def place_of(self, place: str) -> Messages:
        """Return where messages go: a reference may be named by its key or its attribute."""
        name, _dot, inside = place.partition(".")
        grid = next((grid for grid in self.grids if grid.short_name == name), None)
        if grid is not None:
            return grid.place_of(inside)
        known = fields_of(self.resource.model)
        return super().place_of(known[name].key if name in known else name)


class ArgumentsForm(RefusableForm):
    """The form of what an action asks for before it is done."""

    def __init__(self, action: Action, *, formdata: Any = None) -> None:
        super().__init__(_arguments(action))
        self.action = action
        self.was_sent = formdata is not None
        self.process(formdata)
        equip(self.lookups())

    def place_of(self, place: str) -> Messages:
        """Return where messages go: a record may be named by its key or its argument."""
        keys = {one.name: one.key for one in self.action.arguments}
        return super().place_of(keys.get(place, place))


def version_in(formdata: Mapping[str, str]) -> int:
    """Return the version a form was made from; `StaleVersion` when it does not say."""
    sent = formdata.get(VERSION, "")
    if not (sent.isascii() and sent.isdigit() and len(sent) < 10):
        raise StaleVersion
    return int(sent)


def _fields(resource: type[Resource]) -> Mapping[str, UnboundField[Any]]:
    known = fields_of(resource.model)
    made = {known[name].key: box_for(Asked.of_field(known[name])) for name in resource.written()}
    return made | {lines.name: unbound(Grid(lines=lines)) for lines in resource.lines}


def _arguments(action: Action) -> Mapping[str, UnboundField[Any]]:
    return {
        argument.key: box_for(Asked.of_argument(argument), id=f"{action.name}-{argument.name}")
        for argument in action.arguments
    }
