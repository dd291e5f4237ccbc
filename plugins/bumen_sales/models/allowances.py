"""How much discount somebody may grant without asking."""

from sqlalchemy import Select, String, or_, select
from sqlalchemy.orm import Mapped

from bumen import CompanyModel, Percent, User, belongs_to, field, index, unique
from bumen_base.models import Employee
from bumen_sales.texts import _


class DiscountAllowance(CompanyModel):
    """A discount allowance is how much somebody may take off the list price without asking."""

    __tablename__ = "sales_discount_allowance"
    __table_args__ = (unique("employee_id"), index("name", "id"), index("percent", "id"))
    named_by = ("name",)

    name: Mapped[str] = field(
        String(200),
        label=_("Name"),
        help=_("Whose it is, as the employee is called."),
        readonly=True,
    )
    employee: Mapped[Employee | None] = belongs_to(
        Employee, label=_("Employee"), help=_("Left empty, it is that of everybody else.")
    )
    employee_id: Mapped[int | None]
    percent: Mapped[Percent] = field(
        label=_("Allowance (%)"),
        help=_("20 means the customer pays 80 percent of the list price at least."),
        minimum=0,
        maximum=100,
    )


def allowance_of(user: User) -> Select[Percent]:
    """Select what somebody may take off: the own allowance, or the smallest of everybody else."""
    mine = select(Employee.id).where(Employee.user_id == user.id).scalar_subquery()
    own = DiscountAllowance.employee_id == mine
    return (
        select(DiscountAllowance.percent)
        .where(or_(own, DiscountAllowance.employee_id.is_(None)))
        .order_by(DiscountAllowance.employee_id.is_(None), DiscountAllowance.percent)
        .limit(1)
    )


def general_allowances() -> Select[DiscountAllowance]:
    """Select the allowances of everybody else: two at most, one is meant."""
    return select(DiscountAllowance).where(DiscountAllowance.employee_id.is_(None)).limit(2)
