"""Which of all customers may be one and the same: groups to be looked at, never merged."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Select

from bumen import session
from bumen_base.models import Customer
from bumen_base.models.alike import (
    Conditions,
    Likeness,
    customers_having,
    names_in_order,
    shared_phones,
    shared_tax_ids,
)
from bumen_base.models.likeness import SHORTEST_ALIKE

MOST_GROUPS = 2000
"""So many groups of one likeness are told at most."""
MOST_ALIKE = 50
"""So many customers of one group are told at most."""
_AT_ONCE = 200
_STREAMED = 5000


@dataclass(frozen=True, kw_only=True)
class Alike:
    """A group of customers that may be the same; `shared` is what they have in common, folded."""

    why: Likeness
    shared: str
    customers: Sequence[Customer]


def find_all_alike(*, seen: Conditions, why: Likeness | None = None) -> Iterator[Alike]:
    """Yield the groups of customers that may be the same, of one likeness or of all.

    Archived customers count only where they share a tax ID with others. `seen` limits what is
    looked at.
    """
    for likeness in Likeness if why is None else (why,):
        yield from _FINDERS[likeness](likeness, seen)


def families(names: Iterable[Sequence[Any]]) -> Iterator[tuple[str, list[int]]]:
    """Gather ids whose names are equal, or begin with the shortest of them.

    The names come in the order of their letters, so one walk is enough. Too short a beginning is
    none: such names must be equal.
    """
    root, idents = "", []
    for ident, name in names:
        begins = len(root) >= SHORTEST_ALIKE and name.startswith(root)
        if root and (begins or name == root):
            idents.append(ident)
            continue
        if len(idents) > 1:
            yield root, idents
        root, idents = name, [ident]
    if len(idents) > 1:
        yield root, idents


def _by_name(why: Likeness, seen: Conditions) -> Iterator[Alike]:
    names = session().execute(names_in_order(seen=seen).execution_options(yield_per=_STREAMED))
    found = list(islice(families(names), MOST_GROUPS))
    names.close()
    for some in _parts(found):
        wanted = [ident for _root, idents in some for ident in idents[:MOST_ALIKE]]
        query = customers_having(Customer.id, wanted, seen=seen)
        by_id = {customer.id: customer for customer in session().scalars(query)}
        for root, idents in some:
            ours = {*idents[:MOST_ALIKE]}
            yield Alike(
                why=why, shared=root, customers=[by_id[one] for one in by_id if one in ours]
            )


def _by_column(
    column: Any, shared: Callable[..., Select[Any]], *more: Any
) -> Callable[[Likeness, Conditions], Iterator[Alike]]:
    def found(why: Likeness, seen: Conditions) -> Iterator[Alike]:
        every = list(session().scalars(shared(seen=seen).limit(MOST_GROUPS)))
        for values in _parts(every):
            groups: dict[Any, list[Customer]] = {value: [] for value in values}
            for customer in session().scalars(
                customers_having(column, values, seen=(*more, *seen))
            ):
                groups[getattr(customer, column.key)].append(customer)
            for value, customers in groups.items():
                yield Alike(why=why, shared=value, customers=customers[:MOST_ALIKE])

    return found


_FINDERS: dict[Likeness, Callable[[Likeness, Conditions], Iterator[Alike]]] = {
    Likeness.PHONE: _by_column(Customer.phone_key, shared_phones, ~Customer.archived),
    Likeness.NAME: _by_name,
    Likeness.TAX_ID: _by_column(Customer.tax_id, shared_tax_ids),
}


def _parts(every: list[Any]) -> Iterator[list[Any]]:
    return (every[start : start + _AT_ONCE] for start in range(0, len(every), _AT_ONCE))
