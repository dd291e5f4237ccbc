"""The addresses of the lists of people and roles: what was searched, how it is sorted, which page.

They are as strict as those of all lists: what is not offered is refused, not ignored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from flask import request
from sqlalchemy import Select, func, select

from bumen.errors import Malformed, NotFound
from bumen.i18n import translator
from bumen.unit_of_work import current
from bumen.values import BIGGEST_ACCOUNT_ID

_ = translator(__file__, "bumen")
SIZE = 50
_MOST_DIGITS = len(str(BIGGEST_ACCOUNT_ID))


def is_account(ident: Any) -> bool:
    """Whether this could be the number of a person or a role at all."""
    digits = str(ident)
    return digits.isdecimal() and len(digits) <= _MOST_DIGITS and int(digits) <= BIGGEST_ACCOUNT_ID


def found(model: type[Any], ident: str) -> Any:
    """Return a person or a role by number; refuses numbers nobody has."""
    record = current().session.get(model, int(ident)) if is_account(ident) else None
    if record is None:
        raise NotFound
    return record


@dataclass(frozen=True, kw_only=True)
class Address:
    """What a list shows of all there is; `narrowed` is what else was chosen, by name."""

    words: str = ""
    sort: str = ""
    page: int = 1
    narrowed: Mapping[str, str] = field(default_factory=dict)

    @property
    def backwards(self) -> bool:
        """Whether the last comes first."""
        return self.sort.startswith("-")

    @property
    def sorted_by(self) -> str:
        """The column the list is sorted by."""
        return self.sort.removeprefix("-")

    def query(self, **changes: Any) -> str:
        """Return the address with something changed."""
        changed = replace(self, **{"page": 1, **changes})
        told = {"q": changed.words, "sort": changed.sort, **changed.narrowed}
        told |= {"page": str(changed.page)} if changed.page > 1 else {}
        return "?" + urlencode({name: value for name, value in told.items() if value})

    def sorting(self, column: str) -> str:
        """Return the address that sorts by a column, or the other way round."""
        turned = self.sorted_by == column and not self.backwards
        return self.query(sort=f"-{column}" if turned else column)


def address_of(
    columns: Mapping[str, Any], *, default: str, narrowed: Mapping[str, Sequence[str]] | None = None
) -> Address:
    """Read the address of a list; `narrowed` are the values that may be chosen, by name."""
    offered = narrowed or {}
    known = {"q", "sort", "page", "_l_", *offered}
    for name in request.args:
        if name not in known:
            _refuse(name)
    sort, page = request.args.get("sort") or default, request.args.get("page") or "1"
    if sort.removeprefix("-") not in columns.keys() - {""}:
        _refuse("sort")
    if not is_account(page) or not 0 < int(page) <= BIGGEST_ACCOUNT_ID // SIZE:
        _refuse("page")
    chosen = {name: request.args[name] for name in offered if request.args.get(name)}
    for name, value in chosen.items():
        if value not in offered[name]:
            _refuse(name)
    words = request.args.get("q", "")[:200]
    return Address(words=words, sort=sort, page=int(page), narrowed=chosen)


def page_of(query: Select[Any], address: Address, columns: Mapping[str, Any]) -> tuple[Any, int]:
    """Return the rows of one page, and how many there are on all."""
    session = current().session
    count = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    by = columns[address.sorted_by]
    ordered = query.order_by(by.desc() if address.backwards else by, columns[""])
    rows = session.scalars(ordered.limit(SIZE).offset((address.page - 1) * SIZE))
    return rows.all(), count


def _refuse(name: str) -> None:
    said = _("There is no such part of a list's query.")
    raise Malformed(said, fields={name: [said]})
