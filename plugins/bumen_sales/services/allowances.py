"""How much discount somebody may grant: written down by whoever leads sales."""

from collections.abc import Iterator

from bumen import Text, User, current, session
from bumen_sales.models import DiscountAllowance, general_allowances
from bumen_sales.texts import _


def save_allowance(allowance: DiscountAllowance, *, by: User | None) -> None:
    """Call an allowance after its employee, or after everybody else."""
    company = current().company
    if allowance.employee is not None:
        allowance.name = str(allowance.employee)
    else:
        allowance.name = _("Everybody else").in_language(company.locale if company else "en")


def doubts_about_allowance(allowance: DiscountAllowance) -> Iterator[Text]:
    """Ask about a second allowance for everybody else: the smaller of them counts."""
    if allowance.employee is not None:
        return
    with session().no_autoflush:
        others = [one for one in session().scalars(general_allowances()) if one is not allowance]
    if others:
        yield _("There is an allowance for everybody else already. The smaller one will count.")
