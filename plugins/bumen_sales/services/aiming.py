"""What the issued target of a year says of figures: nobody types it a second time."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from sqlalchemy import Select, or_, select

from bumen import session
from bumen_base.models import Employee
from bumen_sales.models.target_trees import Target, TargetLevel, TargetNode, target_before
from bumen_sales.models.targets import FigureTarget, TargetedFigure
from bumen_sales.services.targets import key_of, name_target

Whom = Employee | None
"""Whose target of a figure it is; None for the company's."""


def aim_by(target: Target) -> None:
    """Write the targets of the turnover of the company and its people as a year's target says.

    What departments are to reach stays as it is; so does what people aim at who were in no version
    of this target.
    """
    wanted = {
        key_of(TargetedFigure.TURNOVER, target.year, month, employee=whom): (whom, month, amount)
        for whom, month, amount in _aims(target)
        if amount
    }
    before = session().scalar(target_before(target))
    people = _people(target) | (_people(before) if before is not None else set())
    kept = {one.key: one for one in session().scalars(_aimed(target.year, people))}
    for key in kept.keys() - wanted.keys():
        session().delete(kept[key])
    for key, (whom, month, amount) in wanted.items():
        found = kept.get(key)
        if found is None:
            found = FigureTarget(
                figure=TargetedFigure.TURNOVER, year=target.year, month=month, employee=whom
            )
            found.key = key
            session().add(found)
        found.target = amount
        name_target(found)


def _aims(target: Target) -> Iterator[tuple[Whom, int | None, Decimal]]:
    """Yield what the company and each person are to bring, in the year and in its months.

    Months are left out where they are not all there: what is missing is shared out evenly.
    """
    yield None, None, target.amount
    months = _by_month(one for one in target.lines)
    if sum(months.values()) == target.amount:
        yield from ((None, month, amount) for month, amount in months.items())
    for person, nodes in _by_person(target).items():
        whole = sum((one.amount for one in nodes if one.level is TargetLevel.PERSON), Decimal(0))
        yield person, None, whole
        own = _by_month(iter(nodes))
        if sum(own.values()) == whole:
            yield from ((person, month, amount) for month, amount in own.items())


def _by_person(target: Target) -> Mapping[Employee, list[TargetNode]]:
    found: dict[Employee, list[TargetNode]] = defaultdict(list)
    for node in target.lines:
        if node.employee is not None:
            found[node.employee].append(node)
    return found


def _by_month(nodes: Iterator[TargetNode]) -> dict[int, Decimal]:
    found: dict[int, Decimal] = defaultdict(Decimal)
    for node in nodes:
        if node.month is not None:
            found[node.month] += node.amount
    return found


def _people(target: Target) -> set[int]:
    return {node.employee.id for node in target.lines if node.employee is not None}


def _aimed(year: int, people: set[int]) -> Select[FigureTarget]:
    """Select the targets of a year's turnover of the company and of these people."""
    return select(FigureTarget).where(
        FigureTarget.figure == TargetedFigure.TURNOVER,
        FigureTarget.year == year,
        FigureTarget.department_id.is_(None),
        or_(FigureTarget.employee_id.is_(None), FigureTarget.employee_id.in_(people)),
    )
