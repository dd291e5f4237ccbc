"""What can be wrong with the analyses, figures and cards a plugin declares."""

from collections.abc import Iterable, Iterator

from bumen.dashboards import Glance, ToDo
from bumen.listing import filterable
from bumen.model.describe import Kind, fields_of
from bumen.model.paths import path_of
from bumen.plugin import Plugin
from bumen.reports import Analysis, Figure
from bumen.reports.dimensions import every_dimension

_ADDED_UP = {Kind.DECIMAL, Kind.NUMBER}


def problems_of_reports(plugin: Plugin) -> Iterator[str]:
    """Name what analyses, figures and cards tell of fields their models do not have."""
    for one in plugin.reports:
        if isinstance(one, Analysis):
            yield from _problems_of_analysis(one)
    for figure in plugin.figures:
        yield from _problems_of_figure(figure)
    declared = {figure.key for figure in plugin.figures}
    for card in plugin.cards:
        name, shows = f"card {card.name}", card.shows
        if isinstance(shows, Figure) and shows.key not in declared:
            yield f"{name}: {shows.key} is not among the figures"
        if isinstance(shows, Glance) and shows.analysis not in plugin.reports:
            yield f"{name}: {shows.analysis.name} is not among the reports"
        if isinstance(shows, ToDo):
            yield from _missing(name, shows.shows, fields_of(shows.resource.model))


def _problems_of_analysis(analysis: Analysis) -> Iterator[str]:
    name, model = f"analysis {analysis.name}", analysis.resource.model
    paths = [one.path for one in analysis.dimensions]
    amounts = [one for each in analysis.measures for one in (each.of, each.in_lines) if one]
    unknown = [path for path in (*paths, *amounts) if not _leads(model, path)]
    yield from (f"{name}: {path} leads nowhere" for path in unknown)
    if unknown:
        return
    offered = filterable(analysis.resource)
    yield from (f"{name}: the list has no filter {one}" for one in paths if one not in offered)
    opens = [one for one in (analysis.rows, analysis.columns) if one]
    yield from _missing(name, opens, every_dimension(analysis))
    for path in amounts:
        if path_of(model, path).field.kind not in _ADDED_UP:
            yield f"{name}: {path} cannot be added up"


def _problems_of_figure(figure: Figure) -> Iterator[str]:
    name, model = f"figure {figure.name}", figure.resource.model
    known = fields_of(model)
    own = [one for one in (figure.day, figure.past, figure.of) if one]
    own += [one.field for one in figure.only]
    yield from _missing(name, own, known)
    whose = [path for path in (figure.person, figure.department) if path]
    yield from (f"{name}: {path} leads nowhere" for path in whose if not _leads(model, path))


def _leads(model: type[object], path: str) -> bool:
    try:
        path_of(model, path)
    except KeyError:
        return False
    return True


def _missing(where: str, named: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    present = set(known)
    return (f"{where}: {name}" for name in named if name not in present)
