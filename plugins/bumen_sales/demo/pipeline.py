"""What is about to be sold in a company of the demonstration: leads, chances, visits, offers."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bumen import CurrentCompany, create_record, current, run_action, session, today
from bumen_base.models import Customer, Product
from bumen_sales.demo.orders import Ids, Row, written_line
from bumen_sales.models import PREPARATION, Instalment, Opportunity, Quotation
from bumen_sales.resources import Contracts, Leads, Opportunities, Quotations, Visits

HALF = Decimal("0.50")
"""The first instalment of the contract of the demonstration."""


def fill(company: CurrentCompany) -> None:
    """Bring in leads, opportunities with their quotations, visits, and a contract in review."""
    place = Path(__file__).parent / company.locale
    customers: Ids = dict(session().execute(select(Customer.code, Customer.id)).all())
    products: Ids = dict(session().execute(select(Product.code, Product.id)).all())
    for row in _rows(place / "leads.csv"):
        _lead(row)
    for row in _rows(place / "opportunities.csv"):
        _opportunity(row, customers, products)
    for row in _rows(place / "visits.csv"):
        _visit(row, customers)
    session().flush()


def _rows(file: Path) -> Iterator[Row]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _lead(row: Row) -> None:
    names = ("name", "company", "phone", "email", "source", "source_note", "need")
    said = {name: row[name] or None for name in names}
    received = today() - timedelta(days=int(row["days_ago"]))
    lead = create_record(Leads, said | {"received_on": received}, by=current().user)
    for step in row["steps"].split():
        reason = {} if step == "convert" else {"reason": row["reason"]}
        _do(Leads, lead, step, **reason)


def _opportunity(row: Row, customers: Ids, products: Ids) -> None:
    names = ("name", "competitors", "need", "solution")
    said: dict[str, Any] = {name: row[name] or None for name in names}
    said["customer_id"] = customers[row["customer"]]
    said["expected_close"] = today() + timedelta(days=int(row["close_in"]))
    lines = [written_line(one, products) for one in row["lines"].split()]
    said["lines"] = [{n: one[n] for n in ("product_id", "quantity")} for one in lines]
    made = create_record(Opportunities, said, by=current().user)
    made.opened_on = today() - timedelta(days=int(row["days_ago"]))
    if row["offer"]:
        _do(Opportunities, made, "draft_quotation")
    for step in row["steps"].split():
        _do(Opportunities, made, step, **({"reason": row["competitors"]} if step == "lose" else {}))
    _offer(made, row)
    made.stage_since = today() - timedelta(days=int(row["days_ago"]) // 2)


def _offer(opportunity: Opportunity, row: Row) -> None:
    """Lead the quotation of an opportunity as far as it has come."""
    newest = select(Quotation).where(Quotation.opportunity_id == opportunity.id)
    for step in row["offer"].split():
        quotation = session().scalars(newest.order_by(Quotation.id.desc()).limit(1)).one()
        said = {"accept": {"makes": "contract"}, "refuse": {"reason": row["competitors"]}}
        _do(Quotations, quotation, step, **said.get(step, {}))
        if step == "accept":
            _submit(quotation, row)


def _submit(quotation: Quotation, row: Row) -> None:
    """Put the contract that was made of a quotation before those who review it."""
    contract = quotation.contract
    if contract is None:
        return
    first = (contract.amount * HALF).quantize(Decimal("0.01"))
    contract.name, contract.delivery = row["name"], row["solution"]
    for months, amount in ((3, first), (9, contract.amount - first)):
        due_on = today() + timedelta(days=30 * months)
        contract.instalments.append(Instalment(due_on=due_on, amount=amount, position=months))
    session().flush()
    _do(Contracts, contract, "submit")


def _visit(row: Row, customers: Ids) -> None:
    day = today() + timedelta(days=int(row["in_days"]))
    said: dict[str, Any] = {
        "customer_id": customers[row["customer"]],
        "goal": row["goal"],
        "planned_at": datetime.combine(day, time(2, 30), tzinfo=UTC).isoformat(),
    }
    if row["steps"]:
        said |= dict.fromkeys(PREPARATION, True)
    visit = create_record(Visits, said, by=current().user)
    told = {name: row[name] or None for name in ("met", "learnt", "next_step")}
    if row["next_in"]:
        told["next_step_on"] = (today() + timedelta(days=int(row["next_in"]))).isoformat()
    for step in row["steps"].split():
        _do(Visits, visit, step, **(told if step == "record" else {}))


def _do(resource: Any, record: Any, step: str, **said: Any) -> None:
    """Do something with a record, as the house."""
    run_action(resource, record, step, said, by=current().user, version=record.version)
