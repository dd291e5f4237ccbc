"""What can be wrong with what a plugin declares: found by comparing it with its models."""

import inspect
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

from sqlalchemy import Index, PrimaryKeyConstraint, Table, UniqueConstraint

from bumen.documents.flow_check import flaws_of
from bumen.hooks import PROJECT
from bumen.model import CompanyModel, Model
from bumen.model.describe import Kind, fields_of, lines_of
from bumen.registry import Installed
from bumen.resource import Action, Lines, Resource
from bumen.security.field_rules import ruled_fields
from bumen.testing.declared_views import problems_of_views

_TEXTS = {Kind.TEXT, Kind.LONG_TEXT}


def models_of(installed: Installed) -> list[type[Any]]:
    """Return the models of a plugin, by the names of their tables."""
    start = f"{installed.name}_"
    found = [m.class_ for m in Model.registry.mappers if str(m.local_table).startswith(start)]
    return sorted(found, key=lambda model: str(model.__tablename__))


def problems_of_models(installed: Installed) -> Iterator[str]:
    """Name models that say nothing of themselves, belong to no company, or name no record."""
    for model in models_of(installed):
        if not model.__dict__.get("__doc__"):
            yield f"{model.__name__} does not say what it is"
        if not issubclass(model, CompanyModel):
            yield f"{model.__name__} belongs to no company"
        yield from _missing(f"{model.__name__}.named_by", model.named_by, _attributes(model))


def problems_of_checks(installed: Installed) -> Iterator[str]:
    """Name checks of tables that are not the plugin's, and such as select no ids."""
    for one in installed.plugin.checks:
        if not one.table.startswith(f"{installed.name}_"):
            yield f"check of {one.table}: not a table of its own"
        if [column.name for column in one.broken.selected_columns] != ["id"]:
            yield f"check of {one.table}: it does not select the ids of its rows"


def problems_of_resource(resource: type[Resource]) -> Iterator[str]:
    """Name what a resource offers and its model lacks, and what nobody could ever fill in."""
    name, known = resource.__name__, fields_of(resource.model)
    texts = {field for field, described in known.items() if described.kind in _TEXTS}
    yield from _missing(f"{name}.columns", resource.columns, known)
    yield from _missing(f"{name}.fields", resource.fields, _writable(resource.model))
    yield from _missing(f"{name}.filters", resource.filters, known)
    texts |= set(_texts_of_references(resource.model))
    yield from _missing(f"{name}.search", resource.search, texts)
    yield from _missing(f"{name}.order", [resource.order.lstrip("-")], {*known, "id"})
    if "create" in resource.can and resource.on_create is None:
        required = [
            field for field, one in known.items() if one.required and not one.about.readonly
        ]
        yield from _missing(f"{name} cannot be made: fields", required, resource.written())
    yield from _missing(f"{name}.scope", _named_by_scope(resource), _references(resource.model))
    yield from problems_of_views(resource)
    yield from _missing(
        f"{name}.field_rules", [one.field for one in resource.field_rules], ruled_fields(resource)
    )
    for lines in resource.lines:
        yield from _problems_of_lines(resource, lines)
    for action in resource.actions:
        yield from _problems_of_action(resource, action)
    if hasattr(resource.model, "workflow"):
        yield from flaws_of(resource)


def _named_by_scope(resource: type[Resource]) -> list[str]:
    scope = resource.scope
    named = (scope.by, scope.also, scope.region, scope.department, scope.through) if scope else ()
    return [one for one in named if one]


def _references(model: type[Any]) -> set[str]:
    return {name for name, one in fields_of(model).items() if one.target is not None}


def _texts_of_references(model: type[Any]) -> Iterator[str]:
    """Yield the texts of what a model refers to, as searches name them: `customer.name`."""
    for name, described in fields_of(model).items():
        for inner, one in fields_of(described.target).items() if described.target else ():
            if one.kind in _TEXTS:
                yield f"{name}.{inner}"


def unindexed(resource: type[Resource]) -> Iterator[str]:
    """Name what a list filters or sorts by without an index that begins with the company.

    Long texts are left out: they are searched, and no such index would help.
    """
    table: Table = resource.model.__table__
    indexed = {columns[1] for columns in _indexes(table) if columns[0] == "company_id"}
    known = fields_of(resource.model)
    for name in dict.fromkeys([*resource.filtered(), *resource.sorted()]):
        described = known[name]
        if described.kind is not Kind.LONG_TEXT and described.column.name not in indexed:
            yield f"{resource.key()}: index({described.column.name!r}) is missing"


def problems_of_hooks(plugin: str, module: ModuleType) -> Iterator[str]:
    """Name questions that do not bear the plugin's name, explain nothing or have no types."""
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if not hasattr(function, f"{PROJECT}_spec"):
            continue
        signature = inspect.signature(function)
        annotations = [one.annotation for one in signature.parameters.values()]
        if not name.startswith(f"{plugin}_"):
            yield f"{name} does not begin with {plugin}_"
        if len((inspect.getdoc(function) or "").split("\n\n")) < 2:
            yield f"{name} does not say when it is asked and what may be answered"
        if inspect.Signature.empty in (*annotations, signature.return_annotation):
            yield f"{name} does not name all its types"


def _problems_of_lines(resource: type[Resource], lines: type[Lines]) -> Iterator[str]:
    name, owned = f"{resource.__name__}.{lines.name}", lines_of(resource.model)
    if owned.get(lines.name) is not lines.model:
        yield f"{name}: {resource.model.__name__} has no such lines"
    yield from _missing(f"{name}.fields", lines.fields, _writable(lines.model))
    yield from _missing(f"{name}.shown", lines.shown, fields_of(lines.model))


def _problems_of_action(resource: type[Resource], action: Action) -> Iterator[str]:
    name, taken = f"{resource.__name__}.{action.name}", inspect.signature(action.service).parameters
    takes_all = any(one.kind is inspect.Parameter.VAR_KEYWORD for one in taken.values())
    given = ["by", *(argument.name for argument in action.arguments)]
    yield from _missing(f"{name}: its service takes no", [] if takes_all else given, taken)
    if action.states:
        offered = fields_of(resource.model)["state"].choices or ()
        yield from _missing(f"{name}.states", action.states, set(offered))


def _missing(where: str, named: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    present = set(known)
    return (f"{where}: {name}" for name in named if name not in present)


def _attributes(model: type[Any]) -> set[str]:
    return {*model.__mapper__.columns.keys(), *model.__mapper__.relationships.keys()}


def _writable(model: type[Any]) -> list[str]:
    """Return what people may write; a line's document too, where the line has its own resource."""
    known = fields_of(model).items()
    return [n for n, one in known if not one.about.readonly or one.kind is Kind.REFERENCE]


def _indexes(table: Table) -> Iterator[tuple[str, ...]]:
    for part in (*table.indexes, *table.constraints):
        if isinstance(part, Index | UniqueConstraint | PrimaryKeyConstraint):
            columns = tuple(column.name for column in part.columns)
            if len(columns) > 1:
                yield columns
