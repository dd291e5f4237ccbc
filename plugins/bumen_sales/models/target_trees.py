"""What sales is to bring in a year, split over regions, people and months, version by version."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import Integer, Select, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from bumen import (
    Argument,
    Choice,
    CompanyModel,
    Document,
    Money,
    Tone,
    Workflow,
    belongs_to,
    field,
    has_lines,
    index,
    line_of,
    transition,
    unique,
)
from bumen_base.models import Employee, Region
from bumen_sales.models.flow import FIRM
from bumen_sales.models.orders import Order
from bumen_sales.texts import _

Path = tuple[int, ...]
"""Where a part stands in its tree: region, then employee, then month; () is the whole year."""


class TargetState(Choice):
    """How far the target of a year has come."""

    DRAFT = "draft", _("Draft"), Tone.PLAIN
    ISSUED = "issued", _("Issued"), Tone.GOOD
    REVISED = "revised", _("Revised"), Tone.WARNING


class TargetLevel(Choice):
    """What a part of a year's target is of."""

    REGION = "region", _("Region")
    PERSON = "person", _("Person")
    MONTH = "month", _("Month")


class TargetNode(CompanyModel):
    """A part of a target is what a region, a person there, or a month of theirs is to bring.

    What it is a part of follows from what it names: a month's is a part of its person's, a
    person's of the region's, a region's of the year's. `path` says it once more, so that there is
    one of each.
    """

    __tablename__ = "sales_target_node"
    __table_args__ = (
        unique("target_id", "path"),
        index("level", "id"),
        index("month", "id"),
        index("amount", "id"),
    )

    target: Mapped["Target"] = line_of("sales_target", label=_("Target of the year"))
    target_id: Mapped[int]
    position: Mapped[int]
    region: Mapped[Region] = belongs_to(Region, label=_("Region"))
    region_id: Mapped[int]
    employee: Mapped[Employee | None] = belongs_to(
        Employee,
        label=_("Salesperson"),
        help=_("Left empty, it is what the whole region is to bring."),
    )
    employee_id: Mapped[int | None]
    month: Mapped[int | None] = field(
        label=_("Month"),
        help=_("Left empty, it is what the whole year is to bring."),
        minimum=1,
        maximum=12,
    )
    amount: Mapped[Money] = field(
        label=_("Target amount"), help=_("Before tax."), default=Decimal(0), minimum=0
    )
    level: Mapped[TargetLevel] = field(label=_("Level"), default=TargetLevel.REGION, readonly=True)

    path: Mapped[str] = mapped_column(String(80), default="")

    @property
    def place(self) -> Path:
        """Where it stands in its tree."""
        parts = (
            self.region.id,
            self.employee.id if self.employee is not None else None,
            self.month,
        )
        return tuple(one for one in parts if one is not None)


class Target(Document):
    """A target is what sales is to bring in a year: a tree of regions, people and months."""

    __tablename__ = "sales_target"
    __table_args__ = (
        unique("year", "revision"),
        index("revision", "id"),
        index("state", "id"),
        index("amount", "id"),
        index("issued_at", "id"),
    )
    workflow: ClassVar[Workflow] = Workflow(
        transition(
            "issue",
            {TargetState.DRAFT},
            TargetState.ISSUED,
            label=_("Issue"),
            confirm=_("From now on everybody is measured by this target. Issue it?"),
            clauses=("A4.1.2",),
        ),
        transition(
            "revise",
            {TargetState.ISSUED},
            TargetState.REVISED,
            label=_("Revise"),
            arguments=(Argument("reason", String(500), label=_("Reason")),),
            clauses=("A4.1.2",),
        ),
    )

    year: Mapped[int] = field(label=_("Year"), minimum=2000, maximum=2199)
    amount: Mapped[Money] = field(
        label=_("Target amount"),
        help=_("What the whole company is to bring in this year, before tax."),
        minimum_exclusive=0,
    )
    revision: Mapped[int] = field(
        Integer, label=_("Version of the target"), default=1, readonly=True
    )
    revised_because: Mapped[str | None] = field(
        String(500), label=_("Reason for the revision"), readonly=True
    )
    state: Mapped[TargetState] = field(label=_("Status"), default=TargetState.DRAFT, readonly=True)
    issued_at: Mapped[datetime | None] = field(label=_("Issued at"), readonly=True)
    lines: Mapped[list[TargetNode]] = has_lines(TargetNode)


def revisions_of(year: int, *, besides: int | None) -> Select[int]:
    """Select which other versions of a year's target there are."""
    found = select(Target.revision).where(Target.year == year)
    return found if besides is None else found.where(Target.id != besides)


def target_in_force(year: int) -> Select[Target]:
    """Select the target that counts for a year: the last one that was issued."""
    return (
        select(Target)
        .where(Target.year == year, Target.state != TargetState.DRAFT)
        .order_by(Target.revision.desc())
        .limit(1)
    )


def target_before(target: Target) -> Select[Target]:
    """Select the version of a year's target before this one."""
    return select(Target).where(Target.year == target.year, Target.revision == target.revision - 1)


def sold_by_part(year: int) -> Select[int | None, int | None, int, Decimal]:
    """Select what was firmly ordered in a year: region, salesperson, month, amount before tax."""
    month = func.extract("month", Order.ordered_on)
    return (
        select(Order.region_id, Order.salesperson_id, month, func.sum(Order.untaxed))
        .where(
            Order.state.in_(FIRM),
            Order.ordered_on.between(date(year, 1, 1), date(year, 12, 31)),
            Order.region_id.is_not(None),
            Order.salesperson_id.is_not(None),
        )
        .group_by(Order.region_id, Order.salesperson_id, month)
        .order_by(Order.region_id, Order.salesperson_id, month)
    )


def salespeople_by_region() -> Select[int | None, int]:
    """Select who of the people still here looks after customers: region, employee."""
    return (
        select(Employee.region_id, Employee.id)
        .where(
            Employee.region_id.is_not(None),
            Employee.left_on.is_(None),
            Employee.id.in_(select(Order.salesperson_id)),
        )
        .order_by(Employee.region_id, Employee.id)
    )
