"""How documents flow: states, the steps between them, and how long each may take."""

from bumen.workflow.approvals import (
    AllOf,
    AnyOf,
    Approval,
    Asked,
    Asker,
    AskField,
    AskManager,
    AskPerson,
    AskRole,
    AskSuperior,
)
from bumen.workflow.deadlines import Deadline, Due, WorkingDays, WorkingHours
from bumen.workflow.transitions import (
    Guard,
    Objection,
    Transition,
    Waiting,
    Who,
    Workflow,
    moving,
    transition,
    waits,
)

__all__ = [
    "AllOf",
    "AnyOf",
    "Approval",
    "AskField",
    "AskManager",
    "AskPerson",
    "AskRole",
    "AskSuperior",
    "Asked",
    "Asker",
    "Deadline",
    "Due",
    "Guard",
    "Objection",
    "Transition",
    "Waiting",
    "Who",
    "Workflow",
    "WorkingDays",
    "WorkingHours",
    "moving",
    "transition",
    "waits",
]
