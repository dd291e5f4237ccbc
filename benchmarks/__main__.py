"""Everything that is measured, one after the other: `make bench`."""

from __future__ import annotations

import click

from benchmarks import imports, lists, search, start, weight
from benchmarks.figures import tell


@click.command()
@click.option("--rows", default=lists.ROWS, show_default=True, help="Customers in the long list.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures for programs.")
def main(*, rows: int, as_json: bool) -> None:
    """Measure starts, lists, writing, imports and weight beside what others would use instead."""
    starts = start.report(backends=[*start.BACKENDS], rounds=start.ROUNDS)
    long_lists = lists.report(rows=rows, rounds=lists.ROUNDS)
    searches = {
        f"search, {backend}": search.report(backend=backend, rows=search.ROWS, rounds=search.ROUNDS)
        for backend in ("sqlite", "postgresql")
    }
    taken = imports.report(rounds=imports.ROUNDS)
    told = {"start": starts, "lists": long_lists, **searches, "imports": taken}
    tell({**told, "weight": weight.report()}, as_json=as_json)


if __name__ == "__main__":
    main()
