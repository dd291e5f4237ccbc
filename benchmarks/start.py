"""How an application comes from an empty database to its first page, and there again later.

Ours beside stock Flask-AppBuilder with the same models, every start in a fresh process, in rounds
that take turns.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import click

from benchmarks.figures import Goal, Report, about_stock, medians, ratio, table, tell
from benchmarks.processes import Peer
from benchmarks.statements import KINDS, PERMISSIONS, TABLES, Figures, together
from bumen.testing.databases import Databases, PostgresqlDatabases, SqliteDatabases

OURS, STOCK = "bumen", "stock"
TIMES_FEWER = 9
"""How many times fewer statements than stock our first start may take at the least."""
MOST_BESIDE_TABLES = 25
"""How many statements of it may do anything but make tables."""
ROUNDS = 3
BACKENDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


class Start(NamedTuple):
    """A start is a peer on an empty database, or on the one it started on before."""

    peer: str
    empty: bool


STARTS = tuple(Start(peer, empty) for empty in (True, False) for peer in (OURS, STOCK))
Found = Mapping[Start, Figures]

_ROWS = {
    "seconds": "seconds, once imported",
    "process": "seconds, the whole process",
    "statements": "statements",
    "executions": "  with each row counted",
    **{kind: f"  {kind}" for kind in KINDS},
    "commits": "commits",
}
_TITLES = {
    True: "first start: from an empty database to the first page",
    False: "later start: to the first page",
}


def measure(
    databases: Databases,
    *,
    rounds: int,
    starts: Sequence[Start] = STARTS,
    hurried: bool = False,
) -> Found:
    """Return the medians of every start, each peer on an empty database of its own every round.

    A peer's later start needs its first. `hurried`, SQLite does not wait for the disk: seconds
    mean nothing then, statements are the same.
    """
    found: dict[Start, list[Figures]] = defaultdict(list)
    for _round in range(rounds):
        with databases.empty() as ours, databases.empty() as theirs:
            urls = {OURS: ours, STOCK: theirs}
            for start in starts:
                found[start].append(_started(start, urls[start.peer], hurried=hurried))
    return {start: medians(figures) for start, figures in found.items()}


def goals(found: Found) -> list[Goal]:
    """Say of each promise whether it was kept."""
    ours, stock = (found[Start(peer, empty=True)]["statements"] for peer in (OURS, STOCK))
    later = found[Start(OURS, empty=False)][PERMISSIONS]
    beside = ours - found[Start(OURS, empty=True)][TABLES]
    return [
        Goal(
            promise=f"a first start takes at least {TIMES_FEWER} times fewer statements",
            found=f"{stock:.0f} ÷ {ours:.0f} = {stock / ours:.1f}",
            met=stock >= TIMES_FEWER * ours,
        ),
        Goal(
            promise=f"all but {MOST_BESIDE_TABLES} of them make tables",
            found=f"{beside:.0f} do not",
            met=beside <= MOST_BESIDE_TABLES,
        ),
        Goal(
            promise="a later start asks nothing about permissions",
            found=f"{later:.0f} statements",
            met=later == 0,
        ),
    ]


def report(*, backends: Sequence[str], rounds: int) -> Report:
    """Measure first and later starts on each database."""
    found, kept, texts = {}, [], []
    for name in backends:
        with _databases(name) as databases:
            figures = measure(databases, rounds=rounds)
        found[name] = _by_name(figures)
        kept += [replace(goal, promise=f"{name}: {goal.promise}") for goal in goals(figures)]
        texts.append(f"{BACKENDS[name]}, median of {rounds}\n\n{_as_table(figures)}")
    return Report(text="\n\n".join([*texts, about_stock()]), found=found, goals=kept)


@click.command()
@click.option("--rounds", default=ROUNDS, show_default=True, type=click.IntRange(1, 99))
@click.option("--backend", type=click.Choice([*BACKENDS]), help="On this database only.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures for programs.")
def main(*, rounds: int, backend: str | None, as_json: bool) -> None:
    """Measure how applications start, from an empty database and later."""
    backends = [backend] if backend else [*BACKENDS]
    tell({"start": report(backends=backends, rounds=rounds)}, as_json=as_json)


def _started(start: Start, url: str, *, hurried: bool) -> Figures:
    with Peer(start.peer) as peer:
        phases = peer.ask("start", url=url, empty=start.empty, hurried=hurried)
        return {**together(list(phases.values())), "process": peer.age}


@contextmanager
def _databases(backend: str) -> Iterator[Databases]:
    with tempfile.TemporaryDirectory(prefix="bumen-bench-") as folder:
        sqlite = backend == "sqlite"
        with closing(SqliteDatabases(Path(folder)) if sqlite else PostgresqlDatabases()) as made:
            yield made


def _by_name(found: Found) -> dict[str, dict[str, Figures]]:
    """Return the figures as JSON holds them: first and later, by peer."""
    return {
        when: {one.peer: figures for one, figures in found.items() if one.empty is empty}
        for when, empty in (("first", True), ("later", False))
    }


def _as_table(found: Found) -> str:
    rows = []
    for empty, title in _TITLES.items():
        ours, stock = (found[Start(peer, empty)] for peer in (OURS, STOCK))
        rows += [[title, "Bumen", "stock", "stock ÷ Bumen"]]
        rows += [
            [f"  {said}", _shown(name, ours), _shown(name, stock), ratio(stock[name], ours[name])]
            for name, said in _ROWS.items()
        ]
    return table(rows)


def _shown(name: str, figures: Figures) -> str:
    seconds = name in ("seconds", "process")
    return f"{figures[name]:.2f}" if seconds else f"{figures[name]:,.0f}"


if __name__ == "__main__":
    main()
