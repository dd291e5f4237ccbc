"""Customers that may be one and the same, found among all: by phone number, name and tax ID."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, Select, cast, func, select
from sqlalchemy.orm import joinedload

from bumen import Choice
from bumen_base.models.customers import Customer
from bumen_base.texts import _

Conditions = Sequence[ColumnElement[bool]]


class Likeness(Choice):
    """Why two customers may be the same."""

    PHONE = "phone", _("Same phone number")
    NAME = "name", _("Names alike")
    TAX_ID = "tax_id", _("Same tax ID, one archived")


def shared_phones(*, seen: Conditions) -> Select[Any]:
    """Select the phone numbers, folded, that several customers have who are not archived."""
    return _shared(Customer.phone_key, ~Customer.archived, Customer.phone_key != "", *seen)


def shared_tax_ids(*, seen: Conditions) -> Select[Any]:
    """Select the tax IDs that several customers have: all but one of them are archived."""
    archived = select(Customer.tax_id).where(Customer.archived, Customer.tax_id.is_not(None))
    return _shared(Customer.tax_id, Customer.tax_id.in_(archived), *seen)


def names_in_order(*, seen: Conditions) -> Select[int, str]:
    """Select the ids and folded names of customers who are not archived, in order of the letters.

    The order is that of the bytes, so that all names that begin alike stand together, whatever
    order of letters the database was made with.
    """
    in_bytes = cast(Customer.name_key, LargeBinary)
    return (
        select(Customer.id, Customer.name_key)
        .where(~Customer.archived, Customer.name_key != "", *seen)
        .order_by(in_bytes, Customer.id)
    )


def customers_having(column: Any, values: Iterable[Any], *, seen: Conditions) -> Select[Customer]:
    """Select customers by what they have in a column, with the names of what they refer to."""
    return (
        select(Customer)
        .where(column.in_(list(values)), *seen)
        .options(joinedload(Customer.region), joinedload(Customer.salesperson))
        .order_by(Customer.archived, Customer.code)
    )


def _shared(column: Any, *conditions: ColumnElement[bool]) -> Select[Any]:
    found = select(column).where(*conditions).group_by(column)
    return found.having(func.count(Customer.id) > 1).order_by(column)
