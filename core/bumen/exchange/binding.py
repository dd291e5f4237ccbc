"""How a plan is made: what a mapping asks for is looked up in the resource and in the files.

What they do not have is a mistake of the mapping, named with its place.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Sequence
from zoneinfo import ZoneInfo

from bumen.exchange.conversions import Unfit
from bumen.exchange.errors import MappingIsWrong
from bumen.exchange.mapping import Existing, FieldMapping, LinesMapping, Mapping, Repeated
from bumen.exchange.plan import Finder, Plan, PlannedField, PlannedLines
from bumen.exchange.readers import columns_of, reader
from bumen.exchange.reading import Table, read_table
from bumen.exchange.sections import Mistakes
from bumen.i18n import Text, translator
from bumen.model.describe import Described, Kind, fields_of
from bumen.registry import Registry
from bumen.resource import Lines, Resource

_ = translator(__file__, "bumen")

_DATED = frozenset({Kind.DATE, Kind.MOMENT})


def bind(
    mapping: Mapping,
    *,
    resource: type[Resource],
    table: Table,
    registry: Registry,
    zone: ZoneInfo,
) -> Plan:
    """Make the plan of an import; `MappingIsWrong` names everything that cannot be done."""
    binder = _Binder(mapping, registry=registry, zone=zone)
    if mapping.resource != resource.key():
        said = _("This is a mapping for “%(resource)s”.", resource=mapping.resource)
        raise MappingIsWrong({"resource": [said]}, file=mapping.name)
    fields = binder.fields(mapping.fields, resource, table=table)
    lines = [binder.lines(one, resource, table) for one in mapping.lines]
    plan = Plan(
        resource=resource,
        table=table,
        fields=fields,
        key=binder.key(fields),
        existing=mapping.existing,
        repeated=mapping.repeated,
        group_by=binder.columns("group_by", mapping.group_by, table),
        lines=tuple(one for one in lines if one is not None),
        ignored=_ignored(mapping, table),
    )
    if binder.mistakes:
        raise MappingIsWrong(binder.mistakes, file=mapping.name)
    return plan


def _ignored(mapping: Mapping, table: Table) -> tuple[str, ...]:
    lines = [lines for lines in mapping.lines if lines.file is None]
    used = {column for one in mapping.fields for column in columns_of(one)}
    used |= {column for one in lines for field in one.fields for column in columns_of(field)}
    used |= {column for one in mapping.lines for column in one.match.values()}
    return tuple(name for name in table.header if name and name not in used | {*mapping.group_by})


class _Binder:
    """Looks up everything a mapping names, and collects what is not there."""

    def __init__(self, mapping: Mapping, *, registry: Registry, zone: ZoneInfo) -> None:
        self.mistakes: Mistakes = {}
        self._mapping = mapping
        self._registry = registry
        self._zone = zone

    def fields(
        self,
        mappings: Iterable[FieldMapping],
        owner: type[Resource] | type[Lines],
        *,
        table: Table,
    ) -> tuple[PlannedField, ...]:
        """Plan the fields of a record or of its lines."""
        planned = [self._field(mapping, owner, table) for mapping in mappings]
        return tuple(one for one in planned if one is not None)

    def key(self, fields: Sequence[PlannedField]) -> tuple[PlannedField, ...]:
        """Find the fields by which a record is known again."""
        by_name = {name: field for field in fields for name in (field.key, field.field.name)}
        for name in self._mapping.key:
            if name not in by_name:
                self._mistake("key", _("“%(name)s” is not among the fields.", name=name))
        if self._needs_key and not self._mapping.key:
            self._mistake(
                "key", _("Name the fields by which a record that is there already is known.")
            )
        return tuple(by_name[name] for name in self._mapping.key if name in by_name)

    @property
    def _needs_key(self) -> bool:
        known_again = self._mapping.existing is not Existing.REFUSE
        return known_again or self._mapping.repeated is not Repeated.REFUSE

    def lines(
        self, mapping: LinesMapping, resource: type[Resource], table: Table
    ) -> PlannedLines | None:
        """Plan the lines of one kind."""
        kinds = {lines.name: lines for lines in resource.lines}
        if mapping.name not in kinds:
            self._unknown(mapping.place, mapping.name, kinds)
            return None
        theirs = self._second(mapping, table) if mapping.file else table
        return PlannedLines(
            name=mapping.name,
            model=kinds[mapping.name].model,
            fields=self.fields(mapping.fields, kinds[mapping.name], table=theirs),
            table=theirs if mapping.file else None,
            ours=self.columns(f"{mapping.place}.match", mapping.match.values(), table),
            theirs=self.columns(f"{mapping.place}.match", mapping.match.keys(), theirs),
        )

    def columns(self, place: str, names: Collection[str], table: Table) -> tuple[int, ...]:
        """Return the positions of columns."""
        for name in names:
            if name not in table.header:
                self._no_column(place, name, table)
        return tuple(table.header.index(name) for name in names if name in table.header)

    def _second(self, mapping: LinesMapping, table: Table) -> Table:
        return read_table(
            table.folder / str(mapping.file),
            encoding=mapping.encoding,
            delimiter=mapping.delimiter,
            sheet=mapping.sheet,
        )

    def _field(
        self, mapping: FieldMapping, owner: type[Resource] | type[Lines], table: Table
    ) -> PlannedField | None:
        field = self._written(mapping, owner)
        wanted = columns_of(mapping)
        for name in wanted:
            if not name or name not in table.header:
                self._no_column(mapping.place, name, table)
        if field is None or not {*wanted} <= {*table.header}:
            return None
        self._check_kind(mapping, field)
        finder = self._finder(mapping, field)
        positions = {name: table.header.index(name) for name in wanted}
        null = self._mapping.null
        try:
            read = reader(mapping, field=field, positions=positions, null=null, zone=self._zone)
        except Unfit as unfit:
            self._mistake(mapping.place, unfit.reason)
            return None
        return PlannedField(
            field=field,
            source=" + ".join(wanted) or None,
            read=read,
            places=tuple(positions.values()),
            finder=finder,
        )

    def _written(
        self, mapping: FieldMapping, owner: type[Resource] | type[Lines]
    ) -> Described | None:
        known = fields_of(owner.model)
        names = owner.written() if issubclass(owner, Resource) else owner.fields
        by_name = {name: known[one] for one in names for name in (one, known[one].key)}
        if mapping.target not in by_name:
            self._unknown(mapping.place, mapping.target, by_name)
        return by_name.get(mapping.target)

    def _check_kind(self, mapping: FieldMapping, field: Described) -> None:
        """Refuse settings that this kind of field has no use for."""
        wrong = {
            "dates": bool(mapping.dates) and field.kind not in _DATED,
            "fraction": mapping.fraction and field.kind is not Kind.DECIMAL,
            "by": mapping.by is not None and field.kind is not Kind.REFERENCE,
            "resource": mapping.resource is not None and field.kind is not Kind.REFERENCE,
        }
        for setting in (name for name, is_wrong in wrong.items() if is_wrong):
            self._mistake(
                f"{mapping.place}.{setting}",
                _("“%(field)s” is not a field that needs this.", field=field.about.label),
            )

    def _finder(self, mapping: FieldMapping, field: Described) -> Finder | None:
        if field.target is None:
            return None
        named = self._registry.resources.get(mapping.resource or "")
        if mapping.resource is not None and (named is None or named.model is not field.target):
            meant = self._registry.resource_of(field.target)
            self._unknown(
                f"{mapping.place}.resource", mapping.resource, [meant.key()] if meant else []
            )
        known = {n: f for n, f in fields_of(field.target).items() if not f.about.secret}
        name = mapping.by or next(iter(field.target.named_by), "id")
        if name not in known:
            self._unknown(f"{mapping.place}.by", name, known)
            return None
        others = field.target.named_by[1:] if mapping.by is None else ()
        texts = (one for one in others if one in known and known[one].kind is Kind.TEXT)
        return Finder(model=field.target, field=known[name], else_by=tuple(texts))

    def _unknown(self, place: str, name: str, known: Iterable[str]) -> None:
        near = difflib.get_close_matches(name, known, n=1)
        if near:
            self._mistake(
                place,
                _("There is no “%(name)s” here. Is “%(near)s” meant?", name=name, near=near[0]),
            )
        else:
            options = str(_(", ")).join(known)
            self._mistake(
                place, _("There is no “%(name)s” here, but: %(known)s.", name=name, known=options)
            )

    def _no_column(self, place: str, name: str, table: Table) -> None:
        self._mistake(
            place,
            _(
                "%(file)s has no column “%(name)s”. Its columns are: %(columns)s.",
                file=table.name,
                name=name,
                columns=str(_(", ")).join(name for name in table.header if name),
            ),
        )

    def _mistake(self, place: str, text: Text) -> None:
        self.mistakes.setdefault(place, []).append(text)
