"""Everything `bumen check` asks: invariants of tables, files, histories, numbers, flows."""

from __future__ import annotations

from collections.abc import Iterator

from bumen.database import only_reading
from bumen.documents.flow_check import broken_flows
from bumen.documents.gaps import gaps
from bumen.documents.history import broken_histories
from bumen.host import Host
from bumen.invariants import astray_files, broken_invariants
from bumen.printing.checking import what_hinders_printing
from bumen.search.checking import broken_entries


def problems(host: Host) -> Iterator[str]:
    """Yield what does not hold though it must, in sentences."""
    yield from problems_of_data(host)
    yield from what_hinders_printing(host.registry.resources.values())


def problems_of_data(host: Host) -> Iterator[str]:
    """Yield what does not hold of what is written down, in sentences; prints nothing to ask."""
    yield from map(str, broken_invariants(host.database, host.registry))
    yield from astray_files(host.database, host.departments.files)
    with only_reading(), host.database.engine.connect() as connection:
        yield from broken_histories(connection, host.departments.signet)
        yield from broken_entries(connection, host.departments.indexed)
        yield from gaps(connection, host.registry.numbers())
        yield from broken_flows(connection, host.registry.resources.values())
