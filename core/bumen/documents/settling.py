"""Settling how a company runs a flow: for a state its deadline, for a step who and with a word."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from bumen.documents.flow_settings import (
    READ_FLOWS,
    DeadlineUnit,
    FlowSetting,
    settings_of,
)
from bumen.documents.reckoning import deadline_has_changed
from bumen.errors import BusinessError, NotFound
from bumen.i18n import translator
from bumen.model.describe import fields_of
from bumen.resource import Resource
from bumen.unit_of_work import session

_ = translator(__file__, "bumen")

LONGEST_DEADLINE = 999


class DeadlineIsUnclear(BusinessError):
    """The refusal of a deadline that is no whole number of hours or days."""

    def __init__(self, *, field: str) -> None:
        said = _("A deadline is a whole number from 0 to %(limit)s.", limit=LONGEST_DEADLINE)
        super().__init__(said, field=field)


class RoleDoesNotExist(BusinessError):
    """The refusal to leave a step to a role that nobody could hold."""

    def __init__(self, role: str) -> None:
        super().__init__(_("There is no role “%(role)s”.", role=role))


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What is settled about a state or a step; an empty amount leaves the deadline as declared."""

    amount: int | None = None
    unit: DeadlineUnit = DeadlineUnit.DAYS
    roles: Collection[str] = ()
    opinion: bool = False


def settle_state(resource: type[Resource], state: str, settled: Settled) -> None:
    """Settle how long records may stay in a state; deadlines that run are worked out again."""
    states = {one.value: one for one in fields_of(resource.model)["state"].choices or ()}
    if state not in states:
        raise NotFound
    amount = settled.amount
    if amount is not None and not 0 <= amount <= LONGEST_DEADLINE:
        raise DeadlineIsUnclear(field=f"amount.{state}")
    kept = _kept(resource, state=state)
    if kept is None and amount is None:
        return
    kept = kept or FlowSetting(resource=resource.key(), state=state, step="", roles=[])
    before = kept.amount, kept.unit
    kept.amount, kept.unit = amount, settled.unit
    _keep(kept)
    if before != (amount, settled.unit):
        deadline_has_changed(resource.model)


def settle_step(
    resource: type[Resource], step: str, settled: Settled, *, known_roles: Collection[str]
) -> None:
    """Settle which roles may take a step, none for everybody, and whether with an opinion."""
    if step not in resource.model.workflow.transitions:
        raise NotFound
    if unknown := set(settled.roles) - set(known_roles):
        raise RoleDoesNotExist(sorted(unknown)[0])
    kept, roles = _kept(resource, step=step), sorted(settled.roles)
    if kept is None and not roles and not settled.opinion:
        return
    kept = kept or FlowSetting(resource=resource.key(), state="", step=step, roles=[])
    if kept.roles != roles:
        kept.roles = roles
    kept.opinion = settled.opinion
    _keep(kept)


def _kept(resource: type[Resource], *, state: str = "", step: str = "") -> FlowSetting | None:
    about = (FlowSetting.state == state, FlowSetting.step == step)
    return session().scalar(settings_of(resource.key()).where(*about))


def _keep(setting: FlowSetting) -> None:
    session().add(setting)
    session().info.pop(READ_FLOWS, None)
