"""What a plugin may import from Bumen: this is the promise, everything else may change.

from bumen import CompanyModel, Plugin, Resource, field, translator
"""

from bumen.approvals.people import holders
from bumen.argument import Argument, RecordOf
from bumen.checks import Check
from bumen.clocks import dated, timed
from bumen.company.models import members
from bumen.dashboards import Card, Glance, ToDo
from bumen.documents import Document, Moving, Numbering, next_number
from bumen.documents.attachments import attach_file, has_files
from bumen.documents.talking import add_activity, leave_comment
from bumen.enclosing import printed, workbook
from bumen.errors import BusinessError, Conflict, IllegalTransition, InvalidInput, NotFound
from bumen.events import Event, after, within
from bumen.extension import extends
from bumen.first_steps import FirstStep
from bumen.hooks import hookimpl, hookspec
from bumen.i18n import Text, translator
from bumen.jobs import Job, JobRun, Run, Schedule, start
from bumen.jobs.planning import plan, unplan
from bumen.listing import Condition, Days, Period
from bumen.mail.outside import Enclosure, is_address, send_mail, sends_mail
from bumen.model import (
    EVERYTHING,
    Archived,
    CompanyModel,
    Keeps,
    account,
    belongs_to,
    field,
    has_lines,
    index,
    line_of,
    unique,
)
from bumen.model.accounts import User
from bumen.model.denied import fixes, hides
from bumen.notices import NoticeKind, settle, tell
from bumen.organisation import (
    Organisation,
    Position,
    Reach,
    Whereabouts,
    position_of,
    superiors_of,
)
from bumen.plugin import Beside, Plugin
from bumen.printouts import Printout
from bumen.public_pages import PublicPage, new_token
from bumen.records import change_record, create_record, run_action
from bumen.reports import Analysis, Dimension, Figure, Link, Measure, Report, ReportColumn, Whose
from bumen.resource import Action, Lines, Related, Resource, step
from bumen.scopes import Scoped
from bumen.signed_calls import SignedCall
from bumen.slots import Slot
from bumen.together import beside, shared
from bumen.unit_of_work import (
    CurrentCompany,
    ask,
    current,
    moment,
    publish,
    session,
    today,
)
from bumen.values import Choice, Money, Percent, Picture, Quantity, Tone, round_money
from bumen.views import Board, Calendar, Cards, Chart, Drawn, Section
from bumen.visibility import own_records, seen
from bumen.workflow import (
    AllOf,
    AnyOf,
    Approval,
    AskField,
    AskManager,
    AskPerson,
    AskRole,
    AskSuperior,
    Deadline,
    Workflow,
    WorkingDays,
    WorkingHours,
    transition,
)

__all__ = [
    "EVERYTHING",
    "Action",
    "AllOf",
    "Analysis",
    "AnyOf",
    "Approval",
    "Archived",
    "Argument",
    "AskField",
    "AskManager",
    "AskPerson",
    "AskRole",
    "AskSuperior",
    "Beside",
    "Board",
    "BusinessError",
    "Calendar",
    "Card",
    "Cards",
    "Chart",
    "Check",
    "Choice",
    "CompanyModel",
    "Condition",
    "Conflict",
    "CurrentCompany",
    "Days",
    "Deadline",
    "Dimension",
    "Document",
    "Drawn",
    "Enclosure",
    "Event",
    "Figure",
    "FirstStep",
    "Glance",
    "IllegalTransition",
    "InvalidInput",
    "Job",
    "JobRun",
    "Keeps",
    "Lines",
    "Link",
    "Measure",
    "Money",
    "Moving",
    "NotFound",
    "NoticeKind",
    "Numbering",
    "Organisation",
    "Percent",
    "Period",
    "Picture",
    "Plugin",
    "Position",
    "Printout",
    "PublicPage",
    "Quantity",
    "Reach",
    "RecordOf",
    "Related",
    "Report",
    "ReportColumn",
    "Resource",
    "Run",
    "Schedule",
    "Scoped",
    "Section",
    "SignedCall",
    "Slot",
    "Text",
    "ToDo",
    "Tone",
    "User",
    "Whereabouts",
    "Whose",
    "Workflow",
    "WorkingDays",
    "WorkingHours",
    "account",
    "add_activity",
    "after",
    "ask",
    "attach_file",
    "belongs_to",
    "beside",
    "change_record",
    "create_record",
    "current",
    "dated",
    "extends",
    "field",
    "fixes",
    "has_files",
    "has_lines",
    "hides",
    "holders",
    "hookimpl",
    "hookspec",
    "index",
    "is_address",
    "leave_comment",
    "line_of",
    "members",
    "moment",
    "new_token",
    "next_number",
    "own_records",
    "plan",
    "position_of",
    "printed",
    "publish",
    "round_money",
    "run_action",
    "seen",
    "send_mail",
    "sends_mail",
    "session",
    "settle",
    "shared",
    "start",
    "step",
    "superiors_of",
    "tell",
    "timed",
    "today",
    "transition",
    "translator",
    "unique",
    "unplan",
    "within",
    "workbook",
]
