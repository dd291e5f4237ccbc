"""Places in a list as tokens: what `after` and `before` are told.

A token is opaque to whoever carries it, and good for one list in one order in one company. It is
no secret and gives no right: it says where to go on reading what one may read anyway.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import blake2b
from typing import Any, cast

from bumen.errors import Malformed
from bumen.i18n import translator
from bumen.listing.asked import refused
from bumen.listing.order import Order, Place
from bumen.model.describe import Described, Kind
from bumen.resource import Resource
from bumen.unit_of_work import current
from bumen.values import BIGGEST_ID, ExactDecimal

_ = translator(__file__, "bumen")

LONGEST = 20_000
_MARK = 6
"""How many bytes of a token tell a mistyped or a foreign one."""
_PLACE = re.compile(r"([1-9][0-9]{0,18})(?::(.*))?", re.DOTALL)
_NUMERAL = re.compile(r"-?[0-9]{1,19}")
_DECIMAL = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")


def token_of(resource: type[Resource], order: Order, record: Any) -> str:
    """Return the token of the place where a record stands."""
    value = getattr(record, order.field.key)
    spelled = "" if value is None else f":{_spelled(order.field, value)}"
    written = f"{record.id}{spelled}".encode()
    marked = _mark(resource, order, written) + written
    return urlsafe_b64encode(marked).decode().rstrip("=")


def place_of(resource: type[Resource], order: Order, token: str) -> Place:
    """Return the place a token names; `Malformed` when it is none of this list's."""
    try:
        marked = _decoded(token)
        mark, written = marked[:_MARK], marked[_MARK:]
        if mark != _mark(resource, order, written):
            raise ValueError(token)
        return _place(order.field, written.decode())
    except (ValueError, ArithmeticError):
        raise _no_place() from None


def _no_place() -> Malformed:
    message = _("This page of the list cannot be found. Please begin at the first page.")
    return refused("after", message)


def _mark(resource: type[Resource], order: Order, written: bytes) -> bytes:
    company = current().company
    about = f"{company.id if company else 0} {resource.key()} {order.name} "
    return blake2b(about.encode() + written, digest_size=_MARK).digest()


def _decoded(token: str) -> bytes:
    if len(token) > LONGEST or not token.isascii():
        raise ValueError(token)
    marked = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    if urlsafe_b64encode(marked).decode().rstrip("=") != token:
        raise ValueError(token)
    return marked


def _place(field: Described, written: str) -> Place:
    found = _PLACE.fullmatch(written)
    if found is None or int(found[1]) > BIGGEST_ID:
        raise ValueError(written)
    ident, spelled = int(found[1]), found[2]
    if spelled is None:
        if not field.column.nullable:
            raise ValueError(written)
        return Place(value=None, ident=ident)
    value = _READERS[field.kind](field, spelled)
    if _spelled(field, value) != spelled:
        raise ValueError(written)
    return Place(value=value, ident=ident)


def _spelled(field: Described, value: Any) -> str:
    """Return a value as text, in one way only."""
    if field.kind is Kind.FLAG:
        return "1" if value else "0"
    if field.kind is Kind.DECIMAL:
        return f"{cast('ExactDecimal', field.column.type).checked(value):f}"
    if field.kind is Kind.MOMENT:
        return str(value.astimezone(UTC).isoformat())
    if field.kind is Kind.DATE:
        return str(value.isoformat())
    return str(value.value if field.kind is Kind.CHOICE else value)


def _text(_field: Described, spelled: str) -> str:
    if "\0" in spelled:
        raise ValueError(spelled)
    return spelled


def _number(_field: Described, spelled: str) -> int:
    if not _NUMERAL.fullmatch(spelled) or abs(int(spelled)) > BIGGEST_ID:
        raise ValueError(spelled)
    return int(spelled)


def _decimal(field: Described, spelled: str) -> Decimal:
    if not _DECIMAL.fullmatch(spelled):
        raise ValueError(spelled)
    value: Decimal = field.column.type.checked(Decimal(spelled))  # type: ignore[attr-defined]
    return value


def _moment(_field: Described, spelled: str) -> datetime:
    moment = datetime.fromisoformat(spelled)
    if moment.tzinfo is None:
        raise ValueError(spelled)
    return moment.astimezone(UTC)


def _choice(field: Described, spelled: str) -> Any:
    return field.choices(spelled) if field.choices else spelled  # type: ignore[call-arg]


_READERS: dict[Kind, Callable[[Described, str], Any]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.NUMBER: _number,
    Kind.REFERENCE: _number,
    Kind.DECIMAL: _decimal,
    Kind.DATE: lambda _field, spelled: date.fromisoformat(spelled),
    Kind.MOMENT: _moment,
    Kind.FLAG: lambda _field, spelled: spelled == "1",
    Kind.CHOICE: _choice,
}
