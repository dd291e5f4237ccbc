"""How a unit of work reaches the departments: asks, tells, and empties the outbox."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bumen import approvals
from bumen.approvals.deadlines import work_out
from bumen.database import Database, sealed
from bumen.documents.history import Heads, Signet, noted, write_history
from bumen.documents.numbering import Numbering
from bumen.events import Event, Subscription
from bumen.hooks import guarded
from bumen.model.accounts import User
from bumen.organisation import Reach, bumen_reach_of
from bumen.outbox import OutboxEntry, waiting
from bumen.registry import Registry
from bumen.reports import Analysis
from bumen.search.declared import indexed_by
from bumen.search.keeping import keep_entries
from bumen.storage import FileStore
from bumen.unit_of_work import UnitOfWork, company_now, today, working
from bumen.webhooks.keeping import Ears, keep_deliveries, note_events, noted_events
from bumen.workflow import Objection, Transition

_log = logging.getLogger(__name__)


class Departments:
    """The departments of a deployment, as a unit of work meets them."""

    def __init__(
        self,
        registry: Registry,
        database: Database,
        files: FileStore,
        signet: Signet,
        *,
        wake: Callable[[int], object],
        sends_mail: Callable[[], bool],
        house: str,
    ) -> None:
        self.registry = registry
        self.database = database
        self.files = files
        self.signet = signet
        self.house = house
        self._wake, self._sends_mail = wake, sends_mail
        self._heads, self._ears = Heads(), Ears()
        self._subscriptions = list(registry.subscriptions())
        self._numbers = {one.kind: one for one in registry.numbers()}
        self.indexed = indexed_by(registry.resources.values())

    def ask(
        self, unit: UnitOfWork, question: Callable[..., Any], values: dict[str, Any]
    ) -> list[Any]:
        """Ask a hook of the departments that are on, and return their answers."""
        return self.registry.hooks.ask(unit.session, unit.on, question.__name__, values)

    def tell(self, unit: UnitOfWork, events: Sequence[Event]) -> bool:
        """Tell subscribers in the unit; write the outbox for the others and for who failed."""
        note_events(unit.session, events)
        written = False
        for event in events:
            for plugin, subscription in self._hearing(event, unit.on):
                if subscription.after_commit or not _heard(unit, plugin, subscription, event):
                    unit.session.add(_entry(unit, plugin, subscription, event))
                    written = True
        return written

    def deliver(self, unit: UnitOfWork) -> None:
        """Tell what waits for this company, each in a unit of work of its own.

        Whoever asks for it has committed: what fails here waits for the next time.
        """
        if unit.company is None:
            return
        try:
            while self._deliver_next(unit):
                pass
        except Exception:  # noqa: BLE001  # what was committed must not look as if it had failed
            _log.exception("The outbox of %s waits for the next time", unit.company.code)

    def sends_mail(self) -> bool:
        """Whether a mail server is set up."""
        return self._sends_mail()

    def resource_of(self, model: type[Any]) -> Any:
        """Return the resource that shows a model, if any does."""
        return self.registry.resource_of(model)

    def resource_called(self, key: str) -> Any:
        """Return the resource with a key, if there is one."""
        return self.registry.resources.get(key)

    def analysis_called(self, key: str) -> Any:
        """Return the analysis of a department by its key, if there is one: `sales.sales`."""
        plugin, _dot, name = key.partition(".")
        installed = self.registry.plugins.get(plugin)
        reports = installed.plugin.reports if installed else ()
        every = (one for one in reports if isinstance(one, Analysis))
        return next((one for one in every if one.name == name), None)

    def keep_search(self, unit: UnitOfWork) -> None:
        """Let the search know what the unit has written so far."""
        if unit.company is not None:
            keep_entries(unit.session, company_id=unit.company.id, indexed=self.indexed)

    def printouts_of(self, unit: UnitOfWork, resource: Any) -> Sequence[Any]:
        """Return what departments that are on print of a resource's records."""
        more = self.registry.extensions_of(resource, on=unit.on)
        return [*resource.printouts, *(one for extension in more for one in extension.printouts)]

    def keep_history(self, unit: UnitOfWork) -> None:
        """Write what the unit has changed into the history and for webhooks, before the commit."""
        now, events = datetime.now(UTC), noted_events(unit.session)
        is_told = bool(events or noted(unit.session).items)
        wanted = self._ears.wanted(unit) if is_told else frozenset()
        stories = write_history(unit, at=now, signet=self.signet, heads=self._heads)
        if wanted:
            keep_deliveries(unit, wanted, stories=stories, events=events, at=now)

    def numbering(self, kind: str) -> Numbering | None:
        """Return how the numbers of a kind are declared, if a department does."""
        return self._numbers.get(kind)

    def deadlines_changed(self, resource: str | None) -> None:
        """Work out the deadlines of a resource, or of all, again: now or beside the requests."""
        work_out(resource)

    def reach_of(self, unit: UnitOfWork, user_id: int) -> Reach | None:
        """Return whose records count as somebody's own, if a department knows.

        Nothing is read for it, so that it needs no savepoint and may be asked for every list.
        """
        for one in self.registry.hooks.answering(bumen_reach_of.__name__, unit.on):
            found: Any = one.function(user_id=user_id)
            if isinstance(found, Reach):
                return found
        return None

    def objection(
        self, unit: UnitOfWork, record: Any, transition: Transition, *, by: Any
    ) -> Objection:
        """Say why this person may not take a step now, though the flow would allow it."""
        return approvals.objection(record, transition, by=by, at=datetime.now(UTC))

    def moved(
        self,
        unit: UnitOfWork,
        record: Any,
        transition: Transition,
        *,
        by: Any,
        movement: Any,
    ) -> None:
        """Do what follows from a step that a record has just taken."""
        approvals.after_move(record, transition, by=by, movement=movement, at=datetime.now(UTC))

    def asked_about(self, resource: str, record_id: int) -> frozenset[int]:
        """Return whom (ids of users) a record is open to because they are asked about it."""
        return approvals.asked_about(resource, record_id, on=today())

    def wake(self, run_id: int) -> None:
        """Tell the workers, after the commit, that background work waits."""
        self._wake(run_id)

    def take_word(self, record: Any, name: str, *, by: Any, values: Mapping[str, Any]) -> bool:
        """Take an action on a record as somebody's word about it; False when it is none."""
        at = datetime.now(UTC)
        return approvals.take_word(record, name, by=by, at=at, values=values)

    def _hearing(self, event: Event, on: frozenset[str]) -> list[tuple[str, Subscription]]:
        return [
            (plugin, subscription)
            for plugin, subscription in self._subscriptions
            if plugin in on and isinstance(event, subscription.event)
        ]

    def _deliver_next(self, unit: UnitOfWork) -> bool:
        own = UnitOfWork(session=self.database.session(), neighbours=self, way="job")
        own.enter(company=unit.company, user=None, on=unit.on)
        with working(own):
            try:
                return self._tell_next(own)
            finally:
                own.close()

    def _tell_next(self, unit: UnitOfWork) -> bool:
        """Tell the oldest entry that is due, as who published it; False when nothing is due.

        A failure is kept, to be told again later.
        """
        now = datetime.now(UTC)
        entry = unit.session.scalar(waiting(company_now().id, plugins=unit.on, now=now))
        if entry is None:
            unit.rollback()
            return False
        entry_id, told = entry.id, f"{entry.plugin} failed to hear {entry.event}"
        publisher = unit.session.get(User, entry.user_id) if entry.user_id else None
        unit.enter(company=unit.company, user=publisher, on=unit.on)
        try:
            handler = self._handler(entry.handler)
            with unit.attempt(), sealed(unit.session):
                handler(Event.known[entry.event].from_json(entry.payload))
            unit.session.delete(entry)
            unit.commit()
        except Exception as why:  # noqa: BLE001  # whatever fails is told again
            _log.exception("%s and will be told again", told)
            unit.rollback()
            left = unit.session.get(OutboxEntry, entry_id, with_for_update=True)
            if left is not None:
                left.postpone(str(why), now=now)
            unit.commit()
        return True

    def _handler(self, name: str) -> Callable[[Any], None]:
        handlers: dict[str, Callable[[Any], None]] = {
            one.name: one.handler for _plugin, one in self._subscriptions
        }
        return handlers[name]


def _heard(unit: UnitOfWork, plugin: str, subscription: Subscription, event: Event) -> bool:
    with guarded(unit.session, plugin=plugin, what=event.name()) as failed:
        subscription.handler(event)
    return not failed()


def _entry(unit: UnitOfWork, plugin: str, subscription: Subscription, event: Event) -> OutboxEntry:
    return OutboxEntry(
        company_id=company_now().id,
        user_id=unit.user.id if unit.user else None,
        plugin=plugin,
        event=event.name(),
        handler=subscription.name,
        payload=event.to_json(),
        due_at=datetime.now(UTC),
    )
