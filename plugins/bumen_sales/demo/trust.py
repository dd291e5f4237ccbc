"""Trust and changed minds of the demonstration: credit that was granted, orders that change."""

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select

from bumen import (
    CurrentCompany,
    User,
    change_record,
    create_record,
    current,
    members,
    run_action,
    session,
    today,
)
from bumen_base.models import Customer, PaymentMethod
from bumen_sales.models import CreditEvaluation, Order, OrderChange, OrderState
from bumen_sales.resources import CreditEvaluations, CreditPolicies, OrderChanges
from bumen_sales.services import begin_change, submit_change, submit_evaluation

FULL = {"TWD": Decimal(3_000_000), "CNY": Decimal(800_000)}
"""The turnover of a year that counts in full, by currency."""
EVALUATED = 4
"""So many customers who buy on account have been evaluated; the last two still wait."""
SAID = {
    "zh_Hant": {
        "policy": "往來三年，付款準時。",
        "agreed": "同意，請業務持續追蹤收款。",
        "more": "客戶中秋檔期加訂。",
        "less": "客戶倉庫空間不足，減少數量。",
        "fine": "庫存足夠，同意變更。",
    },
    "zh_Hans": {
        "policy": "合作三年，付款及时。",
        "agreed": "同意，请业务持续跟进回款。",
        "more": "客户中秋档期追加订货。",
        "less": "客户仓库空间不足，减少数量。",
        "fine": "库存充足，同意变更。",
    },
}


def fill(company: CurrentCompany) -> None:
    """Evaluate who buys on account, and change some orders that have been promised."""
    said = SAID.get(company.locale, SAID["zh_Hant"])
    managers = (one for one in session().scalars(members(company.id)) if "salesmgr" in one.username)
    manager = next(managers, None)
    full = FULL.get(company.currency, min(FULL.values()))
    policy = {
        "valid_from": (today() - timedelta(days=400)).isoformat(),
        "full_turnover": str(full),
        "director_above": str(full / 4),
    }
    create_record(CreditPolicies, policy, by=current().user)
    _evaluate(manager, said)
    _change(manager, said)


def _evaluate(manager: User | None, said: dict[str, str]) -> None:
    """Evaluate some who buy on account: two are granted what they have, one waits, one is begun."""
    by = current().user
    buyers = select(Customer).where(Customer.payment_method == PaymentMethod.ON_ACCOUNT)
    found = session().scalars(buyers.order_by(Customer.credit_limit.desc(), Customer.id))
    for place, customer in enumerate(found.fetchmany(EVALUATED)):
        values = {"customer_id": customer.id, "note": said["policy"]}
        if customer.credit_limit:
            values["credit_limit"] = str(customer.credit_limit)
        evaluation: CreditEvaluation = create_record(CreditEvaluations, values, by=by)
        if place < EVALUATED - 1:
            submit_evaluation(evaluation, by=by, on=today())
            session().flush()
        if place < EVALUATED - 2 and manager is not None:
            _agree(CreditEvaluations, evaluation, manager, said["agreed"])


def _change(manager: User | None, said: dict[str, str]) -> None:
    """Change two promised orders: more of one, which is agreed to; less of another, which waits."""
    by = current().user
    promised = select(Order).where(Order.state == OrderState.CONFIRMED, Order.paid == 0)
    for place, order in enumerate(session().scalars(promised.order_by(Order.id.desc()).limit(2))):
        begin_change(order, by=by, on=today(), reason=said["less" if place else "more"])
        session().flush()
        begun = select(OrderChange).where(OrderChange.order_id == order.id)
        change = session().scalars(begun).one()
        one = change.lines[0]
        much = max(one.quantity - 1, Decimal(1)) if place else one.quantity + 5
        values = {
            "requested_on": (today() + timedelta(days=30)).isoformat(),
            "lines": [{"line_number": one.line_number, "quantity": str(much)}],
        }
        change_record(OrderChanges, change, values, by=by, version=change.version)
        submit_change(change, by=by)
        session().flush()
        if not place and manager is not None:
            _agree(OrderChanges, change, manager, said["fine"])


def _agree(
    resource: type[CreditEvaluations | OrderChanges],
    record: CreditEvaluation | OrderChange,
    manager: User,
    opinion: str,
) -> None:
    said = {"opinion": opinion}
    run_action(resource, record, "approve", said, by=manager, version=record.version)
