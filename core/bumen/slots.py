"""Slots: places on pages of the host and of other departments that a department may fill."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bumen.i18n import Text

Values = Callable[..., Mapping[str, Any] | None]
"""What works out what a template shows; told by keyword what the page is about."""

HOME_CARD = "home.card"
RECORD_TAB = "record.tab"
RECORD_TOP = "record.top"
LIST_BANNER = "list.banner"


@dataclass(frozen=True, eq=False)
class Slot:
    """A slot is what a department shows at a place of somebody else's page.

    `place` is `home.card`, `record.top:base.customers`, `record.tab:base.customers` or
    `list.banner:base.customers`: the part after the colon is the key of the resource. `template`
    stands in the department's `web/templates`, `values` works out what it shows: it is called
    without arguments, on a record's page with `record`, and returns None where there is nothing to
    show. It reads and changes nothing. Only those who may read `permission` (`sales.Orders`) see
    it, and of them only those who see every field of that resource which `shows` names.
    """

    place: str
    title: Text = field(kw_only=True)
    template: str = field(kw_only=True)
    values: Values = field(kw_only=True)
    permission: str = field(kw_only=True)
    shows: Sequence[str] = field(default=(), kw_only=True)

    def __post_init__(self) -> None:
        if not self.template.endswith(".html"):
            raise ValueError(f"{self.template} is no .html: what it shows would not be escaped")
