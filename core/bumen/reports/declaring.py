"""What is declared of analyses is looked at when their department is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bumen.listing import filterable, named_in, operator_of
from bumen.model.paths import path_of
from bumen.reports.analyses import Analysis
from bumen.reports.dimensions import every_dimension, hidden_paths
from bumen.reports.tables import Report
from bumen.resource import Resource

_FILTER = "filter."


def check_declared(reports: Iterable[Report | Analysis]) -> None:
    """Refuse analyses that name what there is not: `ValueError` says which, and what."""
    for one in reports:
        if isinstance(one, Analysis):
            _check(one)


def is_defined(analysis: Analysis) -> bool:
    """Whether whoever works now sees what an analysis is defined by.

    Without it the numbers would be other ones than its title says.
    """
    names = set(_fields_asked(analysis.resource, analysis.filters))
    return not hidden_paths(analysis.resource, names)


def _check(analysis: Analysis) -> None:
    paths = [one for measure in analysis.measures for one in (measure.of, measure.in_lines) if one]
    try:
        every = every_dimension(analysis)
        for name in (analysis.rows, *([analysis.columns] if analysis.columns else [])):
            every[name]
        for path in [*paths, *([analysis.day] if analysis.day else [])]:
            path_of(analysis.resource.model, path)
        _fields_asked(analysis.resource, analysis.filters)
    except KeyError as unknown:
        raise ValueError(f"the analysis {analysis.name} knows no {unknown}") from unknown


def _fields_asked(resource: type[Resource], filters: Mapping[str, Any]) -> list[str]:
    """Return the fields that declared conditions are about; KeyError where there is none."""
    found = []
    for argument in filters:
        known = argument.startswith(_FILTER)
        name, operator = named_in(resource, argument.removeprefix(_FILTER)) if known else ("", "")
        field = filterable(resource).get(name)
        if field is None or operator_of(field, operator or "eq") is None:
            raise KeyError(argument)
        found.append(field.name)
    return found
