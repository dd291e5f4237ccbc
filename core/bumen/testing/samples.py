"""Records for any resource: the least that its own rules accept, made from what it declares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy import select

from bumen.model.accounts import User
from bumen.model.base import OF_EVERY_RECORD
from bumen.model.describe import Described, Kind, fields_of
from bumen.records import create_record
from bumen.registry import Registry
from bumen.resource import Resource
from bumen.unit_of_work import current, session

_NUMBERS = count(1)


@dataclass
class Samples:
    """Valid values and records for every resource of a registry, references included.

    `special` gives values for fields whose rules a type does not tell: a key such as
    "base.customers.phone" and a function that returns the value.
    """

    registry: Registry
    special: Mapping[str, Callable[[], Any]] = field(default_factory=dict)

    def record(self, resource: type[Resource], **values: Any) -> Any:
        """Make a record inside the current unit of work, whether people or services make such."""
        if "create" not in resource.can:
            return self._kept(resource, values)
        return create_record(resource, {**self.values(resource), **values}, by=current().user)

    def values(self, resource: type[Resource]) -> dict[str, Any]:
        """Return JSON-shaped values for everything that must be given, one line of each kind."""
        known = fields_of(resource.model)
        made = {
            known[name].key: self._value(resource, known[name])
            for name in resource.written()
            if self._wanted(resource, known[name])
        }
        for lines in resource.lines:
            inside = fields_of(lines.model)
            made[lines.name] = [
                {
                    inside[name].key: self._value(resource, inside[name])
                    for name in lines.fields
                    if inside[name].required
                }
            ]
        return made

    def references(self, resource: type[Resource]) -> list[tuple[str, Described]]:
        """Return every place where a record of another resource is named: `lines.product_id`."""
        known = fields_of(resource.model)
        found = [(known[n].key, known[n]) for n in resource.written() if known[n].target]
        for lines in resource.lines:
            inside = fields_of(lines.model)
            found += [
                (f"{lines.name}.{inside[n].key}", inside[n])
                for n in lines.fields
                if inside[n].target
            ]
        return [(place, one) for place, one in found if one.target is not User]

    def _kept(self, resource: type[Resource], values: Mapping[str, Any]) -> Any:
        """Keep a record that people do not make, with everything that must not be empty."""
        known = fields_of(resource.model)
        given = {
            one.key: self._kept_value(resource, one)
            for one in known.values()
            if not one.column.nullable
            and not one.has_default
            and one.key not in OF_EVERY_RECORD | {"company_id", "position"}
        }
        kept = resource.model(**{**given, **values})
        session().add(kept)
        session().flush()
        return kept

    def _kept_value(self, resource: type[Resource], described: Described) -> Any:
        if described.choices is not None:
            return next(iter(described.choices))
        said = self._value(resource, described)
        return _KEPT[described.kind](said) if described.kind in _KEPT else said

    def _wanted(self, resource: type[Resource], described: Described) -> bool:
        return described.required or f"{resource.key()}.{described.key}" in self.special

    def _value(self, resource: type[Resource], described: Described) -> Any:
        special = self.special.get(f"{resource.key()}.{described.key}")
        if special is not None:
            return special()
        if described.kind is Kind.REFERENCE:
            return self._referred(described)
        if described.choices is not None:
            return next(iter(described.choices)).value
        if described.kind is Kind.NUMBER:
            return self._number(resource, described)
        return _PLAIN[described.kind](described)

    def _number(self, resource: type[Resource], described: Described) -> int:
        """Return a number that is allowed; where it lies between two, one that is still free."""
        least, most = described.about.minimum, described.about.maximum
        if least is None or most is None:
            return int(least or 1)
        models = (resource.model, *(lines.model for lines in resource.lines))
        model = next(one for one in models if fields_of(one).get(described.name) is described)
        with session().no_autoflush:
            taken = set(session().scalars(select(getattr(model, described.key)).distinct()))
        span, first = int(most) - int(least) + 1, next(_NUMBERS)
        allowed = [int(least) + (first + step) % span for step in range(min(span, 1_000))]
        return next((number for number in allowed if number not in taken), allowed[0])

    def _referred(self, described: Described) -> int:
        target = self.registry.resource_of(described.target or object)
        if target is None:
            raise LookupError(f"No resource shows what {described.name} refers to.")
        made: int = self.record(target).id
        return made


def _text(described: Described) -> str:
    number = f"{next(_NUMBERS)}"
    return f"範例 {number}"[-(described.length or 200) :]


_PLAIN: dict[Kind, Callable[[Described], Any]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.DECIMAL: lambda _described: str(Decimal(1)),
    Kind.DATE: lambda _described: date(2026, 1, 15).isoformat(),
    Kind.MOMENT: lambda _described: datetime(2026, 1, 15, 8, tzinfo=UTC).isoformat(),
    Kind.FLAG: lambda _described: True,
}
_KEPT: dict[Kind, Callable[[Any], Any]] = {
    Kind.DECIMAL: Decimal,
    Kind.DATE: date.fromisoformat,
    Kind.MOMENT: datetime.fromisoformat,
}
"""What becomes of a value that programs write, in a record."""
