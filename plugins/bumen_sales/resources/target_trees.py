"""The target of a year as people see it: whole, and each part of it."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, Integer

from bumen import Action, Argument, Lines, Resource, Scoped, User, step, timed
from bumen_sales.models.target_trees import Target, TargetNode, TargetState
from bumen_sales.services.target_trees import (
    arrange_target,
    copy_from,
    draft_target,
    issue_target,
    revise_target,
    spread_evenly,
    spread_like_last_year,
)
from bumen_sales.texts import _

_DRAFT = frozenset({TargetState.DRAFT})


class TargetLines(Lines):
    """What regions, people and months are to bring."""

    model = TargetNode
    title = _("Regions, people and months")
    fields = ("region", "employee", "month", "amount")
    shown = ("level",)


class Targets(Resource):
    """What sales is to bring, year by year."""

    model = Target
    title = _("Sales targets")
    columns = ("number", "year", "revision", "state", "amount", "issued_at")
    fields = ("year", "amount")
    lines = (TargetLines,)
    open_in = _DRAFT
    order = "-year"
    empty = _("Write down what a year should bring; then spread it over regions and people.")
    actions = (
        Action("spread_evenly", _("Spread evenly"), spread_evenly, states=_DRAFT),
        Action(
            "spread_like_last_year",
            _("Spread like last year"),
            spread_like_last_year,
            states=_DRAFT,
        ),
        Action(
            "copy_from",
            _("Copy from another year"),
            copy_from,
            states=_DRAFT,
            arguments=(Argument("year", Integer(), label=_("Year")),),
        ),
        step(Target.workflow, "issue", timed(issue_target)),
        step(Target.workflow, "revise", revise_target),
    )
    on_create = staticmethod(draft_target)
    on_change = staticmethod(arrange_target)


def issued_unless_all(*, by: User | None, may: Callable[[str], bool]) -> list[ColumnElement[bool]]:
    """Limit parts of targets to those that count, but for whoever sees all of them."""
    if by is None or may("read_all"):
        return []
    return [TargetNode.target.has(Target.state == TargetState.ISSUED)]


class TargetNodes(Resource):
    """What somebody is to bring: the own target, that of the own people or regions, or all."""

    model = TargetNode
    title = _("Targets of regions and people")
    columns = ("target", "region", "employee", "month", "level", "amount")
    fields = ("target", "region", "employee", "month", "amount")
    filters = ("target", "region", "employee", "month", "level", "amount")
    search = ("region.name", "employee.name")
    totals = ("amount",)
    can = frozenset()
    scope = Scoped(by="employee", region="region")
    rule = staticmethod(issued_unless_all)
    empty = _("No target was issued yet.")
