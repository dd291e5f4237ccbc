"""Who looks into the inbox, how much waits there, and what stands behind its lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from flask import g, url_for
from sqlalchemy import select

from bumen.approvals import Outcome
from bumen.approvals.deciding import step_of
from bumen.documents.called import names_of
from bumen.documents.moving import flow_of
from bumen.i18n import translator
from bumen.inbox import Item, Kind, Viewer, count_of, people_in
from bumen.jobs import JobRun
from bumen.jobs.declared import ALL_WORK
from bumen.listing import Listing, page_of
from bumen.model.describe import Kind as FieldKind
from bumen.model.describe import fields_of
from bumen.notices.models import PAGES, WORK
from bumen.resource import READ, Resource
from bumen.unit_of_work import current, session, today
from bumen.visibility import as_seen
from bumen.web.cells import Cell, Cells, columns_of, screen_endpoint
from bumen.web.house import registry
from bumen.web.inbox.house_pages import TITLES, address_in_house
from bumen.web.reached import open_up, opens_to_asked
from bumen.web.security import allowed

_ = translator(__file__, "bumen")

MOST_FACTS = 4
"""So many fields of a record stand beside what is asked about it."""
_LEFT_OUT = {FieldKind.PICTURE, FieldKind.LONG_TEXT}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of the inbox with where it leads, and what the record behind it says.

    `url` is "" where this person may not, or no longer, see the record. `needs` are the answers
    that must come with an opinion.
    """

    item: Item
    title: str
    url: str
    facts: Sequence[Cell] = ()
    who: str = ""
    instead_of: str = ""
    needs: frozenset[bool] = frozenset()

    @property
    def is_undecided(self) -> bool:
        """Whether it asks for a decision that this person may take here."""
        return self.item.kind is Kind.APPROVAL and self.item.state is None and bool(self.url)


def viewer() -> Viewer:
    """Return who looks, and what counts for that person: departments that are on, and readable."""
    if "inbox_viewer" not in g:
        every = registry().resources
        on = {key: one for key, one in every.items() if one.plugin() in current().on}
        readable = {key: one for key, one in on.items() if allowed(READ, one.permission())}
        g.inbox_viewer = Viewer(
            user_id=current().user.id,
            on=today(),
            at=datetime.now(UTC),
            resources=readable,
            decided={key: on[key] for key in on.keys() - readable if opens_to_asked(on[key])},
        )
    found: Viewer = g.inbox_viewer
    return found


def inbox_count() -> int:
    """Return how much waits or was not seen, for the bar: one statement, once a request."""
    if current().user is None or current().company is None:
        return 0
    if "inbox_count" not in g:
        g.inbox_count = session().scalar(count_of(viewer())) or 0
    count: int = g.inbox_count
    return count


def forget_count() -> None:
    """Count again: something was done."""
    g.pop("inbox_count", None)


def lines_of(items: list[Item]) -> list[Line]:
    """Return lines as they are shown: one statement for people, and one for each kind of record."""
    names, shown = names_of(people_in(items)), _records(items)
    return [
        replace(
            shown.get((item.resource, item.record_id), Line(item=item, title="", url="")),
            item=item,
            title=_title_of(item.resource),
            who=names.get(item.who or 0, ""),
            instead_of=names.get(item.instead_of or 0, ""),
            needs=_needs(item),
        )
        for item in items
    ]


def address_of(resource: type[Resource], record_id: int) -> str:
    """Return where a record is shown."""
    return url_for(f"{screen_endpoint(resource)}.show", ident=record_id)


def _title_of(key: str) -> str:
    """Return what a line is about: the title of a resource, or of a page of the house."""
    return str(TITLES[key] if key in TITLES else viewer().resource(key).title)


