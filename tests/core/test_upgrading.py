"""A database of before goes on as if documents had always kept a history."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from bumen import run_action
from bumen.checking import problems
from bumen.documents.history import HistoryEntry, HistoryHead
from bumen.documents.numbering import Sequence
from bumen.host import Host
from bumen.migrations import drift
from bumen.settings import Settings
from bumen.upgrading import upgrade
from bumen_sales.models import Order, OrderState
from tests.core.old_databases import COMPANIES, LAST_NUMBER, REACHED, make_old

SECRET = SecretStr("only-for-tests-0123456789-abcdefghijk")
IN_THE_WAY = ("core_absence", "core_regulation")
"""Tables of later revisions: when they are there already, making them fails."""


@pytest.fixture
def old(empty_database: str, tmp_path: Path) -> Iterator[Host]:
    """A host on a database of before."""
    settings = Settings(
        _env_file=None, data_dir=tmp_path, database_url=empty_database, secret_key=SECRET
    )
    host = Host.start(settings)
    make_old(host)
    yield host
    host.database.engine.dispose()


def test_a_database_of_before_is_whole_after_the_upgrade(old: Host) -> None:
    behind = old.pending()

    applied = upgrade(old).applied

    assert {one: behind[one][0] > reached for one, reached in REACHED.items()} == dict.fromkeys(
        REACHED, True
    )
    assert [(one.plugin, one.revision) for one in applied] == _in_order(behind)
    assert [found for name in REACHED if (found := drift(old.database, old.registry, name))] == []
    assert list(problems(old)) == []


def test_everybody_has_a_signed_history_and_no_old_number_is_missed(old: Host) -> None:
    upgrade(old)

    assert _signed(old) == [(ident, 0, True) for ident in COMPANIES]
    with old.database.wide_session() as wide:
        counted = wide.execute(select(Sequence.last, Sequence.gaps_until)).all()
    assert counted == [(LAST_NUMBER, LAST_NUMBER)] * len(COMPANIES)


def test_orders_of_before_go_on_and_what_happens_to_them_is_kept(old: Host) -> None:
    upgrade(old)
    resource = old.registry.resources["sales.orders"]

    with old.unit_of_work(company="TW01", by="anna") as unit:
        order = unit.session.get_one(Order, 11)
        reason = {"reason": "Not needed any more"}
        run_action(resource, order, "cancel", reason, by=unit.user, version=order.version)

    with old.database.wide_session() as wide:
        kept = wide.scalars(select(HistoryEntry).where(HistoryEntry.record_id == 11)).all()
        assert wide.get_one(Order, 11).state is OrderState.CANCELLED
    assert [(one.number, one.by_name) for one in kept] == [(1, "Anna Lee")]
    assert list(problems(old)) == []


@pytest.mark.parametrize("table", IN_THE_WAY)
def test_an_upgrade_that_failed_half_way_is_repeated(old: Host, table: str) -> None:
    with old.database.engine.begin() as connection:
        connection.execute(text(f"CREATE TABLE {table} (id INTEGER)"))
    with pytest.raises(DBAPIError, match=table):
        upgrade(old)
    with old.database.engine.begin() as connection:
        connection.execute(text(f"DROP TABLE {table}"))

    upgrade(old)

    assert _signed(old) == [(ident, 0, True) for ident in COMPANIES]
    assert list(problems(old)) == []
    assert upgrade(old).applied == ()


def test_a_second_upgrade_signs_nothing_for_whoever_emptied_a_history(old: Host) -> None:
    upgrade(old)
    with old.database.engine.begin() as connection:
        connection.execute(text("UPDATE core_history_head SET key = '', signature = ''"))

    upgrade(old)

    assert len(list(problems(old))) == len(COMPANIES)


def _in_order(behind: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, revision) for name, revisions in behind.items() for revision in revisions]


def _signed(host: Host) -> list[tuple[int, int, bool]]:
    """Return where each company's history stands, and whether it bears our signature."""
    with host.database.wide_session() as wide:
        heads = wide.scalars(select(HistoryHead).order_by(HistoryHead.company_id)).all()
    signet = host.departments.signet
    return [(one.company_id, one.count, bool(one.key) and signet.fits(one)) for one in heads]
