"""Plugins are switched on and off for one company, and everybody notices."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from time import sleep

import pytest
from sqlalchemy import select

from bumen.activation.errors import (
    PlanHasChanged,
    PluginIsNotMigrated,
    PluginIsQuarantined,
    PluginIsUnknown,
    SetUpHasFailed,
)
from bumen.activation.models import CompanyPlugin, Switch, last_switches
from bumen.activation.plan import Plan, standing
from bumen.activation.service import carry_out, plan, switch
from bumen.activation.state import Activations, read_state, read_version, requires_of
from bumen.errors import NotFound
from bumen.host import Host
from bumen.registry import Candidate
from bumen.testing.makers import make_company, make_user
from bumen.unit_of_work import CurrentCompany
from tests.plugins import LENDING


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """Shelves, loans, and two that cannot be switched on."""
    return LENDING


@pytest.fixture
def company(host: Host) -> CurrentCompany:
    """A company that has switched nothing yet."""
    return make_company(host, code="TW01")


def state_of(host: Host, company: CurrentCompany) -> frozenset[str]:
    """Read what is switched on."""
    with host.unit_of_work() as unit:
        return read_state(unit.session, company.id)


def history_of(host: Host, company: CurrentCompany) -> list[Switch]:
    """Read the switches of a company, the latest first."""
    with host.unit_of_work() as unit:
        found = list(unit.session.scalars(last_switches(company.id)))
        unit.session.expunge_all()
        return found


def shelves_of(host: Host, company: CurrentCompany) -> list[str]:
    """Read the names of a company's shelves."""
    from_plugin = host.registry.resources["shelves.shelves"].model
    with host.unit_of_work(company=company.code) as unit:
        return sorted(str(shelf) for shelf in unit.session.scalars(select(from_plugin)))


def version_of(host: Host) -> int:
    """Read the activation version."""
    with host.unit_of_work() as unit:
        return read_version(unit.session)


def test_switching_on_takes_along_what_is_required(host: Host, company: CurrentCompany) -> None:
    done = switch(host, company="TW01", name="loans", enabled=True)

    assert done == Plan(name="loans", enabled=True, turn_on=("shelves", "loans"))
    assert state_of(host, company) == {"shelves", "loans"}


def test_switching_off_takes_along_what_depends_on_it(host: Host, company: CurrentCompany) -> None:
    switch(host, company="TW01", name="loans", enabled=True)

    done = switch(host, company="TW01", name="shelves", enabled=False)

    assert done == Plan(name="shelves", enabled=False, turn_off=("loans", "shelves"))
    assert state_of(host, company) == frozenset()


def test_other_companies_notice_nothing(host: Host, company: CurrentCompany) -> None:
    other = make_company(host, code="CN01", plugins=["shelves"])

    switch(host, company="TW01", name="loans", enabled=True)
    switch(host, company="TW01", name="shelves", enabled=False)

    assert state_of(host, other) == {"shelves"}
    assert [one.plugin for one in history_of(host, other)] == ["shelves"]


def test_the_history_says_who_when_why_and_by_which_plan(
    host: Host, company: CurrentCompany
) -> None:
    person = make_user(host, "ann", company="TW01")
    before = datetime.now(UTC)

    done = switch(
        host, company="TW01", name="loans", enabled=True, reason=" They lend now. ", by="ann"
    )

    loans, shelves = history_of(host, company)
    assert (shelves.plugin, loans.plugin) == ("shelves", "loans")
    for row in (shelves, loans):
        assert row.enabled
        assert row.by_id == person.id
        assert row.reason == "They lend now."
        assert row.plan == done.to_json()
        assert before <= row.at <= datetime.now(UTC)


def test_a_switch_to_what_already_is_writes_nothing(host: Host, company: CurrentCompany) -> None:
    switch(host, company="TW01", name="shelves", enabled=True)
    version, history = version_of(host), len(history_of(host, company))

    assert switch(host, company="TW01", name="shelves", enabled=True).touched == ()
    assert switch(host, company="TW01", name="loans", enabled=False).touched == ()

    assert version_of(host) == version
    assert len(history_of(host, company)) == history


def test_a_company_is_set_up_once_and_never_again(host: Host, company: CurrentCompany) -> None:
    switch(host, company="TW01", name="shelves", enabled=True)
    assert shelves_of(host, company) == ["Shelf of TW01"]

    switch(host, company="TW01", name="shelves", enabled=False)
    switch(host, company="TW01", name="shelves", enabled=True)

    assert shelves_of(host, company) == ["Shelf of TW01"]


def test_when_setting_up_fails_nothing_was_switched(host: Host, company: CurrentCompany) -> None:
    version = version_of(host)

    with pytest.raises(SetUpHasFailed):
        switch(host, company="TW01", name="stubborn", enabled=True)

    assert state_of(host, company) == frozenset()
    assert history_of(host, company) == []
    assert shelves_of(host, company) == []
    assert version_of(host) == version


