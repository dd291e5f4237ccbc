"""Everything that is measured, one after the other: `make bench`."""

from __future__ import annotations

import click

from benchmarks import imports, lists, orders, search, start, weight
from benchmarks.figures import tell

SOME = 100_000
"""Orders, unless more are asked for: a million take their time to be made."""


@click.command()
@click.option("--rows", default=lists.ROWS, show_default=True, help="Customers in the long list.")
@click.option("--orders", "many", default=SOME, show_default=True, help="Orders of a day's work.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures for programs.")
def main(*, rows: int, many: int, as_json: bool) -> None:
    """Measure starts, lists, writing, imports and weight beside what others would use instead."""
    starts = start.report(backends=[*start.BACKENDS], rounds=start.ROUNDS)
    long_lists = lists.report(rows=rows, rounds=lists.ROUNDS)
    days = orders.report(orders=many, rounds=orders.ROUNDS)
    searches = {
        f"search, {backend}": search.report(backend=backend, rows=search.ROWS, rounds=search.ROUNDS)
        for backend in ("sqlite", "postgresql")
    }
    taken = imports.report(rounds=imports.ROUNDS)
    told = {"start": starts, "lists": long_lists, "orders": days, **searches, "imports": taken}
    tell({**told, "weight": weight.report()}, as_json=as_json)


if __name__ == "__main__":
    main()
