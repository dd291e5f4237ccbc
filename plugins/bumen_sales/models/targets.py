"""What sales should reach: the targets of its figures, for a year or for a month of it."""

from collections.abc import Iterable
from decimal import Decimal

from sqlalchemy import Select, String, select
from sqlalchemy.orm import Mapped, mapped_column

from bumen import Choice, CompanyModel, Quantity, Whose, belongs_to, field, index, unique
from bumen_base.models import Department, Employee
from bumen_sales.texts import _


class TargetedFigure(Choice):
    """Which figures of sales have targets."""

    TURNOVER = "turnover", _("Turnover")
    ORDERS = "orders", _("Confirmed orders")


class FigureTarget(CompanyModel):
    """A target is what a figure should reach in a year or a month: of all, of some, of somebody.

    What a year should reach is shared out evenly among the months that have no target themselves.
    `key` says of what, of when and of whom it is: there is one of each.
    """

    __tablename__ = "sales_figure_target"
    __table_args__ = (
        unique("key"),
        index("name", "id"),
        index("figure", "year", "id"),
        index("year", "id"),
        index("month", "id"),
        index("target", "id"),
    )
    named_by = ("name",)

    name: Mapped[str] = field(
        String(300),
        label=_("Name"),
        help=_("Of what, of when and of whom it is."),
        readonly=True,
    )
    figure: Mapped[TargetedFigure] = field(label=_("Figure"), default=TargetedFigure.TURNOVER)
    year: Mapped[int] = field(label=_("Year"), minimum=2000, maximum=2199)
    month: Mapped[int | None] = field(
        label=_("Month"),
        help=_("Left empty, it is that of the whole year."),
        minimum=1,
        maximum=12,
    )
    department: Mapped[Department | None] = belongs_to(
        Department,
        label=_("Department"),
        help=_("With neither a department nor an employee it is that of the company."),
    )
    department_id: Mapped[int | None]
    employee: Mapped[Employee | None] = belongs_to(Employee, label=_("Employee"))
    employee_id: Mapped[int | None]
    target: Mapped[Quantity] = field(
        label=_("Target"),
        help=_("Of turnover in the company's currency, before tax."),
        minimum=Decimal("0.001"),
    )

    key: Mapped[str] = mapped_column(String(80), default="")


def targets_of(
    figure: TargetedFigure, *, years: Iterable[int], whose: Whose
) -> Select[int, int | None, Decimal]:
    """Select what a figure should reach in some years: year, month (or none), target."""
    return select(FigureTarget.year, FigureTarget.month, FigureTarget.target).where(
        FigureTarget.figure == figure,
        FigureTarget.year.in_(list(years)),
        FigureTarget.employee_id == whose.person_id,
        FigureTarget.department_id == whose.department_id,
    )


def targets_with(key: str, *, besides: int | None) -> Select[int]:
    """Select the id of another target of the same thing, time and people."""
    found = select(FigureTarget.id).where(FigureTarget.key == key)
    return found if besides is None else found.where(FigureTarget.id != besides)
