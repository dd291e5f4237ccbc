"""Schemas made from what models and resources declare."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol

from marshmallow import RAISE, Schema, ValidationError, fields, missing

from bumen.argument import Argument
from bumen.i18n import translator
from bumen.model import About
from bumen.model.describe import Described, Kind, fields_of
from bumen.remember import remembered
from bumen.resource import Lines, Resource
from bumen.schema import values

_ = translator(__file__, "bumen")
MOST_LINES = 1000
_FITTING = 1024
"""So many schemas that fit what is given are kept at hand."""


class Asking(Protocol):
    """What asks for values before it is done: an action, a report."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def arguments(self) -> Sequence[Argument]:
        """What it asks for."""


class WriteSchema(Schema):
    """What people may write to one model."""

    class Meta:
        unknown = RAISE

    error_messages = {  # marshmallow's own way
        "unknown": _("There is no such field, or it cannot be written."),
        "type": _("This must be an object with fields."),
    }

    def load(self, data: Any, *, many: bool | None = None, **how: Any) -> Any:
        """Read what is given, and look for what must be; no other field costs anything."""
        if many or not isinstance(data, Mapping):
            return super().load(data, many=many, **how)
        given = frozenset(self.fields.keys() & data.keys())
        return super(WriteSchema, _fitting(type(self), given)).load(data, **how)


@lru_cache(maxsize=_FITTING)
def _fitting(kind: type[WriteSchema], given: frozenset[str]) -> WriteSchema:
    """Return a schema that knows the fields that are given, and those that say something if not."""
    whole = kind()
    says = {name for name, one in whole.fields.items() if _is_looked_for(one)}
    return kind(only=tuple(name for name in whole.fields if name in given | says))


def _is_looked_for(field: fields.Field[Any]) -> bool:
    return field.required or field.load_default is not missing


class LinesValue(fields.List[Any]):
    """The lines of a document, each an object."""

    default_error_messages = {  # marshmallow's own way
        **values.COMMON,
        "invalid": _("This must be a list of lines."),
    }


class LineValue(fields.Nested):
    """One line of a document."""

    default_error_messages = {  # marshmallow's own way
        **values.COMMON,
        "type": _("This must be an object with fields."),
    }


@remembered
def write_schema(resource: type[Resource]) -> Schema:
    """Return the schema of what may be written to a resource, lines nested."""
    known = fields_of(resource.model)
    made: dict[str, Any] = {known[n].key: value_of(known[n]) for n in resource.written()}
    for lines in resource.lines:
        nested = LineValue(lines_schema(lines), required=True)
        made[lines.name] = LinesValue(nested, validate=_few_enough)
    return _instance(f"{resource.key()}.write", made)


@remembered
def lines_schema(lines: type[Lines]) -> Schema:
    """Return the schema of a document's line; `id` names a line that is there already."""
    known = fields_of(lines.model)
    made: dict[str, Any] = {known[name].key: value_of(known[name]) for name in lines.fields}
    made["id"] = values.WholeNumber(allow_none=True)
    return _instance(f"{lines.model.__tablename__}.line", made)


@remembered
def arguments_schema(asking: Asking) -> Schema:
    """Return the schema of what an action or a report asks for."""
    return _instance(asking.name, {one.key: _argument(one) for one in asking.arguments})


def value_of(described: Described, *, for_filter: bool = False) -> fields.Field[Any]:
    """Return how a field's value comes in. For a filter no limit counts and nothing is required."""
    options: dict[str, Any] = {
        "required": described.required and not for_filter,
        "allow_none": described.nullable,
        "validate": [] if for_filter else list(_limits(described.about)),
        "metadata": {"description": described.about.label},
    }
    type_, pattern = described.column.type, described.about.pattern
    if for_filter and described.kind in {Kind.TEXT, Kind.LONG_TEXT}:
        return values.TextValue(length=None, pattern=None, **options)
    return _typed(described.kind, type_, options, pattern=pattern)


def _typed(
    kind: Kind, type_: Any, options: dict[str, Any], *, pattern: str | None = None
) -> fields.Field[Any]:
    if kind in {Kind.TEXT, Kind.LONG_TEXT}:
        return values.TextValue(length=type_.length, pattern=pattern, **options)
    if kind is Kind.DECIMAL:
        return values.DecimalValue(type_=type_, **options)
    if kind is Kind.CHOICE:
        return values.ChoiceValue(choices=type_.enum_class, **options)
    return _PLAIN[kind](**options)


_PLAIN: dict[Kind, type[fields.Field[Any]]] = {
    Kind.NUMBER: values.WholeNumber,
    Kind.DATE: values.DateValue,
    Kind.MOMENT: values.MomentValue,
    Kind.FLAG: values.FlagValue,
    Kind.REFERENCE: values.ReferenceValue,
    Kind.PICTURE: values.PictureValue,
}


def _argument(argument: Argument) -> fields.Field[Any]:
    options: dict[str, Any] = {
        "required": argument.required,
        "allow_none": not argument.required,
        "validate": list(_limits(argument.about)),
    }
    return _typed(argument.kind, argument.stored, options)


def _limits(about: About) -> Iterable[Callable[[Any], None]]:
    """Yield the checks of a field's limits; each refuses with a sentence that names the limit."""
    low, above, high = about.minimum, about.minimum_exclusive, about.maximum
    if low is not None:
        yield _check(lambda value: value >= low, _("At least %(limit)s.", limit=low))
    if above is not None:
        yield _check(lambda value: value > above, _("More than %(limit)s.", limit=above))
    if high is not None:
        yield _check(lambda value: value <= high, _("At most %(limit)s.", limit=high))


def _check(holds: Callable[[Any], bool], refusal: Any) -> Callable[[Any], None]:
    def check(value: Any) -> None:
        if value is not None and not holds(value):
            raise ValidationError([refusal])

    return check


def _few_enough(lines: list[Any]) -> None:
    if len(lines) > MOST_LINES:
        raise ValidationError([_("At most %(limit)s lines.", limit=MOST_LINES)])


def _instance(name: str, made: dict[str, Any]) -> Schema:
    schema: Schema = type(f"Write_{name}", (WriteSchema,), made)()
    return schema
