"""Preparations, as people see them."""

from bumen import Board, Calendar, Lines, Resource, dated, step, timed
from bumen_logistics.models import AHEAD, Preparation, PreparationLine
from bumen_logistics.services import (
    begin_preparation,
    cancel_preparation,
    finish_preparation,
    lock_preparation,
    reopen_preparation,
    report_exception,
    report_readiness,
    resume_preparation,
)
from bumen_logistics.texts import _


class PreparationLines(Lines):
    """What is got ready, one product a line."""

    model = PreparationLine
    title = _("Goods")
    fields = ("ready",)
    shown = ("product", "quantity", "missing", "missing_since")


class Preparations(Resource):
    """Goods that a workshop or warehouse gets ready."""

    model = Preparation
    title = _("Preparations")
    columns = ("number", "request", "warehouse", "due_on", "state", "person")
    fields = ("due_on", "person")
    filters = (*columns, "begun_at", "ready_at")
    beyond = ("lines.product", "request.customer", "request.source_number")
    search = ("number", "request.number", "request.source_number", "request.consignee")
    views = (
        Board(by="state", shows=("request", "due_on", "person")),
        Calendar(on="due_on"),
    )
    lines = (PreparationLines,)
    can = frozenset({"change"})
    open_in = AHEAD
    clauses = ("E2.2",)
    empty = _("Nothing is to be got ready. Preparations come from delivery requests.")
    actions = (
        step(Preparation.workflow, "begin", timed(begin_preparation)),
        step(Preparation.workflow, "report_exception", dated(timed(report_exception))),
        step(Preparation.workflow, "resume", timed(resume_preparation)),
        step(Preparation.workflow, "ready", timed(finish_preparation)),
        step(Preparation.workflow, "reopen", timed(reopen_preparation)),
        step(Preparation.workflow, "cancel", timed(cancel_preparation)),
    )
    holds = staticmethod(lock_preparation)
    on_change = staticmethod(timed(report_readiness))
