"""How far the orders of the demonstration have come, by how long ago they were confirmed."""

from datetime import UTC, datetime, time, timedelta
from itertools import count

from sqlalchemy import select

from bumen import CurrentCompany, current, session, today
from bumen_base.models import PaymentMethod
from bumen_sales.demo.money import receive
from bumen_sales.models import Order, OrderState, OrderTask, tasks_of
from bumen_sales.services import (
    answer_payment,
    deliver_lines,
    goods_are_ready,
    issue_slip,
    report_progress,
    ship_lines,
    vehicle_is_found,
)

REPORTED, READY, RELEASED, SHIPPED, DELIVERED = 4, 8, 14, 20, 45
"""Orders that were placed at least so many days ago have come so far."""
SAID = {
    "zh_Hant": (
        "物料已到，明天開始包裝。",
        "帳上還沒有入款，已請客戶確認匯款日。",
        "新竹物流",
        "林先生",
    ),
    "zh_Hans": (
        "物料已到，明天开始包装。",
        "账上还没有到款，已请客户确认汇款日。",
        "顺丰速运",
        "陈先生",
    ),
}
"""What is reported, what finance answers, who carries, and who signs, by language."""
_MORNING = time(2, tzinfo=UTC)


def fill(company: CurrentCompany) -> None:
    """Carry out what was confirmed: the older, the further; what is prepaid was paid in time."""
    found = select(Order).where(Order.state == OrderState.CONFIRMED).order_by(Order.id)
    for number, order in zip(count(1), session().scalars(found).all(), strict=False):
        age = (today() - order.ordered_on).days
        begun = datetime.combine(order.ordered_on, _MORNING)
        _date_tasks(order, begun)
        _prepare(order, age, begun, said=SAID.get(company.locale, SAID["zh_Hant"]))
        if order.state is OrderState.CONFIRMED and order.waits_for == "slip" and age >= RELEASED:
            _carry_out(order, age, begun, number, SAID.get(company.locale, SAID["zh_Hant"]))


def _date_tasks(order: Order, begun: datetime) -> None:
    """Let the tasks begin on the day of the order: the demonstration confirms them all today."""
    task: OrderTask
    for task in session().scalars(tasks_of(order)):
        task.begun_at = begun
    session().flush()


def _prepare(order: Order, age: int, begun: datetime, *, said: tuple[str, ...]) -> None:
    by = current().user
    if age >= REPORTED:
        promised = order.ordered_on + timedelta(days=READY)
        report_progress(order, said[0], by=by, at=begun + timedelta(days=2), promised_on=promised)
    if order.payment_method is PaymentMethod.PREPAID and order.due > 0 and by is not None:
        answer_payment(order, by=by, at=begun + timedelta(hours=3 + order.id % 7), note=said[1])
    if age >= READY:
        goods_are_ready(order, by=by, at=begun + timedelta(days=READY - 2))
        _pay_beforehand(order, begun + timedelta(days=5))
    if age >= READY + 2:
        vehicle_is_found(order, by=by, at=begun + timedelta(days=READY), note=said[2])


def _pay_beforehand(order: Order, at: datetime) -> None:
    if order.payment_method is PaymentMethod.PREPAID and order.due > 0:
        receive(order, at.date())


def _carry_out(order: Order, age: int, begun: datetime, number: int, said: tuple[str, ...]) -> None:
    by = current().user
    issue_slip(order, by=by, on=order.ordered_on + timedelta(days=READY + 2))
    order.released_at = begun + timedelta(days=READY + 2)
    everything = {line.id: line.quantity for line in order.lines}
    if age >= SHIPPED:
        ship_lines(order, everything, by=by, at=begun + timedelta(days=SHIPPED - 6))
        order.carrier, order.tracking_number = said[2], f"{904_000_000 + number * 4_177}"
    if age >= DELIVERED:
        arrived = begun + timedelta(days=SHIPPED - 4)
        deliver_lines(order, everything, by=by, at=arrived, signed_by=said[3])
