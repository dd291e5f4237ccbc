"""What people of the demonstration write, in the company's language."""

import csv
from functools import cache
from pathlib import Path


@cache
def words_in(locale: str) -> dict[str, str]:
    """Return what is written in a company, by what it is about."""
    with (Path(__file__).parent / locale / "words.csv").open(encoding="utf-8", newline="") as lines:
        return {row["about"]: row["words"] for row in csv.DictReader(lines)}
