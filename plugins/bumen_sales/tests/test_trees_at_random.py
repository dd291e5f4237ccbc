"""Targets of years, spread, changed, copied and issued at random: whatever is issued adds up."""

from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bumen import change_record, session
from bumen.unit_of_work import UnitOfWork
from bumen_sales.errors import TargetDoesNotAddUp, TargetIsNotSplit
from bumen_sales.models import Target, TargetState
from bumen_sales.resources import Targets
from bumen_sales.services import issue_target, spread_evenly
from bumen_sales.tests.targeted import AT, Field, draft

cents = st.integers(1, 10**9).map(lambda number: Decimal(number).scaleb(-2))
deeds = st.lists(
    st.one_of(
        st.tuples(st.just("spread"), st.none()),
        st.tuples(st.just("amount"), cents),
        st.tuples(st.just("part"), cents),
        st.tuples(st.just("drop"), st.integers(0, 50)),
    ),
    max_size=6,
)


def do(target: Target, deed: str, value: Any) -> None:
    """Do one thing with a draft as people do."""
    if deed == "spread":
        spread_evenly(target, by=None)
    elif deed == "amount":
        change_record(Targets, target, {"amount": f"{value}"}, by=None, version=target.version)
    elif target.lines and deed == "part":
        target.lines[int(value) % len(target.lines)].amount = value
    elif target.lines:
        gone = target.lines[value % len(target.lines)].place
        for node in [one for one in target.lines if one.place[: len(gone)] == gone]:
            target.lines.remove(node)
    session().flush()


def adds_up(target: Target) -> bool:
    """Whether every whole is what its parts come to, reckoned from below."""
    sums: dict[tuple[int, ...], Decimal] = {}
    for node in target.lines:
        whole = node.place[:-1]
        sums[whole] = sums.get(whole, Decimal(0)) + node.amount
    amounts = {node.place: node.amount for node in target.lines} | {(): target.amount}
    return all(amounts[whole] == parts for whole, parts in sums.items())


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(amount=cents, done=deeds)
def test_a_target_of_a_year_is_issued_just_when_it_adds_up(
    unit: UnitOfWork, sales: Field, amount: Decimal, done: list[tuple[str, Any]]
) -> None:
    with session().begin_nested() as all_of_it:
        target = draft(f"{amount}", lines=sales.people)
        for deed, value in done:
            do(target, deed, value)
        expected = adds_up(target) and bool(target.lines)

        try:
            issue_target(target, by=unit.user, at=AT)
            issued = True
        except (TargetDoesNotAddUp, TargetIsNotSplit):
            issued = False
        state = target.state
        all_of_it.rollback()

    assert (issued, state is TargetState.ISSUED) == (expected, expected)
