"""Questions: who is asked, what counts, and what a saboteur can do about it."""

import logging

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from asker.hooks import asker_may_go_on, asker_opinion
from bumen import BusinessError, ask, session
from bumen.activation.service import switch
from bumen.host import Host
from bumen.registry import Candidate
from bumen.testing.makers import make_company
from bumen.unit_of_work import CurrentCompany, UnitOfWork
from notes import Note

EVERYBODY = ("notes", "asker", "honest", "saboteur")
HARM = (
    "raise",
    "commit",
    "rollback",
    "close",
    "reset",
    "sql",
    "connection",
    "transaction",
    "wrong type",
)


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return tuple(Candidate(name, name) for name in EVERYBODY)


def notes_there() -> int:
    return session().scalar(select(func.count()).select_from(Note))


def test_departments_that_are_on_answer(unit: UnitOfWork) -> None:
    assert "tea is fine" in ask(asker_opinion, subject="tea")


def test_departments_that_are_off_are_not_asked(host: Host) -> None:
    make_company(host, code="QUIET", plugins=("asker",))

    with host.unit_of_work(company="QUIET"):
        assert ask(asker_opinion, subject="tea") == []


def test_a_department_switched_off_is_not_asked_any_more(
    host: Host, company: CurrentCompany
) -> None:
    switch(host, company=company.code, name="honest", enabled=False)
    switch(host, company=company.code, name="saboteur", enabled=False)

    with host.unit_of_work(company=company.code):
        assert ask(asker_opinion, subject="tea") == []


@pytest.mark.parametrize("harm", HARM)
def test_a_saboteur_does_not_stop_the_others(
    unit: UnitOfWork, harm: str, caplog: pytest.LogCaptureFixture
) -> None:
    session().add(Note(title="mine"))
    session().flush()

    answers = ask(asker_opinion, subject=harm)

    assert answers == [f"{harm} is fine"]
    assert notes_there() == 1, "what the saboteur left is undone, what was there before stays"
    assert "saboteur failed in asker_opinion" in caplog.text


def test_what_cannot_be_written_before_is_no_failure_of_who_is_asked(unit: UnitOfWork) -> None:
    session().add(Note(title=None))

    with pytest.raises(IntegrityError):
        ask(asker_opinion, subject="tea")


@pytest.mark.parametrize("harm", HARM)
def test_a_saboteur_cannot_end_the_transaction(
    host: Host, company: CurrentCompany, harm: str
) -> None:
    with pytest.raises(LookupError), host.unit_of_work(company=company.code):
        session().add(Note(title="mine"))
        ask(asker_opinion, subject=harm)
        raise LookupError("the unit of work fails later")

    with host.unit_of_work(company=company.code):
        assert notes_there() == 0


def test_a_refusal_counts_where_it_may(unit: UnitOfWork) -> None:
    with pytest.raises(BusinessError, match="Not this"):
        ask(asker_may_go_on, subject="forbidden")


def test_a_fault_is_no_refusal(unit: UnitOfWork, caplog: pytest.LogCaptureFixture) -> None:
    ask(asker_may_go_on, subject="raise")

    assert "saboteur failed in asker_may_go_on" in caplog.text


def test_hooks_can_be_traced(
    host: Host, unit: UnitOfWork, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    host.registry.hooks.trace = True
    try:
        ask(asker_opinion, subject="tea")
    finally:
        host.registry.hooks.trace = False

    assert "hook asker_opinion: honest answered 'tea is fine'" in caplog.text
