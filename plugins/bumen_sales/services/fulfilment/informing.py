"""What people are told of an order on its way: the customer by mail, our own when it is late."""

from datetime import date, datetime

from bumen import (
    NoticeKind,
    Text,
    User,
    ask,
    current,
    is_address,
    send_mail,
    sends_mail,
    session,
    settle,
    tell,
)
from bumen_sales.hooks import sales_is_carried_out
from bumen_sales.models import Order, ProgressEntry
from bumen_sales.services.fulfilment.tasks import people_of
from bumen_sales.texts import _


def tell_customer_it_left(order: Order, *, by: User | None, at: datetime) -> None:
    """Write to the customer that the goods have left, and with whom. Source: E2.5b.

    Who ships writes; where another department does, sales is silent.
    """
    subject = _("Your order %(number)s is on its way", number=order.reference or order.number)
    text = _(
        "Dear %(name)s,\n\nthe goods of your order %(number)s have left our house today.",
        name=order.contact or order.customer,
        number=order.reference or order.number,
    )
    _write(order, subject, [text, *_with_whom(order)], by=by, at=at)


def tell_customer_it_arrived(order: Order, *, by: User | None, at: datetime) -> None:
    """Write to the customer that the goods have arrived, and who signed for them. Source: E2.5b."""
    subject = _("Your order %(number)s has arrived", number=order.reference or order.number)
    text = _(
        "Dear %(name)s,\n\nthe goods of your order %(number)s have arrived; %(person)s signed for"
        " them. Please tell us if anything is missing.",
        name=order.contact or order.customer,
        number=order.reference or order.number,
        person=order.signed_by or order.consignee or "",
    )
    _write(order, subject, [text], by=by, at=at)


def tell_it_is_late(order: Order, *, on: date, at: datetime) -> bool:
    """Tell whoever sells an order, and whoever is in charge, that it is late; whether anybody was.

    What they were told the day before is put away first.
    """
    settle(order, kind=NoticeKind.LATE, at=at)
    days = (on - order.requested_on).days if order.requested_on else 0
    said = _(
        "Order %(number)s of %(customer)s is %(days)s days late.",
        number=order.number,
        customer=order.customer,
        days=days,
    )
    return bool(tell(people_of(order), kind=NoticeKind.LATE, record=order, text=said))


def _with_whom(order: Order) -> list[Text]:
    if not order.carrier:
        return []
    if not order.tracking_number:
        return [_("Carrier: %(carrier)s", carrier=order.carrier)]
    return [
        _(
            "Carrier: %(carrier)s, tracking number: %(number)s",
            carrier=order.carrier,
            number=order.tracking_number,
        )
    ]


def _write(
    order: Order, subject: Text, parts: list[Text], *, by: User | None, at: datetime
) -> None:
    contact = order.contact
    to = (contact.email if contact else None) or order.customer.email
    if any(ask(sales_is_carried_out, order=order)) or not sends_mail() or not is_address(to):
        return
    company = current().company
    home = company.locale if company else "en"
    language = contact.language.value if contact and contact.language else home
    text = "\n\n".join(part.in_language(language) for part in parts)
    send_mail(to or "", subject=subject.in_language(language), text=text, by=by, at=at)
    noted = _("%(address)s was told: %(subject)s", address=to, subject=subject).in_language(home)
    session().add(ProgressEntry(order=order, what=noted, by=by, at=at))
