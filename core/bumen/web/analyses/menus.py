"""What may be chosen of an analysis: rows, columns, figures, period, comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bumen.i18n import Text, translator
from bumen.reporting.writing import label_of
from bumen.reports import Compared, Measure, dimensions_of, fits, measures_of
from bumen.reports.dimensions import RECORD
from bumen.web.analyses.address import ANY, AnalysisAddress
from bumen.web.list_words import PERIODS

_ = translator(__file__, "bumen")

COMPARED = {
    Compared.PREVIOUS: _("the period before"),
    Compared.YEAR: _("the same period last year"),
}
_NEVER_NEXT = "next_"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A choice of a menu: what it is called, where it leads, and whether it holds."""

    label: Text | str
    href: str
    is_on: bool


def menus_of(address: AnalysisAddress, to: Any) -> dict[str, Any]:
    """Return what may be chosen instead: rows, columns, measures, period, comparison."""
    asked = address.question
    by_name = {name: label_of(key) for name, key in dimensions_of(address.analysis).items()}
    swaps = asked.columns and asked.rows != RECORD
    return {
        "row_choices": _rows(address, to, by_name),
        "column_choices": _columns(address, to, by_name),
        "rows_said": by_name[asked.rows],
        "columns_said": by_name.get(asked.columns, ""),
        "swapped": to(**address.query(rows=asked.columns, columns=asked.rows)) if swaps else "",
        "measure_choices": _measures(address, to),
        "period_choices": _periods(address, to),
        "compare_choices": _comparisons(address, to),
    }


def _rows(address: AnalysisAddress, to: Any, by_name: Mapping[str, Text]) -> list[Choice]:
    held = address.question.rows
    return [
        Choice(label=label, href=to(**address.query(**_turned(address, name))), is_on=name == held)
        for name, label in by_name.items()
    ]


def _columns(address: AnalysisAddress, to: Any, by_name: Mapping[str, Text]) -> list[Choice]:
    """Return what may stand across the top: anything else than the rows, and no single records."""
    rows, held, found = address.question.rows, address.question.columns, []
    for name, label in {"": _("Nothing across the top"), **by_name}.items():
        if name not in (rows, RECORD):
            measures = _fitting(address, rows, name)
            href = to(**address.query(columns=name, measures=measures))
            found.append(Choice(label=label, href=href, is_on=name == held))
    return found


def _turned(address: AnalysisAddress, rows: str) -> dict[str, Any]:
    """Return what changes when records are gathered by something else down the side."""
    columns = "" if rows in (address.question.columns, RECORD) else address.question.columns
    return {"rows": rows, "columns": columns, "measures": _fitting(address, rows, columns)}


def _fitting(address: AnalysisAddress, *names: str) -> list[str]:
    """Return the measures that are chosen, without those that lines cannot tell."""
    keys, measures = dimensions_of(address.analysis), measures_of(address.analysis)
    by_lines = any(keys[name].path.in_lines for name in names if name)
    return [one for one in address.question.measures if fits(measures[one], by_lines=by_lines)]


def _offered(address: AnalysisAddress) -> dict[str, Measure]:
    """Return the measures that can be told of what records are gathered and narrowed by."""
    asked = address.asked
    by_lines = any(key.path.in_lines for key in asked.keys)
    by_lines |= any(asked.is_of_lines(one) for one in asked.listing.conditions)
    if len(asked.keys) == 1:
        by_lines |= asked.by_lines
    every = measures_of(address.analysis)
    return {name: one for name, one in every.items() if fits(one, by_lines=by_lines)}


def _measures(address: AnalysisAddress, to: Any) -> list[Choice]:
    """Return the measures: of a pivot the one it shows, of a table those that stand beside."""
    asked, offered = address.asked, _offered(address)
    shown = [one.name for one in asked.measures]
    if len(asked.keys) > 1:
        rest = list[Measure](offered.values())
        return [_measure(address, to, one, [one.name], one.name == shown[0]) for one in rest]
    found = []
    for one in offered.values():
        is_on = one.name in shown
        names = [name for name in offered if (name in shown) != (name == one.name)]
        found.append(_measure(address, to, one, names or [one.name], is_on))
    return found


def _measure(
    address: AnalysisAddress,
    to: Any,
    measure: Measure,
    names: Sequence[str],
    is_on: bool,  # noqa: FBT001  # said by whoever builds the list
) -> Choice:
    return Choice(label=measure.label, href=to(**address.query(measures=names)), is_on=is_on)


def _periods(address: AnalysisAddress, to: Any) -> list[Choice]:
    if not address.day:
        return []
    past = {str(one): label for one, label in PERIODS.items() if not one.startswith(_NEVER_NEXT)}
    every: Mapping[str, Any] = {ANY: _("Any time"), **past}
    held = address.period or ANY
    found = [
        Choice(
            label=label,
            href=to(**address.query(period=name, **({"compare": None} if name == ANY else {}))),
            is_on=name == held,
        )
        for name, label in every.items()
    ]
    if held not in every:
        here = to(**address.query())
        found.append(Choice(label=address.period_words, href=here, is_on=True))
    return found


def _comparisons(address: AnalysisAddress, to: Any) -> list[Choice]:
    if address.asked.days is None:
        return []
    every: Mapping[Any, Any] = {None: _("Nothing"), **COMPARED}
    return [
        Choice(
            label=label,
            href=to(**address.query(compare=None if how is None else str(how))),
            is_on=how == address.question.compared,
        )
        for how, label in every.items()
    ]
