"""Facts: told in the unit of work or after it, once, and to nobody who is off."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from time import monotonic, sleep

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError

from asker import SomethingHappened
from bumen import publish, session
from bumen.activation.service import switch
from bumen.host import Host
from bumen.outbox import OutboxEntry
from bumen.registry import Candidate
from bumen.unit_of_work import CurrentCompany
from bumen.worker.rounds import Messenger
from notes import Note
from saboteur import answers as saboteur

DAY = date(2026, 11, 21)


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return tuple(Candidate(name, name) for name in ("notes", "asker", "honest", "saboteur"))


def happen(host: Host, company: CurrentCompany) -> None:
    with host.unit_of_work(company=company.code):
        note = Note(title="it")
        session().add(note)
        session().flush()
        publish(SomethingHappened(note_id=note.id, amount=Decimal("1.50"), on=DAY))


def titles(host: Host, company: CurrentCompany) -> list[str]:
    with host.unit_of_work(company=company.code):
        return list(session().scalars(select(Note.title).order_by(Note.id)))


def waiting(host: Host) -> int:
    with host.database.wide_session() as wide:
        return wide.scalar(select(func.count()).select_from(OutboxEntry))


def test_an_event_is_heard_within_and_after(host: Host, company: CurrentCompany) -> None:
    switch(host, company=company.code, name="saboteur", enabled=False)

    happen(host, company)

    assert titles(host, company) == ["it", "within 1.50 2026-11-21", "after it"]
    assert waiting(host) == 0


def test_nothing_is_heard_of_what_is_rolled_back(host: Host, company: CurrentCompany) -> None:
    with pytest.raises(LookupError), host.unit_of_work(company=company.code):
        publish(SomethingHappened(note_id=1, amount=Decimal(1), on=DAY))
        raise LookupError("no")

    assert titles(host, company) == []
    assert waiting(host) == 0


def test_whoever_is_off_hears_nothing(host: Host, company: CurrentCompany) -> None:
    switch(host, company=company.code, name="honest", enabled=False)
    switch(host, company=company.code, name="saboteur", enabled=False)

    happen(host, company)

    assert titles(host, company) == ["it"]
    assert waiting(host) == 0


@pytest.mark.parametrize(
    "harm", ["raise", "commit", "rollback", "close", "reset", "sql", "connection", "transaction"]
)
def test_a_saboteur_within_is_left_out_and_told_again(
    host: Host, company: CurrentCompany, harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(saboteur.HARM, "now", harm)

    happen(host, company)

    assert titles(host, company) == ["it", "within 1.50 2026-11-21", "after it"]
    assert waiting(host) == 1, "the saboteur will be told again"


def test_a_failure_after_the_commit_is_told_again_later(
    host: Host, company: CurrentCompany, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch(host, company=company.code, name="saboteur", enabled=False)
    with monkeypatch.context() as broken:
        broken.setattr(Note, "__init__", _no_second_note(Note.__init__))
        happen(host, company)
    assert titles(host, company) == ["it", "within 1.50 2026-11-21"]
    assert waiting(host) == 1

    deliver(host)

    assert titles(host, company)[-1] == "after it"
    assert waiting(host) == 0


def test_what_waits_for_a_department_that_went_off_is_told_when_it_is_on_again(
    host: Host, company: CurrentCompany, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch(host, company=company.code, name="saboteur", enabled=False)
    with monkeypatch.context() as broken:
        broken.setattr(Note, "__init__", _no_second_note(Note.__init__))
        happen(host, company)
    switch(host, company=company.code, name="honest", enabled=False)

    deliver(host)
    assert waiting(host) == 1

    switch(host, company=company.code, name="honest", enabled=True)
    deliver(host)
    assert waiting(host) == 0
    assert titles(host, company)[-1] == "after it"


def test_who_is_refused_by_the_database_after_the_commit_is_told_again_later(
    host: Host, company: CurrentCompany, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch(host, company=company.code, name="saboteur", enabled=False)
    with monkeypatch.context() as broken:
        broken.setattr(Note, "__init__", _second_note_without_title(Note.__init__))
        happen(host, company)

    assert titles(host, company) == ["it", "within 1.50 2026-11-21"]
    with host.database.wide_session() as wide:
        assert wide.scalars(select(OutboxEntry.attempts)).all() == [1]

    deliver(host)
    assert titles(host, company)[-1] == "after it"


def test_a_delivery_that_cannot_begin_does_not_undo_or_deny_what_was_committed(
    host: Host, company: CurrentCompany, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch(host, company=company.code, name="saboteur", enabled=False)
    with monkeypatch.context() as broken:
        broken.setattr(host.departments, "_tell_next", _no_database)
        happen(host, company)

    assert titles(host, company) == ["it", "within 1.50 2026-11-21"]
    assert waiting(host) == 1


def test_a_messenger_delivers_what_is_due(
    host: Host, company: CurrentCompany, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch(host, company=company.code, name="saboteur", enabled=False)
    with monkeypatch.context() as broken:
        broken.setattr(Note, "__init__", _no_second_note(Note.__init__))
        happen(host, company)
    make_due(host)

    messenger = Messenger(host, every=0.01)
    messenger.start()
    deadline = monotonic() + 10
    while waiting(host) and monotonic() < deadline:
        sleep(0.02)
    messenger.stop()

    assert titles(host, company)[-1] == "after it"
    assert not messenger.is_alive()


def test_an_event_survives_its_way_through_json() -> None:
    event = SomethingHappened(note_id=1, amount=Decimal("1.50"), on=DAY)

    assert SomethingHappened.from_json(event.to_json()) == event


def deliver(host: Host) -> None:
    """Let some time pass, and deliver what is due."""
    make_due(host)
    host.deliver_waiting()


def make_due(host: Host) -> None:
    """Let the time pass that the outbox waits."""
    with host.database.wide_session() as wide:
        wide.execute(update(OutboxEntry).values(due_at=datetime.now(UTC) - timedelta(seconds=1)))
        wide.commit()


def _no_second_note(original: object) -> object:
    def init(self: Note, **values: str) -> None:
        if values.get("title", "").startswith("after"):
            raise RuntimeError("the disk is full")
        original(self, **values)  # type: ignore[operator]

    return init


def _second_note_without_title(original: object) -> object:
    def init(self: Note, **values: str) -> None:
        original(self, **values)  # type: ignore[operator]
        if values.get("title", "").startswith("after"):
            self.title = None  # type: ignore[assignment]  # what the database refuses
            session().add(self)
            session().flush()

    return init


def _no_database(_unit: object) -> bool:
    raise OperationalError("SELECT 1", {}, Exception("the server went away"))
