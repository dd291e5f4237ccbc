"""Switching a plugin on or off for one company: planned, carried out whole, and written down.

Off keeps all records; on again continues with them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bumen.activation.errors import PlanHasChanged, PluginIsNotMigrated, SetUpHasFailed
from bumen.activation.house import House
from bumen.activation.models import ONLY, ActivationVersion, CompanyPlugin, Switch
from bumen.activation.plan import Plan, after, plan_switch, standing
from bumen.activation.state import read_state, requires_of
from bumen.hooks import bumen_seed_company, guarded
from bumen.registry import Registry
from bumen.unit_of_work import CurrentCompany, UnitOfWork
from bumen.visibility import begin_with_proposed


def switch(
    house: House,
    *,
    company: str,
    name: str,
    enabled: bool,
    reason: str = "",
    by: str | None = None,
    seen: Plan | None = None,
) -> Plan:
    """Switch a plugin in a unit of work of its own; return what was done.

    `company` is a code, `by` a user name. See `carry_out` for what is refused.
    """
    behind = house.pending() if enabled else {}
    with house.unit_of_work(company=company, by=by) as unit:
        return carry_out(
            unit,
            registry=house.registry,
            behind=behind,
            name=name,
            enabled=enabled,
            reason=reason,
            seen=seen,
            at=datetime.now(UTC),
        )


def plan(
    session: Session, *, registry: Registry, company_id: int, name: str, enabled: bool
) -> Plan:
    """Work out what a switch would do now; changes nothing."""
    return plan_switch(
        name=name,
        enabled=enabled,
        on=read_state(session, company_id),
        requires=requires_of(registry),
        quarantined=registry.quarantined,
    )


def carry_out(
    unit: UnitOfWork,
    *,
    registry: Registry,
    behind: Collection[str],
    name: str,
    enabled: bool,
    reason: str,
    seen: Plan | None,
    at: datetime,
) -> Plan:
    """Switch a plugin, with all that the plan says, for the company of a unit of work.

    Whoever switches at the same time, in any company, waits until this unit ends. Plugins that
    go on for the first time set up the company. Refuses what is unknown, quarantined or `behind`
    in its tables, a set-up that fails, and a plan that no longer is the one people have `seen`.
    """
    company = company_of(unit)
    version = hold_switches(unit.session)
    before = read_state(unit.session, company.id)
    due = plan(unit.session, registry=registry, company_id=company.id, name=name, enabled=enabled)
    if seen is not None and seen != due:
        raise PlanHasChanged(name)
    refuse_behind(due.turn_on, behind)
    if not due.touched:
        return due
    new = _switch_all(unit, due, reason=reason, at=at)
    version.version += 1
    unit.session.flush()
    unit.on = standing(after(due, on=before), requires=requires_of(registry))
    _set_up(unit, company, new, registry=registry)
    brought = [one for name in new for one in registry.plugins[name].plugin.resources]
    begin_with_proposed(unit.session, brought, company_id=company.id, at=at)
    return due


def company_of(unit: UnitOfWork) -> CurrentCompany:
    """Return the company of a unit of work; a unit without one is a fault of ours."""
    if unit.company is None:
        raise LookupError("Plugins are switched for a company.")
    return unit.company


def refuse_behind(names: Iterable[str], behind: Collection[str]) -> None:
    """Refuse plugins whose tables wait for an upgrade."""
    for name in names:
        if name in behind:
            raise PluginIsNotMigrated(name)


def hold_switches(session: Session) -> ActivationVersion:
    """Let every other switch wait until this transaction ends; return the version to raise."""
    held = (
        select(ActivationVersion)
        .where(ActivationVersion.id == ONLY)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    version: ActivationVersion | None = session.scalar(held)
    if version is not None:
        return version
    with suppress(IntegrityError), session.begin_nested():  # whoever is first makes the row
        session.add(ActivationVersion(id=ONLY, version=0))
    made: ActivationVersion = session.scalars(held).one()
    return made


def _switch_all(unit: UnitOfWork, due: Plan, *, reason: str, at: datetime) -> list[str]:
    """Write the new state and the history; return those that are on for the first time."""
    company, by_id = company_of(unit), unit.user.id if unit.user else None
    new = []
    for name in due.touched:
        row = unit.session.get(CompanyPlugin, (company.id, name), populate_existing=True)
        if row is None:
            new.append(name)
            row = CompanyPlugin(company_id=company.id, plugin=name)
            unit.session.add(row)
        row.enabled, row.since, row.by_id = due.enabled, at, by_id
        unit.session.add(
            Switch(
                company_id=company.id,
                plugin=name,
                enabled=due.enabled,
                at=at,
                by_id=by_id,
                reason=reason.strip(),
                plan=due.to_json(),
            )
        )
    return new


def _set_up(
    unit: UnitOfWork, company: CurrentCompany, names: Iterable[str], *, registry: Registry
) -> None:
    """Let plugins fill a company that has turned them on for the first time."""
    question = bumen_seed_company.__name__
    for name in names:
        for answer in registry.hooks.answering(question, frozenset({name})):
            wanted = {"company": company} if "company" in answer.argnames else {}
            with guarded(unit.session, plugin=name, what=question) as failed:
                answer.function(**wanted)
            if failed():
                raise SetUpHasFailed(name)
