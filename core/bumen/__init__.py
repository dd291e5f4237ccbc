"""What a plugin may import from Bumen: this is the promise, everything else may change.

from bumen import CompanyModel, Plugin, Resource, field, translator
"""

from bumen.company.models import members
from bumen.documents import Document, next_number
from bumen.errors import BusinessError, Conflict, IllegalTransition, InvalidInput, NotFound
from bumen.events import Event, after, within
from bumen.extension import extends
from bumen.first_steps import FirstStep
from bumen.hooks import hookimpl, hookspec
from bumen.i18n import Text, translator
from bumen.model import (
    EVERYTHING,
    CompanyModel,
    Keeps,
    belongs_to,
    field,
    has_lines,
    index,
    line_of,
    unique,
)
from bumen.model.accounts import User
from bumen.organisation import Position, position_of, superiors_of
from bumen.plugin import Plugin
from bumen.records import change_record, create_record, run_action
from bumen.reports import Link, Report, ReportColumn
from bumen.resource import Action, Argument, Lines, Related, Resource
from bumen.slots import Slot
from bumen.unit_of_work import CurrentCompany, ask, current, dated, publish, session, today
from bumen.values import Choice, Money, Percent, Picture, Quantity, Tone, round_money
from bumen.views import Board, Calendar, Cards, Chart, Drawn, Section
from bumen.visibility import seen
from bumen.workflow import Workflow, transition

__all__ = [
    "EVERYTHING",
    "Action",
    "Argument",
    "Board",
    "BusinessError",
    "Calendar",
    "Cards",
    "Chart",
    "Choice",
    "CompanyModel",
    "Conflict",
    "CurrentCompany",
    "Document",
    "Drawn",
    "Event",
    "FirstStep",
    "IllegalTransition",
    "InvalidInput",
    "Keeps",
    "Lines",
    "Link",
    "Money",
    "NotFound",
    "Percent",
    "Picture",
    "Plugin",
    "Position",
    "Quantity",
    "Related",
    "Report",
    "ReportColumn",
    "Resource",
    "Section",
    "Slot",
    "Text",
    "Tone",
    "User",
    "Workflow",
    "after",
    "ask",
    "belongs_to",
    "change_record",
    "create_record",
    "current",
    "dated",
    "extends",
    "field",
    "has_lines",
    "hookimpl",
    "hookspec",
    "index",
    "line_of",
    "members",
    "next_number",
    "position_of",
    "publish",
    "round_money",
    "run_action",
    "seen",
    "session",
    "superiors_of",
    "today",
    "transition",
    "translator",
    "unique",
    "within",
]
