"""How far somebody sees of a resource: the own records, those of a department, a region, all."""

from __future__ import annotations

from dataclasses import dataclass, field

from bumen.i18n import translator
from bumen.values import Choice

_ = translator(__file__, "bumen")


class Scope(Choice):
    """A scope is a permission that reaches further than one's own records."""

    DEPARTMENT = "read_department", _("See those of the own department and below")
    REGION = "read_region", _("See those of the own regions and below")
    COMPANY = "read_all", _("See all of the company")


@dataclass(frozen=True)
class Scoped:
    """Scoped records are seen by those they belong to, and further by permission.

    `by` is the reference to the employee a record belongs to: whoever reads it sees what is the
    own and what belongs to the own people. A record that belongs to nobody is its maker's; with
    `makers` every record is its maker's, too, whoever it belongs to; where they are `pooled`, a
    record that belongs to nobody is seen by everybody until somebody takes it. With
    `read_department` one sees what belongs to the people of the own department and below, or what
    `department` says is of it; with `read_region`, where `region` is the reference to its region,
    what lies in the own regions and below; with `read_all` everything. `also` is the reference to
    a second employee, as who is in charge of an order, who sees it like the one it belongs to.
    What stands `through` another record, as a contact does at its customer, is seen with that.
    """

    by: str = ""
    also: str = field(default="", kw_only=True)
    region: str = field(default="", kw_only=True)
    department: str = field(default="", kw_only=True)
    makers: bool = field(default=False, kw_only=True)
    pooled: bool = field(default=False, kw_only=True)
    through: str = field(default="", kw_only=True)

    def permissions(self) -> tuple[Scope, ...]:
        """Return the permissions that reach further, the widest last."""
        has_region = bool(self.region or self.through)
        return tuple(one for one in Scope if one is not Scope.REGION or has_region)
