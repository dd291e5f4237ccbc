"""A flow as a page: drawn, with how many records stand where, and what each step asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, func, select

from bumen.documents.flow_settings import CompanyFlow
from bumen.documents.movements import overdue_states
from bumen.documents.moving import flow_of
from bumen.i18n import Text
from bumen.model.describe import fields_of
from bumen.resource import READ, Resource
from bumen.unit_of_work import session
from bumen.values import Choice
from bumen.visibility import seen
from bumen.web.cells import screen_endpoint
from bumen.web.offers import Offer, offers_of
from bumen.web.pages.diagram import diagram_of
from bumen.web.pages.journey import journey_of
from bumen.web.pages.records import department_of
from bumen.web.people.portraits import role_titles
from bumen.web.reached import list_shown
from bumen.web.security import allowed
from bumen.workflow import Transition

VIEW = "core.Flows"
Limits = Sequence[ColumnElement[bool]]


@dataclass(frozen=True, kw_only=True)
class StepTold:
    """A step as the page tells it: where it leads, and what it asks of people."""

    step: Transition
    needs_opinion: bool
    roles: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class StateTold:
    """A state as the page tells it: how many records stand there, and how they go on."""

    state: Choice
    count: int
    overdue: int
    deadline: Text | None
    href: str
    steps: Sequence[StepTold]


def flow_page(resource: type[Resource], record: Any = None) -> dict[str, Any]:
    """Return what the page of a flow shows; with a record, where it stands and how it came there.

    Records that whoever looks may not see are not counted.
    """
    flow = flow_of(resource.model)
    states = tuple(fields_of(resource.model)["state"].choices or ())
    told = _states(resource, flow, states, limits=_counted(resource, record))
    return {
        "title": resource.title,
        "department": department_of(resource),
        "resource": resource,
        "endpoint": screen_endpoint(resource),
        "diagram": diagram_of(flow.workflow, states),
        "states": told,
        "counts": {one.state.value: one for one in told},
        "record": record,
        "journey": journey_of(resource, record) if record is not None else None,
        "refused": _near(offers_of(resource, record)) if record is not None else [],
        "may_settle": allowed("write", VIEW),
    }


def _near(offers: Sequence[Offer]) -> list[Offer]:
    """Return what could be done with a record from where it stands, but for something else."""
    return [offer for offer in offers if offer.is_near]


def _states(
    resource: type[Resource], flow: CompanyFlow, states: Sequence[Choice], *, limits: Limits
) -> list[StateTold]:
    counts, late = _counts(resource, limits), _overdue(resource, limits)
    narrows, titles = "state" in resource.filtered(), role_titles()
    endpoint = f"{screen_endpoint(resource)}.list"

    def told(state: Choice) -> StateTold:
        narrowed: dict[str, Any] = {"filter.state": state.value}
        return StateTold(
            state=state,
            count=counts.get(state.value, 0),
            overdue=late.get(state.value, 0),
            deadline=due.label if (due := flow.due(state)) else None,
            href=list_shown(resource, url_for(endpoint, **narrowed)) if narrows else "",
            steps=[_step(step, flow, titles) for step in flow.workflow.possible(state)],
        )

    return [told(state) for state in states]


def _step(step: Transition, flow: CompanyFlow, titles: Mapping[str, str]) -> StepTold:
    return StepTold(
        step=step,
        needs_opinion=flow.needs_opinion(step),
        roles=[titles.get(role, role) for role in flow.roles(step)],
    )


def _counted(resource: type[Resource], record: Any) -> Limits:
    """Return what is true of the records that are counted: just the one for who sees no others."""
    if allowed(READ, resource.permission()):
        return seen(resource)
    return [resource.model.id == record.id]


def _counts(resource: type[Resource], limits: Limits) -> dict[str, int]:
    model: Any = resource.model
    query = select(model.state, func.count()).where(*limits).group_by(model.state)
    return {state.value: count for state, count in session().execute(query)}


def _overdue(resource: type[Resource], limits: Limits) -> dict[str, int]:
    visible = select(resource.model.id).where(*limits)
    query = overdue_states(resource.key(), visible, now=datetime.now(UTC))
    return {row[0]: row[1] for row in session().execute(query)}
