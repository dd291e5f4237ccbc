"""The conditions an address asks for: read as people type them, and told in their words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from babel.lists import format_list
from marshmallow import ValidationError
from sqlalchemy import select

from bumen.errors import Malformed
from bumen.formats import Formats, formats_here, read_day, read_moment, read_number
from bumen.i18n import Text, translator
from bumen.listing import PAST, Condition, filterable, named_in, operator_of
from bumen.model.describe import Described, Kind
from bumen.reading import only_names
from bumen.resource import Resource
from bumen.schema import value_of
from bumen.unit_of_work import session
from bumen.visibility import seen_of
from bumen.web.list_words import BEFORE_TODAY, FURTHER, OPERATORS, PERIODS, period_text
from bumen.web.lookups import address_of

_ = translator(__file__, "bumen")

PREFIX = "filter."
YES, NO = "1", "0"
_TEXTS = {Kind.TEXT, Kind.LONG_TEXT}
_ANY_OF = {"": "in", "eq": "in", "in": "in", "ct": "ct"}
"""What a repeated value of an operator means; of others each value is a condition of its own."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Read = Callable[[str], Any]
Names = Mapping[tuple[Any, str], str]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One condition as an address asks for it: an argument, and the values that were typed."""

    argument: str
    field: Described
    operator: str
    typed: tuple[str, ...]

    @property
    def code(self) -> str:
        """What people chose it by: an operator that is offered."""
        if self.operator == "empty":
            return f"empty={self.typed[0]}"
        if self.operator in ("", "in"):
            return "ct" if self.field.kind in _TEXTS and not self.operator else "eq"
        return self.operator


@dataclass(frozen=True, kw_only=True)
class Told:
    """A condition in the reader's words; `without` are the arguments that leave it out.

    `values` are as they were typed, each with what people call it.
    """

    field: str
    label: Text
    operator: Text
    value_text: str
    without: Mapping[str, str | list[str]]
    code: str
    values: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A field a list may be narrowed by: how it may be compared, and what there is to choose from.

    `operators` are codes with their words: a code goes behind the field's name, `filter.total.ge`;
    one with a value, `empty=1`, asks for no other. `target_address` is where records are looked up.
    """

    name: str
    label: Text
    kind: Kind
    operators: Sequence[tuple[str, Text]]
    choices: Sequence[tuple[str, Text]] = ()
    target_address: str = ""


def asked_in(resource: type[Resource], arguments: Any) -> Iterator[Asked]:
    """Yield what an address asks for; `Malformed` names what is not offered. Blank is nothing."""
    for argument in dict.fromkeys(name for name in arguments if name.startswith(PREFIX)):
        name, operator = named_in(resource, argument.removeprefix(PREFIX))
        field = filterable(resource).get(name)
        if field is None:
            raise _wrong("filters", _("There is no filter “%(name)s”.", name=name))
        if operator_of(field, operator or "eq") is None:
            sentence = _(
                "“%(field)s” cannot be filtered by “%(operator)s”.", field=name, operator=operator
            )
            raise _wrong("filters", sentence)
        typed = [one for one in arguments.getlist(argument) if one.strip()]
        together = operator in _ANY_OF
        for values in [typed] if together and typed else ([one] for one in typed):
            yield Asked(argument=argument, field=field, operator=operator, typed=tuple(values))


def condition_of(asked: Asked) -> Condition:
    """Return the condition that is asked for, its values as the API takes them."""
    field, operator, typed = asked.field, asked.operator, asked.typed
    read = _reader(field)
    if operator in ("empty", "period"):
        return Condition(field=field.name, operator=operator, value=typed[0].strip())
    if operator == "in" or len(typed) > 1:
        some = "ct" if operator == "" and field.kind in _TEXTS else _ANY_OF[operator]
        return Condition(field=field.name, operator=some, value=[read(one) for one in typed])
    operator = operator or ("ct" if field.kind in _TEXTS else "eq")
    if field.kind is Kind.MOMENT and _DAY.fullmatch(read_day(typed[0])):
        return _on_day(field, operator, read_day(typed[0]), read)
    return Condition(field=field.name, operator=operator, value=read(typed[0]))


def spelled(resource: type[Resource], condition: Condition) -> tuple[str, list[str]]:
    """Return the argument of an address that asks for a condition, and its values.

    `condition_of` reads the same condition from them; `Malformed` where it is not offered.
    """
    field = filterable(resource).get(condition.field)
    if field is None:
        raise _wrong("filters", _("There is no filter “%(name)s”.", name=condition.field))
    alike = ".eq" if field.kind in _TEXTS else ""  # a text without a sign may lie within another
    sign = alike if condition.operator in ("eq", "in") else f".{condition.operator}"
    several = isinstance(condition.value, list | tuple)
    values = condition.value if several else [condition.value]
    flags = {True: YES, False: NO}
    texts = [flags[one] if isinstance(one, bool) else str(one) for one in values]
    return f"{PREFIX}{condition.field}{sign}", texts


