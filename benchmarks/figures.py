"""Figures as people read them: tables, ratios, and goals that are met or missed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from statistics import median
from typing import Any

import click

from benchmarks.statements import Figures


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A goal is what is promised, what was found, and whether that is good enough."""

    promise: str
    found: str
    met: bool


@dataclass(frozen=True, kw_only=True)
class Report:
    """A report is what one benchmark found: as text, as figures, and against its goals."""

    text: str
    found: Any
    goals: Sequence[Goal]


def medians(rounds: Sequence[Figures]) -> Figures:
    """Return the median of every figure over some rounds."""
    return {name: median(one[name] for one in rounds) for name in rounds[0]}


def ratio(theirs: float, ours: float) -> str:
    """Say how many times as much theirs is; nothing when ours is nothing."""
    if not ours:
        return "" if theirs else "1×"
    times = theirs / ours
    return f"{times:.0f}×" if times >= 10 else f"{times:.1f}×"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of words in columns: the first to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_line(row, widths) for row in rows)


def about_stock() -> str:
    """Say what stock is."""
    said = f"stock: Flask-AppBuilder {version('flask-appbuilder')} as it comes, on the same models"
    return f"{said}; told of foreign keys (include_fk), as marshmallow 4 wants"


def verdicts(goals: Sequence[Goal]) -> str:
    """Return each goal in a line, met or missed."""
    return "\n".join(
        f"{'pass' if goal.met else 'MISS'}  {goal.promise}: {goal.found}" for goal in goals
    )


def tell(reports: Mapping[str, Report], *, as_json: bool) -> None:
    """Print what was found, for people or for programs."""
    if as_json:
        told = {name: {"found": one.found, "goals": one.goals} for name, one in reports.items()}
        click.echo(json.dumps(told, indent=2, ensure_ascii=False, default=asdict))
    for report in () if as_json else reports.values():
        click.echo(f"{report.text}\n\n{verdicts(report.goals)}\n")


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = zip(row, widths, strict=True)
    cells = [first[0].ljust(first[1]), *(word.rjust(width) for word, width in rest)]
    return "  ".join(cells).rstrip()
