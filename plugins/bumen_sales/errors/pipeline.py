"""What sales refuses of leads, opportunities and visits."""

from datetime import date

from bumen import BusinessError
from bumen_base.models import Contact, Customer
from bumen_sales.errors.reasons import ReasonIsMissing as ReasonIsMissing
from bumen_sales.texts import _


class LeadCannotBeReached(BusinessError):
    """The refusal to qualify a lead with neither a phone number nor an e-mail address."""

    def __init__(self) -> None:
        super().__init__(
            _("Please give a phone number or an e-mail address of the lead."), field="phone"
        )


class ContactIsOfAnother(BusinessError):
    """The refusal of a contact who does not belong to the customer."""

    def __init__(self, contact: Contact, *, customer: Customer, field: str) -> None:
        super().__init__(
            _(
                "%(contact)s is not a contact of %(customer)s.",
                contact=contact,
                customer=customer,
            ),
            field=field,
        )


class RecordIsOfAnotherCustomer(BusinessError):
    """The refusal of something that belongs to another customer."""

    def __init__(self, record: object, *, customer: Customer, field: str) -> None:
        super().__init__(
            _("%(record)s is not of %(customer)s.", record=str(record), customer=customer),
            field=field,
        )


class NextStepNeedsDay(BusinessError):
    """The refusal of a next step nobody knows the day of."""

    def __init__(self) -> None:
        super().__init__(
            _("Please say until when the next step is to be done."), field="next_step_on"
        )


class NextStepIsNotSaid(BusinessError):
    """The refusal of a day on which nobody knows what to do."""

    def __init__(self) -> None:
        super().__init__(_("Please say what the next step is."), field="next_step")


class NextStepIsPast(BusinessError):
    """The refusal of a next step on a day that has passed."""

    def __init__(self, day: date) -> None:
        super().__init__(
            _("The next step would be on %(day)s, which has passed.", day=day.isoformat()),
            field="next_step_on",
        )
