"""Fetching for many records at once what their services will read, rather than one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import selectinload

from bumen.model.describe import fields_of
from bumen.records.references import References
from bumen.resource import Resource
from bumen.unit_of_work import session

_AT_ONCE = 500


def fetch_along(
    resource: type[Resource], many: Sequence[Mapping[str, Any]], known: References
) -> None:
    """Fetch what the resource says is `fetched` of the records that these values name."""
    if len(many) < 2:
        return
    read: dict[str, list[str]] = defaultdict(list)
    for path in resource.fetched:
        name, _dot, attribute = path.partition(".")
        read[name].append(attribute)
    for name, attributes in read.items():
        described = fields_of(resource.model)[name]
        there = known.found[described.target] if described.target else {}
        named = {there[given[described.key]] for given in many if given.get(described.key) in there}
        _fetch(described.target, sorted(_lacking(named, attributes)), attributes)


def _lacking(records: set[Any], attributes: Sequence[str]) -> Iterator[int]:
    for record in records:
        if inspect(record).unloaded & set(attributes):
            yield record.id


def _fetch(model: Any, idents: Sequence[int], attributes: Sequence[str]) -> None:
    options = [selectinload(getattr(model, attribute)) for attribute in attributes]
    for start in range(0, len(idents), _AT_ONCE):
        part = idents[start : start + _AT_ONCE]
        session().scalars(select(model).where(model.id.in_(part)).options(*options)).all()
