"""What master data refuses."""

from datetime import date

from bumen import BusinessError, CompanyModel
from bumen_base.models import Customer, Employee
from bumen_base.texts import _


class CustomerHasDocuments(BusinessError):
    """The refusal to delete a customer of whom documents speak."""

    status = 409

    def __init__(self, customer: Customer, *, count: int) -> None:
        super().__init__(
            _.plural(
                "The customer %(name)s has a document and cannot be deleted, only archived.",
                "The customer %(name)s has %(num)s documents and cannot be deleted, only archived.",
                count,
                name=customer.name,
            )
        )


class TaxIdIsTaken(BusinessError):
    """The refusal of a second customer with the same tax ID."""

    def __init__(self, owner: Customer) -> None:
        super().__init__(
            _(
                "The customer %(code)s %(name)s already has the tax ID %(tax_id)s.",
                code=owner.code,
                name=owner.name,
                tax_id=owner.tax_id,
            ),
            field="tax_id",
        )


class UniformNumberIsWrong(BusinessError):
    """The refusal of a Taiwanese tax ID that cannot be one."""

    def __init__(self, tax_id: str) -> None:
        super().__init__(
            _(
                "“%(tax_id)s” is not a Taiwanese tax ID: it has eight digits, and the check digit"
                " must fit.",
                tax_id=tax_id,
            ),
            field="tax_id",
        )


class CreditCodeIsWrong(BusinessError):
    """The refusal of a tax ID of mainland China that cannot be one."""

    def __init__(self, tax_id: str) -> None:
        super().__init__(
            _(
                "“%(tax_id)s” is not a unified social credit code: it has 18 characters, and the"
                " check character must fit.",
                tax_id=tax_id,
            ),
            field="tax_id",
        )


class BirthdayIsInTheFuture(BusinessError):
    """The refusal of a birthday that is yet to come."""

    def __init__(self, birthday: date, *, field: str = "birthday") -> None:
        super().__init__(
            _("The birthday %(day)s lies in the future.", day=birthday.isoformat()), field=field
        )


class StaysWithItsCustomer(BusinessError):
    """The refusal to hand a contact or an address over to another customer."""

    def __init__(self) -> None:
        super().__init__(_("A contact or an address stays with its customer."), field="customer_id")


class BelowItself(BusinessError):
    """The refusal to make a record part of itself, or of something that is part of it."""

    def __init__(self, record: CompanyModel) -> None:
        super().__init__(
            _("“%(name)s” cannot be part of itself.", name=str(record)), field="parent_id"
        )


class OwnSuperior(BusinessError):
    """The refusal to let somebody report to themselves, directly or through others."""

    def __init__(self, employee: Employee) -> None:
        super().__init__(
            _(
                "%(name)s cannot be their own superior, directly or through others.",
                name=employee.name,
            ),
            field="superior_id",
        )


class LeftBeforeJoining(BusinessError):
    """The refusal of a last day before the first."""

    def __init__(self, employee: Employee) -> None:
        super().__init__(
            _("%(name)s cannot leave before joining.", name=employee.name), field="left_on"
        )
