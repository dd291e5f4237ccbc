"""What the address of a list page asks for, and the addresses that ask for something else.

/sales/orders/list/?q=tea&filter.state=draft&filter.total.ge=1,000&sort=-total&size=50
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from werkzeug.datastructures import MultiDict

from bumen.errors import Malformed
from bumen.i18n import Text, translator
from bumen.listing import Condition, Listing, columns_of, group_keys, key_of
from bumen.model.describe import Kind, fields_of
from bumen.resource import Resource
from bumen.web.list_filters import (
    PREFIX,
    Asked,
    Names,
    Offered,
    Told,
    asked_in,
    condition_of,
    names_in,
    offered_by,
    spelled,
    told_of,
)
from bumen.web.list_words import group_label

_ = translator(__file__, "bumen")

__all__ = ["LIST", "SIZES", "ListAddress", "Offered", "Told"]

SIZES = (25, 50, 100)
LIST = "list"
_PLACES = ("after", "before", "last", "at")
"""Where in the list a page lies: left out whenever something else changes."""
_SHOWING = {"columns", "saved"}
_KNOWN = {"q", "sort", "size", "group", "view", *_PLACES, *_SHOWING, "_l_"}
_NEVER_COLUMNS = {"version", "created_by_id", "changed_by_id", "company_id"}

Arguments = dict[str, str | list[str]]


class ListAddress:
    """The address of a list page, read strictly: `Malformed` names what cannot be asked for."""

    def __init__(self, resource: type[Resource], arguments: MultiDict[str, str]) -> None:
        self.resource = resource
        self.arguments = arguments
        for name in arguments:
            if name not in _KNOWN and not name.startswith(PREFIX):
                raise _wrong(name, _("A list cannot be asked for “%(name)s”.", name=name))
        self._asked = list(asked_in(resource, arguments))
        self.names: Names | None = None
        self.view = self._view()
        self.saved = self._number("saved", default=-1) if self._text("saved") else None
        self.at = max(1, self._number("at", default=1))
        self.listing = self._listing()
        self.group = self.listing.group
        self.columns: Sequence[str] = self._shown()

    def query(self, **changes: Any) -> Arguments:
        """Return the arguments of an address that differs from this one; None leaves one out.

        Where the page lies is left out, unless nothing but that or what is shown of it changes.
        """
        stays = changes.keys() <= {*_PLACES, *_SHOWING}
        kept = {name: value for name, value in self._kept().items() if stays or name not in _PLACES}
        if changes.keys() & set(_PLACES):
            kept = {name: value for name, value in kept.items() if name not in _PLACES}
        asked = {name: _spelled(value) for name, value in changes.items() if value is not None}
        return {name: value for name, value in kept.items() if name not in changes} | asked

    def unfiltered(self, **changes: Any) -> Arguments:
        """Return the arguments of the list without its conditions; the search stays."""
        return self.query(**{one.argument: None for one in self._asked}, **changes)

    def sorting(self, column: str) -> Arguments:
        """Return the arguments that sort by a column: upwards first, then downwards."""
        again = self.listing.order == column
        return self.query(sort=f"-{column}" if again else column)

    def narrowing(self, condition: Condition) -> Arguments:
        """Return what changes in the address when a group is opened: its rows and no others."""
        name, [value] = spelled(self.resource, condition)
        if condition.operator != "period":
            return {name: value}
        held = [one.typed[0] for one in self._asked if one.argument == name]
        return {name: list(dict.fromkeys([*held, value]))}

    @property
    def narrowed_by(self) -> Sequence[Asked]:
        """What it is narrowed by, as it was typed."""
        return self._asked

    @staticmethod
    def name_together(addresses: Iterable[ListAddress]) -> None:
        """Read what is called how in the conditions of several addresses, all at once."""
        every = list(addresses)
        names = names_in(asked for one in every for asked in one.narrowed_by)
        for one in every:
            one.names = names

    @cached_property
    def conditions(self) -> list[Told]:
        """The conditions in the reader's words."""
        return told_of(self._asked, self._without, names=self.names)

    def offered(self) -> list[Offered]:
        """Return the fields the list may be narrowed by."""
        return offered_by(self.resource)

    def chooseable(self) -> list[tuple[str, Text]]:
        """Return the columns to choose from: those shown first, as they are shown."""
        known = fields_of(self.resource.model)
        names = dict.fromkeys([*self.columns, *self.resource.columns, *self.resource.shown(), "id"])
        return [
            (name, known[name].about.label)
            for name in names
            if name not in _NEVER_COLUMNS and not known[name].about.secret
        ]

    def groupable(self) -> list[tuple[str, Text]]:
        """Return what the list may be grouped by."""
        return [(name, group_label(key)) for name, key in group_keys(self.resource).items()]

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is searched or filtered."""
        return bool(self.listing.search or self.listing.conditions)

    def _listing(self) -> Listing:
        group = self._text("group")
        return Listing(
            conditions=tuple(condition_of(one) for one in self._asked),
            search=self._text("q"),
            order=self._text("sort") or self.resource.order,
            size=self._number("size", default=SIZES[0]),
            after=self._text("after"),
            before=self._text("before"),
            last=self._is_last(),
            columns=self._read(),
            group=key_of(self.resource, group).name if group else "",
        )

    def _view(self) -> str:
        name = self._text("view") or LIST
        if name != LIST and self.resource.view(name) is None:
            raise _wrong("view", _("The list cannot be shown as “%(name)s”.", name=name))
        return name

    def _columns(self) -> tuple[str, ...]:
        """Return the columns asked for, one argument or several; secrets are none."""
        typed = ",".join(self.arguments.getlist("columns"))
        names = tuple(name.strip() for name in typed.split(",") if name.strip())
        known = fields_of(self.resource.model)
        for name in names:
            if name in _NEVER_COLUMNS or (name in known and known[name].about.secret):
                raise _wrong("columns", _("There is no column “%(name)s”.", name=name))
        return names

    def _read(self) -> tuple[str, ...]:
        """Return the columns that are read: pictures are fetched one by one, by who looks."""
        chosen = self._columns()
        plain = tuple(name for name in chosen if not self._is_picture(name))
        return plain or (("id",) if chosen else tuple(self.resource.columns))

    def _shown(self) -> tuple[str, ...]:
        """Return the columns that are shown: those that are read, and pictures where chosen."""
        read, chosen = columns_of(self.resource, self.listing), self._columns()
        if not any(self._is_picture(name) for name in chosen):
            return read
        names = {field.key: name for name, field in fields_of(self.resource.model).items()}
        return tuple(dict.fromkeys(names.get(name, name) for name in chosen))

    def _is_picture(self, name: str) -> bool:
        field = fields_of(self.resource.model).get(name)
        return field is not None and field.kind is Kind.PICTURE

    def _is_last(self) -> bool:
        typed = self._text("last")
        if typed not in ("", "0", "1"):
            raise _wrong("last", _("This must be true or false."))
        return typed == "1"

    def _kept(self) -> Arguments:
        """Return the arguments as they are, without what is blank; repeated ones as lists."""
        found: Arguments = {}
        for name in dict.fromkeys(self.arguments):
            values = [value for value in self.arguments.getlist(name) if value.strip()]
            if values:
                found[name] = values if len(values) > 1 else values[0]
        return found

    def _without(self, asked: Asked) -> Arguments:
        held = [one for one in self.arguments.getlist(asked.argument) if one.strip()]
        rest = [one for one in held if one not in asked.typed]
        return self.query(**{asked.argument: rest or None})

    def _text(self, name: str) -> str:
        return self.arguments.get(name, "").strip()

    def _number(self, name: str, *, default: int) -> int:
        typed = self._text(name)
        if not typed:
            return default
        if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
            raise _wrong(name, _("This must be a whole number."))
        return int(typed)


def _spelled(value: Any) -> str | list[str]:
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return str(value)


def _wrong(place: str, message: Any) -> Malformed:
    return Malformed(message, fields={place: [message]})
