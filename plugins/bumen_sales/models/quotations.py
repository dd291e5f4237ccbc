"""What is remembered of quotations: what was offered to whom, at which prices, in which version."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Enum, Integer, Select, String, select
from sqlalchemy.orm import Mapped

from bumen import (
    Approval,
    Argument,
    AskRole,
    Choice,
    CompanyModel,
    Deadline,
    Document,
    Money,
    Percent,
    Quantity,
    Tone,
    Workflow,
    WorkingDays,
    belongs_to,
    field,
    has_lines,
    index,
    line_of,
    transition,
    unique,
)
from bumen_base.models import Contact, Customer, Employee, PaymentMethod, Product, Region
from bumen_sales.models.contracts import Contract
from bumen_sales.models.opportunities import Opportunity
from bumen_sales.models.orders import Order
from bumen_sales.models.priced import (
    discount_given,
    ordered_quantity,
    price_of_one,
    rate_of_tax,
    unit_sold,
    worked_out,
)
from bumen_sales.texts import _


class QuotationState(Choice):
    """How far a quotation has come."""

    DRAFT = "draft", _("Draft"), Tone.PLAIN
    HELD = "held", _("Held"), Tone.WARNING
    SENT = "sent", _("Sent"), Tone.ACTIVE
    ACCEPTED = "accepted", _("Accepted"), Tone.GOOD
    REFUSED = "refused", _("Refused"), Tone.BAD
    EXPIRED = "expired", _("Expired"), Tone.WARNING
    SUPERSEDED = "superseded", _("Superseded"), Tone.PLAIN


class Outcome(Choice):
    """What is made of a quotation that was accepted."""

    ORDER = "order", _("An order")
    CONTRACT = "contract", _("A contract")


REVISED = frozenset({QuotationState.SENT, QuotationState.REFUSED, QuotationState.EXPIRED})
"""What a new version may take the place of."""

QUOTATION_FLOW = Workflow(
    transition(
        "send", {QuotationState.DRAFT}, QuotationState.SENT, label=_("Send"), clauses=("A4.2.4",)
    ),
    transition("hold", {QuotationState.DRAFT}, QuotationState.HELD, label=_("Hold for approval")),
    transition(
        "approve",
        {QuotationState.HELD},
        QuotationState.SENT,
        label=_("Approve"),
        opinion=True,
    ),
    transition(
        "send_back",
        {QuotationState.HELD},
        QuotationState.DRAFT,
        label=_("Send back"),
        opinion=True,
    ),
    transition("take_back", {QuotationState.HELD}, QuotationState.DRAFT, label=_("Take back")),
    transition(
        "accept",
        {QuotationState.SENT},
        QuotationState.ACCEPTED,
        label=_("Accepted by the customer"),
        arguments=(
            Argument(
                "makes",
                Enum(Outcome, native_enum=False),
                label=_("Make of it"),
                required=False,
                help=_("An order when left empty."),
            ),
        ),
    ),
    transition(
        "refuse",
        {QuotationState.SENT},
        QuotationState.REFUSED,
        label=_("Refused by the customer"),
        arguments=(Argument("reason", String(500), label=_("Reason")),),
    ),
    transition("expire", {QuotationState.SENT}, QuotationState.EXPIRED, label=_("Expire")),
    transition(
        "new_version",
        REVISED,
        QuotationState.SUPERSEDED,
        label=_("New version"),
        confirm=_("A new draft takes the place of this version. Begin it?"),
        clauses=("A4.2.4",),
    ),
    deadlines=(Deadline(QuotationState.HELD, WorkingDays(1)),),
    approvals=(
        Approval(
            state=QuotationState.HELD,
            title=_("Quotation beyond the allowance"),
            approve="approve",
            refuse="send_back",
            withdraw="take_back",
            asked_by=("send",),
            amounts=("total",),
            tells=("over_allowance", "total"),
            default=(AskRole("sales.manager"),),
        ),
    ),
)
"""Sending a quotation with more discount than somebody may grant holds it."""


class QuotationLine(CompanyModel):
    """A quotation line is one product that is offered: how much of it, at which price and tax."""

    __tablename__ = "sales_quotation_line"

    quotation: Mapped["Quotation"] = line_of("sales_quotation", label=_("Quotation"))
    quotation_id: Mapped[int]
    position: Mapped[int]
    product: Mapped[Product] = belongs_to(Product, label=_("Product"))
    product_id: Mapped[int]
    quantity: Mapped[Quantity] = ordered_quantity()
    unit: Mapped[str] = unit_sold()
    unit_price: Mapped[Money] = price_of_one()
    discount: Mapped[Percent] = discount_given()
    tax_rate: Mapped[Percent] = rate_of_tax()
    untaxed: Mapped[Money] = worked_out(_("Untaxed amount"))
    tax: Mapped[Money] = worked_out(_("Tax amount"))
    total: Mapped[Money] = worked_out(_("Total"))


class Quotation(Document):
    """A quotation is what the company offers a customer, at which prices and until when."""

    __tablename__ = "sales_quotation"
    __table_args__ = (
        unique("number"),
        index("state", "id"),
        index("quoted_on", "id"),
        index("valid_until", "id"),
        index("total", "id"),
        index("created_by_id", "id"),
        CheckConstraint("valid_until >= quoted_on", name="valid_after_quoted"),
    )
    workflow: ClassVar[Workflow] = QUOTATION_FLOW

    state: Mapped[QuotationState] = field(
        label=_("Status"), default=QuotationState.DRAFT, readonly=True
    )
    revision: Mapped[int] = field(
        Integer, label=_("Version of the offer"), default=1, readonly=True
    )
    replaces: Mapped["Quotation | None"] = belongs_to(
        "Quotation", label=_("Takes the place of"), readonly=True
    )
    replaces_id: Mapped[int | None]
    customer: Mapped[Customer] = belongs_to(Customer, label=_("Customer"))
    customer_id: Mapped[int]
    contact: Mapped[Contact | None] = belongs_to(Contact, label=_("Contact"))
    contact_id: Mapped[int | None]
    opportunity: Mapped[Opportunity | None] = belongs_to(Opportunity, label=_("Opportunity"))
    opportunity_id: Mapped[int | None]
    quoted_on: Mapped[date] = field(
        label=_("Quoted on"), help=_("The present day when left empty."), filled=True
    )
    valid_until: Mapped[date] = field(
        label=_("Valid until"), help=_("30 days from its day when left empty."), filled=True
    )
    payment_method: Mapped[PaymentMethod | None] = field(
        label=_("Payment method"), help=_("The customer's usual one when left empty.")
    )
    payment_days: Mapped[int | None] = field(
        Integer, label=_("Payment term (days)"), minimum=0, maximum=365
    )
    terms: Mapped[str | None] = field(
        label=_("Terms"), help=_("What else is agreed: delivery, warranty, service.")
    )
    salesperson: Mapped[Employee | None] = belongs_to(Employee, label=_("Salesperson"))
    salesperson_id: Mapped[int | None]
    region: Mapped[Region | None] = belongs_to(Region, label=_("Region"))
    region_id: Mapped[int | None]
    lines: Mapped[list[QuotationLine]] = has_lines(QuotationLine)
    untaxed: Mapped[Money] = worked_out(_("Untaxed amount"), default=Decimal(0))
    tax: Mapped[Money] = worked_out(_("Tax amount"), default=Decimal(0))
    total: Mapped[Money] = worked_out(_("Total"), default=Decimal(0))
    over_allowance: Mapped[Percent | None] = field(
        label=_("Discount beyond the allowance (%)"),
        help=_("How much more is taken off the list price than whoever confirms may grant."),
        readonly=True,
    )
    refusal_reason: Mapped[str | None] = field(
        String(500), label=_("Reason of the refusal"), readonly=True
    )
    order: Mapped[Order | None] = belongs_to(Order, label=_("Order"), readonly=True)
    order_id: Mapped[int | None]
    contract: Mapped[Contract | None] = belongs_to(Contract, label=_("Contract"), readonly=True)
    contract_id: Mapped[int | None]


def quotations_run_out(*, on: date) -> Select[Quotation]:
    """Select what was sent and is no longer valid on a day."""
    sent = Quotation.state == QuotationState.SENT
    return select(Quotation).where(sent, Quotation.valid_until < on).order_by(Quotation.id)