def _records(items: list[Item]) -> Mapping[tuple[str, int], Line]:
    """Return the lines of the records that this person sees, without what is told of them."""
    wanted: dict[str, dict[int, Item]] = defaultdict(dict)
    for item in items:
        wanted[item.resource][item.record_id] = item
    found, cells = _in_house(wanted), Cells()
    for key, by_id in wanted.items():
        whole = viewer().resource(key)
        open_up(whole, _decided_here(items, key))
        resource, asked = as_seen(whole), _asked_here(items, key)
        names = facts_of(resource)
        why = reasons_beside(whole, names) if asked else names
        told = whole if asked else resource
        query = page_of(told, Listing(size=len(by_id), columns=why, archived=True))
        for record in session().scalars(query.where(resource.model.id.in_(by_id))).unique():
            found[key, record.id] = Line(
                item=by_id[record.id],
                title="",
                url=address_of(resource, record.id),
                facts=_told(
                    cells.of(record, columns_of(whole, why if record.id in asked else names))
                ),
            )
    return found


def _in_house(wanted: dict[str, dict[int, Item]]) -> dict[tuple[str, int], Line]:
    """Take out what leads to pages of the house, and return the lines of it."""
    found = _runs(wanted.pop(WORK, {}))
    for page in PAGES:
        for ident, item in wanted.pop(page, {}).items():
            found[page, ident] = Line(item=item, title="", url=address_in_house(page, ident))
    return found


def _decided_here(items: Iterable[Item], key: str) -> frozenset[int]:
    """Return the records of a resource that are open to this person who is asked about them."""
    return frozenset(
        item.record_id
        for item in items
        if item.resource == key
        and item.kind is Kind.APPROVAL
        and item.request.outcome is not Outcome.WITHDRAWN
    )


def _runs(by_id: Mapping[int, Item]) -> dict[tuple[str, int], Line]:
    """Return the lines of the runs that are still kept and this person may see."""
    if not by_id:
        return {}
    kept = select(JobRun.id).where(JobRun.id.in_(by_id))
    if not allowed(READ, ALL_WORK):
        kept = kept.where(JobRun.created_by_id == current().user.id)
    return {
        (WORK, ident): Line(item=by_id[ident], title="", url=url_for("jobs.show", ident=ident))
        for ident in session().scalars(kept)
    }


def _asked_here(items: Iterable[Item], key: str) -> frozenset[int]:
    """Return the records of a resource about which this person is asked now."""
    return frozenset(
        item.record_id
        for item in items
        if item.resource == key and item.kind is Kind.APPROVAL and item.state is None
    )


def _told(facts: list[Cell]) -> list[Cell]:
    return [one for one in facts if not one.is_empty][:MOST_FACTS]


def facts_of(resource: type[Resource]) -> tuple[str, ...]:
    """Return the fields that tell most of a record: how much, what is over, whom it is for.

    First come its totals and what rules of approval look at, then the references among the columns
    of its list, then the others; what names it anyway is left out.
    """
    known, named = fields_of(resource.model), {*resource.model.named_by, "state"}
    states = getattr(getattr(resource.model, "workflow", None), "approvals", {})
    amounts = [
        name for approval in states.values() for name in (*approval.amounts, *approval.tells)
    ]
    columns = sorted(resource.columns, key=lambda name: not _is_reference(resource, name))
    seen = {*resource.shown()}
    told = dict.fromkeys([*resource.totals, *amounts, *columns])
    return tuple(
        name
        for name in told
        if name in seen and name not in named and known[name].kind not in _LEFT_OUT
    )


def reasons_beside(whole: type[Resource], names: Sequence[str]) -> tuple[str, ...]:
    """Return what is told of a record to whoever is asked about it: why, whatever is hidden."""
    states = getattr(getattr(whole.model, "workflow", None), "approvals", {})
    why = {name for approval in states.values() for name in approval.tells}
    return tuple(one for one in facts_of(whole) if one in why or one in names)


def _is_reference(resource: type[Resource], name: str) -> bool:
    described = fields_of(resource.model).get(name)
    return described is not None and described.kind is FieldKind.REFERENCE


def _needs(item: Item) -> frozenset[bool]:
    """Return which answers to a request must come with an opinion."""
    if item.kind is not Kind.APPROVAL or item.state is not None:
        return frozenset()
    model = viewer().resource(item.resource).model
    states = getattr(getattr(model, "workflow", None), "approvals", {})
    approval = states.get(item.request.waiting_in)
    if approval is None:
        return frozenset()
    flow = flow_of(model)
    return frozenset(
        agrees
        for agrees in (True, False)
        if flow.needs_opinion(step_of(approval, model, agrees=agrees))
    )
