"""What a search costs over many names, beside LIKE on the same columns: first page, and count.

The names are written in one script, so that nothing is found in another only.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import click
from pydantic import SecretStr
from sqlalchemy import Table, insert, select

from benchmarks.beside_like import Question, Ways, as_table, beside_like, goals, like_in, settle
from benchmarks.figures import Report, tell
from benchmarks.statements import Figures, measured
from bumen.host import Host
from bumen.listing import Listing
from bumen.records import create_record
from bumen.search.building import rebuild
from bumen.search.command import totals
from bumen.settings import Settings
from bumen.testing.databases import Databases, PostgresqlDatabases, SqliteDatabases
from bumen.testing.makers import make_administrator, make_company
from bumen.upgrading import upgrade
from bumen_base.models import Customer
from bumen_base.resources import Customers

COMPANY, ROWS, ROUNDS = "TW01", 200_000, 5
COLUMNS = ("code", "name")
_CITIES = "台北 台中 高雄 新竹 台南 桃園 花蓮 宜蘭 基隆 嘉義 彰化 屏東"
_SYLLABLES = "大同中華宏達精密友聯合興光明正泰益群創威盛聯發台積電日月光鴻海華碩金寶仁永豐國順安德"
_TRADES = "電子 精密 建設 食品 紡織 化工 貿易 物流 科技 企業 實業 光電 生技 資訊 醫療 餐飲"
WORDS = {
    "everywhere, 2": "公司",
    "often, 2": "精密",
    "seldom, 2": "寶泰",
    "3 characters": "光電股",
    "a whole name, 8": "宜蘭仁永光電股份",
    "two words": "花蓮 醫療",
    "1 character": "鴻",
    "digits": "00421",
    "not there": "鯨鯨",
}


def report(*, backend: str, rows: int, rounds: int) -> Report:
    """Measure the search among so many names on one database."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(databases_of(backend, folder)) as databases,
        databases.empty() as url,
    ):
        host = new_host(url, Path(folder))
        filling = filled(host, rows)
        found = {
            f"{title} ({words})": _asked(host, title, words, rounds)
            for title, words in WORDS.items()
        }
        host.database.engine.dispose()
    seconds = filling["seconds"]
    title = (
        f"{backend}, {rows:,} names, median of {rounds}; all entries made anew in {seconds:.0f} s"
    )
    return Report(text=f"{title}\n\n{as_table(found)}\n", found=found, goals=goals(found, times=1))


@click.command()
@click.option("--rows", default=ROWS, show_default=True, type=click.IntRange(1000, 9_000_000))
@click.option("--rounds", default=ROUNDS, show_default=True, type=click.IntRange(1, 999))
@click.option("--backend", multiple=True, default=("sqlite", "postgresql"), show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the figures for programs.")
def main(*, rows: int, rounds: int, backend: Sequence[str], as_json: bool) -> None:
    """Measure what a search costs beside LIKE."""
    tell(
        {name: report(backend=name, rows=rows, rounds=rounds) for name in backend},
        as_json=as_json,
    )


def databases_of(backend: str, folder: str) -> Databases:
    """Return where databases of a kind come from."""
    return SqliteDatabases(Path(folder)) if backend == "sqlite" else PostgresqlDatabases()


def new_host(url: str, folder: Path) -> Host:
    """Start a host on an empty database."""
    secret = SecretStr("only-for-figures-0123456789-abcdefgh")
    host = Host.start(Settings(data_dir=folder, database_url=url, secret_key=secret))
    upgrade(host)
    return host


def filled(host: Host, rows: int) -> Figures:
    """Make so many customers by copying one, and let the search know them."""
    make_company(host, code=COMPANY, plugins=host.registry.plugins)
    make_administrator(host, "admin", company=COMPANY)
    with host.unit_of_work(company=COMPANY, by="admin"):
        first = create_record(Customers, {"name": "甲"}, by=None).id
    mould: Table = Customer.__table__
    with host.database.engine.begin() as connection:
        one = dict(connection.execute(select(mould).where(mould.c.id == first)).mappings().one())
        del one["id"]
        many = [one | own for own in _names(rows)]
        for start in range(0, rows, 5000):
            connection.execute(insert(mould), many[start : start + 5000])
    _built, figures = measured(lambda: totals(rebuild(host.database, host.departments.indexed)))
    settle(host.database)
    return figures


def _names(rows: int) -> Iterator[dict[str, Any]]:
    dice = random.Random(rows)  # noqa: S311  # the same names every time
    for number in range(rows):
        fancy = "".join(dice.choices(_SYLLABLES, k=dice.choice((2, 2, 3))))
        name = f"{dice.choice(_CITIES.split())}{fancy}{dice.choice(_TRADES.split())}股份有限公司"
        yield {"code": f"K{number:07}", "name": name, "name_key": name}


def _asked(host: Host, title: str, words: str, rounds: int) -> Ways:
    """Ask in both ways, which must find the same."""
    plain = Listing(order="code", columns=COLUMNS)
    question = Question(
        title=title,
        resource=Customers,
        asked=Listing(order="code", columns=COLUMNS, search=words),
        plain=plain,
        like=like_in([getattr(Customer, name) for name in Customers.searched()], words),
    )
    with host.unit_of_work(company=COMPANY, by="admin"):
        return beside_like(question, rounds=rounds)


if __name__ == "__main__":
    main()
