"""Whether whoever looks sees what a card is made of; what is declared wrongly is not hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from werkzeug.datastructures import MultiDict

from bumen.dashboards import Card, Glance, ToDo
from bumen.reports import Analysis, Figure, dimensions_of, is_seen, measures_of
from bumen.reports.dimensions import every_dimension, hidden_paths
from bumen.resource import Resource
from bumen.web.analyses.address import ANY
from bumen.web.list_address import ListAddress
from bumen.web.list_filters import PREFIX


def card_is_seen(card: Card) -> bool:
    """Whether nothing that a card is made of is hidden from whoever works now."""
    if isinstance(card.shows, Figure):
        return is_seen(card.shows)
    if isinstance(card.shows, Glance):
        return _glance_is_seen(card.shows)
    return _to_do_is_seen(card.shows)


def _to_do_is_seen(to_do: ToDo) -> bool:
    return not hidden_paths(to_do.resource, set(_narrowed_by(to_do.resource, to_do.filters)))


def _glance_is_seen(glance: Glance) -> bool:
    analysis, query = glance.analysis, glance.query
    asked = {**analysis.filters, **{n: v for n, v in query.items() if n.startswith(PREFIX)}}
    paths = set(_narrowed_by(analysis.resource, asked))
    if (query.get("period") or analysis.period or ANY) != ANY:
        paths.add(analysis.day)
    return not (hidden_paths(analysis.resource, paths - {""}) or set(_hidden(analysis, glance)))


def _hidden(analysis: Analysis, glance: Glance) -> Iterator[str]:
    """Yield what a glance is gathered by, or measures, and whoever looks does not see."""
    seen, every = dimensions_of(analysis), every_dimension(analysis)
    gathered = (glance.query.get(one, "") for one in ("rows", "columns"))
    yield from (name for name in gathered if name in every and name not in seen)
    offered, declared = measures_of(analysis), {one.name for one in analysis.measures}
    measured = glance.query.get("measures", "").split(",")
    yield from (name for name in measured if name in declared and name not in offered)


def _narrowed_by(
    resource: type[Resource], filters: Mapping[str, str | Sequence[str]]
) -> Iterator[str]:
    """Yield the paths that conditions lead along, as they were declared."""
    plain = {name: one if isinstance(one, str) else list(one) for name, one in filters.items()}
    for one in ListAddress(resource, MultiDict(plain)).listing.conditions:
        yield one.field
