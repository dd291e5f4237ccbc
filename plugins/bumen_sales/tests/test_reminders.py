"""What is overdue: how old it is, who is reminded at which level, and who is not."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from bumen import (
    BusinessError,
    CurrentCompany,
    create_record,
    hookimpl,
    run_action,
    session,
    start,
    today,
)
from bumen.host import Host
from bumen.mail import Mail
from bumen.testing import work_off
from bumen_base.models import PaymentMethod
from bumen_sales.models import (
    Collecting,
    Order,
    OrderState,
    Reminder,
    ReminderChannel,
    ReminderLevel,
    ReminderState,
    Statement,
    StatementState,
)
from bumen_sales.models.reminders import overdue_for
from bumen_sales.receivable_jobs import REMIND
from bumen_sales.resources import Orders, ReminderLevels
from bumen_sales.services import confirm_order
from bumen_sales.services.ageing import age_what_is_owed
from bumen_sales.services.collecting import (
    collect_again,
    dispute_order,
    mark_bad_debt,
    note_due_day,
)
from bumen_sales.services.reminders import record_answer, write_reminders

ON = date(2026, 3, 31)
AT = datetime(2026, 3, 31, 2, tzinfo=UTC)


@pytest.fixture
def overdue(unit, make):
    """A function that makes a delivered order of 105.00, due so many days ago."""

    def made(days: int | None, **said) -> Order:
        order = make.order(**said)
        order.state = OrderState.DELIVERED
        order.due_on = None if days is None else ON - timedelta(days=days)
        session().flush()
        return order

    return made


@pytest.fixture
def levels(unit) -> dict[int, ReminderLevel]:
    """Three levels by their days; those the company began with are gone."""
    for old in session().scalars(select(ReminderLevel)):
        session().delete(old)
    session().flush()
    found = {}
    for days, channel in ((3, "mail"), (15, "phone"), (30, "letter")):
        said = {"subject": "{order}", "text": "{customer}: {amount} since {due_on}, {days} days"}
        found[days] = create_record(
            ReminderLevels,
            {"name": f"L{days}", "days_overdue": days, "channel": channel, **said},
            by=unit.user,
        )
    return found


def night(on: date = ON) -> list[Reminder]:
    """Write the reminders of one night."""
    orders = session().scalars(overdue_for(on, after=0, most=50)).all()
    return write_reminders(orders, by=None, on=on, at=AT)


@pytest.mark.parametrize(
    ("days", "level"), [(0, None), (2, None), (3, 3), (14, 3), (15, 15), (29, 15), (400, 30)]
)
def test_an_order_is_reminded_at_the_highest_level_it_has_come_to(
    unit, overdue, levels, days, level
) -> None:
    order = overdue(days)

    found = [(one.order.id, one.level.days_overdue, one.amount) for one in night()]

    assert found == ([] if level is None else [(order.id, level, Decimal("105.00"))])
    assert night() == [], "once a level"


def test_reminders_grow_more_urgent_and_say_what_is_owed(unit, overdue, levels) -> None:
    order = overdue(3)

    (first,), (second,) = night(), night(ON + timedelta(days=12))

    assert (first.level.name, second.level.name) == ("L3", "L15")
    assert second.text == f"{order.customer.name}: TWD 105.00 since 2026-03-28, 15 days"
    assert (second.subject, second.channel) == (order.number, ReminderChannel.PHONE)
    assert (second.state, second.address) == (ReminderState.WRITTEN, None)


def test_nobody_is_reminded_of_what_is_disputed_promised_or_not_owed(
    unit, overdue, levels, make
) -> None:
    disputed, bad, paid, draft, promised = (overdue(40) for _ in range(5))
    dispute_order(disputed, by=unit.user, reason="Came broken")
    mark_bad_debt(bad, by=unit.user, reason="Bankrupt")
    paid.paid, paid.due, draft.state = Decimal("105"), Decimal(0), OrderState.DRAFT
    said = {"begins_on": ON, "ends_on": ON, "number": "ST-1"}
    stated = overdue(40)
    statement = Statement(customer=stated.customer, state=StatementState.DISPUTED, **said)
    session().add(statement)
    session().flush()
    (reminder,) = night()
    record_answer(
        reminder, by=unit.user, on=ON, answer="Next week", promised_on=ON + timedelta(days=7)
    )
    session().delete(levels[15])
    session().flush()

    assert reminder.order is promised
    collect_again(disputed, by=unit.user, reason="Replaced")
    statement.state = StatementState.CONFIRMED
    session().flush()
    assert {one.order for one in night()} == {disputed, stated}
    assert [one.collecting for one in (disputed, bad)] == [Collecting.AS_USUAL, Collecting.BAD_DEBT]


@pytest.fixture
def at_the_door(host: Host):
    """What a department answers that carriers have collected, by order: fill it."""
    collected: dict[int, Decimal] = {}

    class Carriers:
        """Whoever knows what drivers have in their pockets."""

        @hookimpl
        def sales_collected_at_the_door(self, orders):
            return {one.id: collected[one.id] for one in orders if one.id in collected}

    carriers, manager = Carriers(), host.registry.manager
    manager.register(carriers, "sales:carriers")
    host.registry.hooks.forget()
    yield collected
    manager.unregister(carriers)
    host.registry.hooks.forget()


def test_what_the_carrier_has_collected_is_not_asked_for(
    unit, overdue, levels, at_the_door
) -> None:
    order = overdue(40, payment_method="cash_on_delivery")
    at_the_door[order.id] = Decimal("105.00")

    assert night() == []
    assert list(age_what_is_owed(on=ON, seen=())) == []
    at_the_door[order.id] = Decimal(100)
    assert [one.amount for one in night()] == [Decimal("5.00")]


def test_ageing_is_what_plain_numbers_say(unit, overdue, make) -> None:
    one, two = make.customer(), make.customer()
    for days in (None, 0, 1, 30, 31, 60, 61, 90, 91, 1000):
        overdue(days, customer_id=one.id)
    overdue(45, customer_id=two.id)
    overdue(45, customer_id=two.id).state = OrderState.DRAFT
    session().flush()

    found = [(owed.customer, owed.ages) for owed in age_what_is_owed(on=ON, seen=())]

    nothing, once, twice = Decimal(0), Decimal("105.00"), Decimal("210.00")
    assert found == [
        (one, (twice, twice, twice, twice, twice)),
        (two, (nothing, nothing, once, nothing, nothing)),
    ]


@pytest.mark.parametrize(
    ("method", "days", "due_on"),
    [
        (PaymentMethod.PREPAID, None, ON),
        (PaymentMethod.ON_ACCOUNT, 30, date(2026, 4, 1)),
        (PaymentMethod.ON_ACCOUNT, None, date(2026, 3, 2)),
        (PaymentMethod.CASH_ON_DELIVERY, 30, date(2026, 3, 2)),
    ],
)
def test_an_order_is_due_when_its_terms_say(unit, make, method, days, due_on) -> None:
    order = make.order()
    order.payment_method, order.payment_days = method, days
    order.state = OrderState.CONFIRMED
    note_due_day(order, on=ON)
    before = order.due_on
    order.state, order.delivered_at = OrderState.DELIVERED, datetime(2026, 3, 1, 20, tzinfo=UTC)

    note_due_day(order, on=ON + timedelta(days=9))

    assert order.due_on == due_on
    assert before == (ON if method is PaymentMethod.PREPAID else None)


def test_wrong_answers_and_wrong_words_are_refused(unit, overdue, levels) -> None:
    overdue(40)
    (reminder,) = night()
    codes = []
    for said in ({"answer": " "}, {"answer": "Soon", "promised_on": ON - timedelta(days=1)}):
        with pytest.raises(BusinessError) as refused:
            record_answer(reminder, by=unit.user, on=ON, **said)
        codes.append(refused.value.code)
    level = {"name": "X", "days_overdue": 9, "subject": "{oder}", "text": "x"}
    with pytest.raises(BusinessError) as refused:
        create_record(ReminderLevels, level, by=unit.user)
    codes.append(refused.value.code)

    assert codes == ["answer_is_missing", "payment_promised_in_the_past", "level_has_unknown_words"]


def test_at_night_mail_is_sent_where_there_is_an_address(
    host: Host, company: CurrentCompany, make
) -> None:
    settings = {**host.settings.model_dump(), "smtp_url": "smtp://localhost:1"}
    host.settings = type(host.settings).model_validate(settings)
    with host.unit_of_work(company=company.code, by="admin") as unit:
        for email in ("lin@tea.example", None):
            order = make.order(customer_id=make.customer(email=email).id, payment_method="prepaid")
            confirm_order(order, by=unit.user)
            order.due_on = today() - timedelta(days=4)
    for _night in range(2):
        with host.unit_of_work(company=company.code, by="admin"):
            start(REMIND)
        work_off(host)

    with host.unit_of_work(company=company.code, by="admin"):
        found = [(one.state, one.address) for one in session().scalars(select(Reminder))]
        assert sorted(found) == [
            (ReminderState.SENT, "lin@tea.example"),
            (ReminderState.WRITTEN, None),
        ]
        assert [one.recipient for one in session().scalars(select(Mail))] == ["lin@tea.example"]


def test_only_who_may_marks_bad_debts(unit, overdue) -> None:
    order = overdue(40)

    run_action(
        Orders, order, "mark_bad_debt", {"reason": "Gone"}, by=unit.user, version=order.version
    )

    assert (order.collecting, order.collecting_reason) == (Collecting.BAD_DEBT, "Gone")
    with pytest.raises(BusinessError) as refused:
        dispute_order(order, by=unit.user, reason="")
    assert refused.value.code == "reason_is_missing"
