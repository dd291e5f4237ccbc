"""What is written once about a field: its label, its help, its limits."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import MappedColumn, mapped_column
from sqlalchemy.types import TypeEngine

from bumen.i18n import Text

Limit = Decimal | int


@dataclass(frozen=True, kw_only=True)
class About:
    """What a field says about itself to lists, forms, the API, imports and messages."""

    label: Text
    help: Text | None = None
    minimum: Limit | None = None
    minimum_exclusive: Limit | None = None
    maximum: Limit | None = None
    pattern: str | None = None
    readonly: bool = False
    filled: bool = False
    secret: bool = False


def field(
    type_: TypeEngine[Any] | type[TypeEngine[Any]] | None = None,
    *,
    label: Text,
    help: Text | None = None,  # noqa: A002  # the word people know
    minimum: Limit | None = None,
    minimum_exclusive: Limit | None = None,
    maximum: Limit | None = None,
    pattern: str | None = None,
    readonly: bool = False,
    filled: bool = False,
    secret: bool = False,
    **column: Any,
) -> MappedColumn[Any]:
    """Declare a column and everything people and programs are told about it.

    The type comes from the annotation (`Mapped[Money]`), or is given where it has a length:
    `field(String(200), label=_("Name"))`. A field with a default may be left out when a record
    is made; so may a `filled` one: the plugin's service fills it when people leave it empty.
    `readonly` fields are written by services only. `secret` ones are never shown.
    `pattern` is a regular expression the whole value must match. Other keywords go to
    SQLAlchemy's `mapped_column`.
    """
    about = About(
        label=label,
        help=help,
        minimum=minimum,
        minimum_exclusive=minimum_exclusive,
        maximum=maximum,
        pattern=pattern,
        readonly=readonly,
        filled=filled,
        secret=secret,
    )
    info = {**column.pop("info", {}), "about": about}
    if type_ is None:
        return mapped_column(info=info, **column)
    return mapped_column(type_, info=info, **column)
