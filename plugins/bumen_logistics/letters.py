"""What customers are written of their goods: that they have left, that they have arrived."""

from datetime import UTC, datetime

from bumen import Text, User, current, is_address, send_mail, sends_mail
from bumen_base.models import Contact
from bumen_logistics.models import Shipment
from bumen_logistics.outside import TRACKING
from bumen_logistics.texts import _


def write_that_it_left(shipment: Shipment, *, by: User | None) -> None:
    """Write where goods on their way can be followed, if the customer reads mail. Source: E2.5b."""
    text = _(
        "Dear %(name)s,\n\nyour goods have left our house. Follow them here:\n%(address)s",
        name=_addressed(shipment),
        address=TRACKING.address_of(shipment),
    )
    _write(
        shipment, _("Your goods %(number)s are on their way", number=_called(shipment)), text, by
    )


def write_that_it_arrived(shipment: Shipment, *, by: User | None) -> None:
    """Write who signed for goods, if the customer reads mail. Source: E2.5b."""
    text = _(
        "Dear %(name)s,\n\nyour goods have arrived; %(person)s signed for them. Please tell us if"
        " anything is missing.",
        name=_addressed(shipment),
        person=shipment.signed_by or "",
    )
    _write(shipment, _("Your goods %(number)s have arrived", number=_called(shipment)), text, by)


def _write(shipment: Shipment, subject: Text, text: Text, by: User | None) -> None:
    contact, customer = _contact(shipment), shipment.request.customer
    to = (contact.email if contact else None) or customer.email
    if not to or not sends_mail() or not is_address(to):
        return
    company = current().company
    language = company.locale if company else "en"
    if contact is not None and contact.language is not None:
        language = contact.language.value
    said = subject.in_language(language)
    send_mail(to, subject=said, text=text.in_language(language), by=by, at=datetime.now(UTC))


def _contact(shipment: Shipment) -> Contact | None:
    """Return the customer's first contact with an address of mail."""
    return next((one for one in shipment.request.customer.contacts if one.email), None)


def _addressed(shipment: Shipment) -> str:
    contact = _contact(shipment)
    return contact.name if contact is not None else shipment.request.customer.name


def _called(shipment: Shipment) -> str:
    return shipment.source_number or shipment.number
