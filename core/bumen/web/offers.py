"""What may be done with a record now, and why the rest may not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bumen.documents.flow_settings import CompanyFlow
from bumen.documents.moving import decided, flow_of, objection_to
from bumen.errors import BusinessError, Forbidden, IllegalTransition, NotPossibleNow
from bumen.resource import Action, Resource, with_opinion
from bumen.unit_of_work import current
from bumen.web.house import actions_of
from bumen.web.reached import OnlyAsked, answers_of, only_asked
from bumen.web.security import allowed


@dataclass(frozen=True, kw_only=True)
class Offer:
    """An offer is an action with a record as it is now; `why_not` is what speaks against it.

    `is_near` says that the record is at the right place for it, and only something else is not.
    `is_answer` says that it is what whoever asks is asked to decide: no right is needed for it.
    """

    action: Action
    why_not: BusinessError | None
    is_near: bool = False
    is_answer: bool = False

    def to_json(self) -> dict[str, Any]:
        """Tell it to a program."""
        why = self.why_not
        return {
            "name": self.action.name,
            "label": self.action.label,
            "possible": why is None,
            "is_answer": self.is_answer,
            "why_not": None if why is None else why.message,
            "code": None if why is None else why.code,
            "arguments": [one.key for one in self.action.arguments],
        }


def offers_of(
    resource: type[Resource], record: Any, *, flow: CompanyFlow | None = None
) -> list[Offer]:
    """Return what may be done with a record by whoever asks, and why the rest may not.

    `flow` is how the company runs the resource's flow, where that is known already.
    """
    every = actions_of(resource)
    if flow is None and any(action.transition is not None for action in every):
        flow = flow_of(resource.model)
    asked = answers_of(record)
    return [
        _answer(record, _settled(action, flow), flow)
        if action.name in asked and flow is not None
        else _offer(resource, record, _settled(action, flow), flow)
        for action in every
    ]


def settled_action(resource: type[Resource], name: str) -> Action | None:
    """Return an action by name, asking for an opinion where the company wants one."""
    action = next((one for one in actions_of(resource) if one.name == name), None)
    if action is None or action.transition is None:
        return action
    return _settled(action, flow_of(resource.model))


def possible_of(offers: Iterable[Offer]) -> list[Action]:
    """Return what may be done now."""
    return [offer.action for offer in offers if offer.why_not is None]


def _settled(action: Action, flow: CompanyFlow | None) -> Action:
    if flow is None or action.transition is None or not flow.needs_opinion(action.transition):
        return action
    return with_opinion(action, required=True)


def _answer(record: Any, action: Action, flow: CompanyFlow) -> Offer:
    """Return a yes or no that is asked for: whoever else may take the step matters no more."""
    step = action.transition
    if step is None:
        return Offer(action=action, why_not=None, is_answer=True)
    with decided(record, step):
        why = objection_to(record, step, by=current().user, flow=flow)
    return Offer(action=action, why_not=why, is_near=why is not None, is_answer=True)


def _offer(
    resource: type[Resource], record: Any, action: Action, flow: CompanyFlow | None
) -> Offer:
    if only_asked(resource, record):
        return Offer(action=action, why_not=OnlyAsked())
    if not allowed(action.name, resource.permission()):
        return Offer(action=action, why_not=Forbidden())
    if (why := _out_of_place(record, action)) is not None:
        return Offer(action=action, why_not=why)
    if flow is None or action.transition is None:
        return Offer(action=action, why_not=None)
    why = objection_to(record, action.transition, by=current().user, flow=flow)
    return Offer(action=action, why_not=why, is_near=why is not None)


def _out_of_place(record: Any, action: Action) -> BusinessError | None:
    """Return why the record as it stands is not one for an action."""
    if action.states and record.state not in action.states:
        places = [state.label for state in type(record.state) if state in action.states]
        return IllegalTransition(step=action.label, state=record.state.label, allowed=places)
    return None if action.possible(record) else NotPossibleNow(step=action.label)
