"""What administrators see of departments before and after they switch them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from bumen.activation.errors import PluginIsNotMigrated
from bumen.activation.models import CompanyPlugin
from bumen.activation.overview import Department, State, departments
from bumen.activation.plan import Plan
from bumen.activation.purge import purge
from bumen.activation.service import plan, switch
from bumen.activation.state import Activations
from bumen.activation.survey import Count, survey
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


def test_the_survey_counts_records_open_documents_and_people(
    host: Host, company: CurrentCompany
) -> None:
    switch(host, company="TW01", name="loans", enabled=True)
    make_company(host, code="CN01", plugins=["loans"])
    make_user(host, "ann", company="TW01", roles=["loans.clerk", "shelves.visitor"])
    make_user(host, "bob", company="CN01", roles=["loans.clerk"])
    lend(host, "TW01", titles=["Go", "Chess"], given_back=["Go"])
    lend(host, "CN01", titles=["Tea"])

    with host.unit_of_work() as unit:
        due = plan(
            unit.session,
            registry=host.registry,
            company_id=company.id,
            name="shelves",
            enabled=False,
        )
    loans, shelves = survey(host, company_id=company.id, plan=due).plugins

    assert [(count.table, count.number) for count in loans.records] == [("loans_loan", 2)]
    assert [(count.table, count.number) for count in loans.open_documents] == [("loans_loan", 1)]
    assert {count.table: count.number for count in shelves.records} == {
        "shelves_shelf": 1,
        "shelves_book": 2,
    }
    assert (loans.users, shelves.users) == (1, 1)


def test_counting_stops_where_it_no_longer_matters(
    host: Host, company: CurrentCompany, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bumen.activation.survey.CAP", 2)
    switch(host, company="TW01", name="loans", enabled=True)
    lend(host, "TW01", titles=["Go", "Chess", "Tea"])

    due = Plan(name="loans", enabled=False, turn_off=("loans",))
    (loans,) = survey(host, company_id=company.id, plan=due).plugins

    assert loans.records == (
        Count(table="loans_loan", title=loans.records[0].title, number=2, more=True),
    )
    assert str(loans.records[0]) == "Loans: 2+"


def test_departments_are_shown_with_their_state_and_their_story(
    host: Host, company: CurrentCompany
) -> None:
    make_user(host, "ann", company="TW01")
    switch(host, company="TW01", name="shelves", enabled=True, by="ann")

    shown = overview(host, company, behind=["stubborn"])

    assert {one.name: one.state for one in shown} == {
        "shelves": State.ON,
        "loans": State.OFF,
        "stubborn": State.UPDATE_WAITING,
        "absent": State.QUARANTINED,
    }
    shelves = shown[0]
    assert (shelves.by, shelves.requires, shelves.required_by) == ("ann", (), ("stubborn", "loans"))
    assert [str(title) for title in shelves.adds] == ["Shelves", "Books"]
    assert "absent" in str(shown[-1].reason)


def test_a_department_whose_requirement_is_off_stands_still(
    host: Host, company: CurrentCompany
) -> None:
    turn_on_by_hand(host, company, "loans")

    states = {one.name: one.state for one in overview(host, company)}

    assert states["loans"] == State.STANDING_STILL
    with host.unit_of_work() as unit:
        process = Activations(host.registry)
        assert process.plugins_on(unit.session, company_id=company.id, version=1) == frozenset()


def test_a_department_that_was_removed_can_still_be_switched_off(
    host: Host, company: CurrentCompany
) -> None:
    turn_on_by_hand(host, company, "gone")
    assert overview(host, company)[-1].state == State.REMOVED

    switch(host, company="TW01", name="gone", enabled=False)

    assert overview(host, company)[-1].enabled is False


def test_a_department_without_its_tables_is_shown_but_neither_switched_on_nor_purged_around(
    host: Host, company: CurrentCompany, tmp_path: Path
) -> None:
    with host.database.wide_session() as session, session.begin():
        session.execute(text("DROP TABLE loans_loan"))
        session.execute(text("DELETE FROM alembic_version_loans"))
    due = Plan(name="loans", enabled=True, turn_on=("loans",))

    states = {one.name: one.state for one in overview(host, company, behind=[*host.pending()])}
    (loans,) = survey(host, company_id=company.id, plan=due).plugins

    assert states["loans"] == State.UPDATE_WAITING
    assert (loans.records, loans.open_documents) == ((), ())
    with pytest.raises(PluginIsNotMigrated):
        switch(host, company="TW01", name="loans", enabled=True)
    with pytest.raises(PluginIsNotMigrated):
        purge(host, company="TW01", name="shelves", export=tmp_path / "s.zip", confirm="shelves")


def overview(
    host: Host, company: CurrentCompany, behind: list[str] | None = None
) -> list[Department]:
    """Read the departments of a company."""
    with host.unit_of_work() as unit:
        return departments(
            unit.session, registry=host.registry, company_id=company.id, behind=behind or []
        )


def turn_on_by_hand(host: Host, company: CurrentCompany, name: str) -> None:
    """Leave what an upgrade or a removal would leave: on, without what it needs."""
    with host.unit_of_work() as unit:
        unit.session.add(
            CompanyPlugin(company_id=company.id, plugin=name, enabled=True, since=datetime.now(UTC))
        )


def lend(host: Host, code: str, *, titles: list[str], given_back: list[str] | None = None) -> None:
    """Lend a book of each title, and take some back."""
    book, loan = (host.registry.resources[key].model for key in ("shelves.books", "loans.loans"))
    with host.unit_of_work(company=code) as unit:
        shelf = unit.session.scalars(
            select(host.registry.resources["shelves.shelves"].model).limit(1)
        ).one()
        count = unit.session.scalar(select(func.count(loan.id))) or 0
        for number, title in enumerate(titles, start=count + 1):
            lent = loan(number=f"L-{number}", book=book(title=title, shelf=shelf))
            unit.session.add(lent)
            unit.session.flush()
            if title in (given_back or []):
                lent.move("give_back", by=unit.user)
