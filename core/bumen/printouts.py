"""What of a record can be printed: declared by a department, drawn from a template."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bumen.i18n import Text

PAPERS = "papers"
"""The folder of a plugin that its templates stand in."""

Values = Callable[[Any], Mapping[str, Any]]
"""What a template is told beside the record's own fields: texts, amounts, days, and lists of
them. It is asked for each record, which comes with what `also` names, and asks no database. What
it returns is printed whoever prints: what may be hidden belongs into `needs`."""


@dataclass(frozen=True, eq=False)
class Printout:
    """A printout is a document that is printed from a record: an order confirmation.

    `template` stands in the plugin's folder `papers`; without one the record's fields and lines
    are printed as they are declared. `also` names fields of what the record refers to, as in
    `customer.tax_id`. `language` and `address` say by paths, the first that leads to anything, in
    which language and to which address of mail it goes to whoever it is for. `needs` are the fields
    without which it would tell something wrong (`lines.unit_price`): who does not see one of them
    cannot print it; others that are hidden are left empty. `when` tells of a record whether there
    is anything to print yet.
    """

    name: str
    title: Text
    template: str = field(default="", kw_only=True)
    also: Sequence[str] = field(default=(), kw_only=True)
    values: Values | None = field(default=None, kw_only=True)
    language: Sequence[str] = field(default=(), kw_only=True)
    address: Sequence[str] = field(default=(), kw_only=True)
    needs: Sequence[str] = field(default=(), kw_only=True)
    when: Callable[[Any], bool] | None = field(default=None, kw_only=True)

    @property
    def place(self) -> Path | None:
        """Where its template stands; None for what is printed as it is declared."""
        home: Path = self.title.voice.folder.parent
        return home / PAPERS / self.template if self.template else None

    @property
    def beyond(self) -> Sequence[str]:
        """What it tells of what the record refers to."""
        return tuple(dict.fromkeys(one for one in (*self.also, *self.language, *self.address)))

    def possible(self, record: Any) -> bool:
        """Whether there is anything to print of a record as it is now."""
        return self.when is None or self.when(record)
