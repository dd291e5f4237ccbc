"""Goods are got ready: begun, reported, delayed, reserved, given up."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bumen import (
    BusinessError,
    IllegalTransition,
    change_record,
    create_record,
    session,
    today,
)
from bumen_base.models import ProductKind
from bumen_logistics.errors import (
    CauseIsMissing,
    DateHasPassed,
    GoodsHaveLeft,
    LinesAreFixed,
    NotEnoughStock,
    PreparedBeyond,
    ReasonIsMissing,
    RequestIsEmpty,
    RequestIsIncomplete,
    ShippedBeyond,
)
from bumen_logistics.events import (
    GoodsNotReady,
    GoodsReady,
    PreparationDelayed,
    PreparationProgressed,
)
from bumen_logistics.models import (
    DeliveryRequest,
    Preparation,
    PreparationState,
    RequestState,
    preparations_of,
)
from bumen_logistics.resources import DeliveryRequests, Preparations
from bumen_logistics.services import (
    begin_preparation,
    cancel_request,
    count_delivered,
    count_shipped,
    finish_preparation,
    issue_reserved,
    reopen_preparation,
    report_exception,
    request_delivery,
    reserved_for,
    resume_preparation,
)

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
ONE = Decimal(1)


def report(preparation: Preparation, *ready: str) -> None:
    lines = [
        {"id": line.id, "ready": number}
        for line, number in zip(preparation.lines, ready, strict=True)
    ]
    said = {"lines": lines}
    change_record(Preparations, preparation, said, by=None, version=preparation.version)


def ready(make, stock, number: str = "1") -> Preparation:
    made = make.preparation((stock.product, number))
    begin_preparation(made, by=None, at=NOW)
    finish_preparation(made, by=None, at=NOW)
    return made


def cancel(request: DeliveryRequest) -> None:
    cancel_request(request, by=None, at=NOW, reason="No longer wanted")


def test_a_request_is_prepared_by_the_day_it_is_wanted(unit, make) -> None:
    wanted = today() + timedelta(days=3)
    made = make.preparation(wanted_on=wanted.isoformat())

    assert made.request.state is RequestState.REQUESTED
    assert (made.state, made.due_on) == (PreparationState.REQUESTED, wanted)
    assert made.warehouse is make.warehouse()


def test_what_was_wanted_long_ago_is_due_today(unit, make) -> None:
    assert make.preparation(wanted_on="2026-01-01").due_on == today()


def test_an_empty_or_incomplete_request_is_not_prepared(unit, make) -> None:
    empty = make.request()
    empty.lines.clear()
    with pytest.raises(RequestIsEmpty):
        request_delivery(empty, by=unit.user, on=today(), at=NOW)

    bare = make.request(consignee=None, phone=None, address=None)
    with pytest.raises(RequestIsIncomplete) as refused:
        request_delivery(bare, by=unit.user, on=today(), at=NOW)

    assert list(refused.value.fields) == ["consignee", "address", "phone"]
    assert bare.state is RequestState.DRAFT


def test_services_are_delivered_with_the_goods_and_prepared_by_nobody(unit, make) -> None:
    goods, service = make.product(), make.product(kind=ProductKind.SERVICE)
    made = make.preparation((goods, "2"), (service, "1"))

    assert [line.product for line in made.lines] == [goods]
    assert [line.prepared for line in made.request.lines] == [0, 1]


@pytest.mark.parametrize("quantity", ["0", "-1"])
def test_nothing_cannot_be_requested(unit, make, quantity) -> None:
    with pytest.raises(BusinessError) as refused:
        make.request((make.product(), quantity))

    assert list(refused.value.fields) == ["lines.0.quantity"]


def test_readiness_is_reported_line_by_line_and_begins_the_work(unit, make) -> None:
    made = make.preparation((make.product(), "5"), (make.product(), "2"))

    report(made, "3", "2")
    first, second = made.lines
    since = first.missing_since
    report(made, "4", "2")

    assert made.state is PreparationState.IN_PREPARATION
    assert (first.missing, first.missing_since) == (ONE, since)
    assert (second.missing, second.missing_since) == (0, None)
    assert since is not None
    said = [one.what for one in unit._events if isinstance(one, PreparationProgressed)]
    assert said[-1].endswith(f"{first.product.name} 4/5")


def test_more_than_is_wanted_is_never_ready(unit, make) -> None:
    made = make.preparation((make.product(), "5"))

    with pytest.raises(PreparedBeyond) as refused:
        report(made, "6")

    assert list(refused.value.fields) == ["lines.0.ready"]


def test_lines_of_a_preparation_are_those_of_the_request(unit, make) -> None:
    made = make.preparation((make.product(), "5"), (make.product(), "2"))
    kept, _dropped = made.lines

    with pytest.raises(LinesAreFixed):
        change_record(
            Preparations, made, {"lines": [{"id": kept.id}]}, by=unit.user, version=made.version
        )


def test_what_is_ready_is_reserved(unit, make) -> None:
    stock = make.stock("10")
    made = ready(make, stock, "8")

    session().refresh(stock)
    (line,) = made.request.lines
    assert made.state is PreparationState.READY
    assert (stock.reserved, line.prepared, reserved_for([line])) == (8, 8, {line.id: 8})
    assert unit._events[-1] == GoodsReady(made.request_id)


def test_what_is_not_on_hand_is_not_ready_and_each_product_is_named(unit, make) -> None:
    stock, missing = make.stock("10"), make.product()
    made = make.preparation((stock.product, "8"), (missing, "1"))
    begin_preparation(made, by=unit.user, at=NOW)

    with pytest.raises(NotEnoughStock) as refused, unit.attempt():
        finish_preparation(made, by=unit.user, at=NOW)

    session().refresh(stock)
    assert refused.value.message.in_language("en") == (
        f"Of {missing} 1 are wanted, 0 are available."
    )
    assert stock.reserved == 0


def test_an_exception_has_a_cause_and_a_new_date(unit, make) -> None:
    made, later = make.preparation((make.product(), "5")), today() + timedelta(days=9)
    said = {"by": unit.user, "on": today(), "at": NOW}

    with pytest.raises(CauseIsMissing):
        report_exception(made, **said, cause=" ", promised_on=later)
    with pytest.raises(DateHasPassed):
        report_exception(made, **said, cause="No leaves", promised_on=date(2026, 1, 1))
    report_exception(made, **said, cause="No leaves", promised_on=later)

    (line,) = made.lines
    assert (made.state, made.due_on) == (PreparationState.EXCEPTION, later)
    assert (line.missing, line.missing_since) == (5, NOW)
    assert unit._events[-1] == PreparationDelayed(made.id, later, "No leaves")


def test_work_goes_on_after_an_exception(unit, make) -> None:
    made = make.preparation((make.stock("5").product, "5"))
    said = {"by": unit.user, "on": today(), "at": NOW}
    report_exception(made, **said, cause="No leaves", promised_on=today())
    resume_preparation(made, by=unit.user, at=NOW)
    report_exception(made, **said, cause="No boxes", promised_on=today())

    finish_preparation(made, by=unit.user, at=NOW)

    assert (made.state, made.lines[0].missing) == (PreparationState.READY, 0)


def test_it_is_ready_once(unit, make) -> None:
    stock = make.stock("10")
    made = ready(make, stock, "4")

    with pytest.raises(IllegalTransition):
        finish_preparation(made, by=unit.user, at=NOW)

    session().refresh(stock)
    assert stock.reserved == 4


def test_what_is_not_ready_after_all_is_free_again(unit, make) -> None:
    stock = make.stock("10")
    made = ready(make, stock, "4")

    with pytest.raises(ReasonIsMissing):
        reopen_preparation(made, by=unit.user, at=NOW, reason="")
    reopen_preparation(made, by=unit.user, at=NOW, reason="Wet")

    session().refresh(stock)
    assert (made.state, stock.reserved) == (PreparationState.IN_PREPARATION, 0)
    assert unit._events[-1] == GoodsNotReady(made.request_id)


def test_a_cancelled_request_frees_what_was_kept_for_it(unit, make) -> None:
    stock = make.stock("10")
    made = ready(make, stock, "4")

    cancel(made.request)

    session().refresh(stock)
    assert made.request.state is RequestState.CANCELLED
    assert (made.state, stock.reserved) == (PreparationState.CANCELLED, 0)
    assert session().scalars(preparations_of(made.request_id)).all() == []


def test_goods_that_have_left_are_neither_cancelled_nor_unprepared(unit, make) -> None:
    made = ready(make, make.stock("10"), "4")
    (line,) = made.request.lines
    issue_reserved({line: ONE}, by=unit.user, at=NOW, source="SH-1")
    count_shipped({line: ONE}, by=unit.user)

    with pytest.raises(GoodsHaveLeft):
        cancel(made.request)
    with pytest.raises(GoodsHaveLeft), unit.attempt():
        reopen_preparation(made, by=unit.user, at=NOW, reason="Wet")


def test_a_request_is_fulfilled_with_the_last_that_arrives(unit, make) -> None:
    request = ready(make, make.stock("10"), "4").request
    (line,) = request.lines
    count_shipped({line: Decimal(4)}, by=unit.user)

    with pytest.raises(ShippedBeyond):
        count_shipped({line: ONE}, by=unit.user)
    with pytest.raises(ShippedBeyond):
        count_delivered(request, {line: Decimal(5)}, by=unit.user)
    count_delivered(request, {line: Decimal(3)}, by=unit.user)
    before = request.state
    count_delivered(request, {line: ONE}, by=unit.user)

    assert (before, request.state) == (RequestState.REQUESTED, RequestState.FULFILLED)


def test_a_request_is_changed_while_it_is_a_draft(unit, make) -> None:
    made = make.preparation()

    with pytest.raises(BusinessError) as refused:
        change_record(
            DeliveryRequests,
            made.request,
            {"consignee": "Wu"},
            by=unit.user,
            version=made.request.version,
        )
    assert refused.value.code == "no_longer_open"


def test_requests_are_numbered_and_begin_in_the_usual_warehouse(unit, make) -> None:
    said = {"customer_id": make.customer().id, "lines": []}
    request = create_record(DeliveryRequests, said, by=unit.user)

    assert request.number == f"DR-{today().year}-00001"
    assert request.warehouse is make.warehouse()