@pytest.mark.parametrize(
    ("name", "refusal"), [("sails", PluginIsUnknown), ("absent", PluginIsQuarantined)]
)
def test_what_is_not_there_or_broken_is_refused(
    host: Host, company: CurrentCompany, name: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        switch(host, company="TW01", name=name, enabled=True)


def test_what_waits_for_an_upgrade_is_refused(host: Host, company: CurrentCompany) -> None:
    with (
        pytest.raises(PluginIsNotMigrated),
        host.unit_of_work(company="TW01") as unit,
    ):
        carry_out(
            unit,
            registry=host.registry,
            behind={"shelves": ["0002"]},
            name="loans",
            enabled=True,
            reason="",
            seen=None,
            at=datetime.now(UTC),
        )

    assert state_of(host, company) == frozenset()


def test_an_unknown_company_is_refused(host: Host) -> None:
    with pytest.raises(NotFound):
        switch(host, company="NO01", name="shelves", enabled=True)


def test_a_plan_that_is_no_longer_what_people_saw_is_refused(
    host: Host, company: CurrentCompany
) -> None:
    switch(host, company="TW01", name="shelves", enabled=True)
    with host.unit_of_work() as unit:
        seen = plan(
            unit.session,
            registry=host.registry,
            company_id=company.id,
            name="shelves",
            enabled=False,
        )
    switch(host, company="TW01", name="loans", enabled=True)

    with pytest.raises(PlanHasChanged):
        switch(host, company="TW01", name="shelves", enabled=False, seen=seen)

    assert state_of(host, company) == {"shelves", "loans"}


def test_who_switches_at_the_same_time_waits_and_sees_what_became_of_it(
    host: Host, company: CurrentCompany
) -> None:
    make_company(host, code="CN01", plugins=["shelves"])
    seen = Plan(name="loans", enabled=True, turn_on=("shelves", "loans"))
    with ThreadPoolExecutor(max_workers=1) as other:
        with host.unit_of_work(company="TW01") as unit:
            carry_out(
                unit,
                registry=host.registry,
                behind=(),
                name="shelves",
                enabled=True,
                reason="",
                seen=None,
                at=datetime.now(UTC),
            )
            late = other.submit(switch, host, company="TW01", name="loans", enabled=True, seen=seen)
            sleep(0.3)
            assert not late.done()
        with pytest.raises(PlanHasChanged):
            late.result(timeout=60)

    assert state_of(host, company) == {"shelves"}


def test_many_who_switch_at_once_leave_a_company_that_works(
    host: Host, company: CurrentCompany
) -> None:
    wishes = [("loans", True), ("shelves", False), ("shelves", True), ("loans", False)] * 3

    with ThreadPoolExecutor(max_workers=4) as people:
        done = list(
            people.map(lambda w: switch(host, company="TW01", name=w[0], enabled=w[1]), wishes)
        )

    on = state_of(host, company)
    assert standing(on, requires=requires_of(host.registry)) == on
    assert version_of(host) == sum(bool(one.touched) for one in done)
    assert len(history_of(host, company)) == sum(len(one.touched) for one in done)
    latest = {one.plugin: one.enabled for one in reversed(history_of(host, company))}
    assert {name for name, enabled in latest.items() if enabled} == on


def test_other_processes_see_a_switch_at_their_next_request(
    host: Host, company: CurrentCompany
) -> None:
    here, there = Activations(host.registry), Activations(host.registry)

    def on(process: Activations) -> frozenset[str]:
        with host.unit_of_work() as unit:
            version = read_version(unit.session)
            return process.plugins_on(unit.session, company_id=company.id, version=version)

    assert (on(here), on(there)) == (frozenset(), frozenset())
    switch(host, company="TW01", name="shelves", enabled=True)
    assert (on(here), on(there)) == ({"shelves"}, {"shelves"})
    switch(host, company="TW01", name="shelves", enabled=False)
    assert (on(here), on(there)) == (frozenset(), frozenset())


def test_what_is_on_is_read_once_for_each_version(host: Host, company: CurrentCompany) -> None:
    process = Activations(host.registry)
    with host.unit_of_work() as unit:
        process.plugins_on(unit.session, company_id=company.id, version=7)
        unit.session.add(
            CompanyPlugin(
                company_id=company.id, plugin="shelves", enabled=True, since=datetime.now(UTC)
            )
        )
        unit.session.flush()

        same = process.plugins_on(unit.session, company_id=company.id, version=7)
        next_one = process.plugins_on(unit.session, company_id=company.id, version=8)

    assert same == frozenset()
    assert next_one == {"shelves"}
