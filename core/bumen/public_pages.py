"""Pages for whoever has the token of a record, without signing in."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bumen.i18n import Text
from bumen.model import CompanyModel
from bumen.unit_of_work import current

LONGEST_TOKEN = 200
_BYTES = 24


@dataclass(frozen=True, kw_only=True, eq=False)
class PublicPage:
    """A public page is what a department shows of a record to whoever has its token.

    It stands below the department's own address: `path="/track/<token>"` of logistics is
    `/logistics/track/<token>`. `token` is the attribute of the `model` that keeps the token,
    unique in the company; `new_token` makes one that nobody guesses. `values` is told the record,
    and returns what the `template` in the department's `web/templates` shows, or None where there
    is nothing to show any more. It reads and changes nothing.
    """

    path: str
    title: Text
    model: type[CompanyModel]
    token: str
    template: str
    values: Callable[[Any], Mapping[str, Any] | None]

    def __post_init__(self) -> None:
        if not self.path.startswith("/") or self.path.count("<token>") != 1:
            raise ValueError(f"{self.path} is no path with one <token>")
        if not self.template.endswith(".html"):
            raise ValueError(f"{self.template} is no .html: what it shows would not be escaped")

    @property
    def plugin(self) -> str:
        """The department whose page it is."""
        return str(self.model.__tablename__).partition("_")[0]

    def address_of(self, record: Any) -> str:
        """Return the whole address of a record's page, as a letter names it."""
        path = self.path.replace("<token>", getattr(record, self.token))
        return f"{current().neighbours.house}/{self.plugin}{path}"


def new_token() -> str:
    """Return a token that nobody guesses: 32 characters that may stand in an address."""
    return secrets.token_urlsafe(_BYTES)
