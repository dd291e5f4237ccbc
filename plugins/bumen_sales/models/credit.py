"""How far customers are trusted: what counts for it, and what was found of each."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Select, String, and_, case, func, select
from sqlalchemy.orm import Mapped

from bumen import CompanyModel, Document, Money, Percent, Quantity, belongs_to, field, index
from bumen_base.models import Customer, Grade, PaymentMethod
from bumen_sales.models.collecting import Collecting
from bumen_sales.models.credit_flow import CREDIT_FLOW, EvaluationState
from bumen_sales.models.flow import FIRM
from bumen_sales.models.orders import Order
from bumen_sales.models.receipts import Allocation, Receipt, ReceiptState
from bumen_sales.models.statements import Statement, StatementState
from bumen_sales.texts import _


class CreditPolicy(CompanyModel):
    """A credit policy is what a company makes of payment, years, size and disputes, from a day on.

    The weights add up to a hundred. Of two from one day the one written later counts.
    """

    __tablename__ = "sales_credit_policy"
    __table_args__ = (
        index("valid_from", "id"),
        index("payment_weight", "id"),
        index("years_weight", "id"),
        index("size_weight", "id"),
        index("disputes_weight", "id"),
        index("limit_percent", "id"),
        index("director_above", "id"),
        index("valid_months", "id"),
        CheckConstraint(
            "payment_weight + years_weight + size_weight + disputes_weight = 100",
            name="weights_add_up",
        ),
    )
    named_by = ("valid_from",)

    valid_from: Mapped[date] = field(label=_("Valid from"))
    payment_weight: Mapped[int] = field(
        label=_("Weight of payment (%)"),
        help=_("How much it counts that invoices are paid in time."),
        default=40,
        minimum=0,
        maximum=100,
    )
    years_weight: Mapped[int] = field(
        label=_("Weight of years (%)"),
        help=_("How much it counts for how long somebody has been a customer."),
        default=20,
        minimum=0,
        maximum=100,
    )
    size_weight: Mapped[int] = field(
        label=_("Weight of size (%)"),
        help=_("How much the turnover of the last twelve months counts."),
        default=25,
        minimum=0,
        maximum=100,
    )
    disputes_weight: Mapped[int] = field(
        label=_("Weight of disputes (%)"),
        help=_("How much it counts that nothing is disputed."),
        default=15,
        minimum=0,
        maximum=100,
    )
    full_years: Mapped[int] = field(
        label=_("Years that count in full"), default=5, minimum=1, maximum=50
    )
    full_turnover: Mapped[Money] = field(
        label=_("Turnover that counts in full"),
        help=_("Of twelve months, before tax."),
        default=Decimal(1_000_000),
        minimum_exclusive=0,
    )
    limit_percent: Mapped[Percent] = field(
        label=_("Limit of grade A (% of turnover)"),
        help=_("Grade B is proposed 60 percent of that, grade C 30 percent, grade D nothing."),
        default=Decimal(20),
        minimum=0,
        maximum=100,
    )
    director_above: Mapped[Money | None] = field(
        label=_("Director decides above"),
        help=_("A limit beyond this is put before the director, too; left empty, none is."),
        minimum=0,
    )
    valid_months: Mapped[int] = field(
        label=_("Valid for (months)"),
        help=_("How long an evaluation counts unless it says otherwise."),
        default=12,
        minimum=1,
        maximum=60,
    )


class CreditEvaluation(Document):
    """A credit evaluation is how far a customer can be trusted on a day, and up to which limit.

    What speaks for it is worked out; people decide the limit. Source: B9.2.
    """

    __tablename__ = "sales_credit_evaluation"
    __table_args__ = (
        index("state", "valid_until", "id"),
        index("valid_until", "id"),
        index("evaluated_on", "id"),
        index("grade", "id"),
        index("score", "id"),
        index("credit_limit", "id"),
        index("customer_id", "state", "id"),
        CheckConstraint("valid_until > evaluated_on", name="ends_after_it_begins"),
    )
    workflow = CREDIT_FLOW

    state: Mapped[EvaluationState] = field(
        label=_("Status"), default=EvaluationState.DRAFT, readonly=True
    )
    customer: Mapped[Customer] = belongs_to(Customer, label=_("Customer"))
    customer_id: Mapped[int]
    evaluated_on: Mapped[date] = field(label=_("Evaluated on"), readonly=True)
    counted: Mapped[int] = field(
        label=_("Orders counted"),
        help=_("Orders on account of two years that are paid or overdue."),
        default=0,
        readonly=True,
    )
    in_time: Mapped[Percent | None] = field(
        label=_("Paid in time (%)"), minimum=0, maximum=100, readonly=True
    )
    days_late: Mapped[Quantity | None] = field(
        label=_("Days late on average"), minimum=0, readonly=True
    )
    years: Mapped[int] = field(
        label=_("Years as a customer"),
        help=_("Whole years since the first order."),
        default=0,
        minimum=0,
        readonly=True,
    )
    turnover: Mapped[Money] = field(
        label=_("Turnover in the last 12 months, before tax"),
        default=Decimal(0),
        minimum=0,
        readonly=True,
    )
    disputes: Mapped[int] = field(
        label=_("Disputes"),
        help=_("How many orders and statements the customer disputes."),
        default=0,
        minimum=0,
        readonly=True,
    )
    score: Mapped[Percent] = field(
        label=_("Score"), default=Decimal(0), minimum=0, maximum=100, readonly=True
    )
    grade: Mapped[Grade] = field(label=_("Grade"), default=Grade.D, readonly=True)
    proposed_limit: Mapped[Money] = field(
        label=_("Proposed limit"), default=Decimal(0), minimum=0, readonly=True
    )
    credit_limit: Mapped[Money] = field(
        label=_("Credit limit"), help=_("The proposed one when left empty."), minimum=0, filled=True
    )
    valid_until: Mapped[date] = field(
        label=_("Valid until"), help=_("As the credit policy says when left empty."), filled=True
    )
    warned_on: Mapped[date | None] = field(label=_("Reminded of its end on"), readonly=True)
    note: Mapped[str | None] = field(String(2000), label=_("Note"))


def usual_policy(day: date) -> CreditPolicy:
    """Return what counts where a company has said nothing: a policy as its form begins."""
    columns = (one for one in CreditPolicy.__table__.columns if "about" in one.info)
    begins = {one.key: one.default.arg for one in columns if one.default is not None}
    return CreditPolicy(valid_from=day, **begins)


def policy_on(day: date) -> Select[CreditPolicy]:
    """Select the credit policy that counts on a day: the last that had begun."""
    begun = select(CreditPolicy).where(CreditPolicy.valid_from <= day)
    return begun.order_by(CreditPolicy.valid_from.desc(), CreditPolicy.id.desc()).limit(1)


def account_payments(customer: Customer, *, since: date) -> Select[date | None, Decimal, Any]:
    """Select of the orders on account of a customer since a day: due when, how much, paid when."""
    counts = and_(Receipt.state == ReceiptState.POSTED, Allocation.taken_off_on.is_(None))
    return (
        select(Order.due_on, Order.due, func.max(case((counts, Receipt.received_on))))
        .outerjoin(Allocation, Allocation.order_id == Order.id)
        .outerjoin(Receipt, Receipt.id == Allocation.receipt_id)
        .where(
            Order.customer_id == customer.id,
            Order.payment_method == PaymentMethod.ON_ACCOUNT,
            Order.state.in_(FIRM),
            Order.ordered_on >= since,
            Order.due_on.is_not(None),
        )
        .group_by(Order.id, Order.due_on, Order.due)
    )


def disputed_orders(customer: Customer) -> Select[int]:
    """Count the orders of a customer whose payment is disputed."""
    return select(func.count(Order.id)).where(
        Order.customer_id == customer.id, Order.collecting == Collecting.DISPUTED
    )


def disputed_statements(customer: Customer) -> Select[int]:
    """Count the statements a customer disputes."""
    return select(func.count(Statement.id)).where(
        Statement.customer_id == customer.id, Statement.state == StatementState.DISPUTED
    )


def overdue_of(customer: Customer, *, on: date) -> Select[Decimal | None]:
    """Sum what a customer should have paid before a day."""
    return select(func.sum(Order.due)).where(
        Order.customer_id == customer.id, Order.state.in_(FIRM), Order.due_on < on, Order.due > 0
    )


def first_firm_order(customer: Customer) -> Select[date | None]:
    """Select the day of the first order a customer was promised."""
    return select(func.min(Order.ordered_on)).where(
        Order.customer_id == customer.id, Order.state.in_(FIRM)
    )


def approved_evaluations(customer: Customer) -> Select[CreditEvaluation]:
    """Select the evaluations of a customer that count, the latest first."""
    return (
        select(CreditEvaluation)
        .where(
            CreditEvaluation.customer_id == customer.id,
            CreditEvaluation.state == EvaluationState.APPROVED,
        )
        .order_by(CreditEvaluation.id.desc())
    )


def ended_before(day: date) -> Select[CreditEvaluation]:
    """Select the evaluations that count still although their time is over, a hundred at once."""
    return (
        select(CreditEvaluation)
        .where(
            CreditEvaluation.state == EvaluationState.APPROVED, CreditEvaluation.valid_until < day
        )
        .order_by(CreditEvaluation.valid_until, CreditEvaluation.id)
        .limit(100)
    )


def ending_by(day: date) -> Select[CreditEvaluation]:
    """Select the evaluations that count until a day at most, and nobody was reminded of yet: a
    hundred at once.
    """
    return (
        select(CreditEvaluation)
        .where(
            CreditEvaluation.state == EvaluationState.APPROVED,
            CreditEvaluation.valid_until <= day,
            CreditEvaluation.warned_on.is_(None),
        )
        .order_by(CreditEvaluation.valid_until, CreditEvaluation.id)
        .limit(100)
    )
