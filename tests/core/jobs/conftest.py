"""What the tests of background work share: a company with chores, and how they went."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from bumen.database import only_reading
from bumen.host import Host
from bumen.jobs import Job, JobRun, start
from bumen.jobs.finding import lines_of
from bumen.registry import Candidate
from bumen.unit_of_work import CurrentCompany, session
from notes import Note
from tests.core.web.conftest import statements

__all__ = ["statements"]

Begin = Callable[..., int]


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """Notes, and the chores that write them."""
    return (Candidate("notes", "notes"), Candidate("chores", "chores"))


@pytest.fixture
def begin(host: Host, company: CurrentCompany) -> Begin:
    """A function that starts a job and returns the id of its run."""

    def begun(job: Job, *, by: str | None = "admin", **arguments: Any) -> int:
        with host.unit_of_work(company=company.code, by=by):
            run = start(job, **arguments)
        return run.id

    return begun


def run_called(host: Host, ident: int) -> JobRun:
    """Return a run as it is kept."""
    with only_reading(), host.database.wide_session() as wide:
        return wide.get_one(JobRun, ident)


def log_of(host: Host, ident: int) -> list[str]:
    """Return what a run said, in English."""
    with only_reading(), host.database.wide_session() as wide:
        return [line.words["en"] for line in wide.scalars(lines_of(ident))]


def titles(host: Host, company: CurrentCompany) -> list[str]:
    """Return what the notes of a company say."""
    with host.unit_of_work(company=company.code):
        return list(session().scalars(select(Note.title).order_by(Note.title)))
