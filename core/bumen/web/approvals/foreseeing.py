"""Who will be asked before a document goes on, told before anybody submits it, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bumen.approvals import plan
from bumen.approvals.absences import stand_ins
from bumen.approvals.asking import owners_of
from bumen.approvals.matter import day_of
from bumen.approvals.progress import StandIns
from bumen.approvals.route import Group, Stage
from bumen.documents.called import names_of
from bumen.formats import formats_here
from bumen.i18n import Text, translator
from bumen.model.describe import fields_of
from bumen.resource import Resource
from bumen.unit_of_work import current
from bumen.visibility import hidden_fields
from bumen.workflow import Approval, Transition

_ = translator(__file__, "bumen")


@dataclass(frozen=True, kw_only=True)
class Reason:
    """A reason is a field that says why others must decide, and by how much."""

    name: str
    label: Text
    said: str
    value: Any

    def to_json(self) -> dict[str, Any]:
        """Tell it to a program."""
        return {"field": self.name, "label": str(self.label), "value": str(self.value)}


@dataclass(frozen=True, kw_only=True)
class AskedGroup:
    """People of whom one must agree, with who decides for them today, and why they are asked."""

    people: Sequence[Text | str]
    why: Text | None

    @property
    def names(self) -> str:
        """What they are called."""
        return str(_(", ")).join(map(str, self.people))

    @property
    def one_is_enough(self) -> bool:
        """Whether there are several, of whom one must agree."""
        return len(self.people) > 1

    def to_json(self) -> dict[str, Any]:
        """Tell it to a program."""
        why = str(self.why) if self.why else None
        return {"people": self.names, "why": why, "one_is_enough": self.one_is_enough}


@dataclass(frozen=True, kw_only=True)
class Foreseen:
    """Who will be asked when a document is submitted: groups by stage, and by which rule.

    `step` is what sends it for approval, where that is known.
    `needed` is None where nobody knows before it is tried; `reasons` are those that may be read.
    """

    approval: Approval
    needed: bool | None
    reasons: Sequence[Reason]
    rule: str
    stages: Sequence[Sequence[AskedGroup]]
    step: Transition | None = None

    def to_json(self) -> dict[str, Any]:
        """Tell it to a program."""
        return {
            "title": str(self.approval.title),
            "waiting_in": self.approval.state.value,
            "needed": self.needed,
            "reasons": [one.to_json() for one in self.reasons],
            "rule": self.rule or None,
            "stages": [[group.to_json() for group in stage] for stage in self.stages],
        }


def foreseen(
    resource: type[Resource], record: Any, *, at: datetime, action: str | None = None
) -> list[Foreseen]:
    """Return who will be asked when whoever looks submits the record, by an action if given.

    Where it is known that nobody needs to be asked, that is told, and nobody is named.
    """
    found = []
    for approval in _approvals(resource):
        leads = approval.led_to_by(resource.model.workflow)
        if record.state == approval.state or action not in (None, *leads):
            continue
        if _is_near(resource, record, leads):
            found.append(_foreseen(resource, record, approval, at=at, action=action))
    return found


def called_in_dialog(
    resource: type[Resource], every: Iterable[Foreseen], *, action: str | None
) -> Mapping[str, Any]:
    """Return what the dialog of an action is headed by, now that it is known what it does."""
    known = next((one for one in resource.actions if one.name == action), None)
    if known is None:
        return {}
    sent = (one.step.label for one in every if one.needed and one.step)
    return {"action": known.name, "label": next(sent, known.label)}


def may_be_asked(resource: type[Resource], record: Any) -> bool:
    """Whether something may be done with a record now that leads others to be asked."""
    flow = getattr(resource.model, "workflow", None)
    return any(
        record.state != approval.state and _is_near(resource, record, approval.led_to_by(flow))
        for approval in _approvals(resource)
    )


def _foreseen(
    resource: type[Resource],
    record: Any,
    approval: Approval,
    *,
    at: datetime,
    action: str | None,
) -> Foreseen:
    needed, reasons = _why(resource, record, approval, action)
    told: dict[str, Any] = {"approval": approval, "needed": needed, "reasons": reasons}
    if needed is False:
        return Foreseen(**told, rule="", stages=())
    step = approval.step_to(resource.model.workflow, action=action or "")
    me, on = current().user.id, day_of(at)
    planned = plan(record, approval, requester=me, on=on)
    stages = _named(planned.stages, stand_ins(on, never=owners_of(record, requester=me)))
    rule = planned.rule.title if planned.rule else ""
    return Foreseen(**told, rule=rule, stages=stages, step=step)


def _why(
    resource: type[Resource], record: Any, approval: Approval, action: str | None
) -> tuple[bool | None, list[Reason]]:
    """Return whether others must decide, and the reasons that may be read."""
    step = resource.model.workflow.transitions.get(action or "")
    if resource.asks_because is None:
        return (True if step is not None and step.target == approval.state else None), []
    found = resource.asks_because(record, by=current().user)
    given = {name: value for name, value in found.items() if value is not None}
    readable = given.keys() - hidden_fields(resource, record)
    return bool(given), list(_reasons(resource, given, readable))


def _reasons(
    resource: type[Resource], given: dict[str, Any], readable: Iterable[str]
) -> Iterator[Reason]:
    known, formats = fields_of(resource.model), formats_here()
    for name, value in given.items():
        if name in readable:
            said = formats.value(known[name], value)
            yield Reason(name=name, label=known[name].about.label, said=said, value=value)


def _approvals(resource: type[Resource]) -> Iterable[Approval]:
    workflow = getattr(resource.model, "workflow", None)
    return workflow.approvals.values() if workflow is not None else ()


def _is_near(resource: type[Resource], record: Any, leads: Iterable[str]) -> bool:
    """Whether one of these actions may be done with the record as it is now."""
    return any(one.name in leads and one.possible(record) for one in resource.actions)


def _named(stages: Iterable[Stage], instead: StandIns) -> list[list[AskedGroup]]:
    """Return who is asked by name, with who decides for whoever is away today."""
    groups = [stage.groups for stage in stages]
    people = {one for several in groups for group in several for one in group.people}
    names = names_of(people.union(*(instead.get(one, ()) for one in people)))

    def called(ident: int) -> Text | str:
        others = str(_(", ")).join(names[one] for one in sorted(instead.get(ident, ())))
        if not others:
            return names[ident]
        return _("%(whom)s, today %(person)s for %(whom)s", person=others, whom=names[ident])

    return [
        [AskedGroup(people=[called(one) for one in g.people], why=_why_of(g)) for g in several]
        for several in groups
    ]


def _why_of(group: Group) -> Text | None:
    return group.why.label if group.why else None
