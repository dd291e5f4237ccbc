"""The one place that commits.

A unit of work is one thing done by one person for one company, wholly or not at all. Services run
inside it and find it by `current()`; they never commit. Events published in it are told to the
subscribers before the commit, or handed to the outbox and told after it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bumen.company.current import CurrentCompany as CurrentCompany
from bumen.company.isolation import CompanySession, Scope
from bumen.events import Event
from bumen.storage import FileStore
from bumen.together import apart
from bumen.workflow import Objection, Transition

Deed = Callable[[], None]
"""Something done outside the database."""

_log = logging.getLogger(__name__)
_current: ContextVar[UnitOfWork | None] = ContextVar("bumen_unit_of_work", default=None)


class Neighbours(Protocol):
    """How a unit of work reaches the departments: the host puts the real one in."""

    house: str
    """Where people reach this deployment: `https://erp.example.com`."""
    files: FileStore
    """Where attached files are kept."""
    registry: Any
    """All departments that stand; a `Registry`."""
    indexed: Mapping[type[Any], tuple[str, ...]]
    """The fields of each model that the search knows."""

    def ask(self, unit: UnitOfWork, question: Callable[..., Any], values: Any) -> list[Any]:
        """Ask a hook of those that are on, and return their answers."""

    def tell(self, unit: UnitOfWork, events: Sequence[Event]) -> bool:
        """Tell subscribers in the unit and fill the outbox; return whether that got anything."""

    def deliver(self, unit: UnitOfWork) -> None:
        """Tell what is in the outbox, after the commit."""

    def resource_of(self, model: type[Any]) -> Any:
        """Return the resource that shows a model, if any does."""

    def resource_called(self, key: str) -> Any:
        """Return the resource with a key, if there is one: `sales.orders`."""

    def printouts_of(self, unit: UnitOfWork, resource: Any) -> Sequence[Any]:
        """Return what departments that are on print of a resource's records: `Printout`s."""

    def analysis_called(self, key: str) -> Any:
        """Return the analysis with a key, if there is one: `sales.sales`."""

    def keep_search(self, unit: UnitOfWork) -> None:
        """Let the search know what the unit has written so far."""

    def keep_history(self, unit: UnitOfWork) -> None:
        """Write what the unit has changed into the history, just before the commit."""

    def numbering(self, kind: str) -> Any:
        """Return how the numbers of a kind are declared, if a department does; a `Numbering`."""

    def reach_of(self, unit: UnitOfWork, user_id: int) -> Any:
        """Return whose records count as somebody's own, if a department knows; a `Reach`."""

    def objection(
        self, unit: UnitOfWork, record: Any, transition: Transition, *, by: Any
    ) -> Objection:
        """Say why this person may not take a step now, though the flow would allow it."""

    def moved(
        self,
        unit: UnitOfWork,
        record: Any,
        transition: Transition,
        *,
        by: Any,
        movement: Any,
    ) -> None:
        """Do what follows from a step just taken; `movement` is what was written down of it."""

    def wake(self, run_id: int) -> None:
        """Tell the workers, after the commit, that background work waits."""

    def sends_mail(self) -> bool:
        """Whether a mail server is set up."""

    def asked_about(self, resource: str, record_id: int) -> frozenset[int]:
        """Return whom (ids of users) a record is open to because they are asked about it."""

    def deadlines_changed(self, resource: str | None) -> None:
        """Work out the deadlines of a resource of the company, or all there, by new settings."""

    def take_word(self, record: Any, name: str, *, by: Any, values: Mapping[str, Any]) -> bool:
        """Take an action on a record as somebody's word about it; False when it is none."""


