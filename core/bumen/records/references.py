"""Finding the records that others refer to: all of a request at once, inside the company only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from bumen.argument import Argument
from bumen.errors import InvalidInput
from bumen.i18n import Text, translator
from bumen.model.describe import Described, Kind, fields_of
from bumen.resource import Resource
from bumen.schema import Asking, arguments_schema, loaded
from bumen.unit_of_work import session
from bumen.visibility import seen_of

_ = translator(__file__, "bumen")
_AT_ONCE = 500


@dataclass
class References:
    """The records found so far, by model and id."""

    found: dict[type[Any], dict[int, Any]] = field(default_factory=lambda: defaultdict(dict))

    def get(self, described: Described, ident: int | None) -> Any:
        """Return the record a reference names, or None for an empty one."""
        return None if ident is None else self.found[_target(described)][ident]

    def find(
        self, resource: type[Resource], given: Mapping[str, Any], *, record: Any = None
    ) -> None:
        """Look up everything the values name; `InvalidInput` for what does not exist here.

        Another company's record does not exist here, nor does one that may not be seen: the answer
        is the same. What the `record` that is changed refers to already may stay.
        """
        named = list(_named(resource, given))
        for _place, described, ident in named:
            if record is not None and getattr(record, described.key, None) == ident:
                self.load(_target(described), [ident], all_of_them=True)
        wanted: dict[type[Any], set[int]] = defaultdict(set)
        for _place, described, ident in named:
            if ident not in self.found[_target(described)]:
                wanted[_target(described)].add(ident)
        for model, idents in wanted.items():
            self.load(model, idents)
        missing: dict[str, list[Text | str]] = {
            place: [_("There is no such record.")]
            for place, described, ident in named
            if ident not in self.found[_target(described)]
        }
        if missing:
            raise InvalidInput(missing)

    def find_asked(self, arguments: Iterable[Argument], given: Mapping[str, Any]) -> dict[str, Any]:
        """Return what an action is given, with the records in place of the ids that name them.

        `InvalidInput` for what does not exist here, or may not be seen.
        """
        found: dict[str, Any] = {}
        missing: dict[str, list[Text | str]] = {}
        for one in (one for one in arguments if one.key in given):
            found[one.name] = given[one.key]
            if one.target is not None and given[one.key] is not None:
                found[one.name] = self._one(one.target, given[one.key])
                if found[one.name] is None:
                    missing[one.key] = [_("There is no such record.")]
        if missing:
            raise InvalidInput(missing)
        return found

    def _one(self, model: type[Any], ident: int) -> Any:
        """Return a record that may be seen, or None."""
        if ident not in self.found[model]:
            self.load(model, [ident])
        return self.found[model].get(ident)

    def load(self, model: type[Any], idents: Iterable[int], *, all_of_them: bool = False) -> None:
        """Load records by id, many at a time: those that may be seen, or all of them."""
        limits = [] if all_of_them else seen_of(model)
        left = sorted(idents)
        while left:
            now, left = left[:_AT_ONCE], left[_AT_ONCE:]
            for record in session().scalars(select(model).where(model.id.in_(now), *limits)):
                self.found[model][record.id] = record


def asked_values(
    asking: Asking, values: Mapping[str, Any], *, known: References | None = None
) -> dict[str, Any]:
    """Return what an action or a report is given, typed, and with the records it names.

    `InvalidInput` names every mistake at its argument. `known` are records that were looked up
    before.
    """
    given = loaded(arguments_schema(asking), values)
    return (known or References()).find_asked(asking.arguments, given)


def _named(
    resource: type[Resource], given: Mapping[str, Any]
) -> Iterator[tuple[str, Described, int]]:
    """Yield every reference that is given, with its place: `lines.0.product_id`."""
    yield from _of_one(resource.model, given, "")
    for lines in resource.lines:
        for place, line in enumerate(given.get(lines.name) or ()):
            yield from _of_one(lines.model, line, f"{lines.name}.{place}.")


def _of_one(
    model: type[Any], given: Mapping[str, Any], before: str
) -> Iterator[tuple[str, Described, int]]:
    for described in fields_of(model).values():
        if described.kind is Kind.REFERENCE and given.get(described.key) is not None:
            yield f"{before}{described.key}", described, given[described.key]


def _target(described: Described) -> type[Any]:
    if described.target is None:
        raise LookupError(f"{described.name} is no reference.")
    return described.target
