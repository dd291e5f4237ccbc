"""The roles a plugin brings: read from its `roles.csv`, named in three languages.

role,title_en,title_zh_Hant,title_zh_Hans,permissions
salesperson,Salesperson,業務人員,销售员,"sales.Orders:read,write,confirm base.Customers:read"
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Self

from bumen.i18n import LANGUAGES, language

COLUMNS = ("role", *(f"title_{one}" for one in LANGUAGES), "permissions")

_ROLE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_ENTRY = re.compile(r"(?P<view>[a-z][a-z0-9]*\.[A-Z]\w*):(?P<verbs>[a-z]\w*(?:,[a-z]\w*)*)")


class RolesAreMalformed(ValueError):
    """The refusal of a `roles.csv` that cannot be understood; says in which row and why."""


class Grant(NamedTuple):
    """A grant is one permission on one view: `can_read` on `sales.Orders`."""

    permission: str
    view: str

    def __str__(self) -> str:
        return f"{self.permission} on {self.view}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str` wrote."""
        permission, _on, view = text.partition(" on ")
        return cls(permission, view)


@dataclass(frozen=True, kw_only=True)
class DeclaredRole:
    """A declared role is one that a plugin brings: its full name, its titles, what it may do."""

    name: str
    titles: Mapping[str, str]
    grants: frozenset[Grant]

    @property
    def title(self) -> str:
        """The title in the language of the moment."""
        return self.titles[language()]


def read_roles(file: Path, *, plugin: str) -> tuple[DeclaredRole, ...]:
    """Read the roles of a plugin; none when it has no such file.

    Raises RolesAreMalformed for missing or unknown columns, missing titles, a role named twice,
    and permissions that are not written `plugin.View:verb,verb`.
    """
    if not file.exists():
        return ()
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines, strict=True)
        if tuple(rows.fieldnames or ()) != COLUMNS:
            raise RolesAreMalformed(f"{file.name}: the columns must be {', '.join(COLUMNS)}")
        roles = tuple(
            _role(row, plugin=plugin, where=f"{file.name}, row {number}")
            for number, row in enumerate(rows, start=2)
        )
    if len({role.name for role in roles}) != len(roles):
        raise RolesAreMalformed(f"{file.name}: a role is named twice")
    return roles


def _role(row: dict[str, str], *, plugin: str, where: str) -> DeclaredRole:
    if None in row or None in row.values():
        raise RolesAreMalformed(f"{where}: there are not {len(COLUMNS)} columns")
    if not _ROLE.fullmatch(row["role"]):
        raise RolesAreMalformed(f"{where}: “{row['role']}” is not a role's name")
    titles = {one: row[f"title_{one}"].strip() for one in LANGUAGES}
    if not all(titles.values()):
        raise RolesAreMalformed(f"{where}: a title is missing")
    return DeclaredRole(
        name=f"{plugin}.{row['role']}",
        titles=titles,
        grants=frozenset(_grants(row["permissions"], where=where)),
    )


def _grants(written: str, *, where: str) -> Iterator[Grant]:
    for entry in written.split():
        understood = _ENTRY.fullmatch(entry)
        if understood is None:
            raise RolesAreMalformed(f"{where}: “{entry}” is not written plugin.View:verb,verb")
        for verb in understood["verbs"].split(","):
            yield Grant(f"can_{verb}", understood["view"])
