"""What sales remembers: data, and what must always hold."""

from bumen_sales.models.allowances import DiscountAllowance, allowance_of, general_allowances
from bumen_sales.models.change_flow import ChangeState
from bumen_sales.models.changes import OrderChange, OrderChangeLine, waiting_changes
from bumen_sales.models.collecting import Collecting
from bumen_sales.models.contract_flow import (
    IN_FORCE,
    ContractState,
)
from bumen_sales.models.contracts import (
    Contract,
    Instalment,
    contracts_ending,
)
from bumen_sales.models.credit import (
    CreditEvaluation,
    CreditPolicy,
    account_payments,
    approved_evaluations,
    disputed_orders,
    disputed_statements,
    ended_before,
    first_firm_order,
    overdue_of,
    policy_on,
    usual_policy,
)
from bumen_sales.models.credit_flow import EvaluationState
from bumen_sales.models.flow import (
    CANCELLABLE,
    FIRM,
    OPEN,
    UNDELIVERED,
    OrderState,
    Right,
    WaitsFor,
)
from bumen_sales.models.followed import (
    customers_followed,
)
from bumen_sales.models.fulfilment import (
    OrderTask,
    ProgressEntry,
    SalesSlip,
    TaskKind,
    TaskState,
    progress_of,
    slips_of,
    task_of,
    tasks_of,
)
from bumen_sales.models.leads import (
    Lead,
    LeadSource,
    LeadState,
    counted_leads,
)
from bumen_sales.models.opportunities import (
    LIKELY,
    STAGES,
    Opportunity,
    OpportunityLine,
    OpportunityState,
    followed_up,
    reached,
    within,
)
from bumen_sales.models.orders import (
    Order,
    OrderLine,
    drafts_before,
    exposure,
    first_order,
    late_orders,
    lines_no_longer_sold,
    numbers_of_orders,
    paid_for,
    state_of_customer,
    turnover,
)
from bumen_sales.models.papers import (
    numbers_of_papers,
)
from bumen_sales.models.plan_flow import (
    PlanPeriod,
    PlanState,
)
from bumen_sales.models.plans import (
    Plan,
    PlanAdjustment,
    PlanLine,
)
from bumen_sales.models.quotations import (
    REVISED,
    Outcome,
    Quotation,
    QuotationLine,
    QuotationState,
    quotations_run_out,
)
from bumen_sales.models.receipts import (
    Allocation,
    Receipt,
    ReceiptMethod,
    ReceiptState,
    advance_of,
)
from bumen_sales.models.reminders import (
    Reminder,
    ReminderChannel,
    ReminderLevel,
    ReminderState,
)
from bumen_sales.models.statements import (
    EntryKind,
    Statement,
    StatementLine,
    StatementState,
)
from bumen_sales.models.strategies import (
    Strategy,
    StrategyState,
)
from bumen_sales.models.target_trees import (
    Target,
    TargetLevel,
    TargetNode,
    TargetState,
    target_in_force,
)
from bumen_sales.models.targets import FigureTarget, TargetedFigure, targets_of, targets_with
from bumen_sales.models.visits import (
    PREPARATION,
    Visit,
    VisitContact,
    VisitState,
)

__all__ = [
    "CANCELLABLE",
    "FIRM",
    "IN_FORCE",
    "LIKELY",
    "OPEN",
    "PREPARATION",
    "REVISED",
    "STAGES",
    "UNDELIVERED",
    "Allocation",
    "ChangeState",
    "Collecting",
    "Contract",
    "ContractState",
    "CreditEvaluation",
    "CreditPolicy",
    "DiscountAllowance",
    "EntryKind",
    "EvaluationState",
    "FigureTarget",
    "Instalment",
    "Lead",
    "LeadSource",
    "LeadState",
    "Opportunity",
    "OpportunityLine",
    "OpportunityState",
    "Order",
    "OrderChange",
    "OrderChangeLine",
    "OrderLine",
    "OrderState",
    "OrderTask",
    "Outcome",
    "Plan",
    "PlanAdjustment",
    "PlanLine",
    "PlanPeriod",
    "PlanState",
    "ProgressEntry",
    "Quotation",
    "QuotationLine",
    "QuotationState",
    "Receipt",
    "ReceiptMethod",
    "ReceiptState",
    "Reminder",
    "ReminderChannel",
    "ReminderLevel",
    "ReminderState",
    "Right",
    "SalesSlip",
    "Statement",
    "StatementLine",
    "StatementState",
    "Strategy",
    "StrategyState",
    "Target",
    "TargetLevel",
    "TargetNode",
    "TargetState",
    "TargetedFigure",
    "TaskKind",
    "TaskState",
    "Visit",
    "VisitContact",
    "VisitState",
    "WaitsFor",
    "account_payments",
    "advance_of",
    "allowance_of",
    "approved_evaluations",
    "contracts_ending",
    "counted_leads",
    "customers_followed",
    "disputed_orders",
    "disputed_statements",
    "drafts_before",
    "ended_before",
    "exposure",
    "first_firm_order",
    "first_order",
    "followed_up",
    "general_allowances",
    "late_orders",
    "lines_no_longer_sold",
    "numbers_of_orders",
    "numbers_of_papers",
    "overdue_of",
    "paid_for",
    "policy_on",
    "progress_of",
    "quotations_run_out",
    "reached",
    "slips_of",
    "state_of_customer",
    "target_in_force",
    "targets_of",
    "targets_with",
    "task_of",
    "tasks_of",
    "turnover",
    "usual_policy",
    "waiting_changes",
    "within",
]
