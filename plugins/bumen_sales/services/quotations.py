"""Quotations: drawn up, sent, answered, and offered anew in another version."""

from datetime import date, timedelta
from decimal import Decimal

from bumen import User, next_number, session
from bumen_base.models import PaymentMethod
from bumen_sales.errors import (
    QuotationHasRunOut,
    QuotationIsEmpty,
    ReasonIsMissing,
    RecordIsOfAnotherCustomer,
    ValidBeforeQuoted,
)
from bumen_sales.models import (
    Opportunity,
    Quotation,
    QuotationLine,
    QuotationState,
)
from bumen_sales.services.excess import beyond_allowance
from bumen_sales.services.filling import fill, fill_from_products
from bumen_sales.services.opportunities import follow_offer
from bumen_sales.services.ownership import employee_of_user, refuse_strangers
from bumen_sales.services.pricing import add_up

QUOTATIONS = "sales.quotation"
VALID = timedelta(days=30)
"""How long a quotation holds unless it says otherwise."""


def draw_up_quotation(quotation: Quotation, *, by: User | None, on: date) -> None:
    """Begin an offer: what was left empty comes from the customer and the products.

    Refuses what `revise_quotation` refuses. Source: A4.2.4.
    """
    customer = quotation.customer
    fill(quotation, "quoted_on", on)
    fill(quotation, "valid_until", quotation.quoted_on + VALID)
    fill(quotation, "payment_method", customer.payment_method)
    if quotation.payment_method is PaymentMethod.ON_ACCOUNT:
        fill(quotation, "payment_days", customer.payment_days)
    quotation.salesperson = quotation.salesperson or customer.salesperson or employee_of_user(by)
    quotation.region = quotation.region or customer.region
    revise_quotation(quotation, by=by, on=on)
    quotation.number = next_number(kind=QUOTATIONS, on=quotation.quoted_on)


def revise_quotation(quotation: Quotation, *, by: User | None, on: date) -> None:
    """Work out an offer that was changed.

    Refuses another customer's contact and opportunity, an end before its day, and amounts too
    large to keep.
    """
    customer, opportunity = quotation.customer, quotation.opportunity
    refuse_strangers(quotation.contact, customer=customer, field="contact_id")
    if opportunity is not None and opportunity.customer is not customer:
        raise RecordIsOfAnotherCustomer(opportunity, customer=customer, field="opportunity_id")
    if quotation.valid_until < quotation.quoted_on:
        raise ValidBeforeQuoted
    fill_from_products(quotation)
    add_up(quotation)
    with session().no_autoflush:
        quotation.over_allowance = beyond_allowance(quotation.lines, by=by)


def send_quotation(quotation: Quotation, *, by: User | None, on: date) -> None:
    """Offer it to the customer; more discount than the sender may grant holds it until approved.

    Its opportunity is quoted from now on. Refuses one without lines, and one that has run out.
    """
    if not quotation.lines:
        raise QuotationIsEmpty(quotation)
    refuse_run_out(quotation, on=on)
    quotation.over_allowance = beyond_allowance(quotation.lines, by=by)
    quotation.move("send" if quotation.over_allowance is None else "hold", by=by)
    if quotation.state is QuotationState.SENT:
        follow_offer(quotation.opportunity, "quote", on=on)


def reasons_to_hold(quotation: Quotation, *, by: User | None) -> dict[str, Decimal | None]:
    """Return how far an offer would go if somebody sent it now, by field; writes nothing."""
    return {"over_allowance": beyond_allowance(quotation.lines, by=by)}


def approve_quotation(quotation: Quotation, *, by: User | None, on: date, opinion: str) -> None:
    """Let an offer go out although its discount goes beyond the allowance of its sender."""
    refuse_run_out(quotation, on=on)
    quotation.move("approve", by=by, opinion=opinion)
    follow_offer(quotation.opportunity, "quote", on=on)


def refuse_quotation(quotation: Quotation, *, by: User | None, reason: str) -> None:
    """Write down that the customer does not want it; refuses to without a reason."""
    if not reason.strip():
        raise ReasonIsMissing
    quotation.move("refuse", by=by)
    quotation.refusal_reason = reason.strip()


def offer_anew(quotation: Quotation, *, by: User | None, on: date) -> None:
    """Begin the next version as a draft with the same lines; this one is superseded.

    Both keep the number, the new one with its version behind it. Source: A4.2.4.
    """
    quotation.move("new_version", by=by)
    revision = quotation.revision + 1
    root = quotation.number.removesuffix(f"-V{quotation.revision}")
    anew = Quotation(
        number=f"{root}-V{revision}",
        revision=revision,
        replaces=quotation,
        state=QuotationState.DRAFT,
        quoted_on=on,
        valid_until=on + (quotation.valid_until - quotation.quoted_on),
        lines=[_copy_of(line) for line in quotation.lines],
        **{name: getattr(quotation, name) for name in _KEPT},
    )
    revise_quotation(anew, by=by, on=on)
    session().add(anew)
    session().flush()


def quote_for(opportunity: Opportunity, *, by: User | None, on: date) -> None:
    """Draw up an offer of what the customer may buy: nothing is typed twice. Source: A4.2.4."""
    quotation = Quotation(
        opportunity=opportunity,
        customer=opportunity.customer,
        contact=opportunity.contact,
        salesperson=opportunity.salesperson,
        region=opportunity.region,
        revision=1,
        state=QuotationState.DRAFT,
        lines=[
            QuotationLine(
                product=one.product, position=place, quantity=one.quantity, discount=Decimal(0)
            )
            for place, one in enumerate(opportunity.lines)
        ],
    )
    draw_up_quotation(quotation, by=by, on=on)
    session().add(quotation)
    session().flush()


def refuse_run_out(quotation: Quotation, *, on: date) -> None:
    """Refuse an offer that is no longer valid: `QuotationHasRunOut`."""
    if quotation.valid_until < on:
        raise QuotationHasRunOut(quotation)


_KEPT = (
    "customer",
    "contact",
    "opportunity",
    "payment_method",
    "payment_days",
    "terms",
    "salesperson",
    "region",
)
"""What the next version takes over."""
OF_LINES = ("position", "product", "quantity", "unit", "unit_price", "discount", "tax_rate")
"""What a line of the next version, or of an order, takes over."""


def _copy_of(line: QuotationLine) -> QuotationLine:
    return QuotationLine(**{name: getattr(line, name) for name in OF_LINES})
