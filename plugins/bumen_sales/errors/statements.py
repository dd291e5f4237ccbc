"""What is refused of statements and reminders, one class a refusal."""

from datetime import date

from bumen import BusinessError, Conflict
from bumen_sales.models import Order, Statement
from bumen_sales.texts import _


class StatementEndsBeforeItBegins(BusinessError):
    """The refusal of a statement whose last day is before its first."""

    def __init__(self) -> None:
        super().__init__(_("The last day is before the first day."), field="ends_on")


class StatementOfDaysToCome(BusinessError):
    """The refusal of a statement of days that are not over."""

    def __init__(self) -> None:
        super().__init__(_("A statement ends today at the latest."), field="ends_on")


class ContactIsAnotherCustomers(BusinessError):
    """The refusal of a contact who does not belong to the statement's customer."""

    def __init__(self, statement: Statement) -> None:
        super().__init__(
            _(
                "%(contact)s is not a contact of %(customer)s.",
                contact=statement.contact,
                customer=statement.customer,
            ),
            field="contact_id",
        )


class LevelHasUnknownWords(BusinessError):
    """The refusal of a reminder's text with something in braces that nothing is known of."""

    def __init__(self, name: str, *, field: str) -> None:
        super().__init__(
            _("Nothing is known as {%(name)s}. Look at the help of the field.", name=name),
            field=field,
        )


class LevelIsInUse(Conflict):
    """The refusal to delete a level by which customers were reminded."""

    def __init__(self) -> None:
        super().__init__(_("Customers were reminded at this level; it is kept for the record."))


class AnswerIsMissing(BusinessError):
    """The refusal to record an answer without one."""

    def __init__(self) -> None:
        super().__init__(_("Please say what the customer answered."), field="answer")


class PaymentPromisedInThePast(BusinessError):
    """The refusal of a promise to pay on a day that has passed."""

    def __init__(self, on: date) -> None:
        super().__init__(
            _("Payment is promised for today or later, not for %(day)s.", day=on.isoformat()),
            field="promised_on",
        )


class NothingIsOwed(BusinessError):
    """The refusal to dispute or to write off an order that is paid, or is not firm."""

    def __init__(self, order: Order) -> None:
        super().__init__(_("Nothing is owed for order %(number)s.", number=order.number))
