"""A document comes to a state in which others decide, or leaves it: who is asked, and no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bumen.approvals.codes import Happened, Outcome
from bumen.approvals.errors import DecisionIsPending, NotYours
from bumen.approvals.matter import Matter, day_of, names_of
from bumen.approvals.models import LONGEST_LABEL, ApprovalRequest, locked, open_request
from bumen.approvals.people import PeopleOfCompany, roles_held
from bumen.approvals.route import Stage, route
from bumen.approvals.rules import ApprovalRule, Case, asks_where, first_fitting, valid_rules
from bumen.approvals.spelling import written_due
from bumen.documents.movements import key_of
from bumen.documents.moving import flow_of
from bumen.errors import BusinessError
from bumen.model.accounts import User
from bumen.organisation import position_of, whereabouts_of
from bumen.unit_of_work import current, session
from bumen.workflow import Approval, AskRole, Transition


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A plan is who will be asked about a document, and by which rule of the company, if by any."""

    stages: tuple[Stage, ...]
    rule: ApprovalRule | None = None


def approval_in(record: Any) -> Approval | None:
    """Return the approval a record waits for in the state it is in, if it does."""
    workflow = getattr(type(record), "workflow", None)
    found: Approval | None = workflow.approvals.get(record.state) if workflow else None
    return found


def plan(record: Any, approval: Approval, *, requester: int | None, on: date) -> Plan:
    """Return who will be asked when somebody submits a document on a day.

    Nobody is named where nobody is left but those whose document it is: then whoever else is
    allowed the step may decide.
    """
    rules = valid_rules(key_of(type(record)), approval.state.value, on=on)
    rule = (
        first_fitting(rules, case_of(record, approval, rules, requester=requester))
        if rules
        else None
    )
    steps = approval.stages if rule is None else rule.stages
    people, owners = PeopleOfCompany(record, requester), owners_of(record, requester=requester)
    return Plan(stages=route(steps, owners=owners, people=people), rule=rule)


def owners_of(record: Any, *, requester: int | None) -> frozenset[int]:
    """Return whose document it is: who wrote it, and who submits it."""
    both = (record.created_by_id, requester)
    return frozenset(one for one in both if one is not None)


def case_of(
    record: Any, approval: Approval, rules: Iterable[ApprovalRule], *, requester: int | None
) -> Case:
    """Return what the conditions of rules look at."""
    amounts: dict[str, Decimal | None] = {
        name: getattr(record, name, None) for name in approval.amounts
    }
    if requester is None:
        return Case(amounts=amounts)
    if not any(asks_where(rule) for rule in rules):
        return Case(amounts=amounts, roles=roles_held(requester))
    return Case(
        amounts=amounts,
        whereabouts=whereabouts_of(requester),
        position=position_of(requester),
        roles=roles_held(requester),
    )


def submit(record: Any, approval: Approval, *, by: User | None, at: datetime) -> ApprovalRequest:
    """Ask for approval of a document that has just come to the state of waiting."""
    requester = by.id if by else None
    planned = plan(record, approval, requester=requester, on=day_of(at))
    matter = _opened(record, approval, planned, requester=requester, at=at)
    for number, stage in enumerate(planned.stages):
        for place, group in enumerate(stage.groups):
            for person in group.people:
                due = written_due(stage.due)
                matter.seat(person, stage=number, group=place, why=group.why, due=due)
    matter.note(Happened.ASKED, by=requester)
    matter.go_on()
    return matter.request


def leave(record: Any, step: Transition, *, by: User | None, at: datetime) -> None:
    """End what is asked about a document that goes on without waiting for an answer.

    Refuses the steps that only an answer takes: they are taken once the request has ended.
    """
    request = session().scalar(locked(open_request(key_of(type(record)), record.id)))
    if request is None:
        return
    matter = Matter.look_at(request, at=at).refreshed()
    if step.name in (matter.approval.approve, matter.approval.refuse):
        raise DecisionIsPending(step=step.label, waiting=names_of(matter.asked()))
    matter.note(Happened.WITHDRAWN, by=by.id if by else None)
    matter.end(Outcome.WITHDRAWN)


def objection(record: Any, step: Transition, *, by: User, at: datetime) -> BusinessError | None:
    """Say why somebody may not take a step while a document waits for others; changes nothing."""
    approval = approval_in(record)
    if approval is None or step.name not in _guarded(approval) or record.id is None:
        return None
    with session().no_autoflush:
        request = session().scalar(open_request(key_of(type(record)), record.id))
        if request is None:
            return None
        if step.name == approval.withdraw:
            return None if request.requester_id in (None, by.id) else NotYours()
        matter = Matter.look_at(request, at=at)
        asked = matter.asked()
        if by.id in asked or may_step_in(matter, by=by):
            return None
        return DecisionIsPending(step=step.label, waiting=names_of(asked))


def is_asked(record: Any, *, by: User, at: datetime) -> bool:
    """Whether somebody's yes or no about a record counts now."""
    if approval_in(record) is None or record.id is None:
        return False
    request = session().scalar(open_request(key_of(type(record)), record.id))
    if request is None:
        return False
    matter = Matter.look_at(request, at=at)
    return by.id in matter.asked() or may_step_in(matter, by=by)


def asked_now(record: Any, *, at: datetime) -> set[int]:
    """Return the people (ids of users) who may decide about a record now, being named."""
    request = session().scalar(open_request(key_of(type(record)), record.id))
    return set() if request is None else Matter.look_at(request, at=at).asked()


def roles_asked(request: ApprovalRequest, approval: Approval) -> frozenset[str]:
    """Return the names of the roles that are asked about a request: by its rule, or by default."""
    named = request.rule is not None
    on = day_of(request.started_at)
    rules = valid_rules(request.resource, request.waiting_in, on=on) if named else ()
    rule = next((one for one in rules if one.title == request.rule), None)
    steps = approval.stages if rule is None else rule.stages
    return frozenset(
        asker.role for step in steps for asker in step.askers if isinstance(asker, AskRole)
    )


def may_step_in(matter: Matter, *, by: User) -> bool:
    """Whether somebody may decide where nobody is named: by a right, or by a rule of today."""
    if matter.seats or by.id in matter.owners:
        return False
    approval, requester = matter.approval, matter.request.requester_id
    model = matter.resource.model
    left = flow_of(model).is_left_to(by, model.workflow.transitions[approval.approve])
    if left and current().may(approval.approve, matter.resource.permission()):
        return True
    now = plan(matter.record, approval, requester=requester, on=day_of(matter.at))
    return any(by.id in group.people for stage in now.stages for group in stage.groups)


def _guarded(approval: Approval) -> tuple[str, ...]:
    return (approval.approve, approval.refuse, approval.withdraw)


def _opened(
    record: Any, approval: Approval, planned: Plan, *, requester: int | None, at: datetime
) -> Matter:
    resource = current().neighbours.resource_of(type(record))
    request = ApprovalRequest(
        resource=key_of(type(record)),
        record_id=record.id,
        label=str(record)[:LONGEST_LABEL],
        waiting_in=approval.state.value,
        requester_id=requester,
        author_id=record.created_by_id,
        rule=planned.rule.title if planned.rule else None,
        started_at=at,
    )
    session().add(request)
    session().flush()
    return Matter(
        request=request, resource=resource, record=record, approval=approval, seats=[], at=at
    )
