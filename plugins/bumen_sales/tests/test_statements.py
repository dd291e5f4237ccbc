"""Statements of account add up, stay as they were sent, and are answered."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from bumen import BusinessError, create_record, session, start, today
from bumen.host import Host
from bumen.testing import work_off
from bumen_base.models import Customer
from bumen_sales.models import OrderState, Receipt, ReceiptState, Statement, StatementState
from bumen_sales.receivable_jobs import STATE_ACCOUNTS
from bumen_sales.resources import Statements
from bumen_sales.services.days import month_before
from bumen_sales.services.statements import (
    confirm_statement,
    dispute_statement,
    draft_statement,
    send_statement,
)

TODAY = date(2026, 3, 31)


def received(
    customer: Customer, number: int, day: date, amount: str, *, gone: date | None = None
) -> None:
    """Keep a receipt that is posted, or was reversed on a day."""
    receipt = Receipt(
        number=f"RC-{number}",
        customer=customer,
        received_on=day,
        amount=Decimal(amount),
        unallocated=Decimal(amount) if gone is None else Decimal(0),
        state=ReceiptState.POSTED if gone is None else ReceiptState.REVERSED,
        reversed_on=gone,
    )
    session().add(receipt)


@pytest.fixture
def account(unit, make):
    """A customer with orders of 105.00 released, and receipts, on days of February and March."""
    customer = make.customer()

    def released(*at: datetime) -> None:
        for moment in at:
            order = make.order(customer_id=customer.id, payment_method="on_account")
            order.state, order.released_at = OrderState.RELEASED, moment

    released(datetime(2026, 2, 28, 15, 59, tzinfo=UTC))  # 28 February, 23:59 in Taipei
    released(datetime(2026, 2, 28, 16, 0, tzinfo=UTC))  # 1 March, midnight in Taipei
    released(datetime(2026, 3, 20, 4, tzinfo=UTC), datetime(2026, 3, 31, 15, 59, tzinfo=UTC))
    released(datetime(2026, 3, 31, 16, 0, tzinfo=UTC))  # 1 April
    received(customer, 1, date(2026, 2, 27), "5")
    received(customer, 2, date(2026, 2, 27), "50", gone=date(2026, 3, 5))
    received(customer, 3, date(2026, 2, 1), "70", gone=date(2026, 2, 2))
    received(customer, 4, date(2026, 3, 10), "200")
    received(customer, 5, date(2026, 3, 11), "30", gone=date(2026, 4, 2))
    session().flush()
    return customer


def march(customer) -> Statement:
    said = {"customer": customer, "begins_on": date(2026, 3, 1), "ends_on": TODAY}
    statement = Statement(**said)
    draft_statement(statement, by=None, on=TODAY)
    session().add(statement)
    session().flush()
    return statement


def test_a_statement_adds_up_over_the_days_of_the_company(account) -> None:
    statement = march(account)

    entries = [(f"{one.on}", f"{one.kind}", f"{one.debit - one.credit}") for one in statement.lines]
    assert entries == [
        ("2026-03-01", "order", "105.00"),
        ("2026-03-05", "reversal", "50.00"),
        ("2026-03-10", "receipt", "-200.00"),
        ("2026-03-11", "receipt", "-30.00"),
        ("2026-03-20", "order", "105.00"),
        ("2026-03-31", "order", "105.00"),
    ]
    sums = (statement.opening, statement.charged, statement.credited, statement.closing)
    assert sums == (Decimal(50), Decimal(365), Decimal(230), Decimal(185))
    assert statement.lines[-1].balance == statement.closing


def test_the_next_statement_opens_with_what_the_last_one_closed_with(account) -> None:
    statement = march(account)

    said = {"begins_on": date(2026, 4, 1), "ends_on": date(2026, 4, 30)}
    following = Statement(customer=account, **said)
    draft_statement(following, by=None, on=date(2026, 4, 30))

    assert following.opening == statement.closing


def test_what_was_sent_stays_as_it_was(unit, account, make) -> None:
    statement = march(account)
    send_statement(statement, by=unit.user, on=TODAY)
    order = make.order(customer_id=account.id)
    order.state, order.released_at = OrderState.RELEASED, datetime(2026, 3, 2, tzinfo=UTC)
    session().flush()
    session().expire_all()

    assert (statement.closing, len(statement.lines)) == (Decimal("185.00"), 6)
    assert statement.state is StatementState.SENT


def test_a_customer_disputes_a_statement_and_agrees_in_the_end(unit, account) -> None:
    statement = march(account)
    send_statement(statement, by=unit.user, on=TODAY)
    with pytest.raises(BusinessError) as refused:
        dispute_statement(statement, by=unit.user, reason=" ")
    dispute_statement(statement, by=unit.user, reason="An order came broken")
    disputed = (statement.state, statement.dispute_reason)
    confirm_statement(statement, by=unit.user)

    assert refused.value.code == "reason_is_missing"
    assert disputed == (StatementState.DISPUTED, "An order came broken")
    assert statement.state is StatementState.CONFIRMED


def test_a_statement_of_wrong_days_or_anothers_contact_is_refused(unit, make) -> None:
    customer, other = make.customer(), make.customer()
    wrong = [
        {"begins_on": "2026-03-02", "ends_on": "2026-03-01"},
        {"begins_on": "2026-03-02", "ends_on": "2199-01-01"},
        {"contact_id": other.contacts[0].id},
    ]
    codes = []
    for said in wrong:
        with pytest.raises(BusinessError) as refused:
            create_record(Statements, {"customer_id": customer.id} | said, by=unit.user)
        codes.append(refused.value.code)

    assert codes == [
        "statement_ends_before_it_begins",
        "statement_of_days_to_come",
        "contact_is_another_customers",
    ]


def test_each_month_everybody_with_an_account_gets_one_statement(host: Host, company, make) -> None:
    with host.unit_of_work(company=company.code, by="admin"):
        for state in (OrderState.RELEASED, OrderState.DRAFT):
            order = make.order()
            order.state = state
            if state is OrderState.RELEASED:
                order.released_at = datetime(2026, 1, 5, tzinfo=UTC)
        days = month_before(today())
    for _time in range(2):
        with host.unit_of_work(company=company.code, by="admin"):
            start(STATE_ACCOUNTS)
        work_off(host)

    with host.unit_of_work(company=company.code):
        (made,) = session().scalars(select(Statement)).all()
        assert (made.begins_on, made.ends_on) == (days.first, days.last)
        assert (made.opening, made.closing) == (Decimal("105.00"), Decimal("105.00"))
