"""What an action or a report asks for before it is done: plain values, and records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol, cast

from sqlalchemy.types import TypeEngine

from bumen.i18n import Text
from bumen.model import About, Limit
from bumen.model.describe import Kind, kind_of
from bumen.values import BIG_ID, Money, MoneyType, Percent, PercentType, Quantity, QuantityType

_Model = type[Any]
_EXACT = ((Money, MoneyType()), (Quantity, QuantityType()), (Percent, PercentType()))


class Showing(Protocol):
    """What shows a model to people: a resource."""

    model: Any


@dataclass(frozen=True)
class RecordOf:
    """A record of is the type of an argument that names a record: `RecordOf(Carriers)`.

    Beside a model, where resources are not declared yet, it is said by the model: `RecordOf(
    Carrier)`. People look the record up as in a form, and only what they may see is there.
    """

    of: type[Showing] | type[Any]

    @property
    def model(self) -> type[Any]:
        """The model whose records may be named."""
        return cast("type[Any]", getattr(self.of, "model", self.of))


@dataclass(frozen=True)
class Argument:
    """A value an action asks for before it is done.

    The type is one of SQLAlchemy's, `Money`, `Quantity`, `Percent`, or `RecordOf`. `minimum` and
    `maximum` bound numbers. A record is sent as `<name>_id`; the service is given it as `<name>`.
    """

    name: str
    type: Any
    label: Text = field(kw_only=True)
    required: bool = field(default=True, kw_only=True)
    help: Text | None = field(default=None, kw_only=True)
    minimum: Limit | None = field(default=None, kw_only=True)
    maximum: Limit | None = field(default=None, kw_only=True)

    @property
    def about(self) -> About:
        """What the argument says about itself, as a field does."""
        return About(label=self.label, help=self.help, minimum=self.minimum, maximum=self.maximum)

    @property
    def kind(self) -> Kind:
        """What sort of value is asked for."""
        return Kind.REFERENCE if isinstance(self.type, RecordOf) else kind_of(self.stored)

    @property
    def stored(self) -> TypeEngine[Any]:
        """The type as a field of a model would have it."""
        if isinstance(self.type, RecordOf):
            return BIG_ID
        exact = next((kept for told, kept in _EXACT if self.type is told), None)
        found: TypeEngine[Any] = exact or self.type
        return found

    @property
    def key(self) -> str:
        """What it is sent as: a record as its id."""
        return f"{self.name}_id" if isinstance(self.type, RecordOf) else self.name

    @property
    def target(self) -> _Model | None:
        """The model of the record that is asked for."""
        return self.type.model if isinstance(self.type, RecordOf) else None
