"""What a mapping says: which column becomes which field, and how.

A mapping is written as a TOML file:

    resource = "sales.orders"
    null = ["NULL", ""]                  # texts that mean: nothing
    key = ["reference"]                  # fields by which a record is known again
    existing = "skip"                    # … and what then: "skip", "update" or "refuse"
    repeated = "first"                   # one that rows repeat: "first" counts, or "refuse"

    [fields]
    reference = "orderID"                # a field from a column
    customer_id = {column = "customerID", resource = "base.customers", by = "code"}
    requested_on = {column = "requiredDate", dates = ["iso", "roc", "%d.%m.%Y"]}
    consignee = {template = "{firstName} {lastName}"}
    payment_method = {constant = "on_account"}
    rush = {column = "shipVia", choices = {"1" = true, "2" = false}, default = false}

    [lines.lines]                        # lines, from a second file beside the first …
    file = "order_details.csv"
    match = {orderID = "orderID"}        # column there = column here

    [lines.lines.fields]
    unit_price = {column = "price", decimal = ",", thousands = "."}
    discount = {column = "discount", fraction = true}           # 0.15 is 15 percent

Instead of `file`, `group_by = ["InvoiceNo"]` at the top makes one record of neighbouring rows
that agree in these columns, each row giving a line.
"""

from __future__ import annotations

from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from enum import StrEnum

Scalar = str | int | float | bool


class Existing(StrEnum):
    """What becomes of a row whose record is there already."""

    SKIP = "skip"
    UPDATE = "update"
    REFUSE = "refuse"


class Repeated(StrEnum):
    """What becomes of a row that says once more what an earlier one of the file has said."""

    FIRST = "first"
    REFUSE = "refuse"


@dataclass(frozen=True, kw_only=True)
class FieldMapping:
    """Where a field's value comes from, and how it is read; `place` is where the file says so."""

    target: str
    place: str
    column: str | None = None
    template: str | None = None
    constant: Scalar | None = None
    default: Scalar | None = None
    dates: tuple[str, ...] = ()
    decimal: str = "."
    thousands: str = ","
    fraction: bool = False
    choices: Table[str, Scalar] | None = None
    resource: str | None = None
    by: str | None = None


@dataclass(frozen=True, kw_only=True)
class LinesMapping:
    """Where the lines of a document come from: the rows themselves, or rows of a second file."""

    name: str
    place: str
    fields: tuple[FieldMapping, ...]
    file: str | None = None
    match: Table[str, str] = field(default_factory=dict)
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """What one import does with the columns of its file."""

    name: str
    resource: str
    fields: tuple[FieldMapping, ...]
    lines: tuple[LinesMapping, ...] = ()
    key: tuple[str, ...] = ()
    existing: Existing = Existing.REFUSE
    repeated: Repeated = Repeated.REFUSE
    group_by: tuple[str, ...] = ()
    null: frozenset[str] = frozenset({""})
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
