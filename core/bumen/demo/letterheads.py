"""What stands on the papers of the demonstration's companies: logo, address, tax ID, account."""

from __future__ import annotations

import csv
from importlib.resources import files

from bumen.printing.letterheads import Wishes, keep_letterhead, letterhead_now
from bumen.unit_of_work import company_now

_BETWEEN_LINES = "|"


def write_letterhead() -> None:
    """Give the company its letterhead; what is there stays as it is."""
    if letterhead_now().version is not None:
        return
    home, code = files("bumen.demo"), company_now().code
    with (home / "letterheads.csv").open(encoding="utf-8") as lines:
        said = next(row for row in csv.DictReader(lines) if row["company"] == code)
    wishes = Wishes(
        heading=said["heading"],
        details=_below_each_other(said["details"]),
        footer=_below_each_other(said["footer"]),
        language="",
        roc_years=False,
        logo=(home / "logos" / f"{code}.png").read_bytes(),
    )
    keep_letterhead(wishes, version=0)


def _below_each_other(text: str) -> str:
    return text.replace(_BETWEEN_LINES, "\n")
