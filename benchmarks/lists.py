"""What a page of a long list costs, and what an order costs that is made.

Ours beside stock Flask-AppBuilder on the same tables of one PostgreSQL database, and plain SQL as
the yardstick; in rounds that take turns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from typing import Any

import click

from benchmarks.figures import Goal, Report, about_stock, medians, ratio, table, tell
from benchmarks.peers.visiting import PAGE_SIZE
from benchmarks.processes import Peer
from benchmarks.statements import Figures
from bumen.testing.databases import Databases, PostgresqlDatabases

PLAIN, OURS, STOCK = "plain", "bumen", "stock"
PEERS = (PLAIN, OURS, STOCK)
ROWS, ROUNDS = 100_000, 9
WARM_UP = 3
"""Rounds that are not measured: what is read, compiled and cached once."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """A case is something everybody does alike, and what it may take of us one day.

    `times` is times plain SQL doing the same, or times another case of ours.
    """

    title: str
    verb: str
    page: int | None = None
    times: float
    of: str | None = None
    statements: int

    @property
    def arguments(self) -> dict[str, int]:
        """What the verb is told."""
        return {} if self.page is None else {"page": self.page}


def cases(rows: int) -> list[Case]:
    """Return what is measured over a list of this many rows."""
    api, middle, few = "list_by_api", rows // PAGE_SIZE // 2, 6
    first = Case(title="list, API", verb=api, page=0, times=9, statements=few)
    return [
        first,
        Case(title="list, page", verb="list_as_page", page=0, times=25, statements=few),
        replace(first, title="list, API, half-way by number", page=middle, times=2, of=first.title),
        replace(
            first,
            title="list, API, half-way by place",
            verb="list_on",
            page=middle,
            times=1.5,
            of=first.title,
        ),
        Case(title="order with 5 lines", verb="make_order", times=4, statements=15),
    ]


Found = Mapping[str, Mapping[str, Figures]]
"""Figures by the title of a case and the name of a peer."""


def measure(databases: Databases, *, rows: int, rounds: int) -> Found:
    """Return the medians of every case for every peer, over this many customers."""
    found: dict[tuple[str, str], list[Figures]] = defaultdict(list)
    with databases.empty() as url, ExitStack() as stack:
        peers = _opened(stack, url, rows)
        for number in range(WARM_UP + rounds):
            for case in cases(rows):
                for name, figures in _asked(peers, case).items():
                    if number >= WARM_UP:
                        found[case.title, name].append(figures)
    return {
        case.title: {name: medians(found[case.title, name]) for name in PEERS}
        for case in cases(rows)
    }


def goals(found: Found, rows: int) -> list[Goal]:
    """Say how far we have come; these are goals for later."""
    return [_goal(case, found) for case in cases(rows)]


def report(*, rows: int, rounds: int) -> Report:
    """Measure a list of this many customers, and the making of an order, on PostgreSQL."""
    with closing(PostgresqlDatabases()) as databases:
        found = measure(databases, rows=rows, rounds=rounds)
    title = f"PostgreSQL, {rows:,} customers, median of {rounds}; × is times plain SQL"
    text = f"{title}\n\n{_as_table(found)}\n\n{about_stock()}\n\nGoals for later:"
    return Report(text=text, found=found, goals=goals(found, rows))


@click.command()
@click.option("--rows", default=ROWS, show_default=True, type=click.IntRange(100, 9_000_000))
@click.option("--rounds", default=ROUNDS, show_default=True, type=click.IntRange(1, 999))
@click.option("--json", "as_json", is_flag=True, help="Print the figures for programs.")
def main(*, rows: int, rounds: int, as_json: bool) -> None:
    """Measure what a page of a long list costs, and an order that is made."""
    tell({"lists": report(rows=rows, rounds=rounds)}, as_json=as_json)


def _opened(stack: ExitStack, url: str, rows: int) -> dict[str, Peer]:
    """Fill the database, and start every peer on it."""
    with Peer(OURS) as filler:
        known = filler.ask("prepare", url=url, rows=rows)
    peers = {name: stack.enter_context(Peer(name)) for name in PEERS}
    for peer in peers.values():
        peer.ask("open", url=url, known=known)
    return peers


def _asked(peers: Mapping[str, Peer], case: Case) -> dict[str, Figures]:
    """Ask all peers the same; what they show must be the same."""
    answers: dict[str, dict[str, Any]] = {
        name: peer.ask(case.verb, **case.arguments) for name, peer in peers.items()
    }
    shown = [answer.pop("shown", None) for answer in answers.values()]
    assert all(one == shown[0] for one in shown), (case.title, shown)
    assert case.page is None or len(shown[0]) == PAGE_SIZE, (case.title, shown)
    return answers


def _goal(case: Case, found: Found) -> Goal:
    ours = found[case.title][OURS]
    other = found[case.of][OURS] if case.of else found[case.title][PLAIN]
    times = ours["seconds"] / other["seconds"]
    beside = case.of or "plain SQL"
    return Goal(
        promise=f"{case.title}: ≤ {case.times:g}× {beside}, ≤ {case.statements} statements",
        found=f"{times:.1f}×, {_sql(ours)}",
        met=times <= case.times and ours["statements"] <= case.statements,
    )


def _as_table(found: Found) -> str:
    rows: list[Sequence[str]] = [
        ("", "plain SQL", "", "Bumen", "", "", "stock", "", "", "stock ÷ Bumen")
    ]
    for title, by_peer in found.items():
        plain = by_peer[PLAIN]
        cells = [_milliseconds(plain), _sql(plain)]
        for name in (OURS, STOCK):
            figures = by_peer[name]
            times = ratio(figures["seconds"], plain["seconds"])
            cells += [_milliseconds(figures), times, _sql(figures)]
        last = ratio(by_peer[STOCK]["seconds"], by_peer[OURS]["seconds"])
        rows.append((title, *cells, last))
    return table(rows)


def _milliseconds(figures: Figures) -> str:
    return f"{figures['seconds'] * 1000:.1f} ms"


def _sql(figures: Figures) -> str:
    return f"{figures['statements']:.0f} SQL"


if __name__ == "__main__":
    main()
