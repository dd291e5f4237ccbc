"""What somebody wants to see of a list, whichever way it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bumen.errors import Malformed
from bumen.i18n import Text, translator

_ = translator(__file__, "bumen")

MOST_ON_A_PAGE = 100
LAST_PAGE = 100_000


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One condition of a filter: a field (by its API name), an operator, a value.

    A list as the value of `in` or `ct` is fulfilled by any of its members.
    """

    field: str
    operator: str
    value: Any


@dataclass(frozen=True, kw_only=True)
class Listing:
    """What somebody wants to see of a list. `order` is a field's API name, with `-` downwards.

    Where a page begins is said in one way: by what it comes `after` or `before` (tokens of a page
    that was read), by `last`, or by its number, `page`, which costs the more the deeper it lies.
    `group` is what the rows are gathered by: `state`, `ordered_on.month`.
    """

    conditions: Sequence[Condition] = ()
    search: str = ""
    order: str = ""
    page: int = 0
    size: int = 25
    after: str = ""
    before: str = ""
    last: bool = False
    columns: Sequence[str] = ()
    group: str = ""
    archived: bool = False
    """Whether archived records are among the rows though no condition speaks of them."""

    @property
    def is_backwards(self) -> bool:
        """Whether the page is read from its end."""
        return bool(self.before or self.last)


def check_page(listing: Listing) -> None:
    """Refuse pages that are too long, that are not there, or that begin in two places."""
    if not 0 < listing.size <= MOST_ON_A_PAGE:
        raise refused("page_size", _("A page has 1 to %(most)s rows.", most=MOST_ON_A_PAGE))
    if not 0 <= listing.page <= LAST_PAGE:
        raise refused("page", _("There is no such page."))
    beginnings = (listing.page > 0, bool(listing.after), bool(listing.before), listing.last)
    if sum(beginnings) > 1:
        raise refused("page", _("A page begins in one place only."))


def refused(place: str, message: Text | str) -> Malformed:
    """Return the refusal of a part of what was asked."""
    return Malformed(message, fields={place: [message]})
