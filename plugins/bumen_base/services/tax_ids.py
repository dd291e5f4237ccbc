"""Which numbers can be tax IDs: a rule of each country's, told by check digits."""

import re
import unicodedata

from bumen import session
from bumen_base.errors import CreditCodeIsWrong, TaxIdIsTaken, UniformNumberIsWrong
from bumen_base.models import Customer, others_with_tax_id
from bumen_base.services.here import here

_UNIFORM_WEIGHTS = (1, 2, 1, 2, 1, 2, 4, 1)
_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The signs of GB 32100 in order of their values: no I, O, S, V, Z."""


def tidied_tax_id(tax_id: str | None) -> str | None:
    """Return a tax ID as it is kept: half-width capitals without spaces; None for an empty one."""
    plain = unicodedata.normalize("NFKC", tax_id or "").upper()
    return re.sub(r"\s", "", plain) or None


def check_tax_id(customer: Customer) -> None:
    """Refuse what cannot be a tax ID in the company's country; other countries' are free text."""
    tax_id, country = customer.tax_id, here().country
    if tax_id and country == "TW" and not is_uniform_number(tax_id):
        raise UniformNumberIsWrong(tax_id)
    if tax_id and country == "CN" and not is_credit_code(tax_id):
        raise CreditCodeIsWrong(tax_id)


def check_tax_id_is_free(customer: Customer) -> None:
    """Refuse a tax ID that another customer has, unless one of the two is archived."""
    if customer.tax_id is None:
        return
    with session().no_autoflush:
        owner = session().scalar(others_with_tax_id(customer).limit(1))
    if owner is not None:
        raise TaxIdIsTaken(owner)


def is_uniform_number(tax_id: str) -> bool:
    """Tell whether this can be a Taiwanese 統一編號: eight digits with a sum that fits.

    Each digit is weighted, the digits of the products are added up, and five divides the sum.
    Where the seventh digit is 7 its product counts as 0 or as 1. Rule of the Ministry of Finance
    since April 2023; numbers given out before, by ten, fit it too.
    """
    if not re.fullmatch(r"[0-9]{8}", tax_id):
        return False
    products = (int(digit) * weight for digit, weight in zip(tax_id, _UNIFORM_WEIGHTS, strict=True))
    total = sum(sum(divmod(product, 10)) for product in products)
    return total % 5 == 0 or (tax_id[6] == "7" and (total + 1) % 5 == 0)


def is_credit_code(tax_id: str) -> bool:
    """Tell whether this can be a mainland 统一社会信用代码: 18 signs of which the last fits.

    GB 32100-2015: the values of the first 17 signs, weighted by powers of 3 modulo 31, and the
    value of the last add up to a multiple of 31.
    """
    if len(tax_id) != 18 or not set(tax_id) <= set(_SIGNS):
        return False
    values = [_SIGNS.index(sign) for sign in tax_id]
    weighted = sum(value * pow(3, place, 31) for place, value in enumerate(values[:-1]))
    return (weighted + values[-1]) % 31 == 0