def told_of(
    asked: Iterable[Asked], without: Callable[[Asked], Any], *, names: Names | None = None
) -> list[Told]:
    """Tell conditions in the reader's words; `names` are read here where nobody has done so."""
    every, formats = list(asked), formats_here()
    names = names_in(every) if names is None else names
    return [_told(one, names, formats, without(one)) for one in every]


def offered_by(resource: type[Resource]) -> list[Offered]:
    """Return the fields a list may be narrowed by, in the order they are declared."""
    names = dict.fromkeys(one.name for one in filterable(resource).values())
    fields = [filterable(resource)[name] for name in names if name != "id"]
    return [
        Offered(
            name=field.name,
            label=field.about.label,
            kind=field.kind,
            operators=list(OPERATORS[field.kind].items()),
            choices=_choices(field),
            target_address=address_of(field.target) if field.target else "",
        )
        for field in fields
        if OPERATORS[field.kind]
    ]


def _on_day(field: Described, operator: str, text: str, read: Read) -> Condition:
    """Return what a day means for a moment: all of it."""
    if operator == "eq":
        return Condition(field=field.name, operator="period", value=text)
    try:
        after = (date.fromisoformat(text) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        after = text
    whole = {"le": ("lt", after), "gt": ("ge", after)}.get(operator, (operator, text))
    return Condition(field=field.name, operator=whole[0], value=read(whole[1]))


def _reader(field: Described) -> Read:
    """Return how what is typed becomes what the API takes."""
    if field.kind in (Kind.NUMBER, Kind.DECIMAL):
        return lambda typed: read_number(typed, formats_here())
    if field.kind is Kind.DATE:
        return read_day
    if field.kind is Kind.MOMENT:
        return lambda typed: read_moment(read_day(typed), formats_here())
    if field.kind is Kind.FLAG:
        return lambda typed: {YES: True, NO: False}.get(typed.strip(), typed)
    return lambda typed: typed if field.kind in _TEXTS else typed.strip()


def _told(asked: Asked, names: Names, formats: Formats, without: Any) -> Told:
    texts = [_text(asked, one, names, formats) for one in asked.typed]
    words = OPERATORS[asked.field.kind]
    said = words.get(asked.code) or FURTHER.get(asked.operator) or asked.operator
    shown = "" if asked.operator == "empty" else _either(texts, formats)
    return Told(
        field=asked.field.name,
        label=asked.field.about.label,
        operator=said,  # type: ignore[arg-type]  # every operator has its words
        value_text=shown,
        without=without,
        code=asked.code,
        values=list(zip(asked.typed, texts, strict=True)),
    )


def _either(texts: list[str], formats: Formats) -> str:
    return str(format_list(texts, style="or", locale=formats.locale))


def _text(asked: Asked, typed: str, names: Names, formats: Formats) -> str:
    """Write a value as lists show it; what cannot be read is written as it was typed."""
    field = asked.field
    if asked.operator == "period":
        return period_text(typed.strip(), formats)
    if field.kind is Kind.REFERENCE:
        return names.get((field.target, typed.strip()), typed)
    if field.kind is Kind.MOMENT and _DAY.fullmatch(read_day(typed)):
        return period_text(read_day(typed), formats)
    try:
        value = value_of(field, for_filter=True).deserialize(_reader(field)(typed))
    except ValidationError:
        return typed
    return formats.value(field, value)


def names_in(asked: Iterable[Asked]) -> Names:
    """Return what the records are called that are asked for: one statement for each model."""
    wanted: dict[Any, set[int]] = defaultdict(set)
    for one in asked:
        plain = {typed.strip() for typed in one.typed if one.field.target}
        wanted[one.field.target] |= {
            int(typed) for typed in plain if typed.isascii() and typed.isdigit() and len(typed) < 19
        }
    found: dict[tuple[Any, str], str] = {}
    for model, idents in wanted.items():
        if model is not None and idents:
            query = select(model).options(only_names(model))
            limits = (model.id.in_(sorted(idents)), *seen_of(model))
            for record in session().scalars(query.where(*limits)):
                found[model, str(record.id)] = str(record)
    return found


def _choices(field: Described) -> Sequence[tuple[str, Text]]:
    if field.kind is Kind.CHOICE and field.choices:
        return [(member.value, member.label) for member in field.choices]
    if field.kind is Kind.FLAG:
        return [(YES, _("Yes")), (NO, _("No"))]
    periods = [*PERIODS.items(), (PAST, BEFORE_TODAY)]
    return periods if field.kind in (Kind.DATE, Kind.MOMENT) else ()


def _wrong(place: str, message: Any) -> Malformed:
    return Malformed(message, fields={place: [message]})
