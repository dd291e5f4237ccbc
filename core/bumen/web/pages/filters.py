"""What a list may be narrowed by, and is narrowed by, as people put conditions together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bumen.i18n import Text
from bumen.model.describe import Kind
from bumen.web.list_address import ListAddress, Offered, Told

_FIXED = "fixed"
_PERIOD = "period"
_SHAPES = {
    Kind.NUMBER: "number",
    Kind.DECIMAL: "number",
    Kind.DATE: "day",
    Kind.MOMENT: "day",
    Kind.FLAG: "choice",
    Kind.CHOICE: "choices",
    Kind.REFERENCE: "lookup",
}
_SEVERAL = {"choices", "lookup"}
"""Boxes that hold more than one value; other values stand in a condition of their own."""
_USUAL = {
    Kind.TEXT: ("ct",),
    Kind.LONG_TEXT: ("ct",),
    Kind.NUMBER: ("ge", "le"),
    Kind.DECIMAL: ("ge", "le"),
    Kind.DATE: (_PERIOD, "ge", "le"),
    Kind.MOMENT: (_PERIOD, "ge", "le"),
}


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A comparison is an operator as people choose it; its shape names the box beside it."""

    code: str
    label: Text
    shape: str
    argument: str
    fixed: str
    """The value that is part of it: is empty, is not empty."""


@dataclass(frozen=True, kw_only=True)
class FilterField:
    """A field conditions are put together with: its comparisons, and what its boxes offer."""

    name: str
    label: Text
    comparisons: Mapping[str, Comparison]
    usual: Sequence[Comparison]
    """The comparisons most conditions use, the first most of all."""
    choices: Sequence[tuple[str, Text]]
    lookup: str

    @property
    def shapes(self) -> tuple[str, ...]:
        """The boxes that some comparison needs."""
        return tuple(dict.fromkeys(one.shape for one in self.comparisons.values()))


@dataclass(frozen=True, kw_only=True)
class Held:
    """A condition that holds now, ready to be changed: its values, each with its words."""

    field: FilterField
    comparison: Comparison
    values: Sequence[tuple[str, str]]


def fields_to_filter(address: ListAddress) -> dict[str, FilterField]:
    """Return the fields a list may be narrowed by; references only where they may be read."""
    fields = (_field(one) for one in address.offered() if _may_look(one))
    return {field.name: field for field in fields}


def conditions_held(address: ListAddress, fields: Mapping[str, FilterField]) -> Iterator[Held]:
    """Yield the conditions of an address that can be changed; one value in each, or several."""
    for told in address.conditions:
        field = fields.get(told.field)
        comparison = field.comparisons.get(told.code) if field else None
        if field is None or comparison is None:
            continue
        several = comparison.shape in _SEVERAL
        for values in [told.values] if several else [[one] for one in told.values]:
            yield Held(field=field, comparison=comparison, values=values)


def rest_of(address: ListAddress, held: Sequence[Held]) -> dict[str, str | list[str]]:
    """Return the arguments a form of these conditions leaves as they are."""
    shown = {(one.field.name, one.comparison.code) for one in held}
    others = [one for one in address.conditions if (one.field, one.code) not in shown]
    return address.unfiltered(**_arguments(others))


def _arguments(conditions: Sequence[Told]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in conditions:
        name = f"filter.{one.field}.{one.code.partition('=')[0]}"
        found.setdefault(name, []).extend(typed for typed, _said in one.values)
    return found


def _field(offered: Offered) -> FilterField:
    comparisons = {code: _comparison(offered, code, label) for code, label in offered.operators}
    usual = [comparisons[code] for code in _USUAL.get(offered.kind, ("eq",))]
    return FilterField(
        name=offered.name,
        label=offered.label,
        comparisons=comparisons,
        usual=usual,
        choices=offered.choices,
        lookup=offered.target_address,
    )


def _comparison(offered: Offered, code: str, label: Text) -> Comparison:
    operator, has_value, fixed = code.partition("=")
    shape = _SHAPES.get(offered.kind, "text")
    if has_value:
        shape = _FIXED
    elif operator == _PERIOD:
        shape = _PERIOD
    argument = f"filter.{offered.name}.{operator}"
    return Comparison(code=code, label=label, shape=shape, argument=argument, fixed=fixed)


def _may_look(offered: Offered) -> bool:
    return offered.kind is not Kind.REFERENCE or bool(offered.target_address)
