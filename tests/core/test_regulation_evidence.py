"""Coverage and evidence: what fulfils a clause, and what shows that it is kept."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from bumen import Money, Report, ReportColumn
from bumen.documents.movements import Movement
from bumen.fulfilment import Means, clauses_of_step, fulfilments_of
from bumen.host import Host
from bumen.registry import Candidate, Registry
from bumen.regulations import clauses_in_force
from bumen.regulations.coverage import ByDemand, Cover, coverage, fulfilments_on, without_rule
from bumen.regulations.evidence import Period, Shown, evidence, passages
from bumen.unit_of_work import UnitOfWork, session
from tests.core.rule_books import FIRST, publish, write_book
from tests.core.travelling import KEY, PLUGINS, Agency
from trips.models import Trip
from trips.texts import _

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)
PERIOD = Period(since=NOON - 24 * HOUR, until=NOON + 24 * HOUR)
CLAUSES = (
    ("1.1", "Trips are allowed beforehand.", "T1.1"),
    ("1.2", "Trips are allowed, and their cost is told.", "T1.2 T1.9"),
    ("1.3", "Nobody does this.", "T9.9"),
    ("1.4", "Be kind.", ""),
    ("1.5", "Trips are written down.", "T1.0"),
)


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return PLUGINS


@pytest.fixture
def known(registry: Registry) -> ByDemand:
    """What the department of trips has for each demand."""
    return fulfilments_on(registry, on={"trips"})


def test_what_a_department_fulfils_is_read_from_its_declarations(registry: Registry) -> None:
    plugin, trips = registry.plugins["trips"].plugin, registry.resources[KEY]
    costs = Report(
        name="costs",
        title=_("Costs"),
        resource=trips,
        columns=(ReportColumn("cost", Money, label=_("Cost")),),
        rows=lambda **_asked: (),
        clauses=("T1.5",),
    )

    found = {(one.means, one.key, tuple(one.clauses)) for one in fulfilments_of([trips], [costs])}

    assert found == {
        (Means.RECORDS, "trips.trips", ("T1.0",)),
        (Means.STEP, "trips.trips.allow", ("T1.1", "T1.2")),
        (Means.REPORT, "trips.trips.costs", ("T1.5",)),
    }
    assert plugin.clauses == {"T1.0", "T1.1", "T1.2"}
    assert clauses_of_step(trips, "allow") == ("T1.1", "T1.2")
    assert clauses_of_step(trips, "no such step") == ()


def test_a_department_that_is_off_fulfils_nothing(registry: Registry) -> None:
    assert fulfilments_on(registry, on=()) == {}


def test_coverage_tells_what_is_fulfilled_and_what_is_not(
    unit: UnitOfWork, known: ByDemand
) -> None:
    publish(write_book(*CLAUSES))
    clauses = session().scalars(clauses_in_force(FIRST)).all()

    rows = coverage(clauses, known)

    assert [(row.clause.number, row.cover, row.missing) for row in rows] == [
        ("1.1", Cover.FULL, []),
        ("1.2", Cover.PARTLY, ["T1.9"]),
        ("1.3", Cover.NONE, ["T9.9"]),
        ("1.4", Cover.BY_PEOPLE, []),
        ("1.5", Cover.FULL, []),
    ]
    assert without_rule(clauses[1:], known) == ["T1.1"]


def test_evidence_counts_what_passed_in_time_and_late_and_by_whom(
    unit: UnitOfWork, known: ByDemand
) -> None:
    anna = unit.user.id
    _moved(1, at=NOON, was_due=NOON + HOUR, by=anna)
    _moved(2, at=NOON, was_due=NOON - HOUR, by=anna)
    _moved(2, at=NOON + HOUR, was_due=None, by=None)
    _moved(3, at=NOON - 48 * HOUR, was_due=None, by=anna)

    shown = _shown_of("1.1", known)

    assert (shown.times, shown.documents, shown.in_time, shown.late) == (3, 2, 1, 1)
    assert shown.people == {anna: 2, None: 1}


def test_what_stands_too_long_before_a_step_is_an_exception_of_it(
    unit: UnitOfWork, known: ByDemand
) -> None:
    _moved(1, at=NOON - HOUR, step="submit", due=NOON - HOUR / 2)
    _moved(2, at=NOON - HOUR, step="submit", due=NOON - HOUR / 2, left=NOON - HOUR / 4)
    _moved(3, at=NOON - HOUR, step="submit", due=NOON + 2 * HOUR)

    assert _shown_of("1.1", known).waiting_late == 1


def test_passages_are_the_steps_of_the_period_newest_first(
    unit: UnitOfWork, known: ByDemand
) -> None:
    _moved(1, at=NOON)
    _moved(2, at=NOON + HOUR)
    _moved(3, at=PERIOD.until)
    _moved(4, at=NOON, step="finish")

    found = session().scalars(passages(known["T1.1"], period=PERIOD)).all()

    assert [one.record_id for one in found] == [2, 1]


def test_what_people_really_do_is_evidence(host: Host, registry: Registry) -> None:
    agency = Agency.opened(host)
    allowed, _waiting = agency.trip("submit", "allow"), agency.trip("submit")
    known = fulfilments_on(registry, on={"trips"})

    with host.unit_of_work(company=agency.company.code, by="bob") as unit:
        publish(write_book(*CLAUSES))
        clauses = session().scalars(clauses_in_force(FIRST)).all()
        now = datetime.now(UTC)
        today = Period(since=now - 24 * HOUR, until=now + 24 * HOUR)
        rows = {row.clause.number: row for row in evidence(clauses, known, period=today, now=now)}
        found = session().scalars(passages(known["T1.1"], period=today)).all()

        assert rows["1.1"].whole == Shown(
            times=1, documents=1, in_time=1, people=Counter({unit.user.id: 1})
        )
        assert rows["1.5"].whole.times == 2
        assert rows["1.3"].parts == []
        assert [(one.record_id, one.opinion) for one in found] == [(allowed, "Fine")]


def _shown_of(number: str, known: ByDemand) -> Shown:
    publish(write_book(*CLAUSES))
    clauses = session().scalars(clauses_in_force(FIRST)).all()
    rows = evidence(clauses, known, period=PERIOD, now=NOON)
    return next(row.whole for row in rows if row.clause.number == number)


def _moved(
    record_id: int,
    *,
    at: datetime,
    step: str = "allow",
    was_due: datetime | None = None,
    due: datetime | None = None,
    left: datetime | None = None,
    by: int | None = None,
) -> None:
    taken = Trip.workflow.transitions[step]
    session().add(
        Movement(
            resource=KEY,
            record_id=record_id,
            step=step,
            from_state=next(iter(taken.sources)).value,
            to_state=taken.target.value,
            at=at,
            by_id=by,
            was_due_at=was_due,
            due_at=due,
            left_at=left,
        )
    )
    session().flush()
