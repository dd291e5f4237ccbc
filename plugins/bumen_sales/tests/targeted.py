"""What tests of the targets of a year begin with: where people sell, and a draft."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bumen import create_record
from bumen_base.models import Employee, Region
from bumen_sales.models import Target
from bumen_sales.resources import Targets

AT = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)


@dataclass
class Field:
    """Where people sell: Ann in the north, Bob and Cid in the south."""

    north: Region
    south: Region
    ann: Employee
    bob: Employee
    cid: Employee

    @property
    def people(self) -> list[dict[str, Any]]:
        """The parts of a target down to people, with nothing to bring yet."""
        found = [{"region_id": one.id} for one in (self.north, self.south)]
        for region, person in ((self.north, self.ann), (self.south, self.bob)):
            found.append({"region_id": region.id, "employee_id": person.id})
        return [*found, {"region_id": self.south.id, "employee_id": self.cid.id}]


def draft(amount: str = "1200.00", *, year: int = 2026, lines: Any = ()) -> Target:
    """Make the target of a year."""
    made: Target = create_record(
        Targets, {"year": year, "amount": amount, "lines": list(lines)}, by=None
    )
    return made
