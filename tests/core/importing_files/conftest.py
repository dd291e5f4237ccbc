"""What the tests of imports by people share: the depot, and files on their way into it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select

from bumen.host import Host
from bumen.importing import steps
from bumen.imports import Import, ImportProblem
from bumen.imports.finding import import_called, problems_of
from bumen.registry import Candidate
from bumen.security.acting import act_as, place_of
from bumen.unit_of_work import CurrentCompany, session
from bumen.worker import work_off
from tests.core.importing import DEPOT
from tests.plugins.depot.models import Grower


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """The depot."""
    return DEPOT


def held(ident: int) -> Import:
    """Return an import inside the unit of work of the moment."""
    return session().scalars(import_called(ident)).one()


@dataclass
class Wizard:
    """Goes through the steps of imports as somebody, each in a unit of work of its own."""

    host: Host
    company: CurrentCompany
    by: str = "admin"

    @contextmanager
    def working(self) -> Iterator[None]:
        """Work as the person, with all that person may and may not."""
        with self.host.unit_of_work(company=self.company.code, by=self.by) as unit:
            place = place_of(unit.session, user_id=unit.user.id, company_id=self.company.id)
            assert place is not None
            act_as(unit, place)
            yield

    def begin(self, resource: str, text: str | bytes, **options: Any) -> int:
        """Upload a file; return the import's id."""
        content = BytesIO(text.encode() if isinstance(text, str) else text)
        name = options.pop("name", "table.csv")
        with self.working():
            return steps.begin_import(resource, name=name, content=content, **options).id

    def do(self, step: Any, ident: int, *args: Any, **options: Any) -> None:
        """Take a step, and do the background work that follows."""
        with self.working():
            step(held(ident), *args, **options)
        work_off(self.host)

    def through(self, resource: str, text: str | bytes, **options: Any) -> int:
        """Upload, check and import a file as a whole; return the import's id."""
        good = options.pop("only_good", False)
        ident = self.begin(resource, text, **options)
        self.do(steps.check, ident)
        self.do(steps.take, ident, only_good=good)
        return ident

    def kept(self, ident: int) -> Import:
        """Return an import as it is kept."""
        with self.host.unit_of_work(company=self.company.code, by=self.by):
            return held(ident)

    def counts(self, ident: int) -> tuple[int, int, int, int]:
        """Return how many were created, changed, skipped and refused."""
        kept = self.kept(ident)
        return kept.created, kept.updated, kept.skipped, kept.refused

    def problems(self, ident: int, *, of_undoing: bool = False) -> list[ImportProblem]:
        """Return what was wrong, in the order of the rows."""
        with self.host.unit_of_work(company=self.company.code, by=self.by):
            return list(session().scalars(problems_of(ident, of_undoing=of_undoing)))

    def growers(self) -> dict[str, str]:
        """Return the names of the growers by their codes, in the order of the codes."""
        query = select(Grower).order_by(Grower.code)
        with self.host.unit_of_work(company=self.company.code, by=self.by):
            return {one.code: one.name for one in session().scalars(query)}


@pytest.fixture
def wizard(host: Host, company: CurrentCompany) -> Wizard:
    """The steps of imports, as an administrator of a company with a depot."""
    return Wizard(host, company)
