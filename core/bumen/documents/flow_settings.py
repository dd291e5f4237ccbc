"""What a company has settled about a flow: deadlines, who may act, where an opinion is needed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from functools import cached_property
from typing import Any, Self

from sqlalchemy import JSON, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column

from bumen.company.holding import roles_in
from bumen.documents.working_days import working_time
from bumen.i18n import translator
from bumen.model import CompanyModel, field, unique
from bumen.model.accounts import Role, User
from bumen.unit_of_work import company_now, session
from bumen.values import Choice
from bumen.workflow import Due, Transition, Workflow, WorkingDays, WorkingHours
from bumen.workflow.working_time import WorkingTime

_ = translator(__file__, "bumen")


READ_FLOWS = "flows"
"""Where a session keeps the flows it has read; whoever settles something forgets them."""


class DeadlineUnit(Choice):
    """What a company counts a deadline in."""

    HOURS = "hours", _("Working hours")
    DAYS = "days", _("Working days")


class FlowSetting(CompanyModel):
    """A flow setting is what a company has settled about one state, or one step, of a flow.

    Of `state` and `step` one is empty. An empty `amount` leaves the deadline as it was declared,
    0 means none; no `roles` leave the step to everybody who is allowed to take it.
    """

    __tablename__ = "core_flow_setting"
    __table_args__ = (unique("resource", "state", "step"),)
    named_by = ("resource", "state", "step")

    resource: Mapped[str] = field(String(120), label=_("List"))
    state: Mapped[str] = field(String(40), label=_("Status"), default="")
    step: Mapped[str] = field(String(60), label=_("Step"), default="")
    amount: Mapped[int | None] = field(label=_("Deadline"), minimum=0)
    unit: Mapped[DeadlineUnit] = field(label=_("Unit"), default=DeadlineUnit.DAYS)
    roles: Mapped[list[str]] = mapped_column(JSON, default=list)
    opinion: Mapped[bool] = field(label=_("Opinion required"), default=False)


def settings_of(resource: str) -> Select[FlowSetting]:
    """Select what the company has settled about a flow."""
    return select(FlowSetting).where(FlowSetting.resource == resource)


def role_names(user_id: int, *, company_id: int) -> Select[str]:
    """Select the names of the roles somebody holds in a company, or everywhere."""
    return roles_in(company_id, user_id=user_id).with_only_columns(Role.name)


class CompanyFlow:
    """A flow as a company runs it: what is declared, and what the company has settled."""

    def __init__(self, workflow: Workflow, settings: Iterable[FlowSetting] = ()) -> None:
        self.workflow = workflow
        self.of_states = {one.state: one for one in settings if one.state}
        self.of_steps = {one.step: one for one in settings if one.step}

    @classmethod
    def read(cls, workflow: Workflow, resource: str) -> Self:
        """Read what the company of the unit of work has settled."""
        with session().no_autoflush:
            return cls(workflow, session().scalars(settings_of(resource)).all())

    def due(self, state: Choice) -> Due | None:
        """Return how long a record may stay in a state."""
        settled = self.of_states.get(state.value)
        if settled is None or settled.amount is None:
            return self.workflow.due(state)
        if not settled.amount:
            return None
        in_hours = settled.unit is DeadlineUnit.HOURS
        return WorkingHours(settled.amount) if in_hours else WorkingDays(settled.amount)

    def due_at(self, state: Choice, *, since: datetime) -> datetime | None:
        """Return when a record that came to a state at a moment should leave it."""
        if (due := self.due(state)) is None:
            return None
        day = since.date()
        if day not in self._calendars:
            self._calendars[day] = working_time(since=day)
        return self._calendars[day].ends(due, since=since)

    def roles(self, step: Transition) -> Collection[str]:
        """Return the roles a step is left to; none means everybody who is allowed to take it."""
        settled = self.of_steps.get(step.name)
        return settled.roles if settled else ()

    def needs_opinion(self, step: Transition) -> bool:
        """Whether people must say what they think."""
        settled = self.of_steps.get(step.name)
        return step.opinion or (settled is not None and settled.opinion)

    def is_left_to(self, person: User, step: Transition) -> bool:
        """Whether a person holds one of the roles a step is left to, if it is left to any."""
        roles = self.roles(step)
        return not roles or not self._held(person).isdisjoint(roles)

    def _held(self, person: User) -> set[str]:
        if person.id not in self._roles:
            query = role_names(person.id, company_id=company_now().id)
            with session().no_autoflush:
                self._roles[person.id] = set(session().scalars(query))
        return self._roles[person.id]

    @cached_property
    def _calendars(self) -> dict[date, WorkingTime]:
        return {}

    @cached_property
    def _roles(self) -> dict[int, set[Any]]:
        return {}
