"""A mapping guessed from the header: columns are named like fields, in any of our languages."""

from __future__ import annotations

from typing import Any

from bumen.exchange.errors import NoColumnMatches
from bumen.exchange.mapping import Mapping
from bumen.exchange.mapping_file import mapping_from
from bumen.exchange.naming import folded, matches
from bumen.exchange.reading import Table
from bumen.model.describe import Described, Kind, fields_of
from bumen.resource import Lines, Resource

Content = dict[str, Any]
"""A mapping as its file says it."""


def guessed_mapping(resource: type[Resource], *, table: Table) -> Mapping:
    """Match columns to fields by name or label; `NoColumnMatches` when none does."""
    content = guessed(resource, table)
    if content is None or not content["fields"]:
        known = fields_of(resource.model)
        labels = [known[name].about.label for name in resource.written()]
        raise NoColumnMatches(table.name, fields=labels)
    return mapping_from(content, name=table.name)


def guessed(resource: type[Resource], table: Table) -> Content | None:
    """Match columns to fields, then to those of a document's lines; None when nothing matches.

    Columns of lines make one record of the rows that agree in all other matched columns.
    """
    content: Content = {"resource": resource.key(), "fields": {}}
    taken: set[str] = set()
    known = [fields_of(resource.model)[name] for name in resource.written()]
    content["fields"] = _matched(resource, known, table, taken)
    for lines in resource.lines:
        if found := _matched(lines, _fields_of(lines), table, taken):
            content.setdefault("lines", {})[lines.name] = {"fields": found}
    if not content["fields"] and "lines" not in content:
        return None
    if content["fields"] and "lines" in content:
        content["group_by"] = [one["column"] for one in content["fields"].values()]
    return content


def guessed_lines(lines: type[Lines], first: Table, second: Table) -> Content:
    """Match columns of a second file to fields of lines, and find what both files share.

    A column that both have and that no field of a line is read from belongs them together.
    """
    taken: set[str] = set()
    fields = _matched(lines, _fields_of(lines), second, taken)
    content: Content = {"match": {}, "fields": fields}
    ours = {folded(name): name for name in reversed(first.header) if name}
    both = [name for name in second.header if name and folded(name) in ours]
    free = [name for name in both if name not in taken]
    if chosen := next(iter(free or both), None):
        content["match"] = {chosen: ours[folded(chosen)]}
    return content


def _fields_of(lines: type[Lines]) -> list[Described]:
    described = fields_of(lines.model)
    return [described[name] for name in lines.fields]


def _matched(
    owner: type[Resource] | type[Lines], fields: list[Described], table: Table, taken: set[str]
) -> Content:
    written = [one for one in fields if one.kind is not Kind.PICTURE]
    return {
        field.name: {"column": column, "by": by} if by else {"column": column}
        for field, column, by in matches(written, table.header, owner=owner, taken=taken)
    }
