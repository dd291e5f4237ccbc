"""What is true of the records that words are found in, as the search knows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marshmallow import ValidationError
from sqlalchemy import ColumnElement, Select, and_, false, not_, or_, select, true

from bumen.listing.asked import refused
from bumen.listing.operators import CONTAINS, NOT_CONTAINS
from bumen.resource import Resource
from bumen.schema import first_said
from bumen.schema.values import refuse_unstorable
from bumen.search import Sought, contains, sought_in, up_to_date

MOST_WORDS = 10
MOST_SORTED = 1000
"""So many records are put in order where only the first few are shown."""


def search_in(resource: type[Resource], words: str) -> ColumnElement[bool]:
    """Return what is true of the records in which every word occurs in a searched field."""
    sought, others = searched(resource, words)
    return and_(true(), *(one.condition() for one in sought), *others)


def searched(
    resource: type[Resource], words: str
) -> tuple[list[Sought], list[ColumnElement[bool]]]:
    """Return what is sought by the entries, and what else is true of the records found."""
    wanted = words_in(words)
    if not resource.searched():
        return [], [false()]
    up_to_date()
    return sought_in(resource, wanted)


def some_found(
    resource: type[Resource], words: str, *, among: Sequence[ColumnElement[bool]]
) -> Select[int]:
    """Select the ids of records in which every word occurs; of very many some, `MOST_SORTED`.

    So a list of a few does not wait until all are sorted that have a word which everything has.
    """
    sought, others = searched(resource, words)
    query = led(select(resource.model.id), resource, sought)
    return query.where(*others, *among).limit(MOST_SORTED)


def led(
    query: Select[Any],
    resource: type[Resource],
    sought: Sequence[Sought],
    *,
    is_ordered: bool = False,
) -> Select[Any]:
    """Let what is sought lead to the rows of a query over a resource's records."""
    if len(sought) != 1:
        return query.where(*(one.condition() for one in sought))
    found = sought[0].found_first() if is_ordered else sought[0].found()
    known = found.subquery()
    return query.join(known, known.c[0] == resource.model.id)


def words_in(words: str) -> list[str]:
    """Return the words that are searched for; `Malformed` for signs no text can have."""
    try:
        return refuse_unstorable(words).split()[:MOST_WORDS]
    except ValidationError as wrong:
        raise refused("search", first_said(wrong)) from None


def contains_any(
    model: type[Any], name: str, operator: str, value: Any
) -> ColumnElement[bool] | Sought | None:
    """Say that a text has one of these in it, or none of them; None where no entry tells."""
    if operator not in (CONTAINS, NOT_CONTAINS):
        return None
    values = value if isinstance(value, list) else [value]
    up_to_date()
    found = [contains(model, name, one) for one in values if isinstance(one, str)]
    known = [one for one in found if one is not None]
    if len(known) != len(values):
        return None
    if operator == CONTAINS and len(known) == 1:
        return known[0]
    holds = or_(false(), *(one.condition() for one in known))
    return holds if operator == CONTAINS else not_(holds)
