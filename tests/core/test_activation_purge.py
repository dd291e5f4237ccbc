"""A purge exports and deletes what a plugin owns in one company, and nothing else."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, func, select

from bumen.activation.errors import (
    ConfirmationDiffers,
    ExportExists,
    PluginIsOn,
    PluginIsQuarantined,
    PluginIsUnknown,
    PurgeWasDisturbed,
    RecordsAreInUse,
)
from bumen.activation.models import last_switches
from bumen.activation.purge import purge
from bumen.activation.service import switch
from bumen.documents import next_number
from bumen.errors import BusinessError
from bumen.host import Host
from bumen.model import metadata
from bumen.outbox import OutboxEntry
from bumen.registry import Candidate
from bumen.testing.makers import make_company, make_user
from bumen.unit_of_work import CurrentCompany
from tests.plugins import LENDING

OWNED = {"shelves_shelf", "shelves_book", "loans_loan", "core_sequence", "core_outbox"}


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """Shelves, and loans that require them."""
    return LENDING


@pytest.fixture
def company(host: Host) -> CurrentCompany:
    """A company with a tree of shelves, a circle of keys, and a book that is lent."""
    company = make_company(host, code="TW01", plugins=["loans"])
    fill(host, "TW01")
    return company


@pytest.fixture
def other(host: Host) -> CurrentCompany:
    """Another company that has the same."""
    company = make_company(host, code="CN01", plugins=["loans"])
    fill(host, "CN01")
    return company


def fill(host: Host, code: str) -> None:
    """Lend a book that is shown in the window."""
    shelf, book = (host.registry.resources[f"shelves.{key}"].model for key in ("shelves", "books"))
    loan = host.registry.resources["loans.loans"].model
    with host.unit_of_work(company=code) as unit:
        top = unit.session.scalars(select(shelf)).one()
        inner = shelf(name="Inner", parent=top)
        shown = book(title="茶經", shelf=inner, price=Decimal("12.30"), bought=date(2026, 1, 2))
        unit.session.add(shown)
        unit.session.flush()
        top.shown = shown
        number = next_number("L-{00000}", kind="loans.loan", on=date(2026, 3, 4))
        next_number("B-{00000}", kind="shelves.book", on=date(2026, 3, 4))
        unit.session.add(loan(number=number, book=shown))
        for plugin in ("shelves", "loans"):
            unit.session.add(waiting(code, plugin, company_id=unit.session.scope.company_id))


def waiting(code: str, plugin: str, *, company_id: int | None) -> OutboxEntry:
    """Make an event that a plugin has not heard yet."""
    return OutboxEntry(
        company_id=company_id,
        plugin=plugin,
        event="shelves.BookSold",
        handler=f"{plugin}.count",
        payload={"code": code},
        due_at=datetime(2099, 1, 1, tzinfo=UTC),
    )


def rows(host: Host) -> dict[str, dict[int, int]]:
    """Count the rows of every table by company; tables without companies count under 0."""
    counts = {}
    with host.database.wide_session() as session:
        for table in existing(host):
            if "company_id" in table.c:
                query = select(table.c.company_id, func.count()).group_by(table.c.company_id)
                counts[table.name] = dict(map(tuple, session.execute(query)))
            else:
                counts[table.name] = {
                    0: session.scalar(select(func.count()).select_from(table)) or 0
                }
    return counts


def existing(host: Host) -> list[Table]:
    """Return the tables of the host and of the plugins under test."""
    starts = ("core_", "ab_", "shelves_", "loans_")
    return [table for table in metadata.sorted_tables if table.name.startswith(starts)]


def purge_of(host: Host, name: str, file: Path, **changed: Any) -> dict[str, int]:
    """Purge a plugin of TW01, as somebody who means it."""
    said = {"company": "TW01", "name": name, "export": file, "confirm": name}
    return purge(host, **{**said, **changed}).rows


def off(host: Host, name: str) -> None:
    """Switch a plugin of TW01 off."""
    switch(host, company="TW01", name=name, enabled=False)


def test_everything_a_plugin_owns_is_gone_and_nothing_else(
    host: Host, company: CurrentCompany, other: CurrentCompany, tmp_path: Path
) -> None:
    off(host, "loans")
    before = rows(host)

    purge_of(host, "loans", tmp_path / "loans.zip")

    after = rows(host)
    gone = {
        table: {key: count - after[table].get(key, 0) for key, count in counts.items()}
        for table, counts in before.items()
        if after[table] != counts
    }
    here, there = company.id, other.id
    assert gone == {
        "loans_loan": {here: 1, there: 0},
        "core_sequence": {here: 1, there: 0},
        "core_outbox": {here: 1, there: 0},
        "core_company_plugin": {here: 1, there: 0},
        "core_search": {here: 1, there: 0},
        "core_switch": {here: -1, there: 0},
        "core_history": {here: -1, there: 0},
    }


def test_trees_and_circles_of_keys_are_no_obstacle(
    host: Host, company: CurrentCompany, tmp_path: Path
) -> None:
    off(host, "shelves")
    purge_of(host, "loans", tmp_path / "loans.zip")

    done = purge_of(host, "shelves", tmp_path / "shelves.zip")

    assert (done["shelves_shelf"], done["shelves_book"]) == (2, 1)
    assert {table: rows(host)[table] for table in OWNED} == {table: {} for table in OWNED}


def test_the_export_holds_every_row_to_the_last_cent(
    host: Host, company: CurrentCompany, other: CurrentCompany, tmp_path: Path
) -> None:
    off(host, "shelves")
    purge_of(host, "loans", tmp_path / "loans.zip")

    purge_of(host, "shelves", tmp_path / "shelves.zip")

    with zipfile.ZipFile(tmp_path / "shelves.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
        books = [json.loads(line) for line in archive.read("shelves_book.jsonl").splitlines()]
        shelves = [json.loads(line) for line in archive.read("shelves_shelf.jsonl").splitlines()]
    (book,) = books
    assert (book["title"], book["price"], book["bought"]) == ("茶經", "12.30", "2026-01-02")
    assert datetime.fromisoformat(book["created_at"]).tzinfo is not None
    assert {row["company_id"] for row in (*books, *shelves)} == {company.id}
    assert next(row["shown_id"] for row in shelves if row["shown_id"]) == book["id"]
    assert (manifest["company"], manifest["plugin"]) == ("TW01", "shelves")
    assert manifest["tables"]["shelves_book"] == 1


def test_the_history_keeps_that_it_was_purged(
    host: Host, company: CurrentCompany, tmp_path: Path
) -> None:
    person = make_user(host, "ann", company="TW01")
    off(host, "loans")

    done = purge_of(host, "loans", tmp_path / "loans.zip", by="ann", reason="Moved away.")

    with host.unit_of_work() as unit:
        last = unit.session.scalars(last_switches(company.id)).first()
        assert last is not None
        assert (last.plugin, last.enabled, last.by_id) == ("loans", False, person.id)
        assert (last.reason, last.plan["purged"]) == ("Moved away.", done)


def test_on_again_after_a_purge_the_company_is_set_up_anew(
    host: Host, company: CurrentCompany, tmp_path: Path
) -> None:
    off(host, "shelves")
    purge_of(host, "loans", tmp_path / "loans.zip")
    purge_of(host, "shelves", tmp_path / "shelves.zip")

    switch(host, company="TW01", name="shelves", enabled=True)

    assert rows(host)["shelves_shelf"] == {company.id: 1}


@pytest.mark.parametrize(
    ("name", "changed", "refusal"),
    [
        ("loans", {"confirm": "loan"}, ConfirmationDiffers),
        ("loans", {"confirm": ""}, ConfirmationDiffers),
        ("sails", {}, PluginIsUnknown),
        ("absent", {}, PluginIsQuarantined),
        ("shelves", {}, RecordsAreInUse),
    ],
)
def test_what_must_not_be_purged_is_refused_and_nothing_changes(
    host: Host,
    company: CurrentCompany,
    tmp_path: Path,
    name: str,
    changed: dict[str, str],
    refusal: type[BusinessError],
) -> None:
    off(host, "shelves")
    before = rows(host)

    with pytest.raises(refusal):
        purge_of(host, name, tmp_path / "out.zip", **changed)

    assert rows(host) == before
    assert list(tmp_path.iterdir()) == []


def test_a_plugin_that_is_on_is_not_purged(
    host: Host, company: CurrentCompany, tmp_path: Path
) -> None:
    with pytest.raises(PluginIsOn):
        purge_of(host, "loans", tmp_path / "loans.zip")


def test_an_export_never_overwrites_a_file(
    host: Host, company: CurrentCompany, tmp_path: Path
) -> None:
    off(host, "loans")
    file = tmp_path / "loans.zip"
    file.write_text("The only copy of something.")

    with pytest.raises(ExportExists):
        purge_of(host, "loans", file)

    assert file.read_text() == "The only copy of something."


def test_a_record_written_during_the_export_is_not_lost(
    host: Host, company: CurrentCompany, tmp_path: Path, backend: str
) -> None:
    if backend == "sqlite":
        pytest.skip("Nobody else writes while a purge runs on SQLite.")

    class Slow(type(tmp_path)):  # type: ignore[misc]  # a file that takes its time
        def rename(self, target: Path) -> Path:
            lend_once_more(host)
            return super().rename(target)  # type: ignore[no-any-return]

    off(host, "loans")

    with pytest.raises(PurgeWasDisturbed):
        purge_of(host, "loans", Slow(tmp_path / "loans.zip"))

    assert rows(host)["loans_loan"] == {company.id: 2}
    assert list(tmp_path.iterdir()) == []


def lend_once_more(host: Host) -> None:
    """Write a loan, as a request would that began before the switch."""
    book, loan = (host.registry.resources[key].model for key in ("shelves.books", "loans.loans"))
    with host.unit_of_work(company="TW01") as unit:
        unit.session.add(loan(number="L-99999", book=unit.session.scalars(select(book)).one()))
