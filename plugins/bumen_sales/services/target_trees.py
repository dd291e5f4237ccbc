"""The target of a year: split over regions, people and months, issued, revised."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from bumen import Text, User, next_number, session
from bumen_base.models import Employee, Region
from bumen_sales.errors import (
    MonthIsNobodys,
    NothingWasSold,
    PartHasNoWhole,
    PartIsThere,
    RevisionNeedsReason,
    RevisionStaysInYear,
    TargetDoesNotAddUp,
    TargetIsNotSplit,
    YearHasNoTarget,
    YearHasTarget,
)
from bumen_sales.models.target_trees import (
    Path,
    Target,
    TargetLevel,
    TargetNode,
    revisions_of,
    salespeople_by_region,
    sold_by_part,
    target_in_force,
)
from bumen_sales.services.aiming import aim_by
from bumen_sales.services.spreading import (
    Difference,
    differences,
    spread,
    weights_of,
    with_months,
)
from bumen_sales.texts import _

NUMBERED_TARGETS = "sales.target"
NAMED = 5
"""So many parts that do not add up are named; the others are counted."""
_LEVELS = (TargetLevel.REGION, TargetLevel.PERSON, TargetLevel.MONTH)


def draft_target(target: Target, *, by: User | None) -> None:
    """Begin the target of a year; refuses a second one of it, and parts that do not fit."""
    arrange_target(target, by=by)
    target.number = next_number(kind=NUMBERED_TARGETS, on=date(target.year, 1, 1))


def arrange_target(target: Target, *, by: User | None) -> None:
    """Put a target that was written or changed in order.

    Refuses the year of another target, a month without a person, a part that is there twice, and
    one of a whole that is not there.
    """
    _refuse_other_year(target)
    known: set[Path] = {()}
    for place, node in enumerate(target.lines):
        if node.month is not None and node.employee is None:
            raise MonthIsNobodys(place=place)
        if node.place in known:
            raise PartIsThere(place=place, name=name_of(node))
        known.add(node.place)
        _settle(node)
    for place, node in enumerate(target.lines):
        if node.place[:-1] not in known:
            raise PartHasNoWhole(place=place, name=_whole_of(node))


def spread_evenly(target: Target, *, by: User | None) -> None:
    """Split the year evenly over regions, each over its people, each over twelve months.

    Where nothing is written yet, over all regions in which people look after customers. Refuses
    where there are none.
    """
    paths = [node.place for node in target.lines]
    paths = paths or [(region, person) for region, person in _salespeople()]
    _fill(target, with_months(paths), {})


def spread_like_last_year(target: Target, *, by: User | None) -> None:
    """Split the year as last year's firm orders came in: by region, salesperson and month.

    Refuses a year of which no order tells.
    """
    rows = session().execute(sold_by_part(target.year - 1)).all()
    sold: dict[Path, Decimal] = {
        (region, person, int(month)): amount
        for region, person, month, amount in rows
        if region is not None and person is not None
    }
    weights = weights_of(sold)
    if not any(weights.values()):
        raise NothingWasSold(target.year - 1)
    paths = [node.place for node in target.lines] or list(sold)
    _fill(target, with_months(paths), weights)


def copy_from(target: Target, *, by: User | None, year: int) -> None:
    """Take over the parts of another year's target, each with its share of the amount.

    Refuses a year without a target that was issued.
    """
    source = session().scalar(target_in_force(year))
    if source is None:
        raise YearHasNoTarget(year)
    weights = {node.place: node.amount for node in source.lines}
    _fill(target, sorted(weights), weights)


def issue_target(target: Target, *, by: User | None, at: datetime) -> None:
    """Make a target count for everybody: the targets of figures are written after it.

    Refuses one that is not split, and one with a part whose own parts do not add up to it; the
    first of these are named. Source: A4.1.2.
    """
    if not target.lines:
        raise TargetIsNotSplit
    found = differences(target.amount, {node.place: node.amount for node in target.lines})
    named = [_sentence(target, one) for one in islice(found, NAMED)]
    if named:
        raise TargetDoesNotAddUp(named, more=sum(1 for _rest in found))
    target.move("issue", by=by)
    target.issued_at = at
    aim_by(target)


def revise_target(target: Target, *, by: User | None, reason: str) -> None:
    """Begin a new version of an issued target; the old one stays, and counts until it is issued.

    Refuses to without a reason. When two people revise at once, one of them does.
    """
    if not reason.strip():
        raise RevisionNeedsReason
    target.move("revise", by=by)
    copied = [
        TargetNode(
            region=node.region,
            employee=node.employee,
            month=node.month,
            amount=node.amount,
            level=node.level,
            path=node.path,
            position=node.position,
        )
        for node in target.lines
    ]
    made = Target(
        number=next_number(kind=NUMBERED_TARGETS, on=date(target.year, 1, 1)),
        year=target.year,
        amount=target.amount,
        revision=target.revision + 1,
        revised_because=reason.strip(),
        lines=copied,
    )
    session().add(made)
    session().flush()


def name_of(node: TargetNode) -> Text:
    """Say which part it is: a region, a person there, a month of theirs."""
    if node.employee is None:
        return _("%(region)s", region=node.region)
    if node.month is None:
        return _("%(region)s, %(person)s", region=node.region, person=node.employee)
    return _(
        "%(region)s, %(person)s, month %(month)s",
        region=node.region,
        person=node.employee,
        month=node.month,
    )


def _refuse_other_year(target: Target) -> None:
    with session().no_autoflush:
        others = set(session().scalars(revisions_of(target.year, besides=target.id)))
    revision = target.revision or 1
    before = set(range(1, revision))
    if others != before:
        raise YearHasTarget(target.year) if revision == 1 else RevisionStaysInYear


def _settle(node: TargetNode) -> None:
    node.level = _LEVELS[len(node.place) - 1]
    node.path = "/".join(map(str, node.place))


def _whole_of(node: TargetNode) -> Text:
    if node.month is None:
        return _("%(region)s", region=node.region)
    return _("%(region)s, %(person)s", region=node.region, person=node.employee)


def _salespeople() -> Iterable[tuple[int, int]]:
    found = session().execute(salespeople_by_region()).all()
    if not found:
        raise TargetIsNotSplit
    return [(region, person) for region, person in found if region is not None]


def _fill(target: Target, paths: list[Path], weights: dict[Path, Decimal]) -> None:
    """Give a target these parts, in their order, with their shares of its amount."""
    amounts = spread(target.amount, paths, lambda path: weights.get(path, Decimal(0)))
    known = {node.place: node for node in target.lines}
    places = _Places.of(paths)
    for node in [one for path, one in known.items() if path not in amounts]:
        target.lines.remove(node)
    for position, path in enumerate(paths):
        if path not in known:
            known[path] = places.node(path)
            target.lines.append(known[path])
        known[path].amount, known[path].position = amounts[path], position
    flag_modified(target, "amount")  # other parts alone make a new version, too


@dataclass(frozen=True)
class _Places:
    """The regions and people that parts of a target are of, by their ids."""

    regions: Mapping[int, Region]
    people: Mapping[int, Employee]

    @classmethod
    def of(cls, paths: Iterable[Path]) -> "_Places":
        """Return those that are named, in two statements."""
        regions = Region.id.in_({path[0] for path in paths})
        people = Employee.id.in_({path[1] for path in paths if len(path) > 1})
        return cls(
            regions={one.id: one for one in session().scalars(select(Region).where(regions))},
            people={one.id: one for one in session().scalars(select(Employee).where(people))},
        )

    def node(self, path: Path) -> TargetNode:
        """Return a new part of a target."""
        made = TargetNode(region=self.regions[path[0]])
        made.employee = self.people[path[1]] if len(path) > 1 else None
        made.month = path[2] if len(path) > 2 else None
        _settle(made)
        return made


def _sentence(target: Target, difference: Difference) -> Text:
    return _(
        "The parts of %(part)s come to %(parts)s, not to %(amount)s.",
        part=_called(target, difference.path),
        parts=f"{difference.parts:,.2f}",
        amount=f"{difference.amount:,.2f}",
    )


def _called(target: Target, path: Path) -> Text:
    if not path:
        return _("the year %(year)s", year=target.year)
    return name_of(next(node for node in target.lines if node.place == path))
