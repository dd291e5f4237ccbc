"""What people see and do in sales."""

from bumen_sales.resources.allowances import DiscountAllowances
from bumen_sales.resources.changes import OrderChangeLines, OrderChanges
from bumen_sales.resources.contracts import (
    Contracts,
    InstalmentLines,
)
from bumen_sales.resources.credit import CreditEvaluations, CreditPolicies
from bumen_sales.resources.fulfilment import OrderTasks, Progress, SalesSlips
from bumen_sales.resources.leads import (
    Leads,
)
from bumen_sales.resources.monthly_reports import (
    MonthlyReports,
    ReportPeople,
)
from bumen_sales.resources.opportunities import (
    Opportunities,
    OpportunityLines,
)
from bumen_sales.resources.orders import OrderLines, Orders
from bumen_sales.resources.plans import (
    PlanAdjustments,
    PlanLines,
    Plans,
)
from bumen_sales.resources.quotations import (
    QuotationLines,
    Quotations,
)
from bumen_sales.resources.receipts import Allocations, Receipts
from bumen_sales.resources.reminders import ReminderLevels, Reminders
from bumen_sales.resources.statements import StatementEntries, Statements
from bumen_sales.resources.strategies import (
    Strategies,
)
from bumen_sales.resources.target_trees import (
    TargetNodes,
    Targets,
)
from bumen_sales.resources.targets import FigureTargets
from bumen_sales.resources.visits import (
    VisitContactLines,
    Visits,
)

ALL = (
    Leads,
    Opportunities,
    Visits,
    Quotations,
    Contracts,
    Orders,
    OrderTasks,
    SalesSlips,
    Progress,
    OrderChanges,
    CreditEvaluations,
    CreditPolicies,
    Receipts,
    Allocations,
    Statements,
    StatementEntries,
    Reminders,
    ReminderLevels,
    DiscountAllowances,
    Targets,
    TargetNodes,
    Strategies,
    Plans,
    PlanAdjustments,
    MonthlyReports,
    ReportPeople,
    FigureTargets,
)
"""Every list of sales, in the order of the menu."""

__all__ = [
    "ALL",
    "Allocations",
    "Contracts",
    "CreditEvaluations",
    "CreditPolicies",
    "DiscountAllowances",
    "FigureTargets",
    "InstalmentLines",
    "Leads",
    "MonthlyReports",
    "Opportunities",
    "OpportunityLines",
    "OrderChangeLines",
    "OrderChanges",
    "OrderLines",
    "OrderTasks",
    "Orders",
    "PlanAdjustments",
    "PlanLines",
    "Plans",
    "Progress",
    "QuotationLines",
    "Quotations",
    "Receipts",
    "ReminderLevels",
    "Reminders",
    "ReportPeople",
    "SalesSlips",
    "StatementEntries",
    "Statements",
    "Strategies",
    "TargetNodes",
    "Targets",
    "VisitContactLines",
    "Visits",
]
