"""What the address of a list page asks for, and the addresses that ask for something else.

/sales/orders/list/?q=tea&filter.state=draft&filter.total.ge=1,000&sort=-total&page=2&size=50
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms.fields.core import UnboundField

from bumen.errors import Malformed
from bumen.i18n import translator
from bumen.listing import Condition, Listing
from bumen.model.describe import Described, Kind, fields_of
from bumen.resource import Resource
from bumen.web.asked import Asked
from bumen.web.box_form import BoxForm
from bumen.web.fields import Box, box_for

_ = translator(__file__, "bumen")

SIZES = (25, 50, 100)
_PREFIX = "filter."
_KNOWN = {"q", "sort", "page", "size", "_l_"}
_RANGES = {Kind.NUMBER, Kind.DECIMAL, Kind.DATE, Kind.MOMENT}
_TEXTS = {Kind.TEXT, Kind.LONG_TEXT}


class ListAddress:
    """The address of a list page, read strictly: `Malformed` names what cannot be asked for."""

    def __init__(self, resource: type[Resource], arguments: MultiDict[str, str]) -> None:
        self.resource = resource
        self.arguments = arguments
        for name in arguments:
            if name not in _KNOWN and not name.startswith(_PREFIX):
                raise _wrong(name, _("A list cannot be asked for “%(name)s”.", name=name))
        self.filters = Filters(resource, arguments)
        self.listing = Listing(
            conditions=tuple(self.filters.conditions()),
            search=arguments.get("q", "").strip(),
            order=arguments.get("sort", "") or resource.order,
            page=self._number("page", default=1) - 1,
            size=self._number("size", default=SIZES[0]),
            columns=tuple(resource.columns),
        )

    def query(self, **changes: str | int | None) -> dict[str, str]:
        """Return the arguments of an address that differs from this one; None leaves one out."""
        kept = {name: value for name, value in self.arguments.items() if value.strip()}
        changed = {name: None if value is None else str(value) for name, value in changes.items()}
        return {name: value for name, value in (kept | changed).items() if value is not None}

    def sorting(self, column: str) -> dict[str, str]:
        """Return the arguments that sort by a column: upwards first, then downwards."""
        again = self.listing.order == column
        return self.query(sort=f"-{column}" if again else column, page=None)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is searched or filtered."""
        return bool(self.listing.search or self.listing.conditions)

    def _number(self, name: str, *, default: int) -> int:
        typed = self.arguments.get(name, "").strip()
        if not typed:
            return default
        if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
            raise _wrong(name, _("This must be a whole number."))
        return int(typed)


class Filters(BoxForm):
    """The filters of a list: those that are offered, and those the address asks for."""

    def __init__(self, resource: type[Resource], arguments: MultiDict[str, str]) -> None:
        asked_for = (name for name in arguments if name.startswith(_PREFIX))
        names = dict.fromkeys([*_offered(resource), *asked_for])
        super().__init__({name: _box(resource, name) for name in names})
        self.process(arguments)

    def groups(self) -> Mapping[str, list[Box]]:
        """Return the boxes of each field, by the field's name."""
        found: dict[str, list[Box]] = {}
        for box in self.boxes:
            found.setdefault(_parts(box.name)[0], []).append(box)
        return found

    def conditions(self) -> Iterator[Condition]:
        """Yield what is asked for."""
        for box in self.boxes:
            if box.typed.strip():
                field, operator = _parts(box.name)
                operator = operator or ("ct" if box.asked.kind in _TEXTS else "eq")
                yield Condition(field=field, operator=operator, value=box.json())


def _offered(resource: type[Resource]) -> Iterator[str]:
    known = fields_of(resource.model)
    for name in resource.filtered():
        if known[name].kind in _RANGES:
            yield from (f"{_PREFIX}{name}.ge", f"{_PREFIX}{name}.le")
        else:
            yield f"{_PREFIX}{name}"


def _box(resource: type[Resource], name: str) -> UnboundField[Any]:
    asked = Asked.to_filter(_described(resource, _parts(name)[0]))
    return box_for(asked, id=name.replace(".", "-"))


def _described(resource: type[Resource], name: str) -> Described:
    known = fields_of(resource.model)
    found = next((one for one in known.values() if name in (one.name, one.key)), None)
    if found is None or not {found.name, found.key} & {*resource.filtered(), "id"}:
        raise _wrong("filters", _("There is no filter “%(name)s”.", name=name))
    return found


def _parts(name: str) -> tuple[str, str]:
    """Return the field and the operator of an argument: filter.total.ge is total and ge."""
    field, _dot, operator = name.removeprefix(_PREFIX).partition(".")
    return field, operator


def _wrong(place: str, message: Any) -> Malformed:
    return Malformed(message, fields={place: [message]})
