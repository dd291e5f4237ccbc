"""The host: settings, database and departments put together, before any web server."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bumen.activation.state import Activations, read_version
from bumen.candidates import Candidate
from bumen.company.models import Company
from bumen.company.service import company_called, user_called
from bumen.database import Database, only_reading
from bumen.documents.history import Signet
from bumen.i18n import speaking
from bumen.idempotency import KEPT, forget_keys
from bumen.jobs.queue import Queue
from bumen.migrations import pending
from bumen.neighbours import Departments
from bumen.outbox import companies_waiting
from bumen.registry import Registry
from bumen.settings import Settings
from bumen.signed_calls import WINDOW, forget_calls
from bumen.storage import FileStore
from bumen.unit_of_work import CurrentCompany, UnitOfWork, committed, working

_GARBAGE = (20_000, 10, 10)
"""When Python looks for garbage: seldom, for records are many small things that stay a while."""


@dataclass(eq=False)
class Host:
    """One deployment: its settings, its database, its departments."""

    settings: Settings
    database: Database
    registry: Registry
    departments: Departments = field(init=False)
    activations: Activations = field(init=False)
    queue: Queue = field(init=False)

    def __post_init__(self) -> None:
        self.queue = Queue(self.settings.jobs_at)
        self.departments = Departments(
            self.registry,
            self.database,
            FileStore(self.settings.files_at, most_megabytes=self.settings.largest_file_mb),
            Signet(self.settings.secret),
            wake=self.queue.ring,
            sends_mail=lambda: self.settings.smtp_url is not None,
            house=self.settings.public_url.rstrip("/"),
        )
        self.forget()

    def forget(self) -> None:
        """Forget what was remembered of the database: it is another one now."""
        self.activations = Activations(self.registry)

    @classmethod
    def start(cls, settings: Settings, candidates: Iterable[Candidate] | None = None) -> Host:
        """Load the departments and reach for the database; nothing is written."""
        gc.set_threshold(*_GARBAGE)
        registry = Registry.load(candidates, trace_hooks=settings.trace_hooks)
        return cls(settings, Database(settings.database_url), registry)

    def new_unit(self, *, way: str) -> UnitOfWork:
        """Begin a unit of work for nobody yet; who begins it also closes it."""
        return UnitOfWork(session=self.database.session(), neighbours=self.departments, way=way)

    @contextmanager
    def unit_of_work(
        self, *, company: str | None = None, by: str | None = None, way: str = "cli"
    ) -> Iterator[UnitOfWork]:
        """Do one thing for a company (its code), by a person (the user name), wholly or not at all.

        `CompanyIsUnknown` or `UserIsUnknown` when there is no such company or person.
        """
        unit = self.new_unit(way=way)
        try:
            with working(unit):
                where = self._enter(unit, company, by)
                with speaking(where), committed(unit):
                    yield unit
        finally:
            unit.close()

    def _enter(self, unit: UnitOfWork, code: str | None, name: str | None) -> str:
        user = user_called(unit.session, name) if name else None
        found = company_called(unit.session, code) if code else None
        if found is None:
            unit.enter(company=None, user=user, on=frozenset())
            return user.locale or "en" if user else "en"
        unit.enter(company=as_current(found), user=user, on=self.plugins_on(unit, found.id))
        return str((user and user.locale) or found.locale)

    def deliver_waiting(self) -> None:
        """Tell what still waits in the outbox, company by company: at start, and now and then."""
        with only_reading(), self.database.wide_session() as wide:
            codes = wide.scalars(companies_waiting(now=datetime.now(UTC))).all()
        for code in codes:
            with self.unit_of_work(company=code, way="job") as unit:
                pass
            self.departments.deliver(unit)

    def tidy(self) -> None:
        """Forget what is kept for a while only."""
        now = datetime.now(UTC)
        self.database.in_pieces(forget_keys(before=now - KEPT))
        self.database.in_pieces(forget_calls(before=now - 4 * WINDOW))

    def pending(self) -> dict[str, list[str]]:
        """Return the departments whose tables are behind, each with the revisions it waits for."""
        return pending(self.database, self.registry)

    def plugins_on(self, unit: UnitOfWork, company_id: int) -> frozenset[str]:
        """Return the departments that are on for a company and stand."""
        version = read_version(unit.session)
        return self.activations.plugins_on(unit.session, company_id=company_id, version=version)


def as_current(company: Company) -> CurrentCompany:
    """Return what everybody may know of a company."""
    return CurrentCompany(
        id=company.id,
        code=company.code,
        name=company.name,
        country=company.country,
        currency=company.currency,
        locale=company.locale,
        timezone=company.timezone,
    )
