"""What a record's page shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from bumen.documents.called import names_of
from bumen.errors import BusinessError
from bumen.i18n import Text
from bumen.model import OF_EVERY_RECORD
from bumen.model.describe import Kind, fields_of
from bumen.reading import sums_of
from bumen.resource import Lines, Resource
from bumen.slots import RECORD_TAB
from bumen.visibility import as_seen
from bumen.web.cells import Cell, Cells, columns_of, screen_endpoint
from bumen.web.forms import ArgumentsForm
from bumen.web.house import registry, related_of
from bumen.web.offers import offers_of, possible_of
from bumen.web.pages.approval import decides_in_panel
from bumen.web.pages.deeds import Deed, deeds_of
from bumen.web.pages.flow import flow_of
from bumen.web.pages.panels import Panel
from bumen.web.pages.printing import print_links
from bumen.web.pages.reach import reach_of
from bumen.web.pages.related import related_table
from bumen.web.pages.sections import Arranged, arranged
from bumen.web.pages.tables import lines_table, may
from bumen.web.pages.tabs import Tab, opened
from bumen.web.pages.trail import panels_of, tabs_of_trail
from bumen.web.slots import slots_at
from bumen.web.store import Store

_TEXTS = {Kind.TEXT, Kind.LONG_TEXT}


def show_page(store: Store, record: Any, *, typed: ArgumentsForm | None = None) -> dict[str, Any]:
    """Return what a record's page shows; `typed` is an action's form that was refused."""
    resource, cells, flow = as_seen(store.declared, record), Cells(), flow_of(record)
    totals = sums_of(resource)
    shown = _cells(record, resource, cells, without={*_told_above(record), *totals})
    groups = arranged(resource, {name: one for name, one in shown.items() if not one.src})
    summed = cells.of(record, columns_of(resource, totals))
    tabs = [*_lines_tabs(record, resource, cells, summed), *_section_tabs(groups)]
    tabs += _tabs_around(record, resource)
    return {
        "title": str(record),
        "department": department_of(resource),
        "resource": resource,
        "record": record,
        "endpoint": screen_endpoint(resource),
        "flow": flow,
        "pictures": [one for one in shown.values() if one.src],
        "groups": groups.first,
        "panels": (panels := panels_of(resource, record)),
        "tabs": tabs,
        "opened": opened(tabs),
        "deeds": _deeds(record, resource, typed, panels),
        "prints": print_links(resource, record),
        "may": may(resource, record),
        "story": story_of(record, cells),
        "reach": reach_of,
    }


@dataclass(frozen=True, kw_only=True)
class Reason:
    """A reason is why something could not be done with a record, and where to put it right."""

    said: Text | str
    href: str = ""


def reasons_of(resource: type[Resource], record: Any, refusal: BusinessError) -> list[Reason]:
    """Return what a refusal says of single fields, with the form of whoever may correct them."""
    keys = {name: fields_of(resource.model)[name].key for name in resource.written()}
    keys |= {key: key for key in keys.values()}
    edit = f"{screen_endpoint(resource)}.edit"
    may_correct = may(resource, record)["change"]
    return [
        Reason(
            said=said,
            href=url_for(edit, ident=record.id, _anchor=keys[name])
            if name in keys and may_correct
            else "",
        )
        for name, every in refusal.fields.items()
        for said in every
        if str(said) != str(refusal.message)
    ]


def department_of(resource: type[Resource]) -> Text:
    """Return the title of the department a resource belongs to."""
    return registry().plugins[resource.plugin()].plugin.title


def story_of(record: Any, cells: Cells) -> dict[str, str]:
    """Return when and by whom a record was made and changed."""
    people = names_of([record.created_by_id, record.changed_by_id])
    return {
        "created_at": cells.formats.moment(record.created_at),
        "created_by": people.get(record.created_by_id, ""),
        "changed_at": cells.formats.moment(record.changed_at),
        "changed_by": people.get(record.changed_by_id, ""),
    }


def _cells(
    record: Any, resource: type[Resource], cells: Cells, *, without: Iterable[str]
) -> dict[str, Cell]:
    """Return the cells of the fields a page shows beside its title and its state."""
    hidden = OF_EVERY_RECORD.union(without)
    columns = columns_of(resource, [name for name in resource.shown() if name not in hidden])
    found = cells.of(record, columns)
    return {one.column.described.name: one for one in found if not _says_nothing(one)}


def _says_nothing(cell: Cell) -> bool:
    """Whether it is a text nobody can fill in, and nothing has: why an order was cancelled."""
    described = cell.column.described
    return cell.is_empty and described.about.readonly and described.kind in _TEXTS


def _told_above(record: Any) -> set[str]:
    """Return what stands above: the state in its flow, the field that alone is the title."""
    named = type(record).named_by
    told = len(named) == 1 and fields_of(type(record))[named[0]].about.readonly
    return (set(named) if told else set()) | ({"state"} if flow_of(record) else set())


def _lines_tabs(
    record: Any, resource: type[Resource], cells: Cells, totals: Sequence[Cell]
) -> list[Tab]:
    """Return a tab for each kind of lines; the sums stand below the first."""
    return [
        Tab(
            key=lines.name,
            title=_title_of_lines(lines),
            table=lines_table(lines, record, cells),
            count=str(len(getattr(record, lines.name))),
            totals=totals if place == 0 else (),
        )
        for place, lines in enumerate(resource.lines)
    ]


def _title_of_lines(lines: type[Lines]) -> Text | str:
    return getattr(lines, "title", "")


def _section_tabs(groups: Arranged[Cell]) -> list[Tab]:
    return [
        Tab(key=f"section-{place}", title=title, groups=inside)
        for place, (title, inside) in enumerate(groups.tabs.items())
    ]


def _related_tabs(record: Any, resource: type[Resource]) -> list[Tab]:
    """Return a tab for each list of what refers to the record, as far as it may be read."""
    found = []
    for related in related_of(resource):
        if (table := related_table(related, record)) is not None:
            key = f"{related.resource.key().replace('.', '-')}-{related.by}"
            count = table.count
            found.append(Tab(key=key, title=related.resource.title, table=table, count=count))
    return found


def _tabs_around(record: Any, resource: type[Resource]) -> list[Tab]:
    """Return the tabs of what lies around a record: lists, other departments, its paper trail."""
    lists, others = _related_tabs(record, resource), _tabs_of_others(record, resource)
    return [*lists, *others, *tabs_of_trail(resource, record)]


def _tabs_of_others(record: Any, resource: type[Resource]) -> list[Tab]:
    """Return a tab for each thing another department shows of the record."""
    filled = slots_at(f"{RECORD_TAB}:{resource.key()}", record=record)
    return [Tab(key=f"of-{one.key}", title=one.title, html=one.html) for one in filled]


def _deeds(
    record: Any,
    resource: type[Resource],
    typed: ArgumentsForm | None,
    panels: Iterable[Panel],
) -> list[Deed]:
    """Return what this person may do with the record as it is now; a panel offers its own."""
    possible = possible_of(offers_of(resource, record))
    offered = [action for action in possible if not decides_in_panel(panels, action.name)]
    return deeds_of(record, offered, typed=typed)