@dataclass(kw_only=True)
class UnitOfWork:
    """One thing done by one person for one company, wholly or not at all."""

    session: CompanySession
    neighbours: Neighbours
    company: CurrentCompany | None = None
    user: Any = None
    on: frozenset[str] = frozenset()
    way: str = "screen"
    may: Callable[[str, str], bool] = lambda _verb, _view: True
    field_rules: Callable[[], Mapping[str, Any]] = dict
    """What the roles of whoever works are denied of fields, by resource; see `visibility`."""
    reached: Mapping[str, frozenset[int]] = field(default_factory=dict)
    """Records, by resource, that whoever works sees though no rule shows them: being asked does."""
    tried: dict[tuple[str, str], int] | None = None
    """The numbers something came to that is only tried, by kind and period; None in earnest."""
    _events: list[Event] = field(default_factory=list)
    _outbox: bool = False
    _afterwards: list[Deed] = field(default_factory=list)
    _if_undone: list[Deed] = field(default_factory=list)

    def enter(self, *, company: CurrentCompany | None, user: Any, on: frozenset[str]) -> None:
        """Work for this company and person from now on; `on` are the departments that are on."""
        self.company, self.user, self.on, self.reached = company, user, on, {}
        self.session.enter(
            Scope(company_id=company.id if company else None, user_id=user.id if user else None)
        )

    def publish(self, event: Event) -> None:
        """Tell a fact to the departments that want to hear it."""
        self._events.append(event)

    def afterwards(self, deed: Deed) -> None:
        """Do something outside the database once all is permanent; never if it is undone."""
        self._afterwards.append(deed)

    def if_undone(self, deed: Deed) -> None:
        """Undo something outside the database if what is done here is undone."""
        self._if_undone.append(deed)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Try a part of the work: when it fails it is undone, and its events never happened."""
        before = len(self._events), len(self._afterwards), len(self._if_undone)
        try:
            with apart(), self.session.begin_nested():
                yield
        except BaseException:
            del self._events[before[0] :]
            del self._afterwards[before[1] :]
            _do(self._if_undone, since=before[2])
            raise

    @contextmanager
    def trying(self) -> Iterator[None]:
        """Only try what is done here: numbers are looked up, not taken. Who tries rolls back."""
        before, self.tried = self.tried, {}
        try:
            yield
        finally:
            self.tried = before

    def ask(self, question: Callable[..., Any], **values: Any) -> list[Any]:
        """Ask the departments that are on; the answers come in no order that matters."""
        return self.neighbours.ask(self, question, values)

    def tell(self) -> None:
        """Tell who hears of it in this unit what has happened so far, and what follows from it."""
        self.session.flush()
        while self._events:
            told, self._events = self._events, []
            self._outbox |= self.neighbours.tell(self, told)
            self.session.flush()

    def commit(self) -> None:
        """Tell the events, make everything permanent, then deliver what waits in the outbox."""
        try:
            self.tell()
            self.neighbours.keep_search(self)
            self.neighbours.keep_history(self)
            self.session.commit()
        except BaseException:
            self.rollback()
            raise
        self._if_undone.clear()
        _do(self._afterwards)
        if self._outbox:
            self._outbox = False
            self.neighbours.deliver(self)

    def rollback(self) -> None:
        """Undo everything since the last commit."""
        self._events, self._outbox = [], False
        self._afterwards.clear()
        self.session.rollback()
        _do(self._if_undone)

    def close(self) -> None:
        """Give the connection back; what was not committed is undone."""
        self.session.close()
        _do(self._if_undone)


def _do(deeds: list[Deed], *, since: int = 0) -> None:
    """Do what waits outside the database; what fails there changes nothing of what is decided."""
    waiting = deeds[since:]
    del deeds[since:]
    for deed in waiting:
        try:
            deed()
        except OSError:
            _log.exception("Something outside the database could not be done")


def current() -> UnitOfWork:
    """Return the unit of work that runs now."""
    unit = _current.get()
    if unit is None:
        raise LookupError("No unit of work runs here.")
    return unit


def running() -> UnitOfWork | None:
    """Return the unit of work that runs now, if any."""
    return _current.get()


def session() -> CompanySession:
    """Return the session of the unit of work that runs now, limited to its company."""
    return current().session


def publish(event: Event) -> None:
    """Tell a fact to the departments that want to hear it, as part of what is done now."""
    current().publish(event)


def company_now() -> CurrentCompany:
    """Return the company of the unit of work that runs now; a fault of ours when it has none."""
    company = current().company
    if company is None:
        raise LookupError("This needs a company.")
    return company


def moment() -> datetime:
    """Return the moment it is: what happens in a unit of work by itself is dated with it."""
    return datetime.now(UTC)


def today() -> date:
    """Return today's date where the company is."""
    company = current().company
    zone = ZoneInfo(company.timezone) if company else UTC
    return datetime.now(zone).date()


def ask(question: Callable[..., Any], **values: Any) -> list[Any]:
    """Ask a hook of the departments that are on for the company; returns their answers."""
    return current().ask(question, **values)


@contextmanager
def working(unit: UnitOfWork) -> Iterator[UnitOfWork]:
    """Make this the current unit for a while; who calls decides about commit and close."""
    token = _current.set(unit)
    try:
        yield unit
    finally:
        _current.reset(token)


@contextmanager
def committed(unit: UnitOfWork) -> Iterator[UnitOfWork]:
    """Do all of it or nothing: commit at the end, roll back on any exception."""
    try:
        yield unit
    except BaseException:
        unit.rollback()
        raise
    unit.commit()
