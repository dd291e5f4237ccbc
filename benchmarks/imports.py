"""How fast a shop's month of invoice lines is imported.

Ours beside Django with django-import-export on both databases, and beside PostgreSQL's COPY, from
the same file, each into an empty database, in rounds that take turns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from benchmarks.figures import Goal, Report, medians, ratio, table, tell
from benchmarks.processes import ROOT, Peer
from benchmarks.statements import Figures
from bumen.testing.databases import Databases, PostgresqlDatabases, SqliteDatabases

FILE = ROOT.parent / "shared" / "data" / "online_retail" / "2010-12.csv"
LINES = 42_481
ROUNDS = 3
COPY, OURS, WIZARD, DJANGO = "COPY", "Bumen", "Bumen, wizard and API", "Django"
PEERS = {
    COPY: ("copying", "take"),
    OURS: ("bumen", "take"),
    WIZARD: ("bumen", "take_by_people"),
    DJANGO: ("django_shop", "take"),
}
"""Which module is asked, and for what."""
ON_SQLITE = (OURS, WIZARD, DJANGO)
Found = Mapping[str, Figures]


def measure(databases: Databases, *, rounds: int, peers: Iterable[str] = PEERS) -> Found:
    """Return what each peer took, the median of the rounds; each begins with an empty database."""
    found: dict[str, list[Figures]] = defaultdict(list)
    for _round in range(rounds):
        for name in peers:
            module, verb = PEERS[name]
            with databases.empty() as url, Peer(module) as peer:
                peer.ask("make_tables", url=url)
                found[name].append(peer.ask(verb, url=url, file=str(FILE)))
    return {name: medians(figures) for name, figures in found.items()}


def goals(database: str, found: Found) -> list[Goal]:
    """Say whether ours is faster than Django, and whether all have made the same."""
    promise = f"{database}: importing the month is faster than with django-import-export"
    ours, theirs = (found[name]["seconds"] for name in (OURS, DJANGO))
    said = f"{ours:,.1f} seconds, Django {theirs:,.1f}"
    made = {name: (found[name]["orders"], round(found[name]["amount"], 2)) for name in ON_SQLITE}
    same = f"{database}: all make the same orders, of the same amount"
    sums = "; ".join(f"{orders:,.0f}, {amount:,.2f}" for orders, amount in made.values())
    return [
        Goal(promise=promise, found=said, met=ours < theirs),
        Goal(promise=same, found=sums, met=len({*made.values()}) == 1),
    ]


def report(*, rounds: int) -> Report:
    """Measure, where the file is at hand."""
    if not FILE.is_file():
        return Report(text=f"Not measured: {FILE.name} is not there.", found={}, goals=[])
    with closing(PostgresqlDatabases()) as databases:
        on_postgresql = measure(databases, rounds=rounds)
    with TemporaryDirectory() as folder:
        on_sqlite = measure(SqliteDatabases(Path(folder)), rounds=rounds, peers=ON_SQLITE)
    title = f"{LINES:,} invoice lines as customers, products and orders"
    parts = {"PostgreSQL": on_postgresql, "SQLite": on_sqlite}
    text = "\n\n".join(f"{name}, {title}\n\n{_as_table(one)}" for name, one in parts.items())
    met = [goal for name, one in parts.items() for goal in goals(name, one)]
    found = {f"{name} {peer}": one[peer] for name, one in parts.items() for peer in one}
    return Report(text=text, found=found, goals=met)


@click.command()
@click.option("--rounds", default=ROUNDS, show_default=True, type=click.IntRange(1, 99))
@click.option("--json", "as_json", is_flag=True, help="Print the figures for programs.")
def main(*, rounds: int, as_json: bool) -> None:
    """Measure how fast a file is imported."""
    tell({"imports": report(rounds=rounds)}, as_json=as_json)


def _as_table(found: Found) -> str:
    copied = found[COPY]["seconds"] if COPY in found else None
    rows = [["", "seconds", "processor", "rows", "rows a second", "statements", "× COPY"]]
    rows += [[name, *_cells(found[name], copied)] for name in found]
    return table(rows)


def _cells(figures: Mapping[str, Any], copied: float | None) -> list[str]:
    seconds = figures["seconds"]
    return [
        f"{seconds:.2f}",
        f"{figures['cpu']:.2f}",
        f"{figures['lines']:,.0f}",
        f"{figures['lines'] / seconds:,.0f}",
        f"{figures['statements']:,.0f}" if figures["statements"] else "–",
        "–" if copied is None else ratio(seconds, copied),
    ]


if __name__ == "__main__":
    main()
