"""Which resource an import goes into, and what its mapping makes of the file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bumen.errors import Forbidden, NotFound
from bumen.exchange import Mapping, Table, mapping_from
from bumen.exchange.engine import plan_of
from bumen.exchange.errors import MappingIsWrong, NotImportable
from bumen.exchange.mapping import Existing
from bumen.exchange.plan import Plan, PlannedField
from bumen.i18n import Text, translator
from bumen.importing.errors import ColumnsAreUnmatched, RequiredAreUnmatched
from bumen.imports import Import, Stage
from bumen.imports.finding import import_called
from bumen.jobs import Run
from bumen.model.describe import fields_of
from bumen.resource import WRITE, Lines, Resource
from bumen.unit_of_work import current, session
from bumen.visibility import as_seen, hidden_fields

_ = translator(__file__, "bumen")


def resource_called(key: str) -> type[Resource]:
    """Return a resource as whoever imports into it meets it.

    `NotFound` where its department is off, `Forbidden` for who may not write it, `NotImportable`
    where nobody makes records.
    """
    unit = current()
    declared: type[Resource] | None = unit.neighbours.resource_called(key)
    if declared is None or declared.plugin() not in unit.on:
        raise NotFound
    if not unit.may(WRITE, declared.permission()):
        raise Forbidden
    if "create" not in declared.can:
        raise NotImportable(declared.title)
    return as_seen(declared)


def resource_for(kept: Import) -> type[Resource]:
    """Return the resource of an import as whoever works now meets it; refuses as its screens do."""
    return resource_called(kept.resource)


def held(run: Run, import_id: int, stage: Stage) -> Import:
    """Return the import that background work is about, at the step it was begun for.

    `NotFound` when the import is elsewhere by now, or other work is about it.
    """
    kept: Import | None = session().scalar(import_called(import_id))
    if kept is None or kept.stage is not stage or kept.run_id != run.id:
        raise NotFound
    resource_for(kept)
    return kept


def mapping_of(kept: Import) -> Mapping:
    """Return the mapping of an import; `ColumnsAreUnmatched` while there is none."""
    if not kept.mapping or not kept.mapping.get("fields"):
        raise ColumnsAreUnmatched
    return mapping_from(kept.mapping, name=kept.file_name)


def plan_for(kept: Import, table: Table) -> Plan:
    """Lay the mapping of an import on its file; `MappingIsWrong` names what cannot be done."""
    resource, mapping = resource_for(kept), mapping_of(kept)
    plan = plan_of(mapping, resource=resource, table=table, registry=current().neighbours.registry)
    _refuse_hidden(plan, name=mapping.name)
    return plan


def refuse_incomplete(plan: Plan) -> None:
    """Refuse a plan that gives nothing to what every new record needs: its rows need no trying.

    Rows that change what is there need not say everything.
    """
    missing: dict[str, Text] = {}
    if plan.existing is not Existing.UPDATE:
        missing |= _missing(plan.resource.model, plan.resource.written(), plan.fields, "fields")
    kinds = {kind.name: kind for kind in plan.resource.lines}
    for one in plan.lines:
        place, kind = f"lines.{one.name}.fields", kinds[one.name]
        unmatched = _missing(one.model, kind.fields, one.fields, place)
        missing |= {name: said_of_lines(kind, label) for name, label in unmatched.items()}
    if missing:
        raise RequiredAreUnmatched(missing)


def said_of_lines(lines: type[Lines], label: Text) -> Text:
    """Return what a field of the lines is called among those of the record: Name (Contacts)."""
    return _("%(field)s (%(of)s)", field=label, of=lines.title)


def _missing(
    model: type[Any], written: Iterable[str], planned: Iterable[PlannedField], place: str
) -> dict[str, Text]:
    given, known = {one.field.name for one in planned}, fields_of(model)
    must = (known[name] for name in written if known[name].required and name not in given)
    return {f"{place}.{one.name}": one.about.label for one in must}


def _refuse_hidden(plan: Plan, *, name: str) -> None:
    """Refuse to look others up by what whoever imports does not see of them."""
    of_lines = [one for lines in plan.lines for one in lines.fields]
    wrong: dict[str, list[Any]] = {}
    for one in (*plan.fields, *of_lines):
        if one.finder is None:
            continue
        other = current().neighbours.resource_of(one.finder.model)
        if other is not None and one.finder.field.name in hidden_fields(other):
            said = _("There is no “%(name)s” here.", name=one.finder.field.name)
            wrong.setdefault(f"fields.{one.field.name}.by", []).append(said)
    if wrong:
        raise MappingIsWrong(wrong, file=name)
