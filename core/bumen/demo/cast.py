"""Who takes part in the demonstration: its companies, and the people who sign in."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, kw_only=True)
class Account:
    """An account is somebody who signs in, with places in companies and the same roles in each."""

    name: str
    full_name: str
    companies: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DemoCompany:
    """A company of the demonstration."""

    code: str
    name: str
    country: str
    currency: str
    locale: str


@cache
def cast() -> tuple[tuple[DemoCompany, ...], tuple[Account, ...]]:
    """Return all companies and all accounts."""
    companies = (DemoCompany(**row) for row in _rows("companies.csv"))
    accounts = (
        Account(
            name=row["name"],
            full_name=row["full_name"],
            companies=tuple(row["companies"].split()),
            roles=tuple(row["roles"].split()),
        )
        for row in _rows("accounts.csv")
    )
    return tuple(companies), tuple(accounts)


def _rows(file: str) -> list[dict[str, str]]:
    with (files("bumen.demo") / file).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))
