"""What people do all day, over a million orders of three lines, costs us and others.

Beside us are plain SQL, stock Flask-AppBuilder and Django, on the same tables of one PostgreSQL
database. All are asked the same in rounds that take turns: first what is read, then written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

import click

from benchmarks import crowd
from benchmarks.figures import Goal, Report, medians, ratio, table, tell
from benchmarks.many_orders import Amount
from benchmarks.processes import Peer
from benchmarks.statements import Figures
from bumen.testing.databases import PostgresqlDatabases

PLAIN, OURS, STOCK, DJANGO = "plain", "bumen", "stock", "django"
EVERYBODY = (PLAIN, OURS, STOCK, DJANGO)
NO_STOCK = (PLAIN, OURS, DJANGO)
ORDERS, ROUNDS, WARM_UP, REQUESTS = 1_000_000, 7, 2, 1000
PER_PRODUCT, PER_CUSTOMER = 100, 10
"""So many orders there are for each product and each customer."""
NAME = "宏達"
PAGES = {
    "order board": "/sales/orders/list/?view=board",
    "sales dashboard": "/sales/dashboard/",
    "ageing": "/sales/reports/ageing",
}


@dataclass(frozen=True, kw_only=True)
class Case:
    """A case is something everybody does alike, and what it may take of us.

    `times` is times plain SQL, or times another case of ours where there is one.
    """

    title: str
    verb: str
    told: Mapping[str, Any] = field(default_factory=dict)
    by: tuple[str, ...] = EVERYBODY
    times: float
    of: str = ""
    statements: int | None = None


Found = Mapping[str, Mapping[str, Figures]]
"""Figures by the title of a case and the name of a peer."""


def reading(amount: Amount, customer: int) -> list[Case]:
    """Return what is read."""
    far = amount.orders // 100
    middle, part = {"page": far}, {"part": f"{amount.orders // 2}"[:4]}
    one = {"customer": customer + 7}
    first = "list, API"
    return [
        Case(title=first, verb="list_by_api", times=9, statements=6),
        Case(title="list, page", verb="list_as_page", times=25),
        Case(title="far page, by number", verb="list_by_api", told=middle, times=2, of=first),
        Case(title="far page, by place", verb="list_on", told=middle, times=2, of=first),
        Case(title="of a customer", verb="of_customer", told=one, times=10),
        Case(title="number contains", verb="number_contains", told=part, times=5),
        Case(
            title="customer's name contains",
            verb="name_contains",
            told={"part": NAME},
            by=NO_STOCK,
            times=1,
        ),
        Case(title="order of 20 lines, API", verb="open_by_api", times=12, statements=10),
        Case(title="order of 20 lines, page", verb="open_as_page", times=30),
        Case(title="sales by month", verb="by_month", by=NO_STOCK, times=1.1),
    ]


WRITING = (
    Case(title="make an order of 5 lines", verb="make_order", times=4, statements=15),
    Case(title="confirm: state only", verb="confirm", times=15),
)
ALONE = "confirm and prepare the shipment"
RATES = {"list": 60, "open an order": 150}
"""Answers a second that are wanted, by what is asked."""


@dataclass(frozen=True, kw_only=True)
class Findings:
    """Findings are the medians of every case, the memory peers hold in the end, and how many
    answers a second they give to many.
    """

    cases: Found
    memory: Mapping[str, float]
    crowd: crowd.Rates


def measure(amount: Amount, *, rounds: int) -> Findings:
    """Measure everything for every peer; say on standard error what is being done."""
    say(f"{amount.orders:,} orders are made")
    with closing(PostgresqlDatabases()) as databases, databases.empty() as url, ExitStack() as all_:
        with Peer(f"orders_{OURS}") as filler:
            known = filler.ask("fill", url=url, **vars(amount))
        peers = {name: all_.enter_context(Peer(f"orders_{name}")) for name in EVERYBODY}
        for peer in peers.values():
            peer.ask("open", url=url, known=known)
        say("reading")
        found = dict(_rounds(peers, reading(amount, known["customer"]), rounds))
        found |= _alone(peers[OURS], PAGES, rounds)
        say("writing")
        peers[OURS].ask("found_small")
        found |= _rounds(peers, WRITING, rounds)
        prepared = [peers[OURS].ask("confirm_and_prepare") for _ in range(WARM_UP + rounds)]
        found[ALONE] = {OURS: medians(prepared[WARM_UP:])}
        say(f"{REQUESTS} pages of each")
        memory = {name: peer.ask("memory", times=REQUESTS) for name, peer in peers.items()}
        say(f"{crowd.CLIENTS} clients at once")
        many = crowd.measure(url, known, cookie=peers[DJANGO].ask("cookie"))
    return Findings(cases=found, memory=memory, crowd=many)


def say(step: str) -> None:
    """Tell whoever waits what is being done: a million orders take their time."""
    click.echo(f"{datetime.now(UTC):%H:%M:%S} {step}", err=True)


def report(*, orders: int, rounds: int) -> Report:
    """Measure what people do all day over so many orders."""
    amount = Amount(customers=orders // PER_CUSTOMER, products=orders // PER_PRODUCT, orders=orders)
    found = measure(amount, rounds=rounds)
    title = f"PostgreSQL, {orders:,} orders of 3 lines, median of {rounds}; × is times plain SQL"
    held = ", ".join(f"{name} {much:.0f} MB" for name, much in found.memory.items())
    text = f"{title}\n\n{_as_table(found.cases)}\n\n{_as_rates(found.crowd)}\n\n"
    text += f"held after {REQUESTS} pages: {held}\n"
    return Report(text=text, found=asdict(found), goals=goals(found))


def goals(found: Findings) -> list[Goal]:
    """Say which goals are met."""
    cases = (*reading(Amount(customers=1, products=1, orders=ORDERS), 0), *WRITING)
    prepared, held = found.cases[ALONE][OURS], found.memory[OURS]
    seconds, statements = prepared["seconds"] * 1000, prepared["statements"]
    return [
        *(_goal(case, found.cases) for case in cases),
        Goal(
            promise=f"{ALONE}: ≤ 40 ms, ≤ 30 statements",
            found=f"{seconds:.0f} ms, {statements:.0f} SQL",
            met=seconds <= 40 and statements <= 30,
        ),
        *(
            Goal(
                promise=f"{title}, {crowd.CLIENTS} clients: ≥ {least} a second",
                found=f"{found.crowd[title][OURS]:.0f}",
                met=found.crowd[title][OURS] >= least,
            )
            for title, least in RATES.items()
        ),
        Goal(
            promise=f"memory after {REQUESTS} pages: ≤ 120 MB",
            found=f"{held:.0f} MB",
            met=held <= 120,
        ),
    ]


@click.command()
@click.option("--orders", default=ORDERS, show_default=True, type=click.IntRange(2000, 9_000_000))
@click.option("--rounds", default=ROUNDS, show_default=True, type=click.IntRange(1, 99))
@click.option("--json", "as_json", is_flag=True, help="Print the figures for programs.")
def main(*, orders: int, rounds: int, as_json: bool) -> None:
    """Measure what people do all day over many orders."""
    tell({"orders": report(orders=orders, rounds=rounds)}, as_json=as_json)


def _rounds(
    peers: Mapping[str, Peer], cases: Iterable[Case], rounds: int
) -> dict[str, dict[str, Figures]]:
    found: dict[str, dict[str, list[Figures]]] = defaultdict(lambda: defaultdict(list))
    for number in range(WARM_UP + rounds):
        for case in cases:
            for name, figures in _asked(peers, case).items():
                if number >= WARM_UP:
                    found[case.title][name].append(figures)
    return {
        title: {name: medians(all_) for name, all_ in by_peer.items()}
        for title, by_peer in found.items()
    }


def _asked(peers: Mapping[str, Peer], case: Case) -> dict[str, Figures]:
    """Ask all peers the same; what they show must be the same."""
    answers: dict[str, dict[str, Any]] = {
        name: peers[name].ask(case.verb, **case.told) for name in case.by
    }
    shown = [answer.pop("shown", None) for answer in answers.values()]
    assert all(one == shown[0] for one in shown), (case.title, shown)
    assert shown[0] is None or shown[0], case.title
    return answers


def _alone(peer: Peer, pages: Mapping[str, str], rounds: int) -> dict[str, dict[str, Figures]]:
    found: dict[str, dict[str, Figures]] = {}
    for title, address in pages.items():
        answers = [peer.ask("page", address=address) for _ in range(WARM_UP + rounds)]
        found[title] = {OURS: medians(answers[WARM_UP:])}
    return found


def _goal(case: Case, found: Found) -> Goal:
    ours = found[case.title][OURS]
    other = found[case.of][OURS] if case.of else found[case.title][PLAIN]
    times = ours["seconds"] / other["seconds"]
    few = "" if case.statements is None else f", ≤ {case.statements} statements"
    return Goal(
        promise=f"{case.title}: ≤ {case.times:g}× {case.of or 'plain SQL'}{few}",
        found=f"{times:.1f}×, {ours['statements']:.0f} SQL",
        met=times <= case.times and ours["statements"] <= (case.statements or ours["statements"]),
    )


def _as_table(found: Found) -> str:
    rows: list[Sequence[str]] = [
        ("", PLAIN, *(one for name in EVERYBODY[1:] for one in (name, "", "")))
    ]
    for title, by_peer in found.items():
        plain = by_peer.get(PLAIN)
        cells = [_milliseconds(plain)]
        for name in EVERYBODY[1:]:
            figures = by_peer.get(name)
            times = ratio(figures["seconds"], plain["seconds"]) if figures and plain else ""
            statements = f"{figures['statements']:.0f} SQL" if figures else ""
            cells += [_milliseconds(figures), times, statements]
        rows.append((title, *cells))
    return table(rows)


def _as_rates(rates: crowd.Rates) -> str:
    rows: list[Sequence[str]] = [("answers a second", *EVERYBODY)]
    rows += [
        (f"{title}, {crowd.CLIENTS} clients", *(f"{by_peer[name]:.0f}" for name in EVERYBODY))
        for title, by_peer in rates.items()
    ]
    return table(rows)


def _milliseconds(figures: Figures | None) -> str:
    return f"{figures['seconds'] * 1000:.1f} ms" if figures else "–"


if __name__ == "__main__":
    main()
