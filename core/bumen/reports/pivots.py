"""Answers of analyses: members below each other and side by side, and what each cell comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from bumen.listing import Condition, Days
from bumen.model.describe import Kind
from bumen.reports.analyses import Measure, Working
from bumen.reports.comparing import percent_changed, spans_between
from bumen.reports.dimensions import Key, stored_type
from bumen.reports.gathering import COUNT, Reading, parts_of
from bumen.reports.moving import Moving
from bumen.reports.questions import Checked, Most
from bumen.reports.tallies import Parts, Tallies, Tallying, Values
from bumen.values import ExactDecimal

_ON_A_PAGE = Most()
_Place = tuple[int, Values]
"""A tally by the place it is among, and its values."""


@dataclass(frozen=True, kw_only=True)
class Member:
    """A member is one value of a dimension: a choice, a record's id, a span of time, or none."""

    key: Key
    value: Any
    name: str

    @property
    def condition(self) -> Condition:
        """What narrows a list to its records."""
        if self.value is None:
            return Condition(field=self.key.path.name, operator="empty", value=True)
        operator = "period" if self.key.span else "eq"
        return Condition(field=self.key.path.name, operator=operator, value=self.value)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell is what records come to, by the name of each measure; `before` in the days compared.

    None stands for what there is nothing to say of: an average of nothing.
    """

    values: Mapping[str, Decimal | None]
    before: Mapping[str, Decimal | None] | None = None

    def change(self, measure: str) -> Decimal | None:
        """Return by how many percent a measure has grown; None where there was nothing."""
        now, then = self.values.get(measure), (self.before or {}).get(measure)
        return percent_changed(now, then)


@dataclass(frozen=True, kw_only=True)
class Pivot:
    """A pivot is the answer: cells by their members' places, and what rows and columns come to.

    A cell without records is left out. `more_rows` and `more_columns` say that there are more
    members than are shown; the totals are of all of them. `others` is then what the rows that are
    not shown come to: by column and in all, or in all alone; nothing known of what does not add up.
    """

    asked: Checked
    rows: Sequence[Member]
    columns: Sequence[Member]
    cells: Mapping[tuple[int, int], Cell]
    row_totals: Sequence[Cell]
    column_totals: Sequence[Cell]
    total: Cell
    before: Days | None
    more_rows: bool
    more_columns: bool
    others: Sequence[Cell]

    @property
    def in_time(self) -> bool:
        """Whether its rows are spans of time: the latest are shown of very many."""
        return self.asked.keys[0].span is not None


def work_out(asked: Checked, *, today: date, most: Most = _ON_A_PAGE) -> Pivot:
    """Answer a question: one statement, and one more for what it is compared with.

    Where the whole is not the sum of its parts, the totals take statements of their own.
    """
    tallying = Tallying(asked, most)
    now = tallying.read(Reading(listing=asked.listing))
    before = asked.before(today=today)
    if before is None:
        return _Workings(tallying, now).pivot(None)
    days, shift = before
    moving = Moving(asked, shift)
    is_cut = len(asked.keys) == 1 and asked.keys[0].span is None
    first = frozenset(one[0] for one in now[0]) if is_cut else frozenset()
    reading = Reading(listing=asked.unbounded(), days=days, first=first)
    then = tallying.of(moving.asked).read(reading)
    return _Workings(tallying, now, [moving.moved(*one) for one in enumerate(then)]).pivot(days)


@dataclass(frozen=True)
class _Workings:
    """What has been read for a pivot: tallies of the present and of the days compared."""

    tallying: Tallying
    now: Sequence[Tallies]
    then: Sequence[Tallies] = ()

    @property
    def asked(self) -> Checked:
        """The question that is answered."""
        return self.tallying.asked

    def pivot(self, before: Days | None) -> Pivot:
        """Put the answer together."""
        keys = self.asked.keys
        by_row, by_column = (1, 2) if len(keys) > 1 else (0, 0)
        rows = self._members(0, by_row)
        columns = self._members(1, by_column) if len(keys) > 1 else []
        most = self.tallying.most
        across = _kept(columns, most.columns)
        shown = _kept(rows, min(most.rows, most.cells // max(len(across), 1)))
        is_cut = len(rows) > len(shown)
        return Pivot(
            asked=self.asked,
            rows=shown,
            columns=across,
            cells=dict(self._cells(shown, across)),
            row_totals=[self._cell(by_row, (one.value,)) for one in shown],
            column_totals=[self._cell(by_column, (one.value,)) for one in across],
            total=self._cell(-1, ()),
            before=before,
            more_rows=is_cut,
            more_columns=len(columns) > len(across),
            others=list(self._others(shown, across)) if is_cut else (),
        )

    def _members(self, which: int, place: int) -> list[Member]:
        """Return the members of a dimension: in their own order, or the largest first."""
        key, at = self.asked.keys[which], 0
        tallies: list[Tallies] = [self.now[place], *([self.then[place]] if self.then else [])]
        values = dict.fromkeys(found[at] for one in tallies for found in one)
        if key.span is not None:
            values.update(dict.fromkeys(spans_between(key.span, [v for v in values if v])))
        members = [
            Member(key=key, value=v, name=self.tallying.names.get((which, v), "")) for v in values
        ]
        if key.kind in (Kind.REFERENCE, Kind.TEXT):
            first = self.asked.measures[0].name
            return sorted(members, key=lambda one: (-self._amount(place, one, first), one.name))
        return sorted(members, key=_own_order)

    def _amount(self, place: int, member: Member, measure: str) -> Decimal:
        return self._cell(place, (member.value,)).values[measure] or Decimal(0)

    def _cells(
        self, rows: Sequence[Member], columns: Sequence[Member]
    ) -> Iterator[tuple[tuple[int, int], Cell]]:
        for at, row in enumerate(rows):
            for across, column in enumerate(columns):
                values = (row.value, column.value)
                if values in self.now[0] or (self.then and values in self.then[0]):
                    yield (at, across), self._cell(0, values)

    def _others(self, shown: Sequence[Member], across: Sequence[Member]) -> Iterator[Cell]:
        """Yield what is not shown comes to: the totals without the rows that are shown."""
        by_row = 1 if len(self.asked.keys) > 1 else 0
        for column in across:
            yield self._rest(
                (2, (column.value,)), [(0, (one.value, column.value)) for one in shown]
            )
        yield self._rest((-1, ()), [(by_row, (one.value,)) for one in shown])

    def _rest(self, whole: _Place, parts: Sequence[_Place]) -> Cell:
        now, then = (_without(one, whole, parts) if one else None for one in (self.now, self.then))
        adds_up = self.asked.adds_up
        values = self._measured(now) if adds_up else dict.fromkeys(self._measured(None))
        before = self._measured(then) if adds_up else dict.fromkeys(values)
        return Cell(values=values, before=before if self.then else None)

    def _cell(self, place: int, values: Values) -> Cell:
        now = self._measured(self.now[place].get(values))
        then = self._measured(self.then[place].get(values)) if self.then else None
        return Cell(values=now, before=then)

    def _measured(self, parts: Parts | None) -> dict[str, Decimal | None]:
        names = parts_of(self.asked)
        known = dict(zip(names, parts or (Decimal(0),) * len(names), strict=True))
        return {one.name: _figure(self.asked, one, known) for one in self.asked.measures}


def _without(tallies: Sequence[Tallies], whole: _Place, parts: Sequence[_Place]) -> Parts | None:
    """Return what a total comes to without some of its parts."""
    rest = tallies[whole[0]].get(whole[1])
    for place, values in parts:
        part = tallies[place].get(values)
        if rest is not None and part is not None:
            rest = tuple(one - less for one, less in zip(rest, part, strict=True))
    return rest


def _kept(members: Sequence[Member], most: int) -> Sequence[Member]:
    """Return as many members as are shown: the first, of spans of time the latest."""
    if members and members[0].key.span is not None:
        return members[-most:]
    return members[:most]


def _figure(asked: Checked, measure: Measure, parts: Mapping[str, Decimal]) -> Decimal | None:
    """Return what a measure comes to, by the parts that were added up."""
    if measure.working is Working.COUNT:
        return parts[COUNT]
    added = parts[measure.source(by_lines=asked.by_lines)]
    if measure.working is Working.SUM:
        return added
    if not parts[COUNT]:
        return None
    stored = stored_type(asked.analysis, measure)
    places = stored.scale if isinstance(stored, ExactDecimal) else 1
    return (added / parts[COUNT]).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _own_order(member: Member) -> tuple[bool, Any]:
    """Choices come as they are declared, yes before no, days from early to late, nothing last."""
    value = member.value
    if value is None:
        return True, 0
    choices = member.key.path.field.choices
    if choices is not None:
        return False, list(choices).index(value)
    return False, (not value if isinstance(value, bool) else value)
