"""What is missing in customers' files, told for all the customers of somebody or of a region."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from bumen import session
from bumen_base.models import Customer
from bumen_base.models.alike import Conditions
from bumen_base.models.gaps import completeness_by, is_missing, least_complete
from bumen_base.services.completeness import MATTERS, MATTERS_OF_COMPANIES

GAPS = {
    **{name: is_missing(name, only_of_companies=False) for name in MATTERS},
    **{name: is_missing(name, only_of_companies=True) for name in MATTERS_OF_COMPANIES},
}
"""Whether a file lacks a field, by the field: as `completeness_of` counts them."""
_TENTH = Decimal("0.1")
_STREAMED = 500


@dataclass(frozen=True, kw_only=True)
class Files:
    """How complete the files of one group's customers are; `missing` counts gaps by the field."""

    group_id: int | None
    count: int
    average: Decimal
    missing: Mapping[str, int]

    def most_missing(self, number: int) -> list[tuple[str, int]]:
        """Return the fields that are missing most often, with how often."""
        gaps = [(name, count) for name, count in self.missing.items() if count]
        return sorted(gaps, key=lambda gap: -gap[1])[:number]


def measure_files(column: Any, *, seen: Conditions) -> list[Files]:
    """Tell how complete files are, for each value of a column; the least complete group first."""
    rows = session().execute(completeness_by(column, GAPS, seen=seen))
    found = [_files(*row) for row in rows]
    return sorted(found, key=lambda files: (files.average, -files.count))


def emptiest_files(*, seen: Conditions) -> Iterator[tuple[Customer, list[str]]]:
    """Yield customers, the least complete first, each with the fields that are missing."""
    query = least_complete(GAPS, seen=seen).execution_options(yield_per=_STREAMED)
    for customer, *gaps in session().execute(query):
        yield customer, [name for name, is_gap in zip(GAPS, gaps, strict=True) if is_gap]


def _files(group_id: int | None, count: int, total: int, *missing: int) -> Files:
    average = (Decimal(int(total)) / count).quantize(_TENTH, rounding=ROUND_HALF_UP)
    gaps = {name: int(times) for name, times in zip(GAPS, missing, strict=True)}
    return Files(group_id=group_id, count=count, average=average, missing=gaps)
