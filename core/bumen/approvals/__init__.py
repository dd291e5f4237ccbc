"""Approvals: who is asked before a document goes on, what they say, and who decides for whom."""

from bumen.approvals.absences import Absence, absences, be_away, come_back, send_away
from bumen.approvals.asking import Plan, approval_in, asked_now, is_asked, objection, plan
from bumen.approvals.codes import Happened, Outcome, Place, Standing, Why
from bumen.approvals.deciding import after_move, decide, needs_opinion, take_word
from bumen.approvals.lateness import escalate_late
from bumen.approvals.matter import Matter, request_of
from bumen.approvals.models import (
    ApprovalRequest,
    Entry,
    Seat,
    companies_late,
    entries_of,
    open_request,
    requests_of,
    seats_of,
)
from bumen.approvals.reading import asked_about
from bumen.approvals.rules import ApprovalRule
from bumen.approvals.steering import add_signer, copy_to, hand_over, remind, send_to, withdraw

__all__ = [
    "Absence",
    "ApprovalRequest",
    "ApprovalRule",
    "Entry",
    "Happened",
    "Matter",
    "Outcome",
    "Place",
    "Plan",
    "Seat",
    "Standing",
    "Why",
    "absences",
    "add_signer",
    "after_move",
    "approval_in",
    "asked_about",
    "asked_now",
    "be_away",
    "come_back",
    "companies_late",
    "copy_to",
    "decide",
    "entries_of",
    "escalate_late",
    "hand_over",
    "is_asked",
    "needs_opinion",
    "objection",
    "open_request",
    "plan",
    "remind",
    "request_of",
    "requests_of",
    "seats_of",
    "send_away",
    "send_to",
    "take_word",
    "withdraw",
]
