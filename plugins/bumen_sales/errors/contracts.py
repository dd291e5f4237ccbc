"""What sales refuses of contracts, and of orders that are drawn against them."""

from datetime import date
from decimal import Decimal

from bumen import BusinessError
from bumen_sales.models import Contract
from bumen_sales.texts import _


class ContractEndsBeforeItBegins(BusinessError):
    """The refusal of a contract that ends before it begins."""

    def __init__(self) -> None:
        super().__init__(_("The contract would end before it begins."), field="ends_on")


class PaymentIsNotAgreed(BusinessError):
    """The refusal to review a contract that does not say how it is paid."""

    def __init__(self) -> None:
        super().__init__(
            _("Please write down the terms of payment, or the instalments."), field="payment_terms"
        )


class InstalmentsDoNotAddUp(BusinessError):
    """The refusal to review a contract the instalments of which are not its amount."""

    def __init__(self, contract: Contract, *, whole: Decimal) -> None:
        super().__init__(
            _(
                "The instalments come to %(whole)s, the contract to %(amount)s.",
                whole=f"{whole:,.2f}",
                amount=f"{contract.amount:,.2f}",
            ),
            field="instalments",
        )


class SignedInTheFuture(BusinessError):
    """The refusal of a signature on a day to come."""

    def __init__(self, day: date) -> None:
        super().__init__(
            _("%(day)s lies in the future: nobody has signed yet.", day=day.isoformat()),
            field="signed_on",
        )


class ContractIsNotOnFile(BusinessError):
    """The refusal to sign a contract of which there is no scanned file."""

    def __init__(self, contract: Contract) -> None:
        super().__init__(
            _(
                "Attach the scanned contract %(number)s first, with all signatures.",
                number=contract.number,
            )
        )


class ContractIsNotInForce(BusinessError):
    """The refusal to draw on a contract that binds nobody yet, or no longer."""

    def __init__(self, contract: Contract) -> None:
        super().__init__(
            _(
                "Contract %(number)s is not in force: its status is “%(state)s”.",
                number=contract.number,
                state=contract.state.label,
            ),
            field="contract_id",
        )


class ContractDoesNotCover(BusinessError):
    """The refusal to draw on a contract on a day that it is not valid for."""

    def __init__(self, contract: Contract, *, day: date) -> None:
        super().__init__(
            _(
                "Contract %(number)s is valid from %(begin)s to %(end)s, not on %(day)s.",
                number=contract.number,
                begin=contract.begins_on.isoformat(),
                end=contract.ends_on.isoformat(),
                day=day.isoformat(),
            ),
            field="contract_id",
        )


class ContractIsExhausted(BusinessError):
    """The refusal to draw more on a contract than was agreed."""

    def __init__(self, contract: Contract, *, left: Decimal) -> None:
        super().__init__(
            _(
                "Only %(left)s is left of contract %(number)s.",
                left=f"{left:,.2f}",
                number=contract.number,
            ),
            field="contract_id",
        )
